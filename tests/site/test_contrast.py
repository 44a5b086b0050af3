"""The contrast of every pair of colours that stand on each other, computed after WCAG 2.2."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import palermo
from palermo.plan.register.vocabulary import Status
from palermo.site.looks import STATUSES

SHEET = (Path(palermo.__file__).parent / "site/static/site/palermo.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", SHEET))
PALES = ("paper", "pale", "info-pale", "success-pale", "warning-pale", "danger-pale")
WORDS = [
    *[("ink", pale) for pale in PALES],
    *[(word, pale) for word in ("link", "link-hover", "visited") for pale in PALES],
    ("ink-soft", "paper"),
    ("ink-soft", "pale"),
    ("action", "paper"),
    ("action-deep", "pale"),
    ("danger", "paper"),
    *[("on-dark", dark) for dark in ("brand", "action", "action-deep", "exit", "exit-deep", "danger", "level-3")],
    ("ink", "level-1"),
    ("ink", "level-2"),
]
"""Words and what they stand on: at least 4.5 (success criterion 1.4.3)."""
SHAPES = [
    *[("line-strong", pale) for pale in ("paper", "pale")],
    *[("focus", pale) for pale in PALES],
    ("on-dark", "brand"),
    ("info", "info-pale"),
    ("success", "success-pale"),
    ("warning", "warning-pale"),
    ("danger", "danger-pale"),
    *[(status.replace("_", "-"), "paper") for status in STATUSES],
    ("exit", "paper"),
]
"""Edges, shapes and marks of focus: at least 3 (success criteria 1.4.11 and 2.4.13)."""


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2), from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_the_known_values() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize(("word", "ground"), WORDS)
def test_words_can_be_read(word: str, ground: str) -> None:
    assert contrast(COLOURS[word], COLOURS[ground]) >= 4.5


@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_can_be_seen(shape: str, ground: str) -> None:
    assert contrast(COLOURS[shape], COLOURS[ground]) >= 3


@pytest.mark.parametrize("status", STATUSES)
def test_numbers_on_a_chart_can_be_read(status: str) -> None:
    look = STATUSES[status]
    assert contrast(look.ink, look.fill) >= 4.5
    assert contrast(look.edge, COLOURS["paper"]) >= 3


def test_every_status_has_a_look_and_a_shape_of_its_own() -> None:
    assert set(STATUSES) == set(Status.values)
    assert len({look.shape for look in STATUSES.values()}) == len(STATUSES)


@pytest.mark.parametrize("status", STATUSES)
def test_charts_and_pages_use_the_same_colours(status: str) -> None:
    assert COLOURS[status.replace("_", "-")] == STATUSES[status].edge


def test_no_colour_stands_outside_the_list() -> None:
    rules = SHEET[SHEET.index("}") :]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", rules) == []


def test_every_colour_of_the_list_is_in_some_pair() -> None:
    paired = {name for pair in (*WORDS, *SHAPES) for name in pair}
    assert set(COLOURS) - paired == {"line"}, "only thin lines that carry no meaning may go without"
