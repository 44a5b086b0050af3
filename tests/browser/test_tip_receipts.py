"""In a browser, receipts, boxes, work and ids are what they are on the server."""

from __future__ import annotations

import random
import re
from uuid import UUID

import pytest

from palermo.prosecution.tips.envelopes import receipts, sealing, work
from palermo.prosecution.tips.envelopes.receipts import ReceiptError, box_keys, word_list
from palermo.prosecution.tips.envelopes.sealing import Author
from tests.browser.tip_scripts import Reader, Scripts, bound_to, content, reader, said, scripts, text

__all__ = ["reader", "scripts"]
RECEIPT = "éclair abeille zèbre sérieux bateau légume rivière météore"
KEY = bytes(range(32))


# -- Receipts and boxes ----------------------------------------------------------------------------


def test_both_turn_a_receipt_into_the_same_keys(scripts: Scripts) -> None:
    written = [
        RECEIPT,
        " 1. ÉCLAIRAGE, abeil\tzebre – serieux; BATEAUX légume\nrivière météore\ufe0f",
        "🜁 " * 400 + RECEIPT,
    ]
    found = scripts.run(
        """
        const all = [];
        for (const one of given.written) {
          const { locator, opening } = await Receipt.keys(one);
          all.push([Bytes.written(locator), Bytes.written(opening)]);
        }
        return all;
        """,
        written=written,
    )
    assert [(content(one), content(other)) for one, other in found] == [
        (keys.locator, keys.opening) for keys in map(box_keys, written)
    ]


def test_both_count_the_same_words(scripts: Scripts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts, "ROUNDS", 1)
    drawn = random.Random(8)  # noqa: S311 - examples, not secrets
    signs = "aZéÉœßİKſﬁ \t-.'’1\u0300\u0301\u0345\u034f\ufe0f\u20dd\u200b\u200d\u00a0🜁字عㅏ\u0903"
    texts = ["".join(drawn.choices(signs, k=drawn.randrange(12, 60))) for _ in range(600)]
    texts += [RECEIPT, "a " * 7, "a " * 8, "a " * 9, "🜁" * 985 + "a " * 8, "🜁" * 986 + "a " * 8, ""]
    expected = [is_receipt(one) for one in texts]
    assert 20 < sum(expected) < 500
    assert scripts.run("return given.texts.map(Receipt.isWhole);", texts=texts) == expected


def is_receipt(written: str) -> bool:
    try:
        box_keys(written)
    except ReceiptError:
        return False
    return True


def test_the_browser_draws_receipts_from_the_words(scripts: Scripts) -> None:
    words = word_list("fr")
    made = scripts.run("return Array.from({ length: 300 }, () => Receipt.make(given.words));", words=words)
    drawn = [one.split(" ") for one in made]
    assert {len(one) for one in drawn} == {8}
    found = {word for one in drawn for word in one}
    assert found <= set(words)
    # 2,400 draws of some 1,900 words show about 1,360 of them, and both ends of the list.
    assert len(found) > 1_200
    assert found & set(words[:50])
    assert found & set(words[-50:])


def test_a_box_that_the_browser_locks_opens_here(scripts: Scripts) -> None:
    locked, point = scripts.run(
        """
        const own = await Hpke.newKeys();
        const locked = await Receipt.lock(own.privateKey, await Receipt.keys(given.receipt));
        return [Bytes.written(locked), Bytes.written(await Hpke.pointOf(own.publicKey))];
        """,
        receipt=RECEIPT,
    )
    private = receipts.unlock(content(locked), box_keys(RECEIPT.upper()))
    assert sealing.point_of(private.public_key()) == content(point)


def test_a_box_that_is_locked_here_the_browser_opens_by_its_receipt_alone(scripts: Scripts, reader: Reader) -> None:
    bound = bound_to(Author.DESK)
    key, is_kept, wrong = scripts.run(
        """
        const locked = Bytes.read(given.locked);
        const keys = await Receipt.keys(given.receipt);
        const own = await Receipt.unlock(locked, keys);
        const key = await Envelope.unwrap(Bytes.read(given.key), given.bound, own, Bytes.read(given.point));
        const other = await Receipt.keys(given.other);
        const attempts = [
          () => Receipt.unlock(locked, other), () => Receipt.unlock(locked, { opening: keys.locator }),
          () => Receipt.unlock(Bytes.joined(locked, [0]), keys),
        ];
        for (let at = 0; at < locked.length; at += 1) {
          const both = [locked.slice(0, at), changed(locked, at)];
          for (const wrong of both) attempts.push(() => Receipt.unlock(wrong, keys));
        }
        const opened = (await Promise.all(attempts.map(opens))).filter(Boolean).length;
        return [Bytes.written(key), !(await opens(() => crypto.subtle.exportKey("pkcs8", own))), opened];
        """,
        locked=text(receipts.lock(reader.private, box_keys(RECEIPT))),
        receipt=RECEIPT,
        other=RECEIPT.replace("zèbre", "ocean"),
        key=text(sealing.wrapped(KEY, bound, reader.point)),
        point=text(reader.point),
        bound=said(bound),
    )
    assert (content(key), is_kept, wrong) == (KEY, True, 0)


# -- Work, ids and bytes ---------------------------------------------------------------------------


def test_work_that_the_browser_does_is_accepted_here(scripts: Scripts) -> None:
    messages, hour, bits = [UUID(int=number << 100 | 77) for number in (1, 2, 3)], 498_001, 6
    code = """
        const answers = [];
        for (const one of given.messages) answers.push(await Work.done(one, given.hour, given.bits));
        return [...answers, await Work.done(given.messages[0], given.hour, 0)];
    """
    *answers, nothing = scripts.run(code, messages=[str(one) for one in messages], hour=hour, bits=bits)
    for message, answer in zip(messages, answers, strict=True):
        earlier = [number for number in range(answer) if work.is_done(message, hour, bits, number)]
        assert work.is_done(message, hour, bits, answer)
        assert earlier == []
    assert work.is_done(messages[0], hour, 0, nothing)


def test_ids_of_the_browser_are_random_ones(scripts: Scripts) -> None:
    ids = scripts.run("return Array.from({ length: 500 }, Bytes.newId);")
    assert {UUID(one).version for one in ids} == {4}
    assert {UUID(one).variant for one in ids} == {UUID(int=1 << 63).variant}
    assert [one for one in ids if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one)] == []
    assert len(set(ids)) == 500


def test_both_write_bytes_in_the_same_way(scripts: Scripts) -> None:
    some = [bytes(range(256))[:size] for size in range(8)] + [bytes(range(256)), b"\xfb\xff\xfe" * 9]
    written, read, numbers = scripts.run(
        """
        return [
          given.hexes.map((one) => Bytes.written(Bytes.ofHex(one))),
          given.written.map((one) => Bytes.hex(Bytes.read(one))),
          given.numbers.map((one) => Bytes.hex(Bytes.big(one, 4))),
        ];
        """,
        hexes=[one.hex() for one in some],
        written=[text(one) for one in some],
        numbers=[0, 1, 255, 256, 65_537, (1 << 31) - 1, 1 << 31, (1 << 32) - 1],
    )
    assert (written, read) == ([text(one) for one in some], [one.hex() for one in some])
    assert numbers == [f"{one:08x}" for one in (0, 1, 255, 256, 65_537, (1 << 31) - 1, 1 << 31, (1 << 32) - 1)]


def test_the_scripts_know_where_a_browser_cannot_seal(scripts: Scripts) -> None:
    assert scripts.run("return Hpke.isHere;") is True
    for without in ("const window = {};", "const window = { crypto: {} };"):
        assert scripts.run("return Hpke.isHere;", before=without) is False
