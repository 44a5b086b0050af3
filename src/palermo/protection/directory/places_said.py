"""What may be said of a place to those who work with it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from palermo.protection.directory.cards import address_of, text_of
from palermo.protection.directory.models import Location


def said_of(location: Location) -> str:
    """Its name and address; of a confidential place its area, and that it is one."""
    said = location.document
    if location.is_confidential:
        area = text_of(said, "area").text or str(said.get("province") or "")
        return _("%(area)s (confidential place)") % {"area": area} if area else _("a confidential place")
    words = [text_of(said, "name").text, address_of(said)]
    return ", ".join(word for word in words if word) or _("a place without an address")


def whole_address(sealed: dict[str, object]) -> str:
    """Where a confidential place is, from what was sealed of it."""
    location = {name: said for name, said in sealed.items() if name == "addresses"}
    words = [str(sealed.get("name") or ""), address_of(location), str(sealed.get("transportation") or "")]  # type: ignore[arg-type]
    return "\n".join(word for word in words if word)
