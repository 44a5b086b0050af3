"""Narrative keeps what it may and says what it lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.plan.report.formats.document import (
    BulletList,
    Heading,
    NumberedList,
    Paragraph,
    Part,
    Quote,
    Run,
    Table,
    plain,
)
from palermo.plan.report.formats.markdown import Narrative, Problem, ProblemKind, read_markdown


def read(source: str, level: int = 1) -> Narrative:
    return read_markdown(source, part_key="foreword", part_heading="Foreword", level=level)


def test_looks_and_links_become_runs() -> None:
    found = read("A *b* **c** ***d*** [e](https://example.org/?a=1&b=2) `f`")
    assert found.problems == ()
    assert found.blocks == (
        Paragraph(
            (
                Run("A "),
                Run("b", italic=True),
                Run(" "),
                Run("c", bold=True),
                Run(" "),
                Run("d", bold=True, italic=True),
                Run(" "),
                Run("e", link="https://example.org/?a=1&b=2"),
                Run(" f"),
            )
        ),
    )


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd", "/here", "x"]
)
def test_other_links_lose_the_link_and_keep_the_words(address: str) -> None:
    found = read(f"Go [there]({address}) now")
    assert found.blocks == (Paragraph((Run("Go there now"),)),)
    assert [problem.kind for problem in found.problems] == [ProblemKind.LINK]


@pytest.mark.parametrize("address", ["http://example.org", "HTTPS://example.org", "mailto:a@example.org"])
def test_web_and_mail_links_stay(address: str) -> None:
    found = read(f"[there]({address})")
    assert found.problems == ()
    [block] = found.blocks
    assert isinstance(block, Paragraph)
    assert block.runs[0].link.lower() == address.lower()


def test_pictures_are_left_out_and_said_to_be() -> None:
    found = read("before ![a lantern](https://example.org/x.png) after")
    assert plain_of(found) == ["before  after"]
    assert found.problems == (Problem(ProblemKind.IMAGE, "a lantern"),)


def test_html_is_text() -> None:
    found = read("<script>alert(1)</script>\n\na <b>bold</b> word")
    assert plain_of(found) == ["<script>alert(1)</script>", "a <b>bold</b> word"]


def test_headings_move_under_their_part() -> None:
    found = read("# One\n\n## Two\n\n### Three\n\n# Four", level=1)
    assert [block.level for block in found.blocks if isinstance(block, Heading)] == [2, 3, 4, 2]
    assert found.problems == ()


def test_headings_that_skip_or_go_too_deep_are_raised_and_said_to_be() -> None:
    found = read("## One\n\n#### Skips\n\n##### Deep\n\n###### Deeper")
    assert [block.level for block in found.blocks if isinstance(block, Heading)] == [2, 3, 4, 4]
    assert [problem.detail for problem in found.problems] == ["Skips", "Deep", "Deeper"]


def test_lists_keep_their_order_and_depth() -> None:
    found = read("3. three\n4. four\n   - inside\n\n     more\n\n* dot")
    numbers, dots = found.blocks
    assert isinstance(numbers, NumberedList)
    assert numbers.start == 3
    assert [plain(item.runs) for item in numbers.items] == ["three", "four"]
    [inside] = numbers.items[1].nested
    assert isinstance(inside, BulletList)
    assert plain(inside.items[0].runs) == "inside\nmore"
    assert isinstance(dots, BulletList)


def test_quotes_and_line_breaks() -> None:
    found = read("> one  \n> two\n>\n> three")
    [quote] = found.blocks
    assert isinstance(quote, Quote)
    assert plain(quote.runs) == "one\ntwo\nthree"


def test_tables_are_captioned_by_their_heading() -> None:
    found = read("| A | B |\n|---|--:|\n| x | **2** |\n\n# Sums\n\n| C |\n|---|\n| [y](https://example.org) |")
    first, second = (block for block in found.blocks if isinstance(block, Table))
    assert (first.key, first.caption, first.rows) == ("foreword.table-1", "Foreword", (("x", "2"),))
    assert [(column.label, column.kind) for column in first.columns] == [("A", "text"), ("B", "number")]
    assert (second.key, second.caption, second.rows) == ("foreword.table-2", "Sums", (("y",),))
    assert found.problems == (Problem(ProblemKind.LINK, "https://example.org"),)


@given(st.text(alphabet=st.sampled_from(list("# *_`[]()!<>|-+1.\n\tab\\&\"'~=:/é")), max_size=120))
def test_any_text_makes_blocks_that_a_part_accepts(source: str) -> None:
    found = read(source, level=2)
    assert Part("foreword", "Foreword", found.blocks, level=2).blocks == found.blocks


def plain_of(found: Narrative) -> list[str]:
    return [plain(block.runs) for block in found.blocks if isinstance(block, Paragraph)]
