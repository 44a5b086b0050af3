"""What Python looks through for garbage while a long piece of work goes on."""

from __future__ import annotations

import gc

SELDOM = 50_000
"""So many more objects than were freed have to be there before the newest are looked through; Python says 700."""


def collect_rarely() -> None:
    """Have the rest of this process look for garbage rarely, and never through what is loaded by now.

    Objects are freed without it as soon as nothing names them. It finds those that name each other in a circle, of
    which entries have none; looking for them took a sixth of the time of a long file, and the newest alone a sixteenth.
    """
    gc.freeze()
    gc.set_threshold(SELDOM, 10, 10)
