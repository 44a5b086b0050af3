"""Pages as a person sees them: every French page that links lead to, and the words on it."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import resolve
from django.utils.translation import override

SPOKEN = ("aria-label", "placeholder", "alt", "title", "data-label")
UNSEEN = {"script", "style", "textarea", "pre", "code", "kbd", "q"}
"""What is no text of the page: code, what people typed, and what a source printed."""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Words(HTMLParser):
    """The French texts of a page, and where its links lead. Text marked as English is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.links: list[str] = []
        self._open: list[tuple[str, bool]] = []

    @property
    def _is_left_out(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        language = found.get("lang")
        left_out = tag in UNSEEN or (language != "fr" if language else self._is_left_out)
        if not left_out:
            self.texts += [value for name in SPOKEN if (value := found.get(name))]
        if tag == "a" and "download" not in found and (link := found.get("href")):
            self.links.append(link)
        if tag not in VOID:
            self._open.append((tag, left_out))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._is_left_out:
            self.texts.append(data)


def french_pages(client: Client, start: str, of_each: int = 3) -> Iterator[tuple[str, list[str]]]:
    """Path and texts of the French pages that links lead to, up to so many of each kind."""
    waiting, known, seen = deque([start]), {start}, Counter[str]()
    while waiting:
        path = waiting.popleft()
        with override("fr"):
            name = resolve(urlsplit(path).path).view_name
        if seen[name] >= of_each:
            continue
        response = client.get(path)
        if response.status_code != 200 or not response.headers["Content-Type"].startswith("text/html"):
            continue
        seen[name] += 1
        words = Words()
        words.feed(response.content.decode())
        yield path, words.texts
        for link in words.links:
            target = urljoin(path, link).split("#")[0]
            if target.startswith("/fr/") and target not in known:
                known.add(target)
                waiting.append(target)
