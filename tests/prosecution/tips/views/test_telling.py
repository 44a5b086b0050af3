"""The public tells: what a browser without scripts sends, and what a script sealed."""

from __future__ import annotations

import time
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from palermo.people.idle import SEEN
from palermo.prosecution.tips.envelopes.bundle import LARGEST, File, Told
from palermo.prosecution.tips.envelopes.work import is_done
from palermo.prosecution.tips.models import Box, Channel, ContentKey, HourCount, Message, Tip
from palermo.prosecution.tips.queries import load
from palermo.prosecution.tips.reading import written
from tests.factories import UserFactory
from tests.prosecution.tips.telling import NOBODY, manned, sent

pytestmark = pytest.mark.django_db
CANARY = "canary-of-the-form-4471"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_without_a_desk_the_page_says_whom_to_call(client: Client, language: str) -> None:
    page = client.get(f"/{language}/tell/").content.decode()
    assert 'href="tel:911"' in page
    assert "<form method" not in page.split("<main", 1)[1].split("</main>", 1)[0]


def test_what_comes_in_the_clear_is_sealed_to_every_member_and_kept_in_no_other_way(client: Client) -> None:
    at = manned(members=2)
    file = SimpleUploadedFile("gate.jpg", b"picture " + CANARY.encode(), content_type="image/jpeg")
    said = {"what": CANARY, "where": "Halifax", "danger": "yes", "contact": "no", "name": "not asked", "files": file}
    page = client.post("/en/tell/", said)
    assert page.status_code == 200
    expected = Told(
        {"what": CANARY, "where": "Halifax", "danger": "yes"}, (File("gate.jpg", "image/jpeg", file_bytes(file)),)
    )
    assert [at.read(key) for key in at.desk.keys.all()] == [[expected], [expected]]
    assert Tip.objects.get().channel == Channel.SERVER
    assert CANARY not in page.content.decode()
    assert not Box.objects.exists()
    assert CANARY.encode() not in everything_stored()


def file_bytes(file: SimpleUploadedFile) -> bytes:
    file.seek(0)
    return bytes(file.read())


def everything_stored() -> bytes:
    """All values of all tables, as the database has them."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of our tables
            found += [bytes(one) if isinstance(one, memoryview | bytes) else str(one).encode()
                      for row in cursor.fetchall() for one in row]  # fmt: skip
    return b"\n".join(found)


@pytest.mark.parametrize(
    ("contact", "name"), [("name", "Ada, 902-555-0101"), ("box", ""), ("no", ""), ("nonsense", "")]
)
def test_a_name_is_told_only_by_who_chose_to(client: Client, contact: str, name: str) -> None:
    at = manned()
    client.post("/en/tell/", {"what": "x", "contact": contact, "name": "Ada, 902-555-0101"})
    [told] = at.read(at.desk.keys.get())
    assert told.texts.get("name", "") == name
    assert Box.objects.exists() == (contact == "box")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "You have not written anything yet."),
        ({"what": "   ", "danger": "yes", "contact": "name", "name": "Ada"}, "You have not written anything yet."),
        ({"what": "a" * 20_001, "where": "here"}, "This answer is too long."),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_lost(client: Client, said: dict[str, str], words: str) -> None:
    manned()
    page = client.post("/en/tell/", said)
    assert page.status_code == 400
    text = page.content.decode()
    assert words in text.split("<form", 1)[0]
    for name in ("what", "where", "name"):
        assert said.get(name, "").strip() in text
    assert not Tip.objects.exists()


def test_line_breaks_count_once_and_come_as_they_were_written(client: Client) -> None:
    at = manned()
    client.post("/en/tell/", {"what": "\r\n".join(["a" * 9_999, "b" * 10_000])})
    [told] = at.read(at.desk.keys.get())
    assert told.texts["what"] == "a" * 9_999 + "\n" + "b" * 10_000


def test_files_that_are_too_large_are_refused_and_the_words_stay(client: Client) -> None:
    manned()
    page = client.post("/en/tell/", {"what": "kept words", "files": SimpleUploadedFile("a.bin", bytes(LARGEST + 100))})
    assert page.status_code == 400
    assert "kept words" in page.content.decode()
    assert "This is too large." in page.content.decode().split("<form", 1)[0]
    assert not Tip.objects.exists()


def test_nothing_that_comes_in_the_clear_touches_the_disk(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    at = manned()

    def refused(*_said: object, **_more: object) -> None:
        raise AssertionError("something was written to a file")

    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", refused)
    with pytest.raises(AssertionError, match="written to a file"):
        TemporaryUploadedFile("a.bin", "", 1, None)
    files = [SimpleUploadedFile(f"{number}.bin", bytes(3_000_000)) for number in range(3)]
    assert client.post("/en/tell/", {"what": CANARY, "files": files}).status_code == 200
    [told] = at.read(at.desk.keys.get())
    assert [len(one.content) for one in told.files] == [3_000_000] * 3


def test_who_is_signed_in_leaves_no_trace_of_telling(client: Client) -> None:
    """The session of a member of the staff would note when it was used, and one that is idle reads what is sent."""
    at = manned()
    user = UserFactory.create()
    client.force_login(user)
    session = client.session
    session[SEEN] = time.time() - 100_000
    session.save()
    page = client.post("/en/tell/", {"what": CANARY, "files": SimpleUploadedFile("a.bin", bytes(3_000_000))})
    assert page.status_code == 200
    assert len(at.read(at.desk.keys.get())) == 1
    assert client.session[SEEN] == session[SEEN]
    assert user.name not in page.content.decode()


def test_more_than_twenty_files_come_too(client: Client) -> None:
    at = manned()
    files = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(30)]
    client.post("/en/tell/", {"files": files})
    [told] = at.read(at.desk.keys.get())
    assert len(told.files) == 30


# -- Sealed by a script ----------------------------------------------------------------------------


def test_what_a_script_sealed_is_kept_as_it_is(client: Client) -> None:
    at = manned(members=2)
    told = Told({"what": CANARY}, (File("a.txt", "text/plain", b"abc"),))
    assert client.post("/fr/tell/sealed/", sent(at, told, language="fr")).json() == {"taken": True}
    assert [at.read(key) for key in at.desk.keys.all()] == [[told], [told]]
    tip = Tip.objects.get()
    assert (tip.channel, tip.language, tip.hour) == (Channel.BROWSER, "fr", load.this_hour())


def test_what_is_sent_twice_is_kept_once(client: Client) -> None:
    at, message = manned(), uuid4()
    body = sent(at, Told({"what": "x"}), named=message)
    assert client.post("/en/tell/sealed/", body).status_code == 200
    body["bundle"].seek(0)  # type: ignore[attr-defined]
    assert client.post("/en/tell/sealed/", body).status_code == 200
    assert Message.objects.count() == Tip.objects.count() == 1
    other = client.post("/en/tell/sealed/", sent(at, Told({"what": "y"}), named=message))
    assert (other.status_code, other.json()["why"]) == (409, "failed")
    assert at.read(at.desk.keys.get()) == [Told({"what": "x"})]


def test_a_member_who_was_confirmed_meanwhile_reads_it_too(client: Client) -> None:
    at = manned()
    body = sent(at, Told({"what": "x"}))
    at.join()
    answer = client.post("/en/tell/sealed/", body)
    assert (answer.status_code, answer.json()["why"], len(answer.json()["readers"])) == (409, "again", 2)
    assert client.post("/en/tell/sealed/", sent(at, Told({"what": "x"}))).status_code == 200
    assert [len(at.read(key)) for key in at.desk.keys.all()] == [1, 1]


def test_a_desk_that_everybody_left_takes_nothing(client: Client) -> None:
    at = manned()
    at.desk.keys.get().user.memberships.update(to_date=date.today() - timedelta(days=1))
    page = client.get("/en/tell/").content.decode()
    assert "Nobody can receive tips here yet" in page
    assert client.post("/en/tell/sealed/", sent(at, Told({"what": "x"}))).status_code == 404


def test_who_sealed_to_the_members_of_yesterday_is_told_those_of_today(client: Client) -> None:
    at = manned()
    body = sent(at, Told({"what": "x"}))
    gone = at.desk.keys.get()
    gone.retired_at = gone.made_at
    gone.save()
    new = at.join()
    answer = client.post("/en/tell/sealed/", body)
    assert (answer.status_code, answer.json()["why"]) == (409, "again")
    assert [one["id"] for one in answer.json()["readers"]] == [str(new.pk)]
    assert not Tip.objects.exists()


@pytest.mark.parametrize("late", [-1, 2, 400_000])
def test_another_hour_has_to_be_sealed_again(client: Client, late: int) -> None:
    at = manned()
    answer = client.post("/en/tell/sealed/", sent(at, Told({"what": "x"}), hour=hour() - late))
    assert (answer.status_code, answer.json()["why"]) == (409, "again")
    assert client.post("/en/tell/sealed/", sent(at, Told({"what": "x"}), hour=hour() - 1)).status_code == 200


def hour() -> int:
    return load.number_of(load.this_hour())


def test_under_load_work_is_asked_for_and_tips_go_on_arriving(client: Client) -> None:
    at, message = manned(), uuid4()
    HourCount.objects.create(hour=load.this_hour(), what=load.TOLD, count=load.CALM * 2)
    bits = load.bits_asked(NOBODY)
    assert bits == load.FIRST_BITS + 1
    lazy = next(one for one in range(100) if not is_done(message, hour(), bits, one))
    answer = client.post("/en/tell/sealed/", sent(at, Told({"what": "x"}), named=message, answer=lazy))
    assert (answer.status_code, answer.json()["why"], answer.json()["bits"]) == (409, "again", bits)
    done = next(one for one in range(10_000) if is_done(message, hour(), bits, one))
    body = sent(at, Told({"what": "x"}), named=message, answer=done)
    assert client.post("/en/tell/sealed/", body).json() == {"taken": True}


def test_a_flood_in_the_clear_ends_at_a_ceiling_and_sealed_tips_go_on(client: Client) -> None:
    at = manned()
    HourCount.objects.create(hour=load.this_hour(), what=load.TOLD_PLAIN, count=load.MOST_PLAIN)
    page = client.post("/en/tell/", {"what": "kept words"})
    assert page.status_code == 429
    assert "Too much is coming in" in page.content.decode()
    assert "kept words" in page.content.decode()
    assert client.post("/en/tell/sealed/", sent(at, Told({"what": "x"}))).status_code == 200


def test_the_work_that_is_asked_for_doubles_with_the_load() -> None:
    asked = []
    for count in (0, 99, 100, 199, 200, 400, 800, 10_000_000):
        HourCount.objects.update_or_create(hour=load.this_hour(), what=load.TOLD, defaults={"count": count})
        asked.append(load.bits_asked(NOBODY))
    assert asked == [0, 0, 4, 4, 5, 6, 7, 12]


@pytest.mark.parametrize(
    "changed",
    [
        {"message": "x"},
        {"message": None},
        {"keys": {}},
        {"keys": []},
        {"keys": {"x": "y"}},
        {"keys": {str(uuid4()): written(bytes(112))}},
        {"keys": {str(uuid4()): "*" * 151}},
        {"box": []},
        {"box": {"locator_sha256": "A" * 64, "point": "", "locked": ""}},
        {"box": {"locator_sha256": "a" * 64, "point": written(b"\4" + bytes(64)), "locked": written(bytes(100))}},
        {"hour": "1"},
        {"hour": True},
        {"hour": -1},
        {"answer": 1 << 32},
        {"answer": 0.5},
    ],
)
def test_what_no_script_of_ours_sends_is_refused(client: Client, changed: dict[str, object]) -> None:
    body = sent(manned(), Told({"what": "x"}), **changed)  # type: ignore[arg-type]
    answer = client.post("/en/tell/sealed/", body)
    assert (answer.status_code, answer.json()["why"]) == (400, "failed")
    assert not Tip.objects.exists()


@pytest.mark.parametrize("envelope", ["", "[]", "{", "null", "[" * 100_000, '{"a": "' + "a" * 100_001 + '"}'])
def test_an_envelope_that_is_none_is_refused(client: Client, envelope: str) -> None:
    body = sent(manned(), Told({"what": "x"})) | {"envelope": envelope}
    assert client.post("/en/tell/sealed/", body).status_code == 400


def test_a_bundle_that_is_too_small_or_too_large_is_refused(client: Client) -> None:
    at = manned()
    for size, status in ((0, 400), (4_000, 400), (LARGEST + 1_000, 413)):
        body = sent(at, Told({"what": "x"})) | {"bundle": SimpleUploadedFile("bundle", bytes(size))}
        assert client.post("/en/tell/sealed/", body).status_code == status
    assert not Message.objects.exists()


def test_a_tip_takes_as_many_queries_with_one_member_as_with_twenty(client: Client) -> None:
    at, counts = manned(), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.post("/en/tell/sealed/", sent(at, Told({"what": "x"}))).status_code == 200
        counts.append(len(queries))
        for _member in range(19):
            at.join()
    assert counts[0] >= counts[1] > 0
    assert ContentKey.objects.count() == 21
