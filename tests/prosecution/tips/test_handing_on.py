"""Why tips may be handed on, and on what basis: data in both languages."""

from __future__ import annotations

import pytest
from django.db.models import CharField
from django.utils.translation import override

from palermo.prosecution.tips.handing_on import bases, reasons
from palermo.prosecution.tips.models import Handing


def test_every_ground_fits_the_database_and_has_both_languages() -> None:
    for name, grounds in (("reason", reasons()), ("basis", bases())):
        field = Handing._meta.get_field(name)
        assert isinstance(field, CharField)
        longest = field.max_length or 0
        for code, one in grounds.items():
            assert 0 < len(code) <= longest
            assert one.en.strip()
            assert one.fr.strip()
            assert one.en != one.fr


@pytest.mark.parametrize("language", ["en", "fr"])
def test_they_are_said_in_the_readers_language(language: str) -> None:
    with override(language):
        assert bases()["consent"].said.text == getattr(bases()["consent"], language)
