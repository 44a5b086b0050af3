"""Why two services may be the same, in the words of the reader."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from palermo.foundation.bilingual import colon
from palermo.foundation.money import written_tenths
from palermo.protection.directory.hsds.json_values import Json


def reason_words(said: Json) -> str:
    """A coded fact, as `hsds.likeness` gives it: what is compared, how both compare, and how far apart in km."""
    about, how, km = said if isinstance(said, list) and len(said) == 3 else ("", "", None)
    subjects = {
        "name": _("name"),
        "organization": _("organization"),
        "phone": _("telephone"),
        "email": _("e-mail"),
        "website": _("website"),
        "place": _("place"),
        "needs": _("needs"),
    }
    relations = {
        "same": _("the same"),
        "alike": _("alike"),
        "part": _("one within the other"),
        "some": _("some the same"),
        "other-language": _("in two languages"),
        "near": _("near each other"),
        "town": _("in one town"),
        "apart": _("in two towns"),
        "elsewhere": _("in two provinces"),
        "for-others": _("for different people"),
        "different": _("different"),
    }
    words = relations.get(str(how), str(how))
    if isinstance(km, int | float):
        words = _("%(words)s, %(km)s km apart") % {"words": words, "km": written_tenths(Decimal(str(km)))}
    return f"{subjects.get(str(about), str(about))}{colon()} {words}"
