"""What somebody else does just before an act has its turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from unittest.mock import patch


@contextmanager
def meanwhile(module: ModuleType, *acts: Callable[[], object]) -> Iterator[None]:
    """Have these acts done while an act of a module waits for its turn."""
    waiting = list(acts)

    def turn() -> None:
        while waiting:
            waiting.pop(0)()

    with patch.object(module, "one_at_a_time", turn):
        yield
    assert not waiting, "nobody waited"
