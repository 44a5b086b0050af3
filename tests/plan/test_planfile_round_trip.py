"""Whatever plan can be written as a file is read back exactly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from palermo.plan.planfile import dump, load
from palermo.plan.planfile_models import (
    DatedName,
    Deliverable,
    Due,
    Level,
    Money,
    Organisation,
    PlanFile,
    PlanHead,
    Responsibility,
    Section,
    Start,
)
from palermo.plan.planfile_values import Bilingual

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
titles = st.builds(Bilingual, en=words.map(lambda text: f"A{text}"), fr=words)
bilingual = st.builds(Bilingual, en=words, fr=words)
days = st.none() | st.dates()
amounts = st.decimals(min_value=0, max_value=10**12 - 1, places=2)


def deliverables(sections: list[str]) -> SearchStrategy[Deliverable]:
    return st.builds(
        Deliverable,
        code=st.integers(1, 10**6).map(str),
        section=st.sampled_from([None, *sections]),
        row=st.integers(1, 500),
        p=st.sampled_from([None, "prevention", "empowerment"]),
        lead_in=bilingual,
        text=titles,
        start=st.builds(Start, printed=words, on=days),
        due=st.lists(st.builds(Due, on=st.dates(), printed=words, reason=bilingual), max_size=3).map(tuple),
        money=st.lists(st.builds(Money, kind=st.just("existing"), amount=amounts, note=bilingual)).map(tuple),
        responsibilities=st.lists(
            st.builds(Responsibility, organisation=st.just("one"), kind=st.just("support"), from_on=days),
            max_size=2,
            unique_by=lambda its: its.from_on,
        ).map(tuple),
    )


@st.composite
def plans(draw: st.DrawFn) -> PlanFile:
    codes = draw(st.lists(st.from_regex(r"[1-9]\.[0-9]{1,2}", fullmatch=True), unique=True, max_size=4))
    return PlanFile(
        plan=PlanHead(
            code="some-plan",
            title=draw(titles),
            jurisdiction="CA",
            owner="one",
            levels=(Level(name=draw(titles)),),
        ),
        organisations=(Organisation(code="one", names=(DatedName(name=draw(titles)),)),),
        sections=tuple(Section(code=code, title=draw(titles), text=draw(bilingual)) for code in codes),
        deliverables=tuple(draw(st.lists(deliverables(codes), unique_by=lambda one: one.code, max_size=4))),
    )


@given(plans())
def test_whatever_is_dumped_is_read_back_exactly(plan: PlanFile) -> None:
    written = dump(plan)
    assert load(written) == plan
    assert dump(load(written)) == written
