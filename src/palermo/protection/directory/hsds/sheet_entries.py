"""Services of the standard from what the rows of a plain spreadsheet say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from uuid import UUID, uuid5

from palermo.protection.directory.hsds import sheet_cells
from palermo.protection.directory.hsds.addresses import told_in
from palermo.protection.directory.hsds.fitting import language_code, languages
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.phones import LONGEST, without_hours
from palermo.protection.directory.hsds.places import found as places_found
from palermo.protection.directory.hsds.profile import FRENCH
from palermo.protection.directory.hsds.sheet_headings import Language, plain, words
from palermo.protection.directory.hsds.sheet_rows import Said
from palermo.protection.directory.hsds.sheet_secrets import says_place_secret, says_secret
from palermo.protection.directory.hsds.written_hours import WrittenHours, hours_said

SPACE = UUID("8c0b7f0e-3f0b-4a53-9a0e-0d2a6c5f4b71")
"""What the ids of rows are made in, so that the same row is the same entry next month."""
_LONGEST_NAME = 3
"""So many words may the name of a language have; more are a remark."""
_LONGEST_HOURS = 1_000
"""Characters of a cell from which on it is no longer looked through for hours."""


def key_of(said: Said, *, with_street: bool) -> tuple[str, ...]:
    """What makes an entry the same one again: its source, organization, service and place."""
    texts = [said.source, said.text("organization"), said.text("service"), said.first("city") or said.first("province")]
    if with_street:
        texts += [said.first("street"), said.first("postal_code")]
    return tuple(plain(text) or text for text in texts)


def entry_of(said: Said, key: tuple[str, ...]) -> Document:
    """The service of a row that has a name, with its organization and place."""
    organization, service = said.text("organization"), said.text("service")
    if not service:
        said.doubt("named_by_organization", said.headings["organization"], organization)
        said.texts["service"] = said.texts["organization"]
    found: Document = {
        "id": _id(*key), **_both("name", said.texts["service"]), **_status(said), **_day(said),
        **_both("description", said.texts.get("description", {})),
        **_both("eligibility_description", said.texts.get("who", {})),
        **_both("fees_description", said.texts.get("cost", {})),
        **_emails(said, key), **_pages(said, key),
    }  # fmt: skip
    if organization:
        names = said.texts["organization"]
        # The standard wants a description of every organization; such a sheet has none.
        found["organization"] = {
            "id": _id(said.source, "organization", plain(organization) or organization),
            **_both("name", names),
            **_both("description", names),
        }
    parts = {"phones": _phones, "languages": _languages, "schedules": _schedules, "attributes": _needs}
    for name, read in parts.items():
        if each := list(read(said, key)):
            found[name] = each
    if location := _location(said, key):
        found["service_at_locations"] = [{"id": _id(*key, "visit"), "location": location}]
    return found


def _id(*key: str) -> str:
    return str(uuid5(SPACE, json.dumps(key)))


def _both(name: str, said: dict[Language, str]) -> Document:
    """A text in both languages; one that is only in French stands in both."""
    english, french = said.get("en") or said.get("fr"), said.get("fr")
    found: Document = {name: english} if english else {}
    return found | ({f"{name}{FRENCH}": french} if french else {})


def _status(said: Said) -> Document:
    found = said.one("status")
    if found is None:
        return {"status": "active"}
    status = sheet_cells.status(found[1].text)
    if not status:
        said.doubt("status_unknown", found[0], found[1].text)
    return {"status": status or "inactive"}


def _day(said: Said) -> Document:
    found = said.one("confirmed")
    if found is None:
        return {}
    day = sheet_cells.day(found[1])
    if not day:
        said.doubt("day_unclear", found[0], found[1].text)
    return {"assured_date": day} if day else {}


def _emails(said: Said, key: tuple[str, ...]) -> Document:
    """The first e-mail address is the service's own; others are contacts."""
    found: list[str] = []
    for heading, cell in said.cells.get("email", []):
        for piece in _pieces(r"[\s;,|/]+", cell.text):
            if address := sheet_cells.email(piece):
                found.append(address)
            elif piece:
                said.doubt("email_wrong", heading, piece)
    others: list[Json] = [{"id": _id(*key, "email", one), "email": one} for one in dict.fromkeys(found[1:])]
    return ({"email": found[0]} if found else {}) | ({"contacts": others} if others else {})


def _pages(said: Said, key: tuple[str, ...]) -> Document:
    """The first page is the service's own; others are further ones."""
    found: list[str] = []
    for heading, cell in said.cells.get("website", []):
        for piece in _pieces(r"[\s;|]+", cell.text):
            if address := sheet_cells.website(piece):
                found.append(address)
            elif piece:
                said.doubt("website_wrong", heading, piece)
    others: list[Json] = [{"id": _id(*key, "page", one), "url": one} for one in dict.fromkeys(found[1:])]
    return ({"url": found[0]} if found else {}) | ({"additional_urls": others} if others else {})


def _pieces(between: str, text: str) -> list[str]:
    """What a cell holds one after the other; nothing where it says that there is none."""
    return [] if sheet_cells.is_nothing(text) else re.split(between, text)


def _phones(said: Said, key: tuple[str, ...]) -> Iterator[Document]:
    cells = [(kind, *each) for kind in ("telephone", "fax") for each in said.cells.get(kind, [])]
    for kind, heading, cell in cells:
        for number in sheet_cells.numbers(cell.text):
            if not number.is_sure:
                said.doubt("telephone_unsure", heading, number.written)
            if len(number.written) > LONGEST or not any(map(str.isdigit, without_hours(number.written))):
                continue
            phone: Document = {"id": _id(*key, "phone", kind, number.written), "number": number.written}
            phone |= _both("description", {said.language: number.label} if number.label else {})
            if number.e164:
                phone["e164"] = number.e164
            if number.extension:
                phone["extension"] = int(number.extension)
            if kind == "fax" or number.kind:
                phone["type"] = number.kind or kind
            yield phone


def _languages(said: Said, key: tuple[str, ...]) -> Iterator[Document]:
    """The languages by their codes; what is known as none keeps its name, if it may be one."""
    names = {one["code"]: one for one in languages()}
    codes: list[str] = []
    for heading, piece in said.pieces("languages"):
        for name in re.split(r"(?i)\s(?:and|et|&|\+)\s", " ".join(piece.split())):
            code = language_code(name)
            if code or sheet_cells.means_both_languages(name):
                codes += [code] if code else ["en", "fr"]
                continue
            said.doubt("language_unknown", heading, name)
            if len(name.split()) <= _LONGEST_NAME:
                yield {"id": _id(*key, "language", name), **_both("name", {said.language: name})}
    for code in dict.fromkeys(codes):
        yield {"id": _id(*key, "language", code), **names[code]}


def _schedules(said: Said, key: tuple[str, ...]) -> Iterator[Document]:
    """The hours in words, and by days and times where the words mean one thing only."""
    texts = said.texts.get("hours", {})
    if not texts:
        return
    read = next((found for text in texts.values() if (found := _hours(text))), None)
    if read is None:
        said.doubt("hours_only_words", said.headings["hours"], said.text("hours"))
        yield {"id": _id(*key, "hours"), **_both("description", texts)}
        return
    for number, span in enumerate(read.spans):
        schedule: Document = {
            "id": _id(*key, "hours", str(number)), "freq": "WEEKLY", "byday": ",".join(span.days),
            "opens_at": span.opens, "closes_at": span.closes,
        }  # fmt: skip
        yield (
            schedule
            | (_both("description", texts) if number == 0 else {})
            | ({"closed_on_holidays": True} if read.closed_on_holidays else {})
        )


def _hours(text: str) -> WrittenHours | None:
    """The hours that a cell says; None also where it is too long to say hours alone."""
    short = "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
    return hours_said(short) if len(short) <= _LONGEST_HOURS else None


def _needs(said: Said, key: tuple[str, ...]) -> Iterator[Document]:
    terms: list[str] = []
    for heading, cell in said.cells.get("needs", []):
        for piece in _named(cell.text):
            found, is_sure = sheet_cells.needs(piece)
            terms += found
            if not is_sure:
                said.doubt("need_guessed" if found else "need_unknown", heading, piece)
    for term in dict.fromkeys(terms):
        yield {"id": _id(*key, "need", term), "link_entity": "service", "taxonomy_term_id": term}


def _named(text: str) -> Iterator[str]:
    """The needs and kinds of service that a cell names one after the other; some have a stroke in their names."""
    for between in (r"[;|\n]", r"[,/]"):
        pieces = [piece.strip() for piece in re.split(between, text) if piece.strip()]
        # What is only near a name may be two of them.
        if len(pieces) > 1 and not sheet_cells.needs(text)[1]:
            for piece in pieces:
                yield from _named(piece)
            return
    if text.strip():
        yield text.strip()


def _location(said: Said, key: tuple[str, ...]) -> Document:
    """Where a service is given, and what is said of that place; nothing where nothing is said."""
    found: Document = _address(said, key) | _both("area", said.texts.get("area", {}))
    if (confidential := _confidential(said)) is not None:
        found["is_confidential"] = confidential
    if confidential and "area" not in found:
        said.doubt("area_missing", "", "")
    texts = said.texts.get("accessible", {})
    if texts:
        access = {language: _access(text, language) for language, text in texts.items()}
        found["accessibility"] = [{"id": _id(*key, "access"), **_both("description", access)}]
    if not found or found == {"is_confidential": False}:
        return {}
    return {"id": _id(*key, "place"), "location_type": "physical", **found}


def _access(text: str, language: Language) -> str:
    """Words for yes and no; all other words say it themselves."""
    meant = sheet_cells.flag(text)
    said = words("accessible")
    if meant is None or not isinstance(said, dict):
        return text
    return str(said["yes" if meant else "no"][language or "en"])


def _confidential(said: Said) -> bool | None:
    """Whether nobody may find the place. What is no clear no counts as yes."""
    meant = None
    for heading, cell in said.cells.get("confidential", []):
        one = sheet_cells.flag(cell.text)
        if one is None:
            said.doubt("confidential_unclear", heading, cell.text)
        meant = bool(meant) or one is not False
    for heading, cell in said.cells.get("published", []):
        said.doubt("confidential_unclear", heading, cell.text)
        meant = True
    for name in ("street", "city", "postal_code"):
        for heading, cell in said.cells.get(name, []):
            if says_secret(cell.text) and not meant:
                said.doubt("confidential_by_address", heading, cell.text)
                meant = True
    for heading, text in _remarks(said) if not meant else ():
        if says_place_secret(text):
            said.doubt("confidential_by_address", heading, text)
            return True
    return meant


def _remarks(said: Said) -> list[tuple[str, str]]:
    """What else a row says in words, with the headings, where it tells an address that these may keep secret."""
    found = [(said.headings.get(name, ""), text) for name, texts in said.texts.items() for text in texts.values()]
    found += [(one.column, one.text) for one in said.doubts if one.code in {"heading_unknown", "more_than_one"}]
    is_told = not said.cells.keys().isdisjoint({"street", "postal_code"}) or any(any(told_in(one[1])) for one in found)
    return found if is_told else []


def _address(said: Said, key: tuple[str, ...]) -> Document:
    """The province and the address of a place; what of an address is not said is empty."""
    street, city, code, area = (said.one(name) for name in ("street", "city", "postal_code", "province"))
    province = sheet_cells.province(area[1].text) if area else ""
    if area and not province:
        said.doubt("province_unknown", area[0], area[1].text)
    written = code or street
    postal = sheet_cells.postal_code(written[1].text) if written else ""
    if code and not postal:
        said.doubt("postal_code_wrong", code[0], code[1].text)
    if postal and not province:
        near = places_found(postal)
        province = near[0].province if near else ""
    found: Document = {"province": province} if province else {}
    if street or city or code or area:
        address: Document = {
            "id": _id(*key, "address"), "address_type": "physical", "country": "CA",
            "address_1": street[1].text if street else "", "city": city[1].text if city else "",
            "state_province": province or (area[1].text if area else ""),
            "postal_code": postal or (code[1].text if code else ""),
        }  # fmt: skip
        found["addresses"] = [address | ({"canadian_postal_code": postal} if postal else {})]
    return found
