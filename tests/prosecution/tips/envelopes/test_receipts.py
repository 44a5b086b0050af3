"""Receipts cannot be guessed, are read however somebody writes them, and open their own box and no other."""

from __future__ import annotations

import hmac
import json
import math
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import pbkdf2_hmac, sha256
from importlib.resources import files

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, EllipticCurvePrivateKey, generate_private_key
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.prosecution.tips.envelopes import receipts
from palermo.prosecution.tips.envelopes.receipts import (
    WORDS,
    BoxKeys,
    ReceiptError,
    box_keys,
    lock,
    new_receipt,
    unlock,
    word_list,
)
from palermo.prosecution.tips.envelopes.sealing import OpeningError, new_private_key

LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])
ENGLISH = "ability canyon tunnel zebra orbit maple river velvet"
FRENCH = "éclair abeille zèbre sérieux bateau légume rivière météore"
ACCENTS = "̧́̀̂̈̃̊"
BETWEEN = st.text(" \t\n,.;:-–—0123456789'’   ", min_size=1, max_size=3)


@contextmanager
def one_round() -> Iterator[None]:
    """One round of PBKDF2 instead of many, where it is not the rounds that are tested."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(receipts, "ROUNDS", 1)
        yield


@pytest.fixture
def quick() -> Iterator[None]:
    with one_round():
        yield


def every_word(name: str) -> list[str]:
    text = files("mnemonic").joinpath("wordlist", f"{name}.txt").read_text(encoding="utf-8")
    return unicodedata.normalize("NFC", text).split()


def plain(word: str) -> str:
    """A word without accents."""
    return unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode()


def opens(locked: bytes, keys: BoxKeys) -> bool:
    try:
        unlock(locked, keys)
    except OpeningError:
        return False
    return True


# -- The words -------------------------------------------------------------------------------------


@LANGUAGES
def test_a_receipt_is_too_long_to_be_guessed(language: str) -> None:
    assert WORDS * math.log2(len(set(word_list(language)))) >= 80


@LANGUAGES
def test_four_letters_tell_the_words_of_a_list_apart(language: str) -> None:
    words = [plain(word) for word in word_list(language)]
    assert len({word[:4] for word in words}) == len(words)
    assert [word for word in words if not re.fullmatch("[a-z]{3,}", word)] == []


def test_every_word_that_is_left_out_stands_in_its_list() -> None:
    data = files("palermo.prosecution.tips").joinpath("data", "words_left_out.json").read_text(encoding="utf-8")
    for name, left_out in json.loads(data).items():
        every = every_word(name)
        assert [word for word in left_out if word not in every] == []
        language = {"english": "en", "french": "fr"}[name]
        assert [word for word in every if word not in left_out] == list(word_list(language))


def test_another_language_gets_english_words() -> None:
    assert word_list("vi") == word_list("en") != word_list("fr")


@LANGUAGES
def test_receipts_are_made_of_words_of_the_list(language: str) -> None:
    drawn = [new_receipt(language).split(" ") for _ in range(200)]
    assert {len(words) for words in drawn} == {WORDS}
    assert {word for words in drawn for word in words} <= set(word_list(language))
    # 1,600 draws of some 1,900 words show about 1,080 of them; a draw of a part of the list would show fewer.
    assert len({word for words in drawn for word in words}) > 950


# -- What they are turned into ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("receipt", "counted"),
    [(ENGLISH, "abil cany tunn zebr orbi mapl rive velv"), (FRENCH, "ecla abei zebr seri bate legu rivi mete")],
)
def test_keys_are_made_as_the_format_says(receipt: str, counted: str) -> None:
    master = pbkdf2_hmac("sha256", counted.encode("ascii"), b"palermo tip receipt v1", 100_000, 32)
    keys = box_keys(receipt)
    # The first block of HKDF-Expand (RFC 5869, 2.3).
    assert keys.locator == hmac.digest(master, b"locator\x01", "sha256")
    assert keys.opening == hmac.digest(master, b"private key\x01", "sha256")
    assert keys.locator_sha256 == sha256(keys.locator).hexdigest()


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "written",
    [
        "eclair abeille zebre serieux bateau legume riviere meteore",
        unicodedata.normalize("NFD", FRENCH),
        FRENCH.upper(),
        "  Éclair,\tabeille.\n\nZèbre sérieux – bateau légume   rivière météore \n",
        "1. éclair 2. abeille 3. zèbre 4. sérieux 5. bateau 6. légume 7. rivière 8. météore",
        "ecla abei zebr seri bate legu rivi mete",
        "éclairage abeilles zèbres sérieuse bateaux légumes rivières météorite",
        "éclaxxxx abeix zebrq serioux batesu legumr rivierre meteor",
        FRENCH + " " * 3_000 + "more",
    ],
)
def test_it_does_not_matter_how_a_receipt_is_written(written: str) -> None:
    assert box_keys(written) == box_keys(FRENCH)


@settings(max_examples=30)
@given(st.data())
def test_accents_capitals_tails_and_what_stands_between_do_not_matter(data: st.DataObject) -> None:
    words = [data.draw(st.sampled_from(word_list("en") + word_list("fr"))) for _ in range(WORDS)]
    written = data.draw(st.just("") | BETWEEN)
    for word in words:
        signs = [sign + data.draw(st.text(ACCENTS, max_size=2)) for sign in plain(word)]
        signs = [data.draw(st.sampled_from([sign.upper(), sign])) for sign in signs]
        tail = data.draw(st.from_regex("[a-zA-Z]{0,3}", fullmatch=True)) if len(signs) >= 4 else ""
        written += "".join(signs) + tail + data.draw(BETWEEN)
    with one_round():
        assert box_keys(written) == box_keys(" ".join(words))


@given(st.text() | st.text("ab é\ń️\ud83d", max_size=40))
def test_any_text_has_keys_or_is_refused(text: str) -> None:
    try:
        with one_round():
            keys = box_keys(text)
    except ReceiptError:
        return
    assert len(keys.locator) == len(keys.opening) == 32
    assert keys.locator != keys.opening


@pytest.mark.parametrize("text", ["", " ", "é" * 40, ENGLISH + " more", ENGLISH.rsplit(" ", 1)[0], "a " * 100_000])
def test_more_or_fewer_words_are_no_receipt(text: str) -> None:
    with pytest.raises(ReceiptError):
        box_keys(text)


@pytest.mark.usefixtures("quick")
def test_a_mark_that_does_not_combine_parts_no_word() -> None:
    # Two marks that stand upon a letter though Unicode gives them no class, as browsers see them too.
    assert box_keys(ENGLISH.replace("b", "b\ufe0f").replace("z", "z\u20dd")) == box_keys(ENGLISH)


# -- What they open --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def private() -> EllipticCurvePrivateKey:
    return new_private_key()


def test_a_receipt_opens_the_key_of_its_box(private: EllipticCurvePrivateKey) -> None:
    receipt = new_receipt("fr")
    locked = lock(private, box_keys(receipt))
    assert unlock(locked, box_keys(plain(receipt).upper())).private_numbers() == private.private_numbers()
    assert not opens(locked, box_keys(new_receipt("fr")))


@pytest.mark.usefixtures("quick")
def test_a_receipt_with_another_word_opens_nothing(private: EllipticCurvePrivateKey) -> None:
    words = ENGLISH.split()
    locked = lock(private, box_keys(ENGLISH))
    others = [" ".join([*words[:at], "ocean", *words[at + 1 :]]) for at in range(WORDS)]
    others += [" ".join(reversed(words)), " ".join([words[1], words[0], *words[2:]]), ENGLISH.replace("zeb", "zeg")]
    assert opens(locked, box_keys(ENGLISH))
    assert [receipt for receipt in others if opens(locked, box_keys(receipt))] == []
    assert len({box_keys(receipt).locator for receipt in (ENGLISH, *others)}) == len(others) + 1


@pytest.mark.usefixtures("quick")
def test_a_box_is_not_opened_by_what_it_is_found_by(private: EllipticCurvePrivateKey) -> None:
    keys = box_keys(ENGLISH)
    assert not opens(lock(private, keys), BoxKeys(keys.locator, keys.locator))


@pytest.mark.usefixtures("quick")
def test_a_key_of_a_box_that_was_cut_or_changed_does_not_open(private: EllipticCurvePrivateKey) -> None:
    keys = box_keys(ENGLISH)
    locked = lock(private, keys)
    assert len(locked) <= 512
    wrong = [locked[:at] for at in range(len(locked))] + [locked[at:] for at in range(1, len(locked))]
    wrong += [locked[:at] + bytes([locked[at] ^ 1]) + locked[at + 1 :] for at in range(len(locked))]
    assert [some for some in wrong if opens(some, keys)] == []


@pytest.mark.usefixtures("quick")
def test_a_key_on_another_curve_is_none_of_a_box() -> None:
    keys = box_keys(ENGLISH)
    assert not opens(lock(generate_private_key(SECP384R1()), keys), keys)
