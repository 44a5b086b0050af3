"""A figures file is read strictly, and what is wrong with it is said in a sentence and by its place."""

from __future__ import annotations

import json

import pytest

from palermo.figures.series.figures_file import FORMAT, FiguresFileError, read

SERIES = {
    "code": "calls",
    "title": {"en": "Calls"},
    "definition": {"en": "Calls answered"},
    "population": {"en": "All"},
    "counts": "call",
    "frequency": "A",
    "effect": "output",
    "source": "line",
    "owner": "line",
}


def written(**parts: object) -> bytes:
    return json.dumps({"format": FORMAT, **parts}).encode()


def test_what_is_left_out_is_empty() -> None:
    file = read(written(series=[SERIES]))
    assert file.series[0].title.fr == ""
    assert file.series[0].observations == ()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xfe", "not in UTF-8"),
        (b"{", "not complete JSON"),
        (b"[" * 100_000, "nested too deep"),
        (b"[]", "not a figures file"),
        (b'{"format": "palermo-series/2"}', "not a figures file"),
        (b'{"format": "palermo-series/1", "format": "palermo-series/1"}', "the key 'format' stands twice"),
        (written(series=[SERIES, SERIES]), "says something twice.\nseries: calls"),
        (written(serie=[]), "serie: is not a key of this format"),
        (written(series=[{**SERIES, "titel": "x"}]), "series[0].titel: is not a key of this format"),
        (written(series=[{**SERIES, "code": "two words"}]), "series[0].code: is not written as the format asks"),
        (written(documents=[{"code": "a", "title": {"en": "A"}, "address": "http://a"}]), "documents[0].address"),
        (written(documents=[{"code": "a", "title": {"en": "A\u0000"}}]), "holds a control character"),
        (
            written(observations=[{"from": "2013-4-1", "to": "2014-03-31", "value": 5, "document": "a"}]),
            "observations[0].from: is not a date written as 2013-04-01\nobservations[0].value: is not a number written",
        ),
    ],
)
def test_what_is_wrong_is_said(data: bytes, words: str) -> None:
    with pytest.raises(FiguresFileError) as refusal:
        read(data)
    assert words in str(refusal.value)


def test_only_the_first_problems_are_listed() -> None:
    with pytest.raises(FiguresFileError) as refusal:
        read(written(**{f"key{number}": 1 for number in range(50)}))
    assert str(refusal.value).splitlines()[-1] == "… and 30 more"
