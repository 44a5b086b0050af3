"""The scripts that seal tips in a browser do what the server does, to the byte, and what the standard says."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pyhpke import AEADId, CipherSuite, KDFId, KEMId, KEMKey

from palermo.prosecution.tips.envelopes import sealing
from palermo.prosecution.tips.envelopes.bundle import LARGEST, File, Told, packed, padded_size, unpacked
from palermo.prosecution.tips.envelopes.sealing import Author, Bound, OpeningError
from tests.browser.tip_scripts import Reader, Scripts, bound_to, content, reader, said, scripts, text
from tests.prosecution.tips.envelopes.odd_bundles import odd_bundles

__all__ = ["reader", "scripts"]
VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "prosecution/tips/envelopes/hpke_vectors.json").read_text(encoding="utf-8")
)
KEY = bytes(range(32))


# -- The standard ----------------------------------------------------------------------------------


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"AEAD {vector['aead_id']}")
def test_the_scripts_seal_and_open_as_the_standard_says(scripts: Scripts, vector: dict[str, Any]) -> None:
    first = vector["encryptions"][0]
    sealed, plain = scripts.run(
        """
        const { d, x, y, aead } = given;
        const jwk = { kty: "EC", crv: "P-256", x, y };
        const ephemeral = {
          privateKey: await crypto.subtle.importKey("jwk", { ...jwk, d }, Hpke.CURVE, false, ["deriveBits"]),
          publicKey: await crypto.subtle.importKey("jwk", jwk, Hpke.CURVE, true, []),
        };
        const [info, aad, plain] = [given.info, given.aad, given.pt].map(Bytes.ofHex);
        const [reader, sealed] = [given.reader, given.sealed].map(Bytes.ofHex);
        return [
          Bytes.hex(await Hpke.seal(reader, info, plain, { aead, aad, ephemeral })),
          Bytes.hex(await Hpke.open(await privateKey(given.der), reader, info, sealed, { aead, aad })),
        ];
        """,
        **jwk_of(vector),
        aead=vector["aead_id"],
        info=vector["info"],
        aad=first["aad"],
        pt=first["pt"],
        reader=vector["pkRm"],
        sealed=vector["enc"] + first["ct"],
        der=Reader(derive_private_key(int(vector["skRm"], 16), SECP256R1())).der,
    )
    assert (sealed, plain) == (vector["enc"] + first["ct"], first["pt"])


def jwk_of(vector: dict[str, Any]) -> dict[str, str]:
    """The ephemeral key of a vector, in the parts of a JWK."""
    point = bytes.fromhex(vector["pkEm"])
    return {"d": text(bytes.fromhex(vector["skEm"])), "x": text(point[1:33]), "y": text(point[33:])}


# -- From one to the other -------------------------------------------------------------------------


def test_what_the_browser_seals_each_reader_opens_here(scripts: Scripts) -> None:
    readers, bound = [Reader(sealing.new_private_key()) for _ in range(2)], bound_to()
    made = scripts.run(
        """
        const told = { texts: { what: "Une “voix” \\u2028 🜁\\n", where: "" }, files: [
          { name: "photo é.jpg", type: "image/jpeg", content: Bytes.read(given.photo) },
          { name: "", type: "", content: new Uint8Array(0) },
        ] };
        const sealed = await Envelope.seal(told, given.bound, given.readers.map(Bytes.read));
        return { bundle: Bytes.written(sealed.bundle), keys: sealed.keys.map(Bytes.written) };
        """,
        bound=said(bound),
        readers=[text(one.point) for one in readers],
        photo=text(bytes(range(256)) * 40),
    )
    wrapped = [content(key) for key in made["keys"]]
    keys = [sealing.unwrapped(key, bound, one.private) for key, one in zip(wrapped, readers, strict=True)]
    assert keys == [opened_by_another(key, bound, one) for key, one in zip(wrapped, readers, strict=True)]
    told = unpacked(sealing.opened(content(made["bundle"]), keys[0], bound))
    assert told.texts == {"what": "Une “voix” \u2028 🜁\n", "where": ""}
    photo = File("photo é.jpg", "image/jpeg", bytes(range(256)) * 40)
    assert told.files == (photo, File("", "", b""))
    assert (keys[0], [len(key) for key in wrapped]) == (keys[1], [113, 113])
    with pytest.raises(OpeningError):
        sealing.unwrapped(wrapped[0], bound, readers[1].private)


def opened_by_another(wrapped: bytes, bound: Bound, reader: Reader) -> bytes:
    """The key of a message by a library that neither the server nor the scripts use."""
    suite = CipherSuite.new(KEMId.DHKEM_P256_HKDF_SHA256, KDFId.HKDF_SHA256, AEADId.AES256_GCM)
    private = KEMKey.from_pyca_cryptography_key(reader.private)
    found = suite.create_recipient_context(wrapped[:65], private, bound.of_key(reader.point)).open(wrapped[65:])
    return bytes(found)


def test_what_the_server_seals_the_browser_opens(scripts: Scripts, reader: Reader) -> None:
    bound = bound_to(Author.DESK)
    told = Told({"text": "Où ? “Là” 🜁"}, (File("plan.pdf", "application/pdf", bytes(range(256)) * 300),))
    sealed = sealing.seal(packed(told), bound, [reader.point])
    found = scripts.run(
        """
        const key = await Envelope.unwrap(
          Bytes.read(given.key), given.bound, await privateKey(given.der), Bytes.read(given.point));
        const { texts, files } = await Envelope.open(Bytes.read(given.bundle), key, given.bound);
        return { texts, files: files.map(({ name, type, content }) => [name, type, Bytes.written(content)]) };
        """,
        bound=said(bound),
        key=text(sealed.keys[0]),
        bundle=text(sealed.bundle),
        der=reader.der,
        point=text(reader.point),
    )
    assert found["texts"] == told.texts
    assert [File(name, kind, content(held)) for name, kind, held in found["files"]] == list(told.files)


def test_both_write_the_same_bundle(scripts: Scripts) -> None:
    every = "".join(chr(sign) for sign in range(0x11000) if not 0xD800 <= sign < 0xE000)
    told = Told({"what": every, "b2_c": "", "a": "\\"}, (File(every[:300], "a/b", b"\0\1\0"), File("", "", b"")))
    written = scripts.run(
        """
        const files = given.files.map(([name, type, held]) => ({ name, type, content: Bytes.read(held) }));
        return Bytes.written(Envelope.pack({ texts: given.texts, files }));
        """,
        texts=told.texts,
        files=[[one.name, one.type, text(one.content)] for one in told.files],
    )
    assert content(written) == packed(told)


def test_the_largest_bundle_goes_through_and_a_larger_one_does_not(scripts: Scripts) -> None:
    room = LARGEST - len(b'0000{"v":1,"texts":{},"files":[{"name":"","type":"","size":12345678}]}')
    size, came, is_larger = scripts.run(
        """
        const told = (size) => ({ texts: {}, files: [{ name: "", type: "", content: new Uint8Array(size).fill(7) }] });
        const bundle = Envelope.pack(told(given.room));
        const { files } = Envelope.unpack(bundle);
        return [bundle.length, files[0].content.length, await opens(() => Envelope.pack(told(given.room + 1)))];
        """,
        room=room,
    )
    assert (size, came, is_larger) == (LARGEST, room, False)


def test_half_a_sign_becomes_one_that_can_be_read(scripts: Scripts) -> None:
    written = scripts.run(
        """
        const files = [{ name: "\\ud83da", type: "\\udcff", content: new Uint8Array(0) }];
        return Bytes.written(Envelope.pack({ texts: { what: "\\ufeffa\\ud83d" }, files }));
        """
    )
    assert unpacked(content(written)) == Told({"what": "\ufeffa\ufffd"}, (File("\ufffda", "\ufffd", b""),))


def test_both_fill_up_to_the_same_size(scripts: Scripts) -> None:
    sizes = {0, 1, *range(4_090, 4_100), LARGEST - 1, LARGEST, LARGEST + 1}
    sizes |= {2**power + more for power in range(25) for more in (-1, 0, 1)}
    sizes |= set(random.Random(9180).choices(range(LARGEST), k=400))  # noqa: S311 - examples, not secrets
    found = scripts.run("return given.sizes.map(Envelope.paddedSize);", sizes=sorted(sizes))
    assert found == [padded_size(size) for size in sorted(sizes)]


# -- What is refused -------------------------------------------------------------------------------


def test_both_refuse_what_no_writer_writes(scripts: Scripts) -> None:
    odd = odd_bundles()
    opened = scripts.run(
        """
        const opened = [];
        for (const [name, bundle] of Object.entries(given.odd)) {
          if (await opens(() => Envelope.unpack(Bytes.read(bundle)))) opened.push(name);
        }
        return [opened, await opens(() => Envelope.unpack(Bytes.read(given.whole)))];
        """,
        odd={name: text(bundle) for name, bundle in odd.items() if len(bundle) <= LARGEST},
        whole=text(packed(Told({"what": "a"}))),
    )
    assert opened == [[], True]


def test_the_browser_writes_no_code_that_scripts_could_take_for_something_else(scripts: Scripts) -> None:
    codes = ["", "1", "What", "a b", "é", "__proto__", "what\n"]
    code = """
        const attempts = given.codes.map((code) => opens(() => Envelope.pack({ texts: JSON.parse(`{${code}: "a"}`) })));
        return Promise.all(attempts);
    """
    assert scripts.run(code, codes=[json.dumps(one) for one in [*codes, "what"]]) == [False] * len(codes) + [True]


MOVED = """
  const { tip, message, author } = given.bound;
  const moved = [
    { tip: given.other, message, author }, { tip, message: given.other, author },
    { tip: message, message: tip, author },
  ];
"""


def test_a_key_that_was_moved_cut_or_changed_does_not_open_in_the_browser(scripts: Scripts, reader: Reader) -> None:
    bound, stranger = bound_to(), Reader(sealing.new_private_key())
    whole, wrong = scripts.run(
        MOVED
        + """
        const [key, point, another] = [given.key, given.point, given.stranger.point].map(Bytes.read);
        const [own, strange] = [await privateKey(given.der), await privateKey(given.stranger.der)];
        const unwrap = (key, bound = given.bound, by = own, at = point) => Envelope.unwrap(key, bound, by, at);
        const attempts = moved.map((bound) => () => unwrap(key, bound));
        attempts.push(
          () => unwrap(key, given.bound, strange, another), () => unwrap(key, given.bound, strange, point),
          () => unwrap(key, given.bound, own, another), () => unwrap(Bytes.joined(key, [0])));
        for (let at = 0; at < key.length; at += 1) {
          const all = [key.slice(0, at), key.slice(at + 1), changed(key, at)];
          for (const wrong of all) attempts.push(() => unwrap(wrong));
        }
        return [Bytes.written(await unwrap(key)), (await Promise.all(attempts.map(opens))).filter(Boolean).length];
        """,
        bound=said(bound),
        other=str(uuid4()),
        key=text(sealing.wrapped(KEY, bound, reader.point)),
        der=reader.der,
        point=text(reader.point),
        stranger={"der": stranger.der, "point": text(stranger.point)},
    )
    assert (content(whole), wrong) == (KEY, 0)


def test_a_bundle_that_was_moved_cut_or_changed_does_not_open_in_the_browser(scripts: Scripts, reader: Reader) -> None:
    bound = bound_to()
    sealed = sealing.seal(packed(Told({"what": "a"})), bound, [reader.point])
    whole, wrong = scripts.run(
        MOVED
        + """
        const [bundle, key] = [given.bundle, given.key].map(Bytes.read);
        const open = (bundle, bound = given.bound, by = key) => Envelope.open(bundle, by, bound);
        const attempts = moved.map((bound) => () => open(bundle, bound));
        for (const other of ["desk", "note", ""]) attempts.push(() => open(bundle, { tip, message, author: other }));
        attempts.push(
          () => open(bundle, given.bound, changed(key, 31)), () => open(bundle, given.bound, key.slice(0, 16)),
          () => open(bundle, given.bound, new Uint8Array(0)), () => open(Bytes.joined(bundle, [0])));
        const edges = [...Array(40).keys()];
        for (const at of [...edges, 500, 2000, 4095, ...edges.map((one) => bundle.length - 1 - one)]) {
          const all = [bundle.slice(0, at), bundle.slice(at + 1), changed(bundle, at)];
          for (const wrong of all) attempts.push(() => open(wrong));
        }
        return [(await open(bundle)).texts.what, (await Promise.all(attempts.map(opens))).filter(Boolean).length];
        """,
        bound=said(bound),
        other=str(uuid4()),
        bundle=text(sealed.bundle),
        key=text(sealing.unwrapped(sealed.keys[0], bound, reader.private)),
    )
    assert (whole, wrong) == ("a", 0)


def test_the_browser_seals_to_no_point_that_is_none(scripts: Scripts, reader: Reader) -> None:
    compressed = reader.private.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    wrong = [b"", b"\0", bytes(65), b"\4" + bytes(64), reader.point[:-1], reader.point + b"\0", compressed]
    wrong += [reader.point[:-1] + bytes([reader.point[-1] ^ 1]), bytes([6 + reader.point[-1] % 2]) + reader.point[1:]]
    code = """
        const seal = (point) => opens(() => Envelope.seal({ texts: {} }, given.bound, [Bytes.read(point)]));
        return Promise.all(given.points.map(seal));
    """
    points = [text(point) for point in [*wrong, reader.point]]
    assert scripts.run(code, points=points, bound=said(bound_to())) == [False] * len(wrong) + [True]
