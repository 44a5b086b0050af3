"""What a figures file brings beside values: organisations, documents, code lists, series and sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from palermo.figures.series import figures_file as files
from palermo.figures.series.keys import key_of
from palermo.figures.series.models import (
    Break,
    Code,
    CodeList,
    Series,
    SeriesDimension,
    SourceDocument,
    Sum,
    SumTerm,
)
from palermo.figures.series.vocabulary import Counted, Effect, Frequency
from palermo.people.models import Organisation, OrganisationName


@dataclass(slots=True)
class Known:
    """What the file may name, by code: what was known, and what it brought."""

    organisations: dict[str, Organisation]
    documents: dict[str, SourceDocument]
    code_lists: dict[str, CodeList]
    series: dict[str, Series]
    problems: list[str] = field(default_factory=list)


def refuse(problems: list[str]) -> None:
    """Refuse the file where something is wrong with it.

    Raises:
        FiguresFileError: something is.
    """
    if problems:
        raise files.FiguresFileError("This figures file does not fit what is known.", problems)


def load_organisations(wanted: Iterable[files.NewOrganisation]) -> int:
    """Add the organisations that are missing, each with its name, and count them."""
    known = set(Organisation.objects.values_list("code", flat=True))
    missing = {each.code: each for each in wanted if each.code not in known}
    made = Organisation.objects.bulk_create([Organisation(code=code) for code in missing])
    names = [(each, missing[each.code].name) for each in made]
    OrganisationName.objects.bulk_create(
        [OrganisationName(organisation=one, name_en=name.en, name_fr=name.fr) for one, name in names]
    )
    return len(made)


def load_documents(wanted: Iterable[files.NewDocument], known: Known) -> int:
    """Add the documents that are missing, and count them."""
    missing = [each for each in wanted if each.code not in known.documents]
    made = SourceDocument.objects.bulk_create(
        [
            SourceDocument(
                code=each.code,
                title_en=each.title.en,
                title_fr=each.title.fr,
                publisher=_organisation(known, each.publisher, f"the document {each.code}") if each.publisher else None,
                published_on=each.published_on,
                address=each.address,
                language=each.language,
            )
            for each in missing
        ]
    )
    known.documents |= {each.code: each for each in made}
    return len(made)


def load_code_lists(wanted: Iterable[files.NewCodeList], known: Known) -> int:
    """Add new lists, and new codes of lists that are known, and count both."""
    lists = [each for each in wanted if each.code not in known.code_lists]
    made = CodeList.objects.bulk_create(
        [CodeList(code=one.code, title_en=one.title.en, title_fr=one.title.fr, origin=one.origin) for one in lists]
    )
    known.code_lists |= {each.code: each for each in made}
    standing = set(Code.objects.values_list("code_list__code", "code"))
    codes = [
        (
            Code(
                code_list=known.code_lists[one.code],
                code=each.code,
                label_en=each.label.en,
                label_fr=each.label.fr,
                position=place,
            ),
            each.parent,
        )
        for one in wanted
        for place, each in enumerate(one.codes)
        if (one.code, each.code) not in standing
    ]
    Code.objects.bulk_create([code for code, _parent in codes])
    _parents(codes, known)
    return len(made) + len(codes)


def _parents(codes: list[tuple[Code, str | None]], known: Known) -> None:
    below = [(code, parent) for code, parent in codes if parent]
    if not below:
        return
    found = {(one.code_list_id, one.code): one for one in Code.objects.filter(code_list__in=known.code_lists.values())}
    for code, parent in below:
        code.parent = found.get((code.code_list_id, parent or ""))
        if code.parent is None:
            known.problems.append(f"the code {code.code}: no code {parent} stands in its list")
    Code.objects.bulk_update([code for code, _parent in below], ["parent"])


def _organisation(known: Known, code: str, who: str) -> Organisation | None:
    found = known.organisations.get(code)
    if found is None:
        known.problems.append(f"{who}: no organisation has the code {code}")
    return found


def load_series(wanted: Iterable[files.NewSeries], known: Known) -> list[Series]:
    """Add the series that are missing, with their dimensions and breaks. Those that are known stay as they stand."""
    missing = [each for each in wanted if each.code not in known.series]
    built = [(each, _built(each, known)) for each in missing]
    refuse(known.problems)
    made = Series.objects.bulk_create([one for _each, one in built if one])
    known.series |= {each.code: each for each in made}
    SeriesDimension.objects.bulk_create(
        [
            SeriesDimension(
                series=known.series[each.code],
                code=one.code,
                label_en=one.label.en,
                label_fr=one.label.fr,
                code_list=known.code_lists[one.code_list],
                position=place,
                adds_up=one.adds_up,
            )
            for each in missing
            for place, one in enumerate(each.dimensions)
        ]
    )
    Break.objects.bulk_create(
        [
            Break(series=known.series[each.code], on=one.on, what_en=one.what.en, what_fr=one.what.fr)
            for each in missing
            for one in each.breaks
        ]
    )
    _successors(missing, known)
    return made


def _built(each: files.NewSeries, known: Known) -> Series | None:
    """A series as it is to be stored, or None where it names what is not known."""
    who = f"the series {each.code}"
    source, owner = _organisation(known, each.source, who), _organisation(known, each.owner, who)
    keeper = _organisation(known, each.keeper, who) if each.keeper else owner
    unknown = [f"{who}: {word} is not a word of the register" for word in _unknown_words(each)]
    lists = [one.code_list for one in each.dimensions if one.code_list not in known.code_lists]
    known.problems += unknown + [f"{who}: no code list has the code {code}" for code in lists]
    if source is None or owner is None or keeper is None or lists or unknown:
        return None
    retired = each.retired
    return Series(
        code=each.code,
        title_en=each.title.en,
        title_fr=each.title.fr,
        definition_en=each.definition.en,
        definition_fr=each.definition.fr,
        population_en=each.population.en,
        population_fr=each.population.fr,
        counts=each.counts,
        currency=each.currency,
        frequency=each.frequency,
        effect=each.effect,
        source=source,
        owner=owner,
        keeper=keeper,
        method_en=each.method.en,
        method_fr=each.method.fr,
        is_public=each.is_public,
        retired_on=retired.on if retired else None,
        retired_because_en=retired.because.en if retired else "",
        retired_because_fr=retired.because.fr if retired else "",
    )


def _unknown_words(each: files.NewSeries) -> list[str]:
    words = ((each.counts, Counted.values), (each.frequency, Frequency.values), (each.effect, Effect.values))
    return [word for word, choices in words if word not in choices]


def _successors(missing: Iterable[files.NewSeries], known: Known) -> None:
    followed = []
    for each in missing:
        if each.retired and each.retired.successor:
            one = known.series[each.code]
            one.successor = known.series.get(each.retired.successor)
            if one.successor is None:
                known.problems.append(f"the series {each.code}: its successor {each.retired.successor} is not known")
            followed.append(one)
    Series.objects.bulk_update(followed, ["successor"])


def load_sums(wanted: Iterable[files.NewSum], known: Known) -> int:
    """Declare the sums that are missing, and count them."""
    standing = set(Sum.objects.values_list("code", flat=True))
    missing = [each for each in wanted if each.code not in standing]
    unknown = {term.series for each in missing for term in each.terms} - known.series.keys()
    known.problems += [f"a sum: no series has the code {code}" for code in sorted(unknown)]
    refuse(known.problems)
    made = Sum.objects.bulk_create(
        [Sum(code=each.code, title_en=each.title.en, title_fr=each.title.fr) for each in missing]
    )
    SumTerm.objects.bulk_create(
        [
            SumTerm(sum=one, series=known.series[term.series], key=key_of(term.key), is_total=term.is_total)
            for one, each in zip(made, missing, strict=True)
            for term in each.terms
        ]
    )
    return len(made)
