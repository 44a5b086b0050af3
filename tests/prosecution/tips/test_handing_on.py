"""Why tips may be handed on, and on what basis: data in both languages."""

from __future__ import annotations

from django.db.models import CharField

from palermo.prosecution.tips.handing_on import bases, reasons
from palermo.prosecution.tips.models import Handover


def test_every_ground_fits_the_database_and_has_both_languages() -> None:
    for name, grounds in (("reason", reasons()), ("basis", bases())):
        field = Handover._meta.get_field(name)
        assert isinstance(field, CharField)
        longest = field.max_length or 0
        for code, one in grounds.items():
            assert 0 < len(code) <= longest
            assert one.en.strip()
            assert one.fr.strip()
            assert one.en != one.fr


def test_they_are_said_in_the_readers_language() -> None:
    assert bases()["consent"].said.text == "whoever told it agreed (Privacy Act, subsection 8(1))"
