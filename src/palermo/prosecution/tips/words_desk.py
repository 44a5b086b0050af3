"""Words of the desk's pages that are not the form's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from palermo.foundation.days import clock_time, long_date

_ASKED = ("danger", "what", "who", "where", "when", "know")
_DANGER = ("yes", "no", "unsure")


def labels(form: Mapping[str, str]) -> dict[str, object]:
    """What each text of a message answers, by its code, in the order of the form; and what the choices stand for."""
    asked = {code: form[code] for code in _ASKED}
    asked |= {"name": form["name_and_how"], "answer": _("Answer"), "text": ""}
    return {"texts": asked, "danger": {code: form[f"danger_{code}"] for code in _DANGER}}


def hour_said(hour: datetime) -> str:
    """An hour as people read it: nothing more exact is known."""
    local = localtime(hour)
    return _("%(day)s, in the hour from %(time)s") % {"day": long_date(local.date()), "time": clock_time(local)}


def narrowings() -> list[tuple[str, str]]:
    """What the list of tips can be narrowed to (`queries.waiting.narrowed`), and what that is called."""
    return [
        ("", pgettext("tips", "all")),
        ("due", pgettext("tips", "to be looked at")),
        ("open", pgettext("tips", "new or open")),
        ("closed", pgettext("tips", "closed or erased")),
        ("erasing", pgettext("tips", "erased within a month")),
    ]
