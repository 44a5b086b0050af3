"""How the log is written in production: it says where something went wrong, never with which values."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import TypeAlias

ErrorInfo: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WhereNotWhat(logging.Formatter):
    """Leaves the messages of errors out: a database tells the values of a row in them, a form what was typed."""

    def formatException(self, ei: ErrorInfo) -> str:  # noqa: N802 - the name is logging's
        """The kind of each error, the innermost first, and the lines of code it went through."""
        return "".join(_told(ei[1])).rstrip()


def _told(error: BaseException | None) -> Iterator[str]:
    if error is None:
        return
    yield from _told(error.__cause__ or (None if error.__suppress_context__ else error.__context__))
    yield f"{type(error).__module__}.{type(error).__qualname__}\n"
    yield from traceback.format_tb(error.__traceback__)
