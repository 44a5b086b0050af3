"""Organisations of a plan file."""

from __future__ import annotations

from collections.abc import Sequence

from palermo.people.models import Organisation, OrganisationName
from palermo.plan import planfile_models as files


def load_organisations(wanted: Sequence[files.Organisation]) -> dict[str, Organisation]:
    """Add what is missing; a name that begins on the same day as a known one replaces it.

    Returns every organisation of the register by its code.
    """
    known = {one.code: one for one in Organisation.objects.prefetch_related("names")}
    missing = [Organisation(code=each.code) for each in wanted if each.code not in known]
    Organisation.objects.bulk_create(missing)
    known |= {one.code: one for one in missing}
    for each in wanted:
        _parent(known[each.code], known.get(each.parent or ""))
    OrganisationName.objects.bulk_create(
        [
            OrganisationName(
                organisation=known[each.code],
                name_en=name.name.en,
                name_fr=name.name.fr,
                acronym_en=name.acronym.en,
                acronym_fr=name.acronym.fr,
                from_date=name.from_on,
                to_date=name.to_on,
            )
            for each in wanted
            for name in _without_known(known[each.code], each.names)
        ]
    )
    return known


def _parent(organisation: Organisation, parent: Organisation | None) -> None:
    if parent is not None and organisation.parent_id != parent.pk:
        organisation.parent = parent
        organisation.save(update_fields=["parent"])


def _without_known(organisation: Organisation, wanted: Sequence[files.DatedName]) -> list[files.DatedName]:
    """The names to write: those that differ from the register's. What they replace is deleted."""
    known = {name.from_date: name for name in organisation.names.all()}
    differing = [name for name in wanted if not _is_same(known.get(name.from_on), name)]
    replaced = [known[name.from_on].pk for name in differing if name.from_on in known]
    if replaced:
        OrganisationName.objects.filter(pk__in=replaced).delete()
    return differing


def _is_same(known: OrganisationName | None, name: files.DatedName) -> bool:
    return known is not None and (
        known.name_en,
        known.name_fr,
        known.acronym_en,
        known.acronym_fr,
        known.to_date,
    ) == (name.name.en, name.name.fr, name.acronym.en, name.acronym.fr, name.to_on)
