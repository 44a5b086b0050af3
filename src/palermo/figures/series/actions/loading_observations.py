"""The values of a figures file: what is new of them, and what revises a value that stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palermo.figures.series import figures_file as files
from palermo.figures.series.actions.checking import value_problems
from palermo.figures.series.actions.loading_definitions import Known
from palermo.figures.series.keys import key_of
from palermo.figures.series.models import Code, Observation, ObservationCode, Series, SeriesDimension
from palermo.people.models import User

Line = tuple[int, date, date, str, int | None]
"""Series, first and last day, key and document: what the revisions of one value have in common."""

Said = tuple[Decimal | None, str, date]
"""Value, mark and the day on which it was known: an observation that says the same is known already."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A dimension of a series with its codes."""

    dimension: SeriesDimension
    codes: dict[str, Code]


def load_observations(file: files.FiguresFile, known: Known, by: User) -> int:
    """Add the values that are missing, each with its codes, and count them.

    A problem is added to `known.problems`; the caller refuses the file then.
    """
    cuts, standing = _cuts(known), _standing(known)
    count, rows = 0, list(_rows(file, known, by, cuts))
    while rows:
        # A value that revises another needs the key of that one: each round writes one step of every line.
        this_round: dict[Line, tuple[Observation, files.Key]] = {}
        later = []
        for line, made, key in rows:
            if line in this_round:
                later.append((line, made, key))
            elif _said(made) not in {_said(each) for each in standing.get(line, ())}:
                if line in standing:
                    made.revises = standing[line][-1]
                    _check_revision(made, known)
                this_round[line] = made, key
        if known.problems:
            return count
        _write(this_round, cuts)
        for line, (made, _key) in this_round.items():
            standing.setdefault(line, []).append(made)
        count, rows = count + len(this_round), later
    return count


def _rows(
    file: files.FiguresFile, known: Known, by: User, cuts: dict[int, dict[str, Cut]]
) -> Iterator[tuple[Line, Observation, files.Key]]:
    """Every value of the file as it would be stored, with its line and its codes."""
    told = [(each.code, one) for each in file.series for one in each.observations]
    told += [(one.series or "", one) for one in file.observations]
    on = {each.code: each.known_on or each.published_on for each in file.documents}
    for code, one in told:
        series, document = known.series.get(code), known.documents.get(one.document)
        who = f"{code or 'an observation'} from {one.from_on} to {one.to_on}"
        if series is None or document is None:
            missing = f"no series has the code {code}" if series is None else f"no document has the code {one.document}"
            known.problems.append(f"{who}: {missing}")
            continue
        known_on = one.known_on or on.get(one.document) or document.published_on
        wrong = _wrong(one, series, cuts[series.pk], known_on)
        if wrong or known_on is None:
            known.problems.append(f"{who}: {wrong}")
            continue
        key = key_of(one.key)
        made = Observation(
            series=series,
            starts_on=one.from_on,
            ends_on=one.to_on,
            key=key,
            value=one.value,
            mark=one.mark,
            footnote_en=one.footnote.en,
            footnote_fr=one.footnote.fr,
            document=document,
            page=one.page,
            known_on=known_on,
            reason_en=one.reason.en,
            reason_fr=one.reason.fr,
            entered_by=by,
            entered_for_id=series.owner_id,
        )
        yield (series.pk, one.from_on, one.to_on, key, document.pk), made, one.key


def _wrong(one: files.NewObservation, series: Series, cuts: dict[str, Cut], known_on: date | None) -> str:
    """What is wrong with a value, in words; empty where nothing is."""
    for _field, words in value_problems(series, one.value, one.mark):
        return words
    if one.to_on < one.from_on:
        return "it ends before it begins"
    if known_on is None:
        return "nothing says since when it is known"
    for dimension, code in one.key.items():
        if dimension not in cuts:
            return f"the series has no dimension {dimension}"
        if code not in cuts[dimension].codes:
            return f"{code} is not a code of {dimension}"
    return ""


def _check_revision(made: Observation, known: Known) -> None:
    if not (made.reason_en or made.reason_fr):
        known.problems.append(
            f"{made.series.code} from {made.starts_on} to {made.ends_on}: another value stands, and no reason is given"
        )


def _cuts(known: Known) -> dict[int, dict[str, Cut]]:
    """The dimensions of each series, with their codes. Two queries."""
    codes: dict[int, dict[str, Code]] = {}
    for code in Code.objects.all():
        codes.setdefault(code.code_list_id, {})[code.code] = code
    found: dict[int, dict[str, Cut]] = {each.pk: {} for each in known.series.values()}
    for one in SeriesDimension.objects.filter(series__in=found):
        found[one.series_id][one.code] = Cut(one, codes.get(one.code_list_id, {}))
    return found


def _standing(known: Known) -> dict[Line, list[Observation]]:
    """Every value that is known of the series, by line, each line in the order in which it was revised."""
    lines: dict[Line, list[Observation]] = {}
    for one in Observation.objects.filter(series__in=known.series.values()).order_by("pk"):
        lines.setdefault((one.series_id, one.starts_on, one.ends_on, one.key, one.document_id), []).append(one)
    return lines


def _said(one: Observation) -> Said:
    return one.value, one.mark, one.known_on


def _write(those: dict[Line, tuple[Observation, files.Key]], cuts: dict[int, dict[str, Cut]]) -> None:
    Observation.objects.bulk_create([made for made, _key in those.values()])
    ObservationCode.objects.bulk_create(
        [
            ObservationCode(
                observation=made,
                dimension=cuts[made.series_id][dimension].dimension,
                code=cuts[made.series_id][dimension].codes[code],
            )
            for made, key in those.values()
            for dimension, code in key.items()
        ]
    )
