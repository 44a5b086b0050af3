"""Tips under load: so many a second, some with a photograph, and a server that is killed in the middle.

    python benchmarks/tips.py [SECONDS [A_SECOND]]

Promised on two cores: 50 tips a second for five minutes, attachments of 1 MB among them; none lost, memory bounded, and
a `kill -9` in the middle loses only what was not acknowledged. Every tip is sealed to three members, as the script of
the form does it; one in ten has a megabyte with it. Who hears no answer sends the same tip again. No work is asked for
here (`envelopes.work`): it is done by whoever sends, and they would be the same two cores; how long it takes is
measured by itself. `BENCH_DATABASE_URL` names a server of PostgreSQL to measure on.
"""

from __future__ import annotations

import http.client
import json
import os
import queue
import secrets
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

ROOT = Path(__file__).resolve().parents[1]
PORT = 8177
MEMBERS = 3
ONE_IN = 10
LARGE = 1_000_000
"""Bytes of what one tip in `ONE_IN` has with it."""
SENDERS = 24
TRIES = 60


@dataclass
class Sent:
    """What became of the tips that were sent."""

    acknowledged: dict[UUID, float] = field(default_factory=dict)
    """Seconds that each took to be acknowledged, from the first try on."""
    again: int = 0
    given_up: list[UUID] = field(default_factory=list)


def main(seconds: int, a_second: int) -> None:
    sys.path.insert(0, str(ROOT))
    from benchmarks.fresh import a_house

    with a_house():
        keys = made()
        _work()
        server, sent, most = served(), Sent(), [0.0]
        watching = threading.Thread(target=watch, args=(lambda: server, most), daemon=True)
        watching.start()
        wanted: queue.Queue[int | None] = queue.Queue()
        senders = [threading.Thread(target=_send_all, args=(wanted, keys, sent)) for _ in range(SENDERS)]
        for one in senders:
            one.start()
        begun = time.perf_counter()
        for number in range(seconds * a_second):
            time.sleep(max(begun + number / a_second - time.perf_counter(), 0))
            if number == seconds * a_second // 2:
                os.killpg(server.pid, signal.SIGKILL)
                server = served()
            wanted.put(number)
        for _ in senders:
            wanted.put(None)
        for one in senders:
            one.join()
        took = time.perf_counter() - begun
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()
        _tell(sent, seconds * a_second, took, most[0])


def made() -> dict[str, bytes]:
    """A desk with its members; the point of each by the id of their key."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    from django.utils import timezone

    from palermo.people.models import Membership, Organisation, Role, User
    from palermo.prosecution.tips.envelopes.sealing import new_private_key, point_of
    from palermo.prosecution.tips.models import Desk, DeskKey

    desk = Desk.objects.create(code="desk", organisation=Organisation.objects.create(code="desk"), is_public=True)
    made = {}
    for number in range(MEMBERS):
        user = User.objects.create_user(f"member{number}@example.org", name=f"Member {number}")
        Membership.objects.create(user=user, organisation=desk.organisation, role=Role.DESK_MEMBER)
        private = new_private_key()
        point = point_of(private.public_key())
        key = DeskKey.objects.create(desk=desk, user=user, point=point, confirmed_by=user, confirmed_at=timezone.now())
        PRIVATE[str(key.pk)] = private
        made[str(key.pk)] = point
    return made


PRIVATE: dict[str, object] = {}
"""The private keys of the members, by the ids of their keys."""


def _work() -> None:
    from palermo.prosecution.tips.envelopes.work import is_done

    message, begun = uuid4(), time.perf_counter()
    tries = 300
    for one in range(tries):
        is_done(message, 1, 32, one)
    each = (time.perf_counter() - begun) / tries
    print(f"work: one try {each * 1000:.2f} ms here; 8 bits take 256 of them on average, {256 * each:.2f} s")


def served() -> subprocess.Popen[bytes]:
    """The server, once it answers."""
    web = [sys.executable, "-m", "gunicorn", "benchmarks.tips_server:application", "--bind", f"127.0.0.1:{PORT}"]
    web += ["--workers", "2", "--threads", "4", "--log-level", "error", "--no-control-socket"]
    server = subprocess.Popen(web, cwd=ROOT, start_new_session=True)
    while True:
        try:
            line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=2)
            line.request("GET", "/health")
            line.getresponse()
        except OSError:
            time.sleep(0.1)
        else:
            return server


def watch(server: object, most: list[float]) -> None:
    """Note the most memory that the processes of the server have had together, in MB."""
    while True:
        group = server().pid  # type: ignore[operator]
        found = subprocess.run(["ps", "-o", "rss=", "-g", str(group)], capture_output=True, text=True, check=False)
        most[0] = max(most[0], sum(map(int, found.stdout.split())) / 1024)
        time.sleep(0.5)


def _send_all(wanted: queue.Queue[int | None], keys: dict[str, bytes], sent: Sent) -> None:
    while (number := wanted.get()) is not None:
        message = uuid4()
        kind, body = _sealed(message, keys, LARGE if number % ONE_IN == 0 else 0)
        begun = time.perf_counter()
        for _ in range(TRIES):
            if _is_taken(kind, body):
                sent.acknowledged[message] = time.perf_counter() - begun
                break
            sent.again += 1
            time.sleep(0.5)
        else:
            sent.given_up.append(message)


def _sealed(message: UUID, keys: dict[str, bytes], extra: int) -> tuple[str, bytes]:
    """A tip as the form sends it: the type of the request, and its body."""
    from palermo.prosecution.tips.envelopes.bundle import File, Told, packed
    from palermo.prosecution.tips.envelopes.sealing import Author, Bound, seal
    from palermo.prosecution.tips.queries import load
    from palermo.prosecution.tips.reading import written

    files = (File("gate.jpg", "image/jpeg", secrets.token_bytes(extra)),) if extra else ()
    told = Told({"what": f"what was seen {message}"}, files)
    made = seal(packed(told), Bound(message, message, Author.REPORTER), list(keys.values()))
    envelope = {
        "message": str(message),
        "keys": {reader: written(key) for reader, key in zip(keys, made.keys, strict=True)},
        "box": None,
        "language": "en",
        "hour": load.number_of(load.this_hour()),
        "answer": 0,
    }
    between = secrets.token_hex(16)
    parts = [
        f'--{between}\r\nContent-Disposition: form-data; name="envelope"\r\n\r\n{json.dumps(envelope)}\r\n'.encode(),
        f'--{between}\r\nContent-Disposition: form-data; name="bundle"; filename="bundle"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode(),
        made.bundle,
        f"\r\n--{between}--\r\n".encode(),
    ]
    return f"multipart/form-data; boundary={between}", b"".join(parts)


def _is_taken(kind: str, body: bytes) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    try:
        line.request("POST", "/en/tell/sealed/", body, {"Content-Type": kind})
        answer = line.getresponse()
        return answer.status == 200 and json.loads(answer.read()) == {"taken": True}
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        line.close()


def _tell(sent: Sent, wanted: int, took: float, most: float) -> None:
    from django.db import connection

    from palermo.prosecution.tips.models import ContentKey, Message, Tip

    kept = set(Message.objects.values_list("pk", flat=True))
    lost = sent.acknowledged.keys() - kept
    times = sorted(sent.acknowledged.values())
    middle, late, last = times[len(times) // 2], times[int(len(times) * 0.95)], times[-1]
    print(f"{connection.vendor}: {wanted} tips in {took:.0f} s, {wanted / took:.1f} a second")
    print(f"  acknowledged {len(sent.acknowledged)}, sent again {sent.again} times, given up {len(sent.given_up)}")
    print(f"  acknowledged and lost {len(lost)}; kept {len(kept)}, tips {Tip.objects.count()},", end=" ")
    print(f"keys {ContentKey.objects.count()} of {MEMBERS * len(kept)}")
    print(f"  until acknowledged: median {middle * 1000:.0f} ms, p95 {late * 1000:.0f} ms, longest {last:.1f} s")
    print(f"  most memory of all processes of the server {most:.0f} MB")
    print(f"  opened by a member, of 200 drawn: {_opened(200)}")


def _opened(most: int) -> int:
    """How many of some tips a member opens, each to what was told."""
    from palermo.prosecution.tips import slots
    from palermo.prosecution.tips.envelopes.bundle import unpacked
    from palermo.prosecution.tips.envelopes.sealing import Author, Bound, opened, unwrapped
    from palermo.prosecution.tips.models import ContentKey

    count = 0
    for one in ContentKey.objects.select_related("message__tip").order_by("?")[:most]:
        message = one.message
        bound = Bound(message.tip_id, message.pk, Author(message.author))
        wrapped = slots.opened(slots.key_of(message.tip.slot_id or 0), bytes(one.wrapped))
        key = unwrapped(wrapped, bound, PRIVATE[str(one.reader_id)])  # type: ignore[arg-type]
        told = unpacked(opened(bytes(message.bundle), key, bound))
        count += told.texts["what"] == f"what was seen {message.pk}"
    return count


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given + [300, 50][len(given) :]))
