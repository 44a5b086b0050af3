"""From when to when, as people write it: two times of the clock, where morning and evening cannot be confused.

The twelve and the twenty-four hours are written alike up to noon. Somebody who is sent at seven in the morning to what
opens at seven in the evening stands before a closed door; so where the half of the day is not certain, nothing is read.
"""

from __future__ import annotations

import re
from typing import TypeAlias

Times: TypeAlias = "tuple[str, str]"
"""From when to when, such as 09:00 and 17:00; what closes no later than it opens does so on the next day."""

_HOUR = 60
_NOON, _MIDNIGHT = 12 * _HOUR, 24 * _HOUR
_AFTERNOON = 13 * _HOUR
"""From then on only the clock of twenty-four hours goes."""
_EARLIEST = 6 * _HOUR
"""Nothing opens before that whose half of the day is not said."""
_WORK = 8 * _HOUR
"""What begins so late and ends about noon is a morning of work by either clock; 7-9 may be an evening."""
_LONGEST = 16 * _HOUR
"""Nothing is open longer of which a half of the day was left out."""


def times_said(opens: str, closes: str, *, of_24: bool) -> Times | None:
    """Two times of the clock; None where morning and evening can be confused.

    Args:
        opens: such as “9”, “9:00 am”, “9 h 30” or “noon”, in small letters and without accents.
        closes: the same.
        of_24: whether other times of the text are by the clock of twenty-four hours.
    """
    if not (_is_time(opens) and _is_time(closes)):
        return None
    start, end = _minutes(opens), _minutes(closes)
    if _is_sure(opens) and _is_sure(closes):
        is_plain = start != end
    elif _half(opens) or _half(closes):
        start, end = _in_halves(opens, closes)
        is_plain = start < end <= start + _LONGEST
    else:
        is_plain = _is_by_the_clock(opens, closes, of_24=of_24)
    # Whether “Friday, midnight to 4 am” begins or ends Friday, nobody knows.
    is_plain = is_plain and start < _MIDNIGHT and not _is_mixed_up(opens, closes, _span(start, end))
    return (_written(start), _written(end)) if is_plain else None


def is_of_24(clock: str) -> bool:
    """Whether only the clock of twenty-four hours writes so: 17:00, 09:00."""
    return not _is_sure(clock) and (clock[0] == "0" or _hour(clock) > 12)


def meet(one: Times, other: Times) -> bool:
    """Whether two times of one day have a moment of it in common."""
    (start, end), (begin, stop) = ((opens, closes if closes > opens else "24:00") for opens, closes in (one, other))
    return start < stop and begin < end


def _in_halves(opens: str, closes: str) -> tuple[int, int]:
    """The minutes of two times of which one says its half of the day; the same twice where the other cannot be told."""
    if half := _half(closes):
        end = _minutes(closes)
        same = _minutes(_halved(opens, half))
        return (same if same < end else _minutes(_halved(opens, "am"))), end
    start, end = _minutes(opens), _minutes(_halved(closes, "pm"))
    may_be_both = _half(opens) == "am" and start < _minutes(_halved(closes, "am")) < end
    return start, start if may_be_both else end


def _is_by_the_clock(opens: str, closes: str, *, of_24: bool) -> bool:
    """Whether two times without halves of the day are by the clock of twenty-four hours, or can be nothing else."""
    start, end = _minutes(opens), _minutes(closes)
    if end <= start:
        # On the next day, unless whoever wrote 13:00-5:00 meant the afternoon.
        return start >= _AFTERNOON and (_is_sure(closes) or closes[0] == "0" or end + _NOON <= start)
    if of_24 or (_is_sure(closes) and end == _NOON):
        return start >= _EARLIEST
    return start >= _WORK and ("h" in opens or _NOON <= end < _AFTERNOON)


def _is_mixed_up(opens: str, closes: str, span: int) -> bool:
    """Whether it says 12 am or 12 pm and the other is likelier: many write “12am-5pm” of what opens at noon."""
    is_twelve = [bool(_half(clock)) and _hour(clock) == _NOON // _HOUR for clock in (opens, closes)]
    if all(is_twelve):
        return _half(opens) == "am"
    return any(is_twelve) and _span(_NOON, span) < span


def _span(start: int, end: int) -> int:
    """The minutes from one time to the next other one, or to the same on the next day."""
    return (end - start) % _MIDNIGHT or _MIDNIGHT


def _is_time(clock: str) -> bool:
    """Whether there is such a time: 24:30 and 14 am are none."""
    return _minutes(clock) <= _MIDNIGHT and (not _half(clock) or 1 <= _hour(clock) <= 12)


def _is_sure(clock: str) -> bool:
    """Whether it is a word, or says its half of the day."""
    return not clock[0].isdigit() or bool(_half(clock))


def _half(clock: str) -> str:
    found = re.search(r"[ap]m$", clock)
    return found[0] if found else ""


def _halved(clock: str, half: str) -> str:
    """The same with its half of the day, if it can have one."""
    return f"{clock} {half}" if 1 <= _hour(clock) <= 12 else clock


def _hour(clock: str) -> int:
    return int(re.findall(r"\d+", clock)[0])


def _minutes(clock: str) -> int:
    """The minutes since midnight; without “am” or “pm”, by the clock of twenty-four hours."""
    if not clock[0].isdigit():
        return _NOON if clock in {"noon", "midi"} else _MIDNIGHT
    hour, minutes = _hour(clock), re.findall(r"\d+", clock)[1:]
    if half := _half(clock):
        hour = hour % 12 + (12 if half == "pm" else 0)
    return hour * _HOUR + (int(minutes[0]) if minutes else 0)


def _written(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
