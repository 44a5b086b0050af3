"""Work is asked for, cannot be done beforehand, and is checked at once."""

from __future__ import annotations

from hashlib import pbkdf2_hmac
from itertools import count
from uuid import UUID

import pytest

from palermo.prosecution.tips.envelopes.work import MOST_BITS, is_done

MESSAGE, OTHER = UUID("3d0f1c7e-5b1a-4c57-9d6b-0d4b3c1e2f00"), UUID("3d0f1c7e-5b1a-4c57-9d6b-0d4b3c1e2f01")
HOUR, BITS = 498_001, 6


def zeros(message: UUID, hour: int, answer: int) -> int:
    """With how many zeros an answer begins, as the format says it."""
    salt = b"palermo tip work v1" + bytes.fromhex(message.hex) + bytes.fromhex(f"{hour:08x}")
    digest = pbkdf2_hmac("sha256", bytes.fromhex(f"{answer:08x}"), salt, 1_000)
    signs = "".join(f"{byte:08b}" for byte in digest)
    return len(signs) - len(signs.lstrip("0"))


@pytest.fixture(scope="module")
def answer() -> int:
    """The first number that is an answer."""
    return next(number for number in count() if zeros(MESSAGE, HOUR, number) >= BITS)


def test_an_answer_that_was_worked_out_is_accepted(answer: int) -> None:
    assert is_done(MESSAGE, HOUR, BITS, answer)


def test_numbers_are_answers_just_where_they_begin_with_so_many_zeros() -> None:
    found = {number: zeros(MESSAGE, HOUR, number) for number in range(80)}
    for bits in (1, 2, 3, 5, MOST_BITS):
        accepted = [number for number in found if is_done(MESSAGE, HOUR, bits, number)]
        assert accepted == [number for number, zeros in found.items() if zeros >= bits]


def test_an_answer_for_another_message_is_refused(answer: int) -> None:
    assert not is_done(OTHER, HOUR, BITS, answer)


def test_an_answer_for_another_hour_is_refused(answer: int) -> None:
    assert not is_done(MESSAGE, HOUR + 1, BITS, answer)
    assert not is_done(MESSAGE, HOUR - 1, BITS, answer)


def test_an_answer_to_less_work_is_refused(answer: int) -> None:
    assert not is_done(MESSAGE, HOUR, MOST_BITS, answer)


@pytest.mark.parametrize("number", [-1, -(1 << 40), 1 << 32, 1 << 4_000])
def test_a_number_that_no_script_writes_is_refused(number: int) -> None:
    assert not is_done(MESSAGE, HOUR, 1, number)


@pytest.mark.parametrize("number", [0, 7, -1, 1 << 40])
def test_where_no_work_is_asked_for_none_has_to_be_done(number: int) -> None:
    assert is_done(MESSAGE, HOUR, 0, number)
