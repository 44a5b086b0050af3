"""How alike two entries are, by the model of Fellegi and Sunter (1969), as the library Splink computes it on DuckDB.

Two entries are compared in a few respects. In each, the first level that holds weighs log2(m / u), where m is how often
it holds of two entries that name the same service, and u how often of two that do not. The weights are added to that of
the share of pairs that do; what is not told weighs nothing. All of them are kept in `data/likeness_weights.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import TypedDict

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from palermo.protection.directory.hsds.likeness_keys import OFFER, UNTOLD, Row
from palermo.protection.directory.hsds.places import EARTH_KM

ELSE = "ELSE"
"""What holds where nothing before it does, in the words of Splink."""
_NAMES_ALIKE = 0.85
"""Share of the letters of the longer name that are the same, from which on the rest may be typing errors."""
_SAME_KM, _NEAR_KM, _TOWN_KM = 0.25, 3, 30
"""Up to so many kilometres: two geocoders of one address, the next street, and still the same town."""

_UNNAMED = "not shared(names_l, names_r) and (len(words_l) = 0 or len(words_r) = 0)"
_OTHER_LANGUAGE = (
    "apart_in_tongue(tongues_l, tongues_r) and (len(kinds_l) = 0 or len(kinds_r) = 0 or shared(kinds_l, kinds_r))"
)
LEVELS: Mapping[str, Mapping[str, str]] = {
    "name": {
        UNTOLD: _UNNAMED,
        "same": "shared(names_l, names_r)",
        "for-others": "at_odds(whom_l, whom_r)",
        "alike": f"not at_odds(kinds_l, kinds_r) and nearness(names_l, names_r) >= {_NAMES_ALIKE}",
        "part": "within(words_l, words_r)",
        "other-language": _OTHER_LANGUAGE,
        "different": ELSE,
    },
    "needs": {
        UNTOLD: "len(needs_l) = 0 or len(needs_r) = 0",
        "same": "needs_l = needs_r",
        "some": "shared(needs_l, needs_r)",
        "different": ELSE,
    },
    "organization": {
        UNTOLD: "len(of_names_l) = 0 or len(of_names_r) = 0",
        "same": "shared(of_names_l, of_names_r)",
        "alike": f"not at_odds(of_kinds_l, of_kinds_r) and nearness(of_names_l, of_names_r) >= {_NAMES_ALIKE}",
        "part": "within(of_words_l, of_words_r)",
        # Names of organizations often are words that no list knows, so that one whose language is known is enough.
        "other-language": "not shared(of_tongues_l, of_tongues_r) and len(of_tongues_l) + len(of_tongues_r) > 0",
        "different": ELSE,
    },
    "contact": {
        "own": "shared(own_contacts_l, own_contacts_r)",
        "same": "shared(contacts_l, contacts_r)",
        "site": "shared(sites_l, sites_r)",
        "different": "(len(phones_l) > 0 and len(phones_r) > 0) or (len(emails_l) > 0 and len(emails_r) > 0)",
        UNTOLD: ELSE,
    },
    OFFER: {
        "same-contact": "shared(names_l, names_r) and shared(contacts_l, contacts_r)",
        "same": "shared(names_l, names_r)",
        "part": "within(words_l, words_r)",
        "unclear": f"({_UNNAMED}) or ({_OTHER_LANGUAGE})",
        "different": ELSE,
    },
    "place": {
        "same": f"shared(postal_codes_l, postal_codes_r) or apart(points_l, points_r) <= {_SAME_KM}",
        "near": f"apart(points_l, points_r) <= {_NEAR_KM} "
        "or (apart(points_l, points_r) is null and shared(areas_l, areas_r))",
        "town": f"shared(towns_l, towns_r) or apart(points_l, points_r) <= {_TOWN_KM}",
        "elsewhere": "len(provinces_l) > 0 and len(provinces_r) > 0 and not shared(provinces_l, provinces_r)",
        "apart": "apart(points_l, points_r) > 0 or (len(towns_l) > 0 and len(towns_r) > 0)",
        UNTOLD: ELSE,
    },
}
"""In what respects entries are compared, and the levels of each, the first that holds being the one that counts."""

TOGETHER: Mapping[str, tuple[str, str]] = {
    "what": ("name", "needs"),
    "who": ("organization", "contact"),
    "where": (OFFER, "place"),
}
"""Which respects are weighed together, since the model adds only what is independent.

Services of one name mostly help with the same, and whoever has one telephone mostly is one organization. A place weighs
otherwise where the names are alike: what is called the same and is somewhere else mostly is a second branch, while all
services of an organization are where it is. There it also tells something if no place is told: branches have places.
"""

_MACROS = (
    "shared(one, other) as list_has_any(one, other)",
    "within(one, other) as len(one) > 0 and len(other) > 0 "
    "and len(list_intersect(one, other)) = least(len(one), len(other))",
    "apart_in_tongue(one, other) as len(one) > 0 and len(other) > 0 and not list_has_any(one, other)",
    # Each has something that the other has not.
    "at_odds(one, other) as len(list_intersect(one, other)) < least(len(one), len(other))",
    # The share of letters that is the same of the two that are most alike (Damerau and Levenshtein).
    # Where their lengths alone are too different it is taken for none.
    "nearness(one, other) as list_max(flatten(list_transform(one, lambda a: list_transform(other, lambda b: "
    f"case when least(length(a), length(b)) < greatest(length(a), length(b)) * {_NAMES_ALIKE} then 0 "
    "else 1 - damerau_levenshtein(a, b) / greatest(length(a), length(b), 1) end))))",
    # Kilometres between the two points that are closest to each other (haversine formula).
    "apart(one, other) as list_min(flatten(list_transform(one, lambda a: list_transform(other, lambda b: "
    f"2 * {EARTH_KM} * asin(sqrt(least(1, pow(sin(radians(b.latitude - a.latitude) / 2), 2) + cos(radians(a.latitude)) "
    "* cos(radians(b.latitude)) * pow(sin(radians(b.longitude - a.longitude) / 2), 2))))))))",
)
_TEXTS = pa.list_(pa.string())
_POINTS = pa.list_(pa.struct([("latitude", pa.float64()), ("longitude", pa.float64())]))


class Weights(TypedDict):
    """How much each level tells. `share` is that of the compared pairs that name the same service."""

    origin: str
    share: float
    levels: dict[str, dict[str, tuple[float, float]]]


class Scored(TypedDict):
    """A pair by the places of its rows, the smaller first; the level of each respect."""

    one: int
    other: int
    probability: float
    levels: dict[str, str]


@cache
def weights() -> Weights:
    """The weights that are kept."""
    file = Path(__file__).resolve().parents[1] / "data" / "likeness_weights.json"
    found: Weights = json.loads(file.read_text(encoding="utf-8"))
    return found


def scored(rows: Sequence[Row], by: Weights, least: float) -> list[Scored]:
    """The pairs of rows with a key in common that name the same service with at least this probability, in order."""
    if not any(row.keys for row in rows):
        return []
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_comparison(name, by["levels"][name]) for name in TOGETHER],
        blocking_rules_to_generate_predictions=[block_on("keys", arrays_to_explode=["keys"])],
        probability_two_random_records_match=by["share"],
        # With them Splink hands out which level held; what they hold is not read.
        retain_matching_columns=True,
        unique_id_column_name="number",
    )
    with _database() as database:
        api = DuckDBAPI(database)
        linker = Linker(api.register(_table(rows)), settings, log_level=None, validate_settings=False)
        found = linker.inference.predict(threshold_match_probability=least or None, warning_mode="never")
        columns = ["number_l", "number_r", "match_probability", *(f"gamma_{together}" for together in TOGETHER)]
        pairs = database.table(found.physical_name).select(*columns).order("number_l, number_r")
        return [_scored(*pair) for pair in pairs.fetchall()]


def levels_of(together: str) -> list[tuple[str, str]]:
    """Every combination of the levels of respects that are weighed together, in the order in which they are tried."""
    one, other = TOGETHER[together]
    return list(product(LEVELS[one], LEVELS[other]))


def is_untold(combined: Sequence[str]) -> bool:
    """Whether nothing can be compared where these levels hold, so that they weigh nothing."""
    return set(combined) == {UNTOLD}


def _comparison(together: str, by: Mapping[str, Sequence[float]]) -> dict[str, object]:
    """Respects that are weighed together, as Splink is told of them."""
    levels = levels_of(together)
    # Splink warns where no level is for what is missing; nothing is missing from a list, which may be empty.
    told: list[dict[str, object]] = [{"sql_condition": "number_l is null", "is_null_level": True}]
    for combined in levels:
        conditions = [LEVELS[respect][level] for respect, level in zip(TOGETHER[together], combined, strict=True)]
        # What takes long, letters and points, comes last, so that it is looked at only where the rest holds.
        conditions.sort(key=lambda one: "nearness(" in one or "apart(" in one)
        condition = " and ".join(f"({one})" for one in conditions if one != ELSE)
        level: dict[str, object] = {"sql_condition": condition if combined != levels[-1] else ELSE}
        if is_untold(combined):
            level |= {"is_null_level": True}
        else:
            for_same, for_others = by[" ".join(combined)]
            level |= {"m_probability": for_same, "u_probability": for_others}
        told.append(level | {"label_for_charts": " ".join(combined)})
    return {"output_column_name": together, "comparison_levels": told}


def _scored(one: int, other: int, probability: float, *numbers: int) -> Scored:
    levels: dict[str, str] = {}
    for together, number in zip(TOGETHER, numbers, strict=True):
        levels |= zip(TOGETHER[together], _combined(together, number), strict=True)
    return Scored(one=one, other=other, probability=probability, levels=levels)


def _combined(together: str, number: int) -> tuple[str, str]:
    """The levels by their number: Splink counts them down to 0, and calls the one that cannot be compared -1."""
    told = [combined for combined in levels_of(together) if not is_untold(combined)]
    return told[-1 - number] if number >= 0 else (UNTOLD, UNTOLD)


def _database() -> duckdb.DuckDBPyConnection:
    """A database in memory that reads and writes nothing outside it."""
    database = duckdb.connect(config={"enable_external_access": "false", "temp_directory": ""})
    for macro in _MACROS:
        database.execute(f"create macro {macro}")
    return database


def _table(rows: Sequence[Row]) -> pa.Table:
    """What is compared, a row an entry; `number` is its place in the list."""
    texts: dict[str, list[Sequence[str]]] = {
        "names": [row.name.names for row in rows],
        "words": [row.name.words for row in rows],
        "kinds": [row.name.kinds for row in rows],
        "whom": [row.name.whom for row in rows],
        "tongues": [row.name.tongues for row in rows],
        "of_names": [row.organization.names for row in rows],
        "of_words": [row.organization.words for row in rows],
        "of_kinds": [row.organization.kinds for row in rows],
        "of_tongues": [row.organization.tongues for row in rows],
        "own_contacts": [row.own_contacts for row in rows],
        "contacts": [(*row.phones, *row.emails) for row in rows],
        "phones": [row.phones for row in rows],
        "emails": [row.emails for row in rows],
        "sites": [sorted(row.entry.sites) for row in rows],
        "needs": [sorted(row.entry.needs) for row in rows],
        "postal_codes": [row.postal_codes for row in rows],
        "areas": [row.areas for row in rows],
        "towns": [row.towns for row in rows],
        "provinces": [sorted(row.entry.provinces) for row in rows],
        "keys": [row.keys for row in rows],
    }
    points = [[{"latitude": at.latitude, "longitude": at.longitude} for at in row.entry.points] for row in rows]
    columns = {name: pa.array(lists, _TEXTS) for name, lists in texts.items()}
    return pa.table({"number": pa.array(range(len(rows))), **columns, "points": pa.array(points, _POINTS)})
