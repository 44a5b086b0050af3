"""The proof of erasure tells how much was sealed and nothing of it, and is checked when it is read."""

from __future__ import annotations

import hashlib

import pytest

from palermo.prosecution.tips import slots
from palermo.prosecution.tips.actions.sealing_here import seal_and_answer
from palermo.prosecution.tips.envelopes.bundle import File, Told
from palermo.prosecution.tips.models import Box, Erasure
from palermo.prosecution.tips.queries.proof import proof_of
from tests.factories import coordinator_of
from tests.prosecution.tips.desks import Member, a_desk, a_member, a_tip, erased_by, noted, two_members

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Member, Member]:
    """Two members of a desk with confirmed keys."""
    return two_members()


def test_the_proof_tells_how_much_was_sealed_and_nothing_of_it(two: tuple[Member, Member]) -> None:
    tip = a_tip(two[0].key.desk)
    seal_and_answer(box=Box.objects.get(tip=tip), told=Told({"answer": "More"}, [File("a", "", b"x" * 70_000)]))
    noted(two[0], tip)
    bundles = [bytes(one) for one in tip.messages.order_by("number").values_list("bundle", flat=True)]
    slot = tip.slot_id
    assert proof_of(two[0].user, tip) is None
    erased = erased_by(two, tip)
    found = Erasure.objects.get(tip=tip)
    assert (found.by, found.slot, found.messages) == (two[0].user, slot, len(bundles))
    assert (found.size, found.sha256) == (len(b"".join(bundles)), hashlib.sha256(b"".join(bundles)).hexdigest())
    proof = proof_of(two[1].user, erased)
    assert proof is not None
    assert (proof.is_gone, proof.is_told_alike) == (True, True)
    for user in (a_member(a_desk()).user, coordinator_of(tip.desk.organisation)):
        assert proof_of(user, erased) is None


def test_a_proof_that_was_tampered_with_is_known_for_it(two: tuple[Member, Member]) -> None:
    erased = erased_by(two, a_tip(two[0].key.desk))
    Erasure.objects.update(size=1)
    proof = proof_of(two[0].user, erased)
    assert proof is not None
    assert (proof.is_gone, proof.is_told_alike) == (True, False)
    slots.make(proof.erasure.slot)
    proof = proof_of(two[0].user, erased)
    assert proof is not None
    assert not proof.is_gone
