"""Proof of work: what a flood has to pay for, and a phone does while somebody reads a sentence.

A number is looked for whose PBKDF2 begins with so many zeros. Browsers have it built in, so that a phone is not much
slower at it than a desktop; it is bound to the message and to the hour, so that nothing can be worked out beforehand.
"""

from __future__ import annotations

from hashlib import pbkdf2_hmac
from uuid import UUID

ROUNDS = 1_000
MOST_BITS = 12
_SALT = b"palermo tip work v1"
_ANSWER_BYTES = 4


def is_done(message: UUID, hour: int, bits: int, answer: int) -> bool:
    """Whether an answer was worked out for a message in an hour.

    Args:
        message: the id of the message.
        hour: the hours since the beginning of 1970, in UTC.
        bits: how many of the first bits have to be zero; each more doubles the work.
        answer: the number that was found.
    """
    if not bits:
        return True
    if not 0 <= answer < 1 << (8 * _ANSWER_BYTES):
        return False
    salt = _SALT + message.bytes + hour.to_bytes(4, "big")
    first = pbkdf2_hmac("sha256", answer.to_bytes(_ANSWER_BYTES, "big"), salt, ROUNDS, 4)
    return int.from_bytes(first, "big") >> (32 - bits) == 0
