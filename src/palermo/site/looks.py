"""How each status looks: a shape that can be told apart without colour, and a colour that helps."""

from __future__ import annotations

from dataclasses import dataclass

RING = '<circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="2"/>'


@dataclass(frozen=True, slots=True)
class Look:
    """A shape as the inside of an SVG of 16 × 16, and colours for charts.

    `fill` is the colour of an area, `ink` the colour of words on it, `edge` the colour of its outline. The same
    colours stand in `palermo.css` as `--complete` and so on.
    """

    shape: str
    fill: str
    ink: str
    edge: str


STATUSES: dict[str, Look] = {
    "complete": Look(
        '<circle cx="8" cy="8" r="7.5" fill="currentColor"/>'
        '<path d="m4.5 8.2 2.5 2.5 4.5-5" fill="none" stroke="#fff" stroke-width="2"/>',
        "#14603f",
        "#ffffff",
        "#14603f",
    ),
    "in_progress": Look(
        RING + '<path d="M8 1.500a6.5 6.5 0 0 1 0 13z" fill="currentColor"/>', "#1d6fb8", "#ffffff", "#1d6fb8"
    ),
    "ongoing": Look(
        '<path d="M13.5 8A5.5 5.5 0 1 1 11 3.4" fill="none" stroke="currentColor" stroke-width="2"/>'
        '<path d="m9.5 0 5 3.500L9.5 7z" fill="currentColor"/>',
        "#b87700",
        "#000000",
        "#b87700",
    ),
    "not_started": Look(RING, "#7d8590", "#000000", "#7d8590"),
    "no_longer_pursued": Look(
        '<path d="m3 3 10 10M13 3 3 13" fill="none" stroke="currentColor" stroke-width="2.5"/>',
        "#3b3f46",
        "#ffffff",
        "#3b3f46",
    ),
    "not_stated": Look(
        '<path d="m8 1 7 7-7 7-7-7z" fill="none" stroke="currentColor" stroke-width="2"/>',
        "#9a4f96",
        "#ffffff",
        "#9a4f96",
    ),
    "not_reported": Look(
        '<rect x="1.5" y="1.5" width="13" height="13" fill="none" stroke="currentColor" stroke-width="2" '
        'stroke-dasharray="3 2.5"/>',
        "#ffffff",
        "#333333",
        "#5f6671",
    ),
}
"""By status, in the order in which charts and keys show them: done first, silence last."""

NOTICES: dict[str, str] = {
    "info": '<circle cx="8" cy="8" r="8" fill="currentColor"/>'
    '<path d="M8 7v5M8 4v1.5" stroke="#fff" stroke-width="2"/>',
    "success": STATUSES["complete"].shape,
    "warning": '<path d="M8 .5 16 15H0z" fill="currentColor"/>'
    '<path d="M8 6v4M8 11.5V13" stroke="#fff" stroke-width="2"/>',
    "danger": '<path d="M5 0h6l5 5v6l-5 5H5l-5-5V5z" fill="currentColor"/>'
    '<path d="M8 3.5v5.5M8 10.5v2" stroke="#fff" stroke-width="2"/>',
}
"""The shape beside the title of a notice, by its kind."""
