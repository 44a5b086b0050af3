"""Entries made comparable, and which of them are worth comparing: all with all would be billions of pairs.

Two entries are compared where they have something in common that few others have: a telephone, a postal code, a name
in one province, a rare word in one town. What many have brings together only those that also share a word of a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from palermo.protection.directory.hsds.confidential import plain
from palermo.protection.directory.hsds.likeness_entries import Entry
from palermo.protection.directory.hsds.likeness_words import Named, named

UNTOLD = "untold"
"""How two entries compare in what one of them does not say."""
OFFER = "offer"
"""How alike the names are, and whether both are reached in one way: what places are weighed beside."""
MOST = 30
"""What more entries than these have in common is too common to bring two of them together by itself."""
FEW = 3
"""A telephone or e-mail address of no more entries than these is that of a service, not of all of its organization."""
_WORD = "word|"
_RURAL = "0"
"""The second character of postal codes that whole regions share (Canada Post)."""


@dataclass(frozen=True)
class Row:
    """An entry as it is compared; each list in order and without repetition."""

    entry: Entry
    name: Named
    """Its names; those that only repeat the organization's say nothing beside it."""
    organization: Named
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    postal_codes: tuple[str, ...]
    areas: tuple[str, ...]
    """Forward sortation areas."""
    towns: tuple[str, ...]
    own_contacts: tuple[str, ...] = ()
    """Telephones and e-mail addresses that hardly any other entry has."""
    keys: tuple[str, ...] = ()
    """What it may have in common with the entries that are worth comparing it with."""


def rows(entries: Iterable[Entry]) -> list[Row]:
    """The entries made comparable, in the order of their ids.

    Raises:
        ValueError: two entries have one id.
    """
    found = [_row(entry) for entry in sorted(entries, key=lambda entry: entry.id)]
    if len({row.entry.id for row in found}) < len(found):
        raise ValueError("two entries have one id")
    found = _with_what_few_have(found)
    common = _count(_keys(row) for row in found)
    keys = [tuple(_finer(_keys(row), row, common)) for row in found]
    count = _count(keys)
    return [
        replace(row, keys=tuple(key for key in of_row if 1 < count[key] <= MOST))
        for row, of_row in zip(found, keys, strict=True)
    ]


def _count(keys: Iterable[Iterable[str]]) -> Counter[str]:
    return Counter(key for of_row in keys for key in of_row)


def _row(entry: Entry) -> Row:
    name, organization = named(entry.names), named(entry.organizations)
    if not set(organization.names).isdisjoint(name.names):
        told = named(frozenset(one for one in name.names if one not in organization.names))
        name = replace(told, names=name.names)
    codes = [code for code in sorted(entry.postal_codes) if len(code) > 1]
    return Row(
        entry=entry,
        name=name,
        organization=organization,
        phones=tuple(sorted(entry.phones)),
        emails=tuple(sorted({email.casefold() for email in entry.emails})),
        postal_codes=tuple(code for code in codes if code[1] != _RURAL),
        areas=tuple(sorted({code[:3] for code in codes})),
        towns=tuple(sorted({plain(town) for town in entry.towns})),
    )


def _with_what_few_have(found: list[Row]) -> list[Row]:
    """The rows with the telephones and e-mail addresses that tell something of any one of them."""
    count = Counter(contact for row in found for contact in (*row.phones, *row.emails))
    return [
        replace(
            row,
            phones=tuple(phone for phone in row.phones if count[phone] <= MOST),
            emails=tuple(email for email in row.emails if count[email] <= MOST),
            own_contacts=tuple(contact for contact in (*row.phones, *row.emails) if count[contact] <= FEW),
        )
        for row in found
    ]


def _keys(row: Row) -> Iterator[str]:
    """What entries worth comparing may have in common."""
    yield from (f"contact|{contact}" for contact in (*row.phones, *row.emails))
    yield from (f"site|{site}" for site in sorted(row.entry.sites))
    yield from (f"postal code|{code}" for code in row.postal_codes)
    yield from (f"organization|{name}" for name in row.organization.names)
    rare = {*row.name.words, *row.organization.words} - {*row.name.kinds, *row.organization.kinds}
    for region in (*row.towns, *sorted(row.entry.provinces)):
        # The name of a town is no rare word there.
        yield from (f"{_WORD}{region}|{word}" for word in sorted(rare) if word not in region)


def _finer(keys: Iterable[str], row: Row, common: Counter[str]) -> Iterator[str]:
    """The keys; what is too common each time with a word of the name, and no word that is too common."""
    for key in keys:
        if common[key] <= MOST:
            yield key
        elif not key.startswith(_WORD):
            yield from (f"{key}|{word}" for word in row.name.words)
