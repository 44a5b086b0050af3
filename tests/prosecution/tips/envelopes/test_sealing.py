"""Messages open for those whom they were sealed to, as a standard that others wrote too has it, and for nobody else."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, derive_private_key
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pyhpke import AEADId, CipherSuite, KDFId, KEMId, KEMKey, KEMKeyPair

from palermo.prosecution.tips.envelopes import sealing
from palermo.prosecution.tips.envelopes.sealing import Author, Bound, OpeningError

# From RFC 9180, A.3, and what its working group publishes beside it. All of them have additional data, which the
# library of the server cannot be given: that it does the same is shown by what the other library opens and seals.
VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "hpke_vectors.json").read_text(encoding="utf-8"))
BY_AEAD = pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"AEAD {vector['aead_id']}")

TIP, MESSAGE, OTHER = (UUID(int=number << 64 | 4 << 76 | 1 << 63) for number in (1, 2, 3))
BOUND = Bound(TIP, MESSAGE, Author.REPORTER)
ELSEWHERE = {
    "another tip": replace(BOUND, tip=OTHER),
    "another message": replace(BOUND, message=OTHER),
    "tip and message the other way round": replace(BOUND, tip=MESSAGE, message=TIP),
}
OTHER_AUTHORS = {author.value: replace(BOUND, author=author) for author in (Author.DESK, Author.NOTE)}
BUNDLE = b"what was told".ljust(4096, b"\0")
KEY = bytes(range(32))


@pytest.fixture(scope="module")
def private() -> EllipticCurvePrivateKey:
    return sealing.new_private_key()


@pytest.fixture(scope="module")
def point(private: EllipticCurvePrivateKey) -> bytes:
    return sealing.point_of(private.public_key())


@pytest.fixture(scope="module")
def bundle() -> bytes:
    """What was told, sealed under `KEY` as the format says it."""
    return bytes(12) + AESGCM(KEY).encrypt(bytes(12), BUNDLE, BOUND.of_bundle())


def other_library(aead: int = 2) -> CipherSuite:
    return CipherSuite.new(KEMId.DHKEM_P256_HKDF_SHA256, KDFId.HKDF_SHA256, AEADId(aead))


def openings(attempts: Mapping[str, Callable[[], bytes]]) -> list[str]:
    """Which of these attempts gave something, though none should."""
    return [name for name, attempt in attempts.items() if gives_something(attempt)]


def gives_something(attempt: Callable[[], bytes]) -> bool:
    try:
        attempt()
    except OpeningError:
        return False
    return True


def flipped(whole: bytes) -> Iterator[tuple[str, bytes]]:
    """All that differs in one bit."""
    for at in range(8 * len(whole)):
        changed = bytearray(whole)
        changed[at // 8] ^= 1 << at % 8
        yield f"bit {at}", bytes(changed)


def cut(whole: bytes) -> Iterator[tuple[str, bytes]]:
    """All that lacks something at the end, at the beginning, or one byte somewhere; and a little more."""
    for at in range(len(whole)):
        yield f"until {at}", whole[:at]
        yield f"from {at + 1}", whole[at + 1 :]
        yield f"without {at}", whole[:at] + whole[at + 1 :]
    yield "one more", whole + b"\0"


# -- The standard ----------------------------------------------------------------------------------


@BY_AEAD
def test_the_other_library_does_as_the_standard_says(vector: dict[str, Any]) -> None:
    said = {name: bytes.fromhex(text) for name, text in vector.items() if isinstance(text, str)}
    suite = other_library(vector["aead_id"])
    reader, ephemeral = (derived(said[name]) for name in ("skRm", "skEm"))
    pair = KEMKeyPair(kem_key(ephemeral), kem_key(ephemeral.public_key()))
    encapsulated, sender = suite.create_sender_context(kem_key(reader.public_key()), said["info"], eks=pair)
    recipient = suite.create_recipient_context(said["enc"], kem_key(reader), said["info"])
    assert encapsulated == said["enc"]
    for one in vector["encryptions"]:
        plain, sealed, besides = (bytes.fromhex(one[name]) for name in ("pt", "ct", "aad"))
        assert sender.seal(plain, besides) == sealed
        assert recipient.open(sealed, besides) == plain


def derived(raw: bytes) -> EllipticCurvePrivateKey:
    return derive_private_key(int.from_bytes(raw, "big"), SECP256R1())


def kem_key(key: object) -> Any:  # noqa: ANN401 - as the library has it
    return KEMKey.from_pyca_cryptography_key(key)


def test_the_other_library_opens_a_key_that_we_wrapped(private: EllipticCurvePrivateKey, point: bytes) -> None:
    wrapped = sealing.wrapped(KEY, BOUND, point)
    recipient = other_library().create_recipient_context(wrapped[:65], kem_key(private), BOUND.of_key(point))
    assert recipient.open(wrapped[65:]) == KEY


def test_we_open_a_key_that_the_other_library_wrapped(private: EllipticCurvePrivateKey, point: bytes) -> None:
    to = kem_key(private.public_key())
    encapsulated, sender = other_library().create_sender_context(to, BOUND.of_key(point))
    assert sealing.unwrapped(encapsulated + sender.seal(KEY), BOUND, private) == KEY


def test_what_is_bound_is_written_to_the_byte_as_the_format_says(point: bytes) -> None:
    ids = bytes.fromhex(TIP.hex + MESSAGE.hex)
    assert BOUND.of_bundle() == b"palermo tip message v1" + ids + b"reporter"
    assert BOUND.of_key(point) == b"palermo tip key v1" + ids + sha256(point).digest()
    assert [author.value for author in Author] == ["reporter", "desk", "note"]


# -- Who opens it ----------------------------------------------------------------------------------


def test_each_reader_opens_what_was_sealed_to_them() -> None:
    readers = [sealing.new_private_key() for _ in range(3)]
    points = [sealing.point_of(one.public_key()) for one in readers]
    sealed = sealing.seal(BUNDLE, BOUND, points)
    keys = [sealing.unwrapped(key, BOUND, one) for key, one in zip(sealed.keys, readers, strict=True)]
    assert [sealing.opened(sealed.bundle, key, BOUND) for key in keys] == [BUNDLE] * 3
    assert [len(key) for key in sealed.keys] == [sealing.WRAPPED_BYTES] * 3 == [113] * 3
    assert len(sealed.bundle) == len(BUNDLE) + 28


def test_nobody_else_opens_it(private: EllipticCurvePrivateKey, point: bytes) -> None:
    sealed = sealing.seal(BUNDLE, BOUND, [point])
    stranger = sealing.new_private_key()
    assert not gives_something(lambda: sealing.unwrapped(sealed.keys[0], BOUND, stranger))
    assert not gives_something(lambda: sealing.opened(sealed.bundle, secrets.token_bytes(32), BOUND))
    assert sealing.unwrapped(sealed.keys[0], BOUND, private)


def test_the_same_is_never_sealed_twice_in_the_same_way(point: bytes) -> None:
    one, other = (sealing.seal(BUNDLE, BOUND, [point, point]) for _ in range(2))
    assert len({one.bundle[:12], other.bundle[:12]}) == 2
    assert len({key[:65] for key in (*one.keys, *other.keys)}) == 4


def test_nothing_is_sealed_to_what_is_no_key(private: EllipticCurvePrivateKey, point: bytes) -> None:
    # A compressed point is a point; but what is bound to it would open for nobody, since readers go by the whole one.
    compressed = private.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    off_the_curve = point[:-1] + bytes([point[-1] ^ 1])
    hybrid = bytes([6 + point[-1] % 2]) + point[1:]
    nothing = (b"", b"\0", bytes(65), b"\4" + bytes(64))
    for wrong in (*nothing, point[:-1], point + b"\0", compressed, off_the_curve, hybrid):
        with pytest.raises(ValueError, match=r"."):
            sealing.seal(BUNDLE, BOUND, [wrong])


# -- What was moved, cut or changed ----------------------------------------------------------------


def test_a_key_that_was_moved_does_not_open(private: EllipticCurvePrivateKey, point: bytes) -> None:
    key = sealing.wrapped(KEY, BOUND, point)
    attempts = {name: partial(sealing.unwrapped, key, to, private) for name, to in ELSEWHERE.items()}
    assert openings(attempts) == []


def test_a_bundle_that_was_moved_does_not_open(bundle: bytes) -> None:
    moved = ELSEWHERE | OTHER_AUTHORS
    assert openings({name: partial(sealing.opened, bundle, KEY, to) for name, to in moved.items()}) == []


def test_the_key_of_another_message_does_not_open_a_bundle(private: EllipticCurvePrivateKey, point: bytes) -> None:
    other = replace(BOUND, message=OTHER)
    one, two = (sealing.seal(BUNDLE, bound, [point]) for bound in (BOUND, other))
    keys = [sealing.unwrapped(sealed.keys[0], bound, private) for sealed, bound in ((one, BOUND), (two, other))]
    assert sealing.opened(two.bundle, keys[1], other) == BUNDLE
    assert not gives_something(lambda: sealing.opened(one.bundle, keys[1], BOUND))
    assert not gives_something(lambda: sealing.opened(two.bundle, keys[0], other))


def test_a_key_that_was_cut_does_not_open(private: EllipticCurvePrivateKey, point: bytes) -> None:
    key = sealing.wrapped(KEY, BOUND, point)
    attempts = {name: partial(sealing.unwrapped, key, BOUND, private) for name, key in cut(key)}
    assert len(attempts) == 3 * 113 + 1
    assert openings(attempts) == []


def test_a_key_with_one_bit_changed_does_not_open(private: EllipticCurvePrivateKey, point: bytes) -> None:
    key = sealing.wrapped(KEY, BOUND, point)
    attempts = {name: partial(sealing.unwrapped, key, BOUND, private) for name, key in flipped(key)}
    assert len(attempts) == 8 * 113
    assert openings(attempts) == []


def test_a_key_under_the_mirrored_point_does_not_open(private: EllipticCurvePrivateKey, point: bytes) -> None:
    # Both points have one shared secret with the reader: only that the point is bound to the key tells them apart.
    prime = 2**256 - 2**224 + 2**192 + 2**96 - 1
    key = sealing.wrapped(KEY, BOUND, point)
    mirrored = (prime - int.from_bytes(key[33:65], "big")).to_bytes(32, "big")
    assert sealing.public_key(key[:33] + mirrored)
    assert not gives_something(lambda: sealing.unwrapped(key[:33] + mirrored + key[65:], BOUND, private))


def test_a_bundle_that_was_cut_does_not_open(bundle: bytes) -> None:
    attempts = {name: partial(sealing.opened, some, KEY, BOUND) for name, some in cut(bundle)}
    assert sealing.opened(bundle, KEY, BOUND) == BUNDLE
    assert openings(attempts) == []


def test_a_bundle_with_one_bit_changed_does_not_open(bundle: bytes) -> None:
    attempts = {name: partial(sealing.opened, some, KEY, BOUND) for name, some in flipped(bundle)}
    assert len(attempts) == 8 * (4096 + 28)
    assert openings(attempts) == []


@pytest.mark.parametrize("size", [0, 1, 15, 16, 24, 31, 33, 64])
def test_a_key_of_another_size_opens_nothing(bundle: bytes, size: int) -> None:
    assert not gives_something(lambda: sealing.opened(bundle, KEY.ljust(64, b"\0")[:size], BOUND))
