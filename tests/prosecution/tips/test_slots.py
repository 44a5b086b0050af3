"""The key of a tip stays as long as the tip, and is then nowhere any more."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection
from pytest_django import Settings

from palermo.prosecution.tips import slots
from palermo.prosecution.tips.models import Slot
from palermo.prosecution.tips.slots import KEY_BYTES, SLOT_BYTES, DestroyedError

CONTENT = b"the key of a message for one reader"


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path) -> Path:
    """A folder of data that holds more than the keys."""
    settings.DATA, settings.SECRET_KEY = tmp_path, "the secret of the site"
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "other").write_bytes(b"something else")
    return tmp_path


def kept(slot: int) -> bytes:
    """What stands in the file at the place of a slot."""
    return slots.path().read_bytes()[slot * SLOT_BYTES :][:SLOT_BYTES]


def everything(data: Path) -> Iterator[bytes]:
    """What is in any file of the folder of data, and what the files are called."""
    for path in data.rglob("*"):
        yield str(path).encode()
        if path.is_file():
            yield path.read_bytes()


def is_destroyed(slot: int) -> bool:
    try:
        slots.key_of(slot)
    except DestroyedError:
        return True
    return False


def test_a_key_is_kept() -> None:
    made = slots.make(3)
    assert len(made) == KEY_BYTES
    assert slots.key_of(3) == made
    assert slots.opened(slots.key_of(3), slots.seal(made, CONTENT)) == CONTENT


def test_no_key_is_made_twice() -> None:
    assert len({slots.make(slot) for slot in range(1, 21)}) == 20


def test_a_key_does_not_lie_open_on_the_disk(data: Path) -> None:
    made = slots.make(1)
    assert not [True for content in everything(data) if made in content]
    assert len(kept(1)) == SLOT_BYTES


def test_only_the_site_may_read_the_file() -> None:
    before = os.umask(0)
    try:
        slots.make(1)
    finally:
        os.umask(before)
    assert stat.S_IMODE(slots.path().stat().st_mode) == 0o600


def test_a_key_that_is_destroyed_is_nowhere_any_more(data: Path) -> None:
    key = slots.make(2)
    wrapped = kept(2)
    assert [True for content in everything(data) if wrapped in content]
    slots.destroy(2)
    for piece in (wrapped, wrapped[:8], wrapped[16:24], wrapped[-8:], key, key[:8]):
        assert not [True for content in everything(data) if piece in content]
    assert is_destroyed(2)


def test_keys_and_their_end_are_on_the_disk_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    on_disk: list[bytes] = []
    really = os.fsync

    def fsync(descriptor: int) -> None:
        really(descriptor)
        on_disk.append(kept(1))

    monkeypatch.setattr(os, "fsync", fsync)
    slots.make(1)
    wrapped = kept(1)
    slots.destroy(1)
    # Before them, the name of the file itself.
    assert on_disk == [b"", wrapped, bytes(SLOT_BYTES)]
    assert wrapped != bytes(SLOT_BYTES)


def test_what_was_sealed_under_a_destroyed_key_does_not_open() -> None:
    sealed = slots.seal(slots.make(1), CONTENT)
    slots.destroy(1)
    with pytest.raises(DestroyedError):
        slots.key_of(1)
    # Not even where the number of the slot is given once more.
    with pytest.raises(DestroyedError):
        slots.opened(slots.make(1), sealed)


def test_slots_do_not_disturb_each_other() -> None:
    # The last first, so that places are left free before it.
    keys = {slot: slots.make(slot) for slot in (1_000, 1, 2, 3, 999)}
    assert slots.path().stat().st_size == 1_001 * SLOT_BYTES
    slots.destroy(2)
    slots.destroy(1_000)
    keys[4] = slots.make(4)
    assert {slot for slot in keys if is_destroyed(slot)} == {2, 1_000}
    assert [slots.key_of(slot) for slot in (1, 3, 4, 999)] == [keys[slot] for slot in (1, 3, 4, 999)]


def test_slots_are_made_at_once_without_loss() -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = dict(zip(range(1, 65), pool.map(slots.make, range(1, 65)), strict=True))
    assert {slot: slots.key_of(slot) for slot in keys} == keys


def test_to_destroy_again_or_what_never_was_changes_nothing() -> None:
    slots.destroy(1)
    assert not slots.path().exists()
    key = slots.make(1)
    for slot in (2, 2, 7):
        slots.destroy(slot)
    assert slots.key_of(1) == key
    assert is_destroyed(2)
    assert is_destroyed(7)


@pytest.mark.parametrize("slot", [1, 2, 4, 10_000])
def test_a_slot_without_a_key_has_none(slot: int) -> None:
    assert is_destroyed(slot)
    slots.make(3)
    assert is_destroyed(slot)


def test_a_site_with_another_secret_opens_nothing(settings: Settings) -> None:
    key = slots.make(1)
    settings.SECRET_KEY = "the secret of another site"
    assert is_destroyed(1)
    settings.SECRET_KEY = "the secret of the site"
    assert slots.key_of(1) == key


def test_a_key_does_not_open_from_another_file(data: Path, settings: Settings, tmp_path: Path) -> None:
    slots.make(1)
    settings.DATA = tmp_path / "files"
    assert is_destroyed(1)


def test_a_file_that_was_cut_or_changed_gives_no_key() -> None:
    slots.make(1)
    whole = slots.path().read_bytes()
    for size in range(SLOT_BYTES, len(whole)):
        slots.path().write_bytes(whole[:size])
        assert is_destroyed(1)
    for at in range(SLOT_BYTES, len(whole)):
        slots.path().write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert is_destroyed(1)


def test_what_is_sealed_opens_whole_or_not_at_all() -> None:
    key = slots.make(1)
    sealed = slots.seal(key, CONTENT)
    wrong = [sealed[:size] for size in range(8, len(sealed))]
    wrong += [sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in range(len(sealed))]
    for some in wrong:
        with pytest.raises(DestroyedError):
            slots.opened(key, some)


def test_what_is_sealed_is_written_as_the_format_says() -> None:
    key = slots.make(1)
    sealed = slots.seal(key, CONTENT)
    assert AESGCM(key).decrypt(sealed[:12], sealed[12:], None) == CONTENT
    assert sealed != slots.seal(key, CONTENT)


def test_a_place_is_destroyed_only_where_zeros_lie(data: Path, settings: Settings) -> None:
    assert not slots.is_destroyed(3)
    slots.make(3)
    slots.make(4)
    assert not slots.is_destroyed(3)
    settings.SECRET_KEY = "another secret"
    with pytest.raises(DestroyedError):
        slots.key_of(3)
    assert not slots.is_destroyed(3)
    slots.destroy(3)
    assert slots.is_destroyed(3)
    assert not slots.is_destroyed(4)
    # Beyond the end of the file nothing was ever overwritten.
    assert not slots.is_destroyed(5)
    with slots.path().open("r+b") as file:
        file.truncate(4 * SLOT_BYTES - 1)
    assert not slots.is_destroyed(3)


@pytest.mark.django_db(transaction=True)
def test_the_place_of_an_erased_tip_is_never_used_again() -> None:
    """Neither engine gives a number twice, even where the rows with the largest ones were deleted and it was closed."""
    numbers = [Slot.objects.create().pk for _ in range(3)]
    Slot.objects.all().delete()
    connection.close()
    assert Slot.objects.create().pk > max(numbers)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [Slot._meta.db_table])
            assert "AUTOINCREMENT" in cursor.fetchone()[0]
