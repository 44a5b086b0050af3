"""What a row makes of a deliverable: the one that the plan has, with what the document says laid over it.

Plain Python. What the document does not say stays as it is, and nothing is ever blanked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from palermo.plan.imports.values import RowValues, Tongue
from palermo.plan.planfile_models import Deliverable, Due, Money, Period, Responsibility, Start, Status
from palermo.plan.planfile_values import Bilingual


@dataclass(frozen=True, slots=True)
class Setting:
    """What the frame of a proposal says to every row."""

    language: Tongue
    period: Period | None = None
    states_progress: bool = False
    document: str | None = None
    sections: Mapping[str, str] = field(default_factory=dict)
    """Codes of sections by their keys."""
    ps: Mapping[str, str] = field(default_factory=dict)
    """The P of each section by its code, its own or the nearest one above."""
    organisations: Mapping[str, str] = field(default_factory=dict)
    """Codes of organisations by their printed names."""


def merged(said: RowValues, section: str, code: str, setting: Setting, before: Deliverable | None) -> Deliverable:
    """Return the deliverable as it would be written.

    Args:
        said: what the row says.
        section: the key of its section, "" where it has none.
        code: its code in the plan.
        setting: what the frame says.
        before: the deliverable of the plan, None where the row is new.
    """
    now = before or Deliverable(code=code, code_is_printed=said.code == code, row=said.row, text=Bilingual())
    where = setting.sections.get(section) or now.section
    lead_in, text = _words(said, now)
    return now.model_copy(
        update={
            "section": where,
            "p": _p(said, where, setting, now),
            "lead_in": lead_in,
            "text": text,
            "start": _start(said, now.start),
            "due": _due(said, now.due),
            "added_in": now.added_in or (setting.period.code if said.is_new and setting.period else None),
            "responsibilities": _responsibilities(said, setting, now),
            "money": _money(said, now.money),
            "statuses": _statuses(said, setting, now),
        }
    )


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ at most in capitals, spaces and punctuation, as after another line break."""
    return _letters(one) == _letters(other)


def laid_over(before: str, said: str) -> str:
    """What the document says, unless it says nothing or nothing else than what stands there."""
    return before if not said or (before and same_words(before, said)) else said


def _letters(text: str) -> str:
    return "".join(mark for mark in text.casefold() if mark.isalnum())


def _words(said: RowValues, now: Deliverable) -> tuple[Bilingual, Bilingual]:
    """The introducing words and the text; where both together say the same, their division stays too."""
    lead_ins, texts = {}, {}
    for tongue, lead_in, text in (("en", said.lead_in_en, said.text_en), ("fr", said.lead_in_fr, said.text_fr)):
        old_lead_in, old_text = getattr(now.lead_in, tongue), getattr(now.text, tongue)
        if not text or same_words(f"{lead_in}{text}", f"{old_lead_in}{old_text}"):
            lead_ins[tongue], texts[tongue] = old_lead_in or ("" if old_text else lead_in), old_text or text
        else:
            lead_ins[tongue], texts[tongue] = laid_over(old_lead_in, lead_in), laid_over(old_text, text)
    return Bilingual(**lead_ins), Bilingual(**texts)


def _p(said: RowValues, section: str | None, setting: Setting, now: Deliverable) -> str | None:
    """Its own P, where the row names another than its section has."""
    inherited = setting.ps.get(section or "", "")
    if not said.p or said.p == (now.p or inherited):
        return now.p
    return said.p


def _start(said: RowValues, now: Start) -> Start:
    if not said.printed_start and said.start_on is None:
        return now
    if now.on == said.start_on and (now.on is not None or same_words(now.printed, said.printed_start)):
        return now
    return Start(printed=said.printed_start, on=said.start_on)


def _due(said: RowValues, now: tuple[Due, ...]) -> tuple[Due, ...]:
    """The first due date stays for ever; another one is a revision after it."""
    found = [(said.due_on, said.printed_due), (said.revised_due_on, said.printed_revised_due)]
    for on, printed in found:
        if on is not None and on not in {due.on for due in now}:
            now = (*now, Due(on=on, printed=printed))
    return now


def _statuses(said: RowValues, setting: Setting, now: Deliverable) -> tuple[Status, ...]:
    """Its claimed status for the period; what says nothing does not replace what says something."""
    if setting.period is None or not setting.states_progress:
        return now.statuses
    held = next((one for one in now.statuses if _is_claim(one, setting.period.code)), None)
    note = held.note if held else Bilingual()
    note = Bilingual(en=laid_over(note.en, said.note_en), fr=laid_over(note.fr, said.note_fr))
    is_silent = said.status == "not_stated" and not said.printed_status
    if held and note == held.note and (is_silent or _says_the_same(held, said)):
        return now.statuses
    status = Status.model_validate(
        {
            "period": setting.period.code,
            "kind": "claimed",
            "value": held.value if held and is_silent else said.status,
            "printed": held.printed if held and is_silent else said.printed_status,
            "note": note,
            "document": setting.document,
            "place": said.place,
        }
    )
    return tuple(status if one is held else one for one in now.statuses) if held else (*now.statuses, status)


def _is_claim(status: Status, period: str) -> bool:
    return status.period == period and status.kind == "claimed"


def _says_the_same(held: Status, said: RowValues) -> bool:
    return held.value == said.status and same_words(held.printed, said.printed_status)


def _money(said: RowValues, now: tuple[Money, ...]) -> tuple[Money, ...]:
    """The template asks for dollars that are earmarked; another amount for the same year replaces the one before."""
    if not said.amount:
        return now
    year = said.fiscal_year or None
    money = Money(kind="earmarked", amount=Decimal(said.amount), fiscal_year=year)
    held = next((one for one in now if one.fiscal_year == year and one.kind == "earmarked"), None)
    if held is None:
        return (*now, money)
    changed = held.model_copy(update={"amount": money.amount})
    return tuple(changed if one is held else one for one in now)


def _responsibilities(said: RowValues, setting: Setting, now: Deliverable) -> tuple[Responsibility, ...]:
    """Who leads and who supports. With a period, who is named no more did so until the day before it."""
    found = now.responsibilities
    named: tuple[tuple[Literal["lead", "support"], list[str]], ...] = (
        ("lead", said.leads),
        ("support", said.supporting),
    )
    for kind, printed in named:
        wanted = {setting.organisations[name]: name for name in reversed(printed) if name in setting.organisations}
        wanted = dict(reversed(wanted.items()))
        held = {one.organisation for one in found if one.kind == kind and _holds(one, setting.period)}
        if not wanted or set(wanted) == held:
            continue
        found = _replaced(found, kind, wanted, setting.period)
    return found


def _replaced(
    found: tuple[Responsibility, ...],
    kind: Literal["lead", "support"],
    wanted: Mapping[str, str],
    period: Period | None,
) -> tuple[Responsibility, ...]:
    current = [one for one in found if one.kind == kind and _holds(one, period)]
    kept = []
    for one in found:
        if one not in current or one.organisation in wanted:
            kept.append(one)
        elif (ended := _ended(one, period)) is not None:
            kept.append(ended)
    held = {one.organisation for one in current}
    since = period.starts_on if period and current else None
    added = [
        Responsibility(organisation=code, kind=kind, from_on=since, printed=printed)
        for code, printed in wanted.items()
        if code not in held
    ]
    return (*kept, *added)


def _holds(one: Responsibility, period: Period | None) -> bool:
    """Whether it holds at the end of the period, or without one today."""
    day = period.ends_on if period else date.today()
    return (one.from_on is None or one.from_on <= day) and (one.to_on is None or one.to_on >= day)


def _ended(one: Responsibility, period: Period | None) -> Responsibility | None:
    """The same until the day before the period; None where it would end before it began."""
    if period is None:
        return None
    last = period.starts_on - timedelta(days=1)
    return None if one.from_on and one.from_on > last else one.model_copy(update={"to_on": last})
