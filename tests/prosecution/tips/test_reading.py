"""What a browser sends is read whole or refused, and what is not sealed yet is never written to a file."""

from __future__ import annotations

import base64
import json
import tempfile
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory
from hypothesis import example, given
from hypothesis import strategies as st
from pytest_django import Settings

from palermo.prosecution.tips import reading
from palermo.prosecution.tips.envelopes.sealing import WRAPPED_BYTES, new_private_key, point_of
from palermo.prosecution.tips.reading import LONGEST_ENVELOPE, KeptInMemory, UnreadableError

T = TypeVar("T")
MEGABYTE = 1024 * 1024
POINT = point_of(new_private_key().public_key())
BOX: dict[str, object] = {
    "locator_sha256": "0a" * 32,
    "point": reading.written(POINT),
    "locked": reading.written(b"locked" * 20),
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.text("=-_+/ AZaz09", max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
BASE64 = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", max_size=12)


def read(reader: Callable[[Any], T], said: object) -> T | None:
    """What is read; nothing where it is refused. Any other error is one of the test."""
    try:
        return reader(said)
    except UnreadableError:
        return None


# -- Texts -----------------------------------------------------------------------------------------


@given(st.dictionaries(st.text(), ANYTHING.filter(lambda said: said == said)))
def test_an_object_is_read_as_it_was_written(said: dict[str, object]) -> None:
    written = json.dumps(said)
    if "NaN" not in written:
        assert read(reading.json_of, written) == read(reading.json_of, written.encode()) == said


@given(st.text() | st.binary() | ANYTHING.map(json.dumps))
@example("[" * 50_000)
@example('{"a":' * 16_000)
@example('{"a": ' + "9" * 5_000 + "}")
@example(b"\xff\xfe{\0}\0")
@example("{} {}")
@example("")
def test_any_text_is_an_object_or_refused(written: str | bytes) -> None:
    said = read(reading.json_of, written)
    assert said is None or isinstance(said, dict)


def test_an_object_may_be_so_long_and_no_longer() -> None:
    longest = "{}".ljust(LONGEST_ENVELOPE)
    assert read(reading.json_of, longest) == {}
    assert read(reading.json_of, longest + " ") is None


@pytest.mark.parametrize("written", ["[]", "null", "1", '"{}"', "true", "{", "{'a': 1}"])
def test_what_is_no_object_is_refused(written: str) -> None:
    assert read(reading.json_of, written) is None


# -- Bytes, ids and numbers ------------------------------------------------------------------------


@given(st.binary())
def test_bytes_are_read_as_they_were_written(content: bytes) -> None:
    written = reading.written(content)
    assert written == base64.urlsafe_b64encode(content).decode().replace("=", "")
    assert reading.bytes_of(written) == reading.bytes_of(written, len(content)) == content
    assert read(lambda text: reading.bytes_of(text, len(content) + 1), written) is None


@given(ANYTHING | BASE64)
@example("A")
@example("AA===")
@example("=")
@example("é")
@example("A A")
@example("AA\n")
@example("\ud83d")
def test_anything_is_bytes_or_refused(said: object) -> None:
    found = read(reading.bytes_of, said)
    assert found is None or (isinstance(said, str) and len(found) == len(said.rstrip("=")) * 3 // 4)


@given(st.uuids())
def test_an_id_is_read_as_it_was_written(known: UUID) -> None:
    assert reading.id_of(str(known)) == known
    assert read(reading.id_of, known.hex) is None
    assert read(reading.id_of, known) is None


@given(ANYTHING | st.text("0123456789abcdef-", min_size=36, max_size=36) | st.text(min_size=36, max_size=36))
@example("g" * 36)
@example("-" * 36)
@example("\ud83d" * 36)
def test_anything_is_an_id_or_refused(said: object) -> None:
    found = read(reading.id_of, said)
    assert found is None or (isinstance(found, UUID) and isinstance(said, str) and len(said) == 36)


@given(ANYTHING, st.integers(0, 1 << 32))
@example(True, 5)
@example(-1, 5)
@example(5.0, 5)
@example(6, 5)
def test_anything_is_a_number_within_its_bounds_or_refused(said: object, most: int) -> None:
    found = read(lambda one: reading.number_of(one, most), said)
    assert (found is not None) == (type(said) is int and 0 <= said <= most)
    assert found is None or found == said


# -- Keys and boxes --------------------------------------------------------------------------------


def test_a_point_is_read_as_it_was_written() -> None:
    assert reading.point_of(reading.written(POINT)) == POINT


@given(ANYTHING | st.binary(min_size=64, max_size=66).map(reading.written))
@example(reading.written(b"\4" + bytes(64)))
@example(reading.written(bytes(65)))
@example(reading.written(POINT[:33]))
@example(reading.written(POINT[:-1] + bytes([POINT[-1] ^ 1])))
def test_anything_else_is_no_point(said: object) -> None:
    assert read(reading.point_of, said) is None


def test_a_box_is_read_as_it_was_written() -> None:
    box = reading.box_of(BOX)
    assert box is not None
    assert (box.locator_sha256, box.point, box.locked) == ("0a" * 32, POINT, b"locked" * 20)
    assert reading.box_of(None) is None


WRONG: list[tuple[str, object]] = [
    *(("locator_sha256", said) for said in (None, 7, "", "0a" * 31, "0a" * 33, "0A" * 32, "0a" * 32 + "\n", "é" * 64)),
    *(("point", said) for said in (None, 7, "", "AAAA", reading.written(bytes(65)))),
    *(("locked", said) for said in (None, 7, "", "=", reading.written(bytes(12)), reading.written(bytes(513)))),
]


@pytest.mark.parametrize(("name", "said"), WRONG)
def test_a_box_with_something_wrong_is_refused(name: str, said: object) -> None:
    with pytest.raises(UnreadableError):
        reading.box_of(BOX | {name: said})
    with pytest.raises(UnreadableError):
        reading.box_of({other: BOX[other] for other in BOX if other != name})


@given(ANYTHING.filter(lambda said: said is not None) | st.fixed_dictionaries(dict.fromkeys(BOX, ANYTHING)))
def test_anything_else_is_no_box(said: object) -> None:
    with pytest.raises(UnreadableError):
        reading.box_of(said)


# -- Envelopes -------------------------------------------------------------------------------------

READER, MESSAGE = "7b0c1f5e-2f44-4d0e-8f5e-0c6f1f5e2f44", "0c6f1f5e-2f44-4d0e-8f5e-7b0c1f5e2f44"
ENVELOPE: dict[str, object] = {
    "message": MESSAGE, "keys": {READER: reading.written(bytes(WRAPPED_BYTES))}, "hour": 5,
}  # fmt: skip
SMALLEST = 4096 + 28


def sent(envelope: object, bundle: bytes | None) -> HttpRequest:
    files = {} if bundle is None else {"bundle": SimpleUploadedFile("bundle", bundle)}
    return RequestFactory().post("/", {"envelope": json.dumps(envelope), **files})


def test_an_envelope_is_read_as_it_was_written() -> None:
    said, arriving = reading.envelope_of(sent(ENVELOPE, bytes(SMALLEST)))
    assert said == ENVELOPE
    assert (arriving.message, arriving.bundle) == (UUID(MESSAGE), bytes(SMALLEST))
    assert arriving.keys == {UUID(READER): bytes(WRAPPED_BYTES)}


def test_an_envelope_with_something_wrong_is_refused() -> None:
    key = reading.written(bytes(WRAPPED_BYTES))
    many = {str(UUID(int=number)): key for number in range(reading.MOST_KEYS + 1)}
    keys: tuple[object, ...] = (
        None,
        [],
        {},
        {"x": key},
        {READER: reading.written(bytes(WRAPPED_BYTES - 1))},
        {READER: None},
        many,
    )
    wrong = [({**ENVELOPE, "keys": said}, bytes(SMALLEST)) for said in keys]
    wrong += [({**ENVELOPE, "message": said}, bytes(SMALLEST)) for said in (None, "", 5, MESSAGE + "0")]
    for envelope, bundle in [*wrong, (ENVELOPE, None), (ENVELOPE, b""), (ENVELOPE, bytes(SMALLEST - 1))]:
        with pytest.raises(UnreadableError):
            reading.envelope_of(sent(envelope, bundle))


# -- What is uploaded ------------------------------------------------------------------------------


@pytest.fixture
def nowhere(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Temporary files have a folder that is not there: whatever would write one, even for a moment, fails."""
    folder = tmp_path / "nowhere"
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    settings.FILE_UPLOAD_TEMP_DIR = str(folder)
    return folder


def upload(*contents: bytes) -> HttpRequest:
    files = [SimpleUploadedFile(f"{at}.bin", content, "image/png") for at, content in enumerate(contents)]
    return RequestFactory().post("/", {"what": "seen", "files": files})


def test_a_large_file_would_be_written_if_it_were_not_held(nowhere: Path) -> None:
    with pytest.raises(FileNotFoundError):
        upload(bytes(5 * MEGABYTE)).FILES.getlist("files")


def test_what_is_uploaded_is_held_in_memory(nowhere: Path) -> None:
    contents = [bytes([1]) * 5 * MEGABYTE, b"", b"a little", bytes([2]) * 3 * MEGABYTE]
    request = upload(*contents)
    handler = reading.hold_in_memory(request)
    files = request.FILES.getlist("files")
    assert [file.read() for file in files] == contents
    assert [(file.name, file.content_type, file.size) for file in files[::3]] == [
        ("0.bin", "image/png", 5 * MEGABYTE), ("3.bin", "image/png", 3 * MEGABYTE),
    ]  # fmt: skip
    assert request.POST["what"] == "seen"
    assert not handler.is_too_large
    assert not nowhere.exists()


def test_more_than_may_come_is_forgotten(nowhere: Path) -> None:
    request = upload(bytes(13 * MEGABYTE))
    handler = reading.hold_in_memory(request)
    assert request.FILES.getlist("files") == []
    assert handler.is_too_large
    assert not nowhere.exists()


def test_files_that_are_too_large_together_are_too_large(nowhere: Path) -> None:
    request = upload(bytes(7 * MEGABYTE), bytes(7 * MEGABYTE), b"a little")
    handler = reading.hold_in_memory(request)
    assert len(request.FILES.getlist("files")) < 2
    assert handler.is_too_large


def test_as_much_as_may_come_is_held_and_no_byte_more() -> None:
    for size, is_held in ((1_000, True), (1_001, False)):
        request = upload(bytes(size))
        handler = KeptInMemory(request, most=1_000)
        request.upload_handlers = [handler]
        assert [file.size for file in request.FILES.getlist("files")] == ([size] if is_held else [])
        assert handler.is_too_large is not is_held


def test_what_was_held_before_it_was_too_much_is_let_go() -> None:
    handler = KeptInMemory(most=100)
    handler.new_file("files", "a.bin", "image/png", None)
    handler.receive_data_chunk(bytes(60), 0)
    assert handler.file_complete(60) is not None
    handler.receive_data_chunk(bytes(60), 60)
    assert handler.file_complete(120) is None


def test_a_text_that_is_not_uploaded_is_read_as_ever(nowhere: Path) -> None:
    body = urllib.parse.urlencode({"what": "seen"})
    request = RequestFactory().post("/", body, content_type="application/x-www-form-urlencoded")
    handler = reading.hold_in_memory(request)
    assert (request.POST["what"], len(request.FILES), handler.is_too_large) == ("seen", 0, False)
