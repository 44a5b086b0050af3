"""Synthetic records as they are stored and handed over."""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Iterator, Sequence
from typing import TypedDict

from palermo.figures.protection.records import Records
from palermo.figures.protection.synthetic.quality import Quality
from palermo.figures.releases.counted import MadeUp
from palermo.figures.releases.described import DimensionSaid
from palermo.figures.releases.freezing import frame_of
from palermo.figures.releases.models import Release, SyntheticRecords

AT_ONCE = 50_000
"""Records written at once."""
WORST = 5


class Compared(TypedDict):
    """How alike synthetic records are to the real ones, as it is kept until the release is published."""

    real_records: int
    mean: list[float]
    """The mean distance over all tables of one column, of two, and so on, from 0 to 1."""
    worst: list[tuple[list[str], float]]
    """The tables of the most columns that differ most: the codes of their columns and the distance."""
    small: list[int]
    """Of cells below the threshold: real ones, those of them met, synthetic ones, those of them invented."""


def made_up_records(release: Release, made: MadeUp, said: Sequence[DimensionSaid]) -> SyntheticRecords:
    """Store the synthetic records of a release."""
    content, sha256 = written(made.synthetic.records)
    by_code = {each.code: each for each in said}
    return SyntheticRecords.objects.create(
        release=release,
        rows=len(made.synthetic.records),
        layout=[frame_of(by_code[column.dimension.name]) for column in made.synthetic.records.columns],
        content=content,
        sha256=sha256,
        misfit=made.synthetic.misfit,
        worst=[list(each) for each in made.synthetic.worst[:WORST]],
        quality=compared(made.quality) if made.quality else {},
    )


def written(records: Records) -> tuple[bytes, str]:
    """Records as CSV in UTF-8, by codes: compressed, and the hash of the CSV."""
    kept, told = io.BytesIO(), hashlib.sha256()
    with gzip.GzipFile(fileobj=kept, mode="wb", mtime=0) as file:
        for part in _parts(records):
            told.update(part)
            file.write(part)
    return kept.getvalue(), told.hexdigest()


def _parts(records: Records) -> Iterator[bytes]:
    """The file, some records at a time."""
    yield (",".join(column.dimension.name for column in records.columns) + "\r\n").encode()
    for start in range(0, len(records), AT_ONCE):
        fields = [
            [column.leaf_codes[place] for place in codes[start : start + AT_ONCE].tolist()]
            for column, codes in zip(records.columns, records.codes, strict=True)
        ]
        # Codes and names are letters, digits and signs that CSV needs no quotation marks for.
        yield "".join(",".join(row) + "\r\n" for row in zip(*fields, strict=True)).encode()


def unpacked(records: SyntheticRecords) -> Iterator[bytes]:
    """The CSV file, some of it at a time."""
    with gzip.GzipFile(fileobj=io.BytesIO(records.content)) as file:
        while part := file.read(1 << 16):
            yield part


def compared(quality: Quality) -> Compared:
    """The report, ready to be kept."""
    most = max(quality.worst)
    small = quality.small
    return Compared(
        real_records=quality.real_records,
        mean=[quality.mean[ways] for ways in sorted(quality.mean)],
        worst=[(list(each.columns), each.distance) for each in quality.worst[most][:WORST]],
        small=[small.real, small.met, small.seen, small.invented],
    )
