"""Saved web pages: what a reader sees of them, and the plan in it."""

from __future__ import annotations

from pathlib import Path

from palermo.plan.imports.reader.open import read_file
from palermo.plan.imports.reader.reading import Reading
from palermo.plan.imports.reader.web_page import text_of_page

PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>Site</title><style>p { color: red }</style><script>let a = "<p>no</p>";</script></head>
<body><header><a href="/">Home</a></header><nav><ul><li>1. Menu (complete)</li></ul></nav>
<main><h1>Strategy of the invented province</h1>
<h2>Prevention</h2>
<table><tr><th>Action</th><th>Lead</th><th>Due date</th><th>Status</th></tr>
<tr><td>Teach pupils about <b>safe</b><br>friendships</td><td>Education</td><td>March 2025</td><td>Complete</td></tr>
<tr><td>Warn travellers</td><td>Transport</td><td>2026</td><td>In&nbsp;progress</td></tr></table>
<h2>Protection</h2>
<table><tr><th>Action</th><th>Lead</th><th>Due date</th><th>Status</th></tr>
<tr><td>Open a shelter &amp; a kitchen</td><td>Housing</td><td></td><td>Ongoing</td></tr></table>
</main><footer><p>Contact</p></footer></body></html>"""


def test_the_frame_of_the_site_is_left_out() -> None:
    text = text_of_page(PAGE)
    assert not any(word in text for word in ("Home", "Menu", "Contact", "color", "let a"))
    assert "Teach pupils about safe friendships\tEducation\tMarch 2025\tComplete" in text.splitlines()


def test_lists_keep_their_numbers_and_bullets() -> None:
    text = text_of_page("<html><ol start=3><li>Three<ul><li>Within</li></ul></li><li>Four</li></ol></html>")
    assert text.split("\n")[:3] == ["3. Three", "• Within", "4. Four"]


def test_tables_of_a_page_are_read(tmp_path: Path) -> None:
    saved = tmp_path / "page.html"
    saved.write_text(PAGE, encoding="utf-8")
    reading = read_file(saved)
    assert isinstance(reading, Reading)
    titles = {section.key: section.title for section in reading.sections}
    assert [(titles[row.section or ""], row.status, row.leads, row.printed_due) for row in reading.rows] == [
        ("Prevention", "complete", ["Education"], "March 2025"),
        ("Prevention", "in_progress", ["Transport"], "2026"),
        ("Protection", "ongoing", ["Housing"], ""),
    ]
