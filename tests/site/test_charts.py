"""Charts: well-formed, named, free of what a page may not hold, and drawn once."""

from __future__ import annotations

from unittest.mock import patch
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.core.cache import cache
from django.template import Context, Template

from palermo.site.charts import Bar, Chart, StatusCount, bar_chart, status_by_p_chart, status_over_periods_chart
from palermo.site.looks import STATUSES
from palermo.site.svg import tidy

SPACE = "{http://www.w3.org/2000/svg}"
ROWS = [
    StatusCount("Prevention & more", "ongoing", "Ongoing", 1200),
    StatusCount("Prevention & more", "complete", "Complete", 300),
    StatusCount("Protection", "complete", "Complete", 400),
    StatusCount("Protection", "not_reported", "Not reported", 1),
]


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def drawn(chart: Chart) -> Element:
    """The drawing, parsed."""
    root: Element = fromstring(chart.svg)
    return root


def words(root: Element) -> list[str]:
    """Every word that the drawing shows."""
    return [element.text or "" for element in root.iter(f"{SPACE}text")]


def fills(root: Element) -> list[str]:
    """The colours of the areas, in the order in which they are drawn."""
    return [element.get("fill", "") for element in root.iter(f"{SPACE}path") if element.get("fill") != "none"]


def test_a_chart_is_one_picture_with_a_name() -> None:
    root = drawn(status_by_p_chart(ROWS, "en"))
    assert root.tag == f"{SPACE}svg"
    assert root.get("role") == "img"
    assert root.get("aria-label", "").startswith("Status of deliverables, by P. Prevention & more: Complete 300, ")
    assert root[0].tag == f"{SPACE}title"
    assert root[0].text == "Status of deliverables, by P"


def test_a_chart_holds_nothing_that_the_policy_refuses() -> None:
    for element in drawn(status_by_p_chart(ROWS, "en")).iter():
        assert element.tag.removeprefix(SPACE) in {"svg", "title", "g", "path", "text", "line", "rect"}
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]


def test_a_chart_says_its_numbers_and_its_key() -> None:
    shown = words(drawn(status_by_p_chart(ROWS, "en")))
    for word in ("Prevention & more – 1,500", "Protection – 401", "1,200", "300", "400", "Complete", "Not reported"):
        assert word in shown
    assert "1" not in shown, "a number that does not fit its piece is left to the table"
    assert "In progress" not in shown, "the key holds only what occurs"


def test_a_chart_uses_the_colours_of_the_statuses() -> None:
    used = set(fills(drawn(status_by_p_chart(ROWS, "en"))))
    assert {STATUSES[status].fill for status in ("ongoing", "complete", "not_reported")} <= used


def test_the_table_behind_it_holds_every_number() -> None:
    chart = status_by_p_chart(ROWS, "en")
    assert chart.table_head == ("P", "Complete", "Ongoing", "Not reported", "All")
    assert chart.table_rows == (
        ("Prevention & more", "300", "1,200", "0", "1,500"),
        ("Protection", "400", "0", "1", "401"),
    )


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    chart = status_by_p_chart(ROWS, "fr")
    assert "1\xa0200" in words(drawn(chart))
    assert chart.table_rows[0][2] == "1\xa0200"


def test_words_with_quotes_stay_what_they_are() -> None:
    label = """N'est plus « suivi\xa0», "dit-on" \\ <b>"""
    rows = [StatusCount("L'un", "complete", "Terminé", 2), StatusCount("L'un", "no_longer_pursued", label, 3)]
    chart = status_by_p_chart(rows, "fr")
    assert label in words(drawn(chart))
    assert label in chart.alt


def test_the_same_rows_give_the_same_bytes() -> None:
    first = status_over_periods_chart(ROWS, "en").svg
    cache.clear()
    assert status_over_periods_chart(ROWS, "en").svg == first


def test_a_chart_is_drawn_once() -> None:
    first = bar_chart([Bar("RCMP", 33)], "en", caption="By lead", head=("Organization", "Deliverables"))
    with patch("palermo.site.drawing.bars", side_effect=AssertionError("drawn again")):
        again = bar_chart([Bar("RCMP", 33)], "en", caption="By lead", head=("Organization", "Deliverables"))
    assert again == first


def test_other_rows_are_another_drawing() -> None:
    one = bar_chart([Bar("RCMP", 33)], "en", caption="By lead", head=("a", "b"))
    other = bar_chart([Bar("RCMP", 34)], "en", caption="By lead", head=("a", "b"))
    assert one.svg != other.svg


def test_bars_are_as_long_as_their_numbers() -> None:
    chart = bar_chart([Bar("Long", 40), Bar("Short", 10)], "en", caption="By lead", head=("a", "b"))
    lengths = [path.get("d", "") for path in drawn(chart).iter(f"{SPACE}path") if path.get("fill") == "#335075"]
    assert ["h420v" in lengths[0], "h105v" in lengths[1]] == [True, True]


def test_a_chart_of_nothing_is_still_a_chart() -> None:
    chart = status_by_p_chart([], "en")
    assert drawn(chart).get("role") == "img"
    assert chart.table_rows == ()


def test_a_chart_of_four_bars_is_small() -> None:
    rows = [StatusCount(f"Group {n}", status, status, n + 5) for n in range(4) for status in STATUSES]
    assert len(status_by_p_chart(rows, "en").svg.encode()) < 10_000


def test_the_figure_shows_drawing_and_table() -> None:
    text = Template("{% load components %}{% chart_figure chart %}").render(
        Context({"chart": status_by_p_chart(ROWS, "en")})
    )
    assert text.count("<svg") == 1
    assert '<th scope="row">Prevention &amp; more</th>' in text
    assert '<td class="count">1,200</td>' in text
    assert "<details>" in text


def test_tidying_takes_out_what_could_run_or_restyle() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><style>a{}</style><script>x()</script>'
        '<g style="fill:red" onclick="x()" aria-label="noise"><path d="M0.12345,1h2"/></g><path d=""/></svg>'
    )
    tidied = tidy(svg, "Title", 'Words "here" & <there>')
    root = fromstring(tidied)
    assert root.get("aria-label") == 'Words "here" & <there>'
    assert [element.tag.removeprefix(SPACE) for element in root.iter()] == ["svg", "title", "g", "path"]
    for gone in ("style", "script", "onload", "onclick", "noise"):
        assert gone not in tidied
    assert 'd="M0.1,1h2"' in tidied
