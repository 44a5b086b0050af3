"""The steps of a return: from the writer to the clearing officer, to the coordinator, and back with questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.foundation.bilingual import Language
from palermo.people.models import User
from palermo.plan.returns import policies
from palermo.plan.returns.actions.drafting import ChangedMeanwhileError, locked, tell
from palermo.plan.returns.models import Question, Return, Step
from palermo.plan.returns.queries.facts import content_of, missing_from
from palermo.plan.returns.rules import Missing
from palermo.plan.returns.vocabulary import Act, State

Allowed = Callable[[User, Return], bool]


class NotReadyError(Exception):
    """The return lacks something that the plan's rules demand, or a question has no answer. Nothing was written."""

    def __init__(self, missing: tuple[Missing, ...], questions: int = 0) -> None:
        super().__init__("The return is not ready to be submitted.")
        self.missing = missing
        self.questions = questions


class WrongStateError(Exception):
    """The return has gone on meanwhile, so that this step cannot be taken any more. Nothing was written."""

    def __init__(self, current: Return) -> None:
        super().__init__("The return is in another state by now.")
        self.current = current


_FROM = {
    Act.SUBMIT: (State.DRAFT, State.RETURNED),
    Act.CLEAR: (State.SUBMITTED,),
    Act.ACCEPT: (State.CLEARED,),
    Act.TAKE_BACK: (State.SUBMITTED, State.CLEARED),
    Act.SEND_BACK: (State.SUBMITTED, State.CLEARED, State.ACCEPTED),
}
"""The states that each step can be taken from."""


@transaction.atomic
def submit(*, of: Return, version: int, note: str = "", by: User) -> Return:
    """Give a return to the clearing officer of the organisation.

    Raises:
        NotReadyError: a rule of the plan is not kept, or a question has no answer yet.
        ChangedMeanwhileError, WrongStateError, PermissionDenied: as for every step.
    """
    one = _checked(of, version, Act.SUBMIT, policies.may_write, by)
    missing, unanswered = missing_from(one), one.questions.filter(answer="").count()
    if missing or unanswered or not one.status:
        raise NotReadyError(missing, unanswered)
    return _taken(one, Act.SUBMIT, State.SUBMITTED, by, note)


@transaction.atomic
def take_back(*, of: Return, version: int, by: User) -> Return:
    """Undo one's last step: a writer what is not cleared yet, a clearing officer what is not accepted yet."""
    one = _checked(of, version, Act.TAKE_BACK, policies.may_take_back, by)
    asked = one.questions.exists()
    before = State.SUBMITTED if one.state == State.CLEARED else State.RETURNED if asked else State.DRAFT
    return _taken(one, Act.TAKE_BACK, before, by)


@transaction.atomic
def clear(*, of: Return, version: int, by: User) -> Return:
    """Let a return go out in the name of the organisation."""
    one = _checked(of, version, Act.CLEAR, policies.may_clear, by)
    return _taken(one, Act.CLEAR, State.CLEARED, by)


@transaction.atomic
def accept(*, of: Return, version: int, by: User) -> Return:
    """Take a cleared return into the plan; it becomes public when the period is closed."""
    one = _checked(of, version, Act.ACCEPT, policies.may_accept, by)
    return _taken(one, Act.ACCEPT, State.ACCEPTED, by)


@transaction.atomic
def send_back(*, of: Return, version: int, questions: Sequence[str], language: Language, by: User) -> Return:
    """Give a return back to its writers with questions.

    Raises:
        ValueError: no question is asked.
        ChangedMeanwhileError, WrongStateError, PermissionDenied: as for every step.
    """
    asked = [text.strip() for text in questions if text.strip()]
    if not asked:
        raise ValueError("A return is not sent back without a question.")
    one = _checked(of, version, Act.SEND_BACK, policies.may_send_back, by)
    inner = one.state == State.SUBMITTED
    Question.objects.bulk_create(
        Question(of=one, text=text, language=language, asked_by=by, is_inner=inner) for text in asked
    )
    return _taken(one, Act.SEND_BACK, State.RETURNED, by)


@transaction.atomic
def clear_all(*, seen: Mapping[int, int], by: User) -> int:
    """Clear several returns: all of those given by key and version, or none. Returns how many."""
    return _all(seen, lambda one, version: clear(of=one, version=version, by=by))


@transaction.atomic
def accept_all(*, seen: Mapping[int, int], by: User) -> int:
    """Accept several returns: all of those given by key and version, or none. Returns how many."""
    return _all(seen, lambda one, version: accept(of=one, version=version, by=by))


def _all(seen: Mapping[int, int], step: Callable[[Return, int], Return]) -> int:
    # In the order of their keys, so that two such acts never wait for each other in a circle.
    for one in Return.objects.filter(pk__in=seen).order_by("pk"):
        step(one, seen[one.pk])
    return len(seen)


def _checked(of: Return, version: int, act: Act, allowed: Allowed, by: User) -> Return:
    """The return, locked, if this person may take this step from where it is."""
    one = locked(of)
    if not policies.may_read(by, one):
        raise PermissionDenied
    if one.state not in _FROM[act] or not policies.is_open(one):
        raise WrongStateError(one)
    if not allowed(by, one):
        raise PermissionDenied
    if one.version != version:
        raise ChangedMeanwhileError(one)
    return one


def _taken(one: Return, act: Act, after: State, by: User, note: str = "") -> Return:
    before, one.state = one.state, after
    one.state_since = timezone.now()
    one.was_cleared = one.was_cleared or after == State.CLEARED
    one.version += 1
    one.save(update_fields=["state", "state_since", "was_cleared", "version"])
    Step.objects.create(of=one, act=act, before=before, after=after, note=note, content=content_of(one), by=by)
    tell(one, f"return.{act.value}", by, before=before, after=after.value)
    return one
