"""Where the numbers of a table come from: what counted them, with what mark, and the page that tells more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from palermo.plan.report.formats.runs import Run, Runs

OriginKind = Literal["measure", "series", "returns"]
"""Counted by the system itself; given by a source outside; said by organisations in their returns."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of the numbers in one table, in the words of the day on which they were printed.

    Where numbers of one table come from several places, its rows say more, and `code` is empty.
    """

    kind: OriginKind
    words: str
    """What was counted and from what, in one or two sentences."""
    link: str = ""
    """An address; one that begins with a slash is of this site, and `with_site` completes it for files."""
    link_words: str = ""
    """What the link says: `Where do these numbers come from?`."""
    code: str = ""
    """The stable code of the measure or series."""
    mark: str = ""
    """The stable code of the mark that all the numbers have, such as `final`."""

    @property
    def runs(self) -> Runs:
        """The words with their link, as pages print them."""
        if not self.link:
            return (Run(self.words),)
        return (Run(f"{self.words} "), Run(self.link_words or self.link, link=self.link))

    @property
    def plain(self) -> str:
        """The words with the address behind them, for files that hold no links."""
        return f"{self.words} {self.link}".strip()
