"""A flood of the largest tips without scripts, which the server holds in memory and seals: how much memory that takes.

    python benchmarks/tips_plain.py [TIPS]

Promised: memory bounded. Each tip has 10 MB with it, the most that the form takes; 24 come at a time. The server works
at as many as it has threads, and the others wait. Of the tips, all that are acknowledged have to be there.
"""

from __future__ import annotations

import http.client
import os
import secrets
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
AT_A_TIME, LARGEST = 24, 10_000_000


def main(tips: int) -> None:
    sys.path.insert(0, str(ROOT))
    from benchmarks.fresh import a_house
    from benchmarks.tips import made, served, watch

    with a_house():
        made()
        server, most = served(), [0.0]
        threading.Thread(target=watch, args=(lambda: server, most), daemon=True).start()
        time.sleep(2)
        quiet, begun = most[0], time.perf_counter()
        for part in (tips // 2, tips - tips // 2):
            with ThreadPoolExecutor(AT_A_TIME) as senders:
                taken = sum(senders.map(_is_taken, range(part)))
            took = time.perf_counter() - begun
            print(f"{part} tips of 10 MB, {taken} taken after {took:.0f} s", end=": ")
            print(f"{most[0]:.0f} MB of memory at most, {quiet:.0f} at rest")
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()
        _tell(tips)


def _is_taken(_number: int) -> bool:
    from benchmarks.tips import PORT

    between = secrets.token_hex(16)
    head = (
        f'--{between}\r\nContent-Disposition: form-data; name="what"\r\n\r\nWhat was seen.\r\n'
        f'--{between}\r\nContent-Disposition: form-data; name="files"; filename="gate.bin"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    body = head.encode() + secrets.token_bytes(LARGEST) + f"\r\n--{between}--\r\n".encode()
    line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
    line.request("POST", "/en/tell/", body, {"Content-Type": f"multipart/form-data; boundary={between}"})
    return line.getresponse().status == 200


def _tell(tips: int) -> None:
    from palermo.prosecution.tips.models import Tip

    print(f"sent {tips}, kept {Tip.objects.count()}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 96)
