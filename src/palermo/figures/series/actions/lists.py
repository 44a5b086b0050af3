"""Keeping code lists and source documents, which series share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from palermo.audit.actions import record
from palermo.figures.exchange.cube import CODE, NOT_APPLICABLE
from palermo.figures.series.actions.refusing import Fault, code_faults, one_language, refuse
from palermo.figures.series.models import TOTAL, Code, CodeList, ObservationCode, SourceDocument
from palermo.figures.series.policies import may_define_any, may_enter_any, may_keep_list
from palermo.people.models import Organisation, User


@dataclass(frozen=True, slots=True)
class CodeWords:
    """One code, and the code of the same list that it is a part of, if any."""

    code: str
    label_en: str = ""
    label_fr: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """What is said of a document that numbers stand in."""

    code: str
    title_en: str = ""
    title_fr: str = ""
    publisher: Organisation | None = None
    publisher_name: str = ""
    published_on: date | None = None
    address: str = ""
    language: str = ""


@transaction.atomic
def keep_code_list(
    *, code: str, title_en: str = "", title_fr: str = "", origin: str = "", codes: Sequence[CodeWords], by: User
) -> CodeList:
    """Make a code list, or make one be this. Codes that numbers use stay; only their words and order change.

    Raises:
        PermissionDenied: `by` defines no series, or not every series that uses the list.
        RefusedError: a code is wrong or given twice, or one in use was left out.
    """
    found = CodeList.objects.select_for_update().filter(code=code).first()
    if not (may_keep_list(by, found) if found else may_define_any(by)):
        raise PermissionDenied
    words = CodeWords(code, title_en, title_fr)
    titled = [("title_en", said) for _field, said in one_language(words, "label")]
    refuse([*code_faults(code), *titled, *_code_faults(codes), *(_in_use(found, codes) if found else ())])
    titles = {"title_en": title_en, "title_fr": title_fr, "origin": origin}
    kept, _made = CodeList.objects.update_or_create(code=code, defaults=titles)
    for position, each in enumerate(codes):
        said = {"label_en": each.label_en, "label_fr": each.label_fr, "position": position, "parent": None}
        Code.objects.update_or_create(code_list=kept, code=each.code, defaults=said)
    kept.codes.exclude(code__in=[each.code for each in codes]).delete()
    by_code = {each.code: each for each in kept.codes.all()}
    for each in codes:
        if each.parent:
            by_code[each.code].parent = by_code[each.parent]
    Code.objects.bulk_update(by_code.values(), ["parent"])
    record(by=by, act="series.keep_codes", about=kept, list=kept.code, codes=[each.code for each in codes][:500])
    return kept


@transaction.atomic
def add_document(*, words: DocumentWords, by: User) -> SourceDocument:
    """Add a document that numbers stand in.

    Raises:
        PermissionDenied: `by` enters no numbers.
        RefusedError: something is wrong with what was said, or the code is taken.
    """
    if not may_enter_any(by):
        raise PermissionDenied
    faults = [*code_faults(words.code), *one_language(words, "title")]
    if words.address and not words.address.startswith("https://"):
        faults.append(("address", _("Give a link that begins with https.")))
    if SourceDocument.objects.filter(code=words.code).exists():
        faults.append(("code", _("Another document has this code.")))
    refuse(faults)
    fields = {name: getattr(words, name) for name in DocumentWords.__dataclass_fields__}
    made = SourceDocument.objects.create(**fields)
    record(by=by, act="series.add_document", about=made, document=made.code)
    return made


def _code_faults(codes: Sequence[CodeWords]) -> Iterator[Fault]:
    parents = {each.code: each.parent for each in codes}
    if not codes:
        yield "codes", _("Give one code at least.")
    if len(parents) != len(codes):
        yield "codes", _("A code is given twice.")
    for each in codes:
        named = {"code": each.code}
        if not CODE.fullmatch(each.code) or each.code in {TOTAL, NOT_APPLICABLE}:
            yield "codes", _("“%(code)s” cannot be a code: use letters without accents, digits, - and _.") % named
        if not (each.label_en or each.label_fr):
            yield "codes", _("Name the code “%(code)s” in one language at least.") % named
        if each.parent and each.parent not in parents:
            yield "codes", _("“%(code)s” is a part of a code that is not in the list.") % named
        elif _circles(each.code, parents):
            yield "codes", _("“%(code)s” is a part of itself.") % named


def _circles(code: str, parents: dict[str, str]) -> bool:
    at = parents.get(code, "")
    for _step in parents:
        if at == code:
            return True
        at = parents.get(at, "")
    return False


def _in_use(found: CodeList, codes: Sequence[CodeWords]) -> Iterator[Fault]:
    used = ObservationCode.objects.filter(code__code_list=found).values("code")
    left = found.codes.filter(pk__in=used).exclude(code__in=[each.code for each in codes])
    for code in left.values_list("code", flat=True):
        yield "codes", _("Numbers use the code “%(code)s”: it stays.") % {"code": code}
