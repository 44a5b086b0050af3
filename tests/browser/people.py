"""Who signs in, with what, and the code that an authenticator app would show."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time

PASSWORD = "a long password for tests"
COORDINATOR = "coordinator@example.org"
READER = "reader@example.org"
TWO_STEPS = "two-steps@example.org"
"""Coordinates, and has set up an authenticator app with SECRET."""
NEWCOMER = "newcomer@example.org"
"""Coordinates, and has not."""
KEY_HOLDER = "key-holder@example.org"
"""Coordinates, and will set up a passkey."""
UNDECIDED = "undecided@example.org"
"""Coordinates, and never gets beyond the choice."""
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def one_time_code(secret: str, ago: int = 0) -> str:
    """The six digits of this half minute for a key in base 32 (RFC 6238, with the defaults that apps use).

    `ago` is in seconds.
    """
    counter = struct.pack(">Q", int(time.time() - ago) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, hashlib.sha1)
    start = digest[-1] & 0xF
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
