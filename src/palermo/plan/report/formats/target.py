"""Where a file is written to: a stream, or a path that either gets the whole file or stays as it was."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

Target = IO[bytes] | Path


@contextmanager
def opened(target: Target) -> Iterator[IO[bytes]]:
    """A binary stream to write to.

    A path is written beside itself under another name and takes its own name at the end, so that nobody reads
    half a file and a failure leaves the file that was there before.

    Raises:
        OSError: the folder does not exist or cannot be written to.
    """
    if not isinstance(target, Path):
        yield target
        return
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as stream:
        unfinished = Path(stream.name)
        try:
            yield stream
        except BaseException:
            unfinished.unlink()
            raise
    unfinished.chmod(0o644)
    unfinished.replace(target)
