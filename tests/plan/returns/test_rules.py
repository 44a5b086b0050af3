"""What rules find missing, against a second, naive reading of them."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from palermo.plan.returns.rules import Facts, missing
from palermo.plan.returns.vocabulary import DEFAULT_RULES, Needs, When

TODAY = date(2026, 6, 1)
days = st.none() | st.integers(-3, 3).map(lambda n: TODAY + timedelta(days=n))
words = st.sampled_from(["", "Something."])
facts = st.builds(
    Facts,
    status=st.sampled_from(["", "not_started", "in_progress", "ongoing", "complete", "no_longer_pursued"]),
    due_on=days,
    new_due_on=days,
    today=st.just(TODAY),
    narrative_en=words,
    narrative_fr=words,
    has_reason=st.booleans(),
    has_proof=st.booleans(),
    has_evidence=st.booleans(),
    has_money=st.booleans(),
)
rules = st.lists(st.tuples(st.sampled_from(list(When)), st.sampled_from(list(Needs))), max_size=8)


def _naively(its: Facts, when: When, needs: Needs) -> bool:
    """Whether this one rule is broken."""
    past = its.due_on is not None and (its.today - its.due_on).days > 0
    if when is When.LATE:
        applies = past and its.status in ("not_started", "in_progress")
    elif when is When.DATE_MOVED:
        applies = None not in (its.due_on, its.new_due_on) and its.due_on != its.new_due_on
    else:
        applies = when is When.ALWAYS or str(when) == its.status
    if not applies:
        return False
    if needs is Needs.NARRATIVE:
        return its.narrative_en + its.narrative_fr == ""
    if needs is Needs.BOTH_LANGUAGES:
        return "" in (its.narrative_en, its.narrative_fr)
    if needs is Needs.NEW_DATE:
        return its.new_due_on is None or (its.new_due_on - its.today).days < 0
    named = {Needs.REASON: "reason", Needs.PROOF: "proof", Needs.EVIDENCE: "evidence", Needs.MONEY: "money"}
    return not getattr(its, f"has_{named[needs]}")


@given(facts, rules)
def test_each_broken_rule_is_found_and_no_other(its: Facts, demanded: list[tuple[When, Needs]]) -> None:
    wanted = {needs for when, needs in demanded if _naively(its, when, needs)}
    found = missing(its, demanded)
    assert {each.needs for each in found} == wanted
    assert len(found) == len(wanted)
    assert all((each.when, each.needs) in demanded for each in found)


def test_what_a_plan_begins_with() -> None:
    empty = Facts("ongoing", None, None, TODAY, "Done.", "", False, False, False, False)
    assert [each.needs for each in missing(empty, DEFAULT_RULES)] == [Needs.REASON, Needs.PROOF]
    done = Facts("complete", None, None, TODAY, "Done.", "", False, False, False, False)
    assert [each.needs for each in missing(done, DEFAULT_RULES)] == [Needs.EVIDENCE]
    late = Facts("in_progress", TODAY - timedelta(days=1), None, TODAY, "Half.", "", False, False, False, False)
    assert [each.needs for each in missing(late, DEFAULT_RULES)] == [Needs.REASON, Needs.NEW_DATE]
