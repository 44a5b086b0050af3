"""Who is to be reminded of what on a day: plain functions over rows, so that they can be tried out day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeAlias


class Task(StrEnum):
    """What a person is reminded to do."""

    WRITE = "write"
    CLEAR = "clear"
    ACCEPT = "accept"


@dataclass(frozen=True, slots=True)
class Gathered:
    """An open period."""

    number: int
    due_on: date
    distances: tuple[int, ...]
    """Days after the due date on which reminders go out; negative before it."""
    owner: int
    """The organisation that owns the plan."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A return that waits for somebody."""

    number: int
    cycle: int
    organisation: int
    holder: int | None
    task: Task
    since: date
    """The day from which it has waited for this."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be reminded."""

    number: int
    is_weekly: bool
    last_day: date | None
    """The day of the last digest that was sent."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to remind a person of."""

    number: int
    """The return."""
    cycle: int
    due_on: date
    distance: int
    task: Task


Told: TypeAlias = Mapping[tuple[int, int, date], int]
"""The greatest distance at which a person (first) was reminded of a return (second) that was due on a day (third)."""


@dataclass(frozen=True, slots=True)
class Rows:
    """All that planning looks at, as it stands in the database."""

    cycles: Mapping[int, Gathered]
    returns: tuple[Owed, ...]
    people: Mapping[int, Person]
    doers: Mapping[tuple[int, Task], tuple[int, ...]]
    """Who does a task for an organisation."""
    told: Told = field(default_factory=dict)


def planned(rows: Rows, day: date) -> dict[int, list[Due]]:
    """What each person is to be told on `day`, in the order of the returns.

    A distance that was missed is made up for; where several were, only the newest counts. Nobody is told twice in a
    day, or in a week if they chose that.
    """
    found: dict[int, list[Due]] = defaultdict(list)
    for owed in rows.returns:
        for number in doers_of(owed, rows):
            person = rows.people[number]
            due = None if had_theirs(person, day) else due_to(person, owed, rows, day)
            if due:
                found[number].append(due)
    return dict(found)


def planned_ahead(rows: Rows, today: date, day: date) -> dict[int, list[Due]]:
    """What would go out on a later day, if until then every digest goes out and nothing else happens."""
    if day <= today:
        return planned(rows, today)
    told = dict(rows.told)
    for person, dues in planned(rows, day - timedelta(days=1)).items():
        told |= {(person, due.number, due.due_on): due.distance for due in dues}
    return planned(Rows(rows.cycles, rows.returns, rows.people, rows.doers, told), day)


def out_of_reach(rows: Rows) -> Iterator[Owed]:
    """Returns that wait for an organisation in which nobody can be reminded."""
    return (owed for owed in rows.returns if not doers_of(owed, rows))


def doers_of(owed: Owed, rows: Rows) -> tuple[int, ...]:
    """Whom a return waits for: its holder while they still write for the organisation, else all who can do it."""
    organisation = rows.cycles[owed.cycle].owner if owed.task == Task.ACCEPT else owed.organisation
    everybody = rows.doers.get((organisation, owed.task), ())
    if owed.task == Task.WRITE and owed.holder in everybody:
        return (owed.holder,)
    return everybody


def had_theirs(person: Person, day: date) -> bool:
    """Whether the person got their digest of this day, or of this week, already."""
    return person.last_day is not None and person.last_day >= counted_to(person, day)


def counted_to(person: Person, day: date) -> date:
    """The last day of which something that falls due can be in a digest of `day`: the Monday before, if weekly."""
    return day - timedelta(days=day.weekday()) if person.is_weekly else day


def due_to(person: Person, owed: Owed, rows: Rows, day: date) -> Due | None:
    """What the person is to be told of this return, if anything."""
    cycle = rows.cycles[owed.cycle]
    distance = reached(_distances(cycle, owed.task), cycle.due_on, person, day)
    if distance is None or owed.since > counted_to(person, day):
        return None
    told = rows.told.get((person.number, owed.number, cycle.due_on))
    if told is not None and told >= distance:
        return None
    return Due(owed.number, owed.cycle, cycle.due_on, distance, owed.task)


def reached(distances: tuple[int, ...], due_on: date, person: Person, day: date) -> int | None:
    """The newest distance that a digest of `day` is about.

    A weekly digest warns of what falls due before the next one, or the warning would come too late. That something
    is late it says only once it is.
    """
    today = counted_to(person, day)
    ahead = today + timedelta(days=6) if person.is_weekly else today
    before = [each for each in distances if each <= 0]
    after = newest_distance(set(distances) - set(before), (today - due_on).days)
    return after if after is not None else newest_distance(before, (ahead - due_on).days)


def newest_distance(distances: Iterable[int], passed: int) -> int | None:
    """The newest distance that was reached, where `passed` days have gone since the due date."""
    return max((each for each in distances if each <= passed), default=None)


def _distances(cycle: Gathered, task: Task) -> tuple[int, ...]:
    """Coordinators are reminded once the due date has passed; before it nobody waits for them."""
    return tuple(each for each in cycle.distances if each > 0) if task == Task.ACCEPT else cycle.distances
