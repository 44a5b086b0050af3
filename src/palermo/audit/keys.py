"""What an event can be found by: worked out from its details alone, so that anybody can work it out again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def key_of(plan: str, code: str = "") -> str:
    """The key of a deliverable of a plan; without its code, of the plan as a whole."""
    return f"{plan}/{code}"


def keys_of(details: Mapping[str, Any]) -> list[str]:
    """The keys under which an event with these details is found.

    `plan` with `code` or `deliverable` speaks of one deliverable, `plan` alone of the whole plan. `also` holds further
    ones, as a list of `{plan, code}`.
    """
    told = [details, *details.get("also", ())]
    keys = (key_of(each["plan"], each.get("code") or each.get("deliverable") or "") for each in told if "plan" in each)
    return list(dict.fromkeys(keys))
