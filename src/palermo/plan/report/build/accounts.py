"""What every organisation says of every deliverable that it leads, with the return that it was taken from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from palermo.foundation.bilingual import Language, Shown, choose, colon
from palermo.foundation.days import short_date
from palermo.foundation.money import written_amount, written_number
from palermo.plan.register.models import Account
from palermo.plan.register.vocabulary import Status, StatusKind
from palermo.plan.report.build import said
from palermo.plan.report.build.chart import TAGS, group_cells, in_cell, text_of
from palermo.plan.report.build.origins import RETURNS, counted_by, said_in_returns
from palermo.plan.report.build.said import AccountSource
from palermo.plan.report.build.source import ChartSource
from palermo.plan.report.build.sources import account_path
from palermo.plan.report.formats.document import (
    ACCOUNTS,
    Cell,
    CellContent,
    Column,
    Part,
    Row,
    Run,
    Runs,
    Table,
    paragraph,
    plain,
)
from palermo.plan.report.queries import accounts

_CHUNK = 500


def accounts_part(source: ChartSource, told: AccountSource) -> Part:
    """What the organisations say, in the reader's language, without the rows."""
    intro = _(
        "Each organization that leads something answers for it in its own words. What it claims stands beside what "
        "somebody independent found, and under each answer stands the return that it was taken from."
    )
    blocks = (paragraph(intro), _reporting_table(source, told), accounts_table(source))
    return Part("accounts-part", _("What the organizations say"), blocks)


def _reporting_table(source: ChartSource, told: AccountSource) -> Table:
    columns = (
        Column("organisation", _("Organization"), role="row_header", width=3),
        Column("reported", _("Reported"), kind="number"),
        Column("not-reported", _("Did not report"), kind="number"),
    )
    rows: tuple[Row, ...] = tuple(
        (in_cell(_name(told, each.organisation)), each.came, each.missed) for each in told.reporting
    )
    return Table("reporting", _("Who reported, and who did not"), columns, rows, origin=counted_by(source, RETURNS))


def accounts_table(source: ChartSource, rows: tuple[Row, ...] = ()) -> Table:
    """The table in the reader's language, without rows unless some are given."""
    caption, columns = _("What the organizations say"), tuple(_columns(source))
    return Table(ACCOUNTS, caption, columns, rows, entries=True, origin=said_in_returns())


def _columns(source: ChartSource) -> Iterator[Column]:
    for level in source.levels:
        yield Column(f"level-{level.depth}", choose(level.name_en, level.name_fr).text, role="group")
    plan = source.plan
    yield Column("deliverable", choose(plan.deliverable_name_en, plan.deliverable_name_fr).text, role="group", width=4)
    yield Column("organisation", _("Organization"), role="row_header", width=2)
    yield Column("status", _("Claimed status"), kind="status")
    if source.has_assessed:
        yield Column("assessed", _("Assessed status"), kind="status")
        yield Column("assessed-note", _("What the assessor found"), width=4)
    yield Column("done", _("What was done"), width=5)
    yield Column("reason", _("Reason"), width=4)
    yield Column("proof", _("What would show that it works"), width=4)
    yield Column("figures", _("Figures"), width=3)
    if source.due:
        yield Column("first-due", _("First due date"), kind="date")
    if source.has_later_dates:
        yield Column("due", _("Due date now"), kind="date")
    yield Column("evidence", _("Evidence"), width=3)
    yield Column("spent", _("Money spent"), kind="number")
    yield Column("source", _("Source"), width=3)
    yield Column("currency", _("Currency"), role="data")
    yield Column("code", _("Code"), role="data")
    yield Column("return_number", _("Return number"), kind="number", role="data")


def account_rows(source: ChartSource, languages: Sequence[Language]) -> Iterator[tuple[Account, dict[Language, Row]]]:
    """Each account with its row in each language, in the order of the plan; read in pieces, never held whole."""
    if source.said is None:
        return
    words = {language: _Words(source, source.said, language) for language in languages}
    for one in accounts(source.viewer, source.period).iterator(chunk_size=_CHUNK):
        yield one, {language: words[language].row(one) for language in languages}


class _Words:
    """Makes the rows of one language; what is the same in every row is looked up once."""

    def __init__(self, source: ChartSource, told: AccountSource, language: Language) -> None:
        self.source, self.told, self.language = source, told, language
        with override(language):
            self.statuses = {status.value: str(status.label) for status in Status}
            self.statuses_claimed = {**self.statuses, Status.NOT_REPORTED.value: _("Did not report")}
            self.reference = _("Return %(number)s (%(organisation)s, %(period)s)")
            self.seen = _("seen on %(day)s")

    def row(self, one: Account) -> Row:
        source, name = self.source, _name(self.told, one.organisation_id, self.language)
        path = source.paths[one.deliverable.section_id] if one.deliverable.section_id else ()
        cells = group_cells(path, len(source.levels), self.language)
        cells += [self.titled(one), in_cell(name), self.status(one.status, self.statuses_claimed)]
        if source.has_assessed:
            cells += self.assessed(one)
        for field in ("narrative", "reason", "proof"):
            cells.append(self.words(getattr(one, f"{field}_en"), getattr(one, f"{field}_fr")))
        cells.append(_lines([self.figure(each) for each in one.figures]))
        cells += self.dates(one)
        cells.append(_lines(list(map(self.shown, self.told.evidence.get((one.deliverable_id, one.return_number), ())))))
        amount, currency = self.spent(one)
        cells += [amount, self.source_cell(one, name.text), currency, one.deliverable.code, one.return_number]
        return tuple(cells)

    def titled(self, one: Account) -> CellContent:
        text = text_of(one.deliverable, self.language)
        words = text.value if isinstance(text, Cell) else text
        return Cell(f"{one.deliverable.code} {words}", language=text.language if isinstance(text, Cell) else "")

    def status(self, value: str, labels: Mapping[str, str]) -> Cell:
        return Cell(labels[value], code=value)

    def words(self, en: str, fr: str) -> CellContent:
        return in_cell(choose(en, fr, self.language)) or None

    def assessed(self, one: Account) -> list[CellContent]:
        found = self.source.known.get((one.deliverable_id, self.source.period.pk, StatusKind.ASSESSED))
        status = self.status(found[0], self.statuses) if found else None
        return [status, self.words(*self.told.notes.get(one.deliverable_id, ("", "")))]

    def figure(self, figure: Mapping[str, str]) -> Runs:
        label = choose(figure.get("label_en", ""), figure.get("label_fr", ""), self.language)
        unit = choose(figure.get("unit_en", ""), figure.get("unit_fr", ""), self.language)
        value = written_number(Decimal(figure["value"]), self.language)
        said = (_run(label), Run(f"{colon(self.language)} {value}"))
        return (*said, Run(" "), _run(unit)) if unit.text else said

    def dates(self, one: Account) -> list[CellContent]:
        """The first date and, where the plan has later ones, the one that it moved to."""
        dates = [day for day, _printed in self.source.due.get(one.deliverable_id, ())]
        cells: list[CellContent] = []
        if self.source.due:
            cells.append(dates[0] if dates else None)
        if self.source.has_later_dates:
            cells.append(dates[-1] if len(dates) > 1 else None)
        return cells

    def shown(self, evidence: said.Shown) -> Runs:
        title = _run(choose(evidence.title_en, evidence.title_fr, self.language))
        link = evidence.url
        if evidence.file_code:
            with override(self.language):
                link = reverse("evidence_file", args=[evidence.file_code])
        when = ""
        if evidence.seen_on:
            when = f" ({self.seen % {'day': short_date(evidence.seen_on, TAGS[self.language])}})"
        run = Run(title.text, link=link, language=title.language)
        return (run, Run(when)) if when else (run,)

    def spent(self, one: Account) -> tuple[CellContent, str]:
        name = self.told.names.get(one.organisation_id)
        if name is None:
            return None, ""
        found = self.told.spent.get((one.deliverable_id, name.full("en").text, name.full("fr").text))
        if found is None:
            return None, ""
        amount, currency = found
        return Cell(amount, runs=(Run(written_amount(amount, currency, self.language)),)), currency

    def source_cell(self, one: Account, name: str) -> Cell:
        told = {"number": one.return_number, "organisation": name, "period": self.source.period.label}
        words = self.reference % told
        with override(self.language):
            path = account_path(self.source.plan.code, one.deliverable.code, one.pk)
        return Cell(words, runs=(Run(words, link=path, source=one.return_number),))


def _name(told: AccountSource, organisation: int, language: Language | None = None) -> Shown:
    name = told.names.get(organisation)
    return name.full(language) if name else Shown(str(organisation), "en", is_other=False)


def _run(text: Shown) -> Run:
    return Run(text.text, language=TAGS[text.language] if text.is_other else "")


def _lines(lines: Sequence[Runs]) -> CellContent:
    """Several things in one cell, one a line; data files have an address behind its words."""
    if not lines:
        return None
    runs: list[Run] = []
    for line in lines:
        runs += [Run("\n"), *line] if runs else line
    return Cell("\n".join(_with_addresses(line) for line in lines), runs=tuple(runs))


def _with_addresses(line: Runs) -> str:
    return plain(line) + "".join(f" {run.link}" for run in line if run.link)
