"""What no template may hold, because the content security policy refuses it, and what every page must."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

import palermo

SOURCE = Path(palermo.__file__).parent
TEMPLATES = sorted(SOURCE.glob("**/templates/**/*.html"))
INLINE_STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE)
EVENT = re.compile(r"<[^>]*\son[a-z]+\s*=|javascript:", re.IGNORECASE)
ELSEWHERE = re.compile(r"""\b(?:src|action)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE)


def _name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_template_holds_nothing_that_the_policy_refuses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for refused in (INLINE_STYLE, INLINE_SCRIPT, EVENT, ELSEWHERE):
        found = refused.search(text)
        assert found is None, f"{_name(path)}: {found and found[0]}"


def test_the_rules_find_what_they_are_for() -> None:
    assert INLINE_STYLE.search('<p style="color:red">')
    assert INLINE_SCRIPT.search("<script>alert(1)</script>")
    assert not INLINE_SCRIPT.search('<script src="/static/x.js" defer></script>')
    assert EVENT.search('<a href="/" onclick="x()">')
    assert ELSEWHERE.search('<img src="https://elsewhere.example/x.png">')


def test_there_is_one_skeleton_and_it_has_quick_exit() -> None:
    skeletons = [path for path in TEMPLATES if "<html" in path.read_text(encoding="utf-8")]
    assert [_name(path) for path in skeletons] == ["site/templates/site/skeleton.html"]
    exit_link = re.search(r"<a [^>]*data-quick-exit>", skeletons[0].read_text(encoding="utf-8"))
    assert exit_link is not None
    assert 'href="{{ frame.exit_address }}"' in exit_link[0]
    assert 'rel="noreferrer nofollow"' in exit_link[0]


def test_nothing_hides_the_exit_of_the_skeleton() -> None:
    skeleton = (SOURCE / "site/templates/site/skeleton.html").read_text(encoding="utf-8")
    exit_stands_at = skeleton.index("data-quick-exit>")
    assert skeleton.count("{% block", 0, exit_stands_at) == skeleton.count("{% endblock", 0, exit_stands_at)


def test_our_pages_of_sign_in_come_before_those_of_the_library() -> None:
    apps = settings.INSTALLED_APPS
    assert apps.index("palermo.site") < apps.index("allauth")


def test_the_stylesheet_stays_small_and_asks_nobody() -> None:
    sheet = (SOURCE / "site/static/site/palermo.css").read_text(encoding="utf-8")
    assert len(sheet.encode()) <= 20_000
    assert "url(" not in sheet
    assert "@import" not in sheet
