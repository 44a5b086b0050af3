"""`palermo figures`: takes figures in from a file, and writes those of a series to one."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from palermo import commands

if TYPE_CHECKING:
    from palermo.figures.exchange.cube import CubeText
    from palermo.figures.exchange.shape import Reading, SeriesShape
    from palermo.figures.series.models import FiguresUpload, Series
    from palermo.figures.series.queries.taking_in import TakingIn

FORMATS = ("csv", "xlsx", "json", "sdmx-csv")


def add_to(names: commands.Names) -> None:
    """`palermo figures take-in FILE`, `palermo figures export SERIES` and `palermo figures erase`."""
    figures = names.add_parser("figures", help="take figures of a series in from a file, or write them to one")
    under = figures.add_subparsers(metavar="WHAT", required=True)
    taking = under.add_parser(
        "take-in",
        help="add and revise figures from CSV, XLSX or SDMX-CSV: all of them, or none",
        epilog="exit codes: 0 done, or nothing to do; 1 the file has mistakes; 2 wrong use; 4 it cannot be read",
    )
    taking.add_argument("file", type=Path, metavar="FILE", help="the file")
    taking.add_argument("--series", required=True, metavar="CODE", help="the series that the figures are of")
    taking.add_argument("--reason-en", default="", metavar="WORDS", help="why figures are revised, in English")
    taking.add_argument("--reason-fr", default="", metavar="WORDS", help="why figures are revised, in French")
    taking.add_argument("--dry-run", action="store_true", help="only say what would be done")
    taking.add_argument("--json", action="store_true", help="answer in JSON")
    taking.set_defaults(run=take_in)
    export = under.add_parser("export", help="write the figures of a series")
    export.add_argument("series", metavar="CODE", help="the series")
    export.add_argument("--format", choices=FORMATS, default="csv", help="default: csv")
    export.add_argument("--language", choices=("en", "fr"), default="en", help="of the words of codes; default: en")
    export.add_argument("--to", type=Path, metavar="FILE", help="where to write it (default: standard output)")
    export.set_defaults(run=run_export)
    erase = under.add_parser(
        "erase",
        help="erase the records of releases whose day has come",
        description="Erases them for certain by destroying their keys, and whatever an interrupted upload left behind. "
        "`palermo remind` does so every hour.",
    )
    erase.set_defaults(run=run_erase)


def take_in(arguments: argparse.Namespace) -> int:
    """Read the file, say what it would change, and unless it is a dry run, do it."""
    commands.start_django()
    from palermo.figures.exchange.cube import CubeText
    from palermo.figures.series.queries.taking_in import compared, series_shape

    with commands.told_of_the_database():
        series = _series(arguments.series)
        shape = series_shape(series)
        reading = _read(arguments.file, shape)
        reason = CubeText(arguments.reason_en, arguments.reason_fr)
        found = compared(_unsaved(series, shape, reading), series, reason)
        will = not (found.wrong or arguments.dry_run) and bool(found.added or found.revised)
        if will and found.lacks_reason:
            raise commands.RefusedError(
                "The file revises figures that stand. Say why, with --reason-en or --reason-fr.", commands.WRONG_USE
            )
        if will:
            _take_in(series, shape, reading, reason)
    _tell(found, is_done=will, as_json=arguments.json)
    return commands.FAILED if found.wrong else commands.DONE


def _series(code: str) -> Series:
    from palermo.figures.series.queries import one_series
    from palermo.people.queries import command_line

    series = one_series(command_line(), code)
    if series is None:
        raise commands.RefusedError(f"There is no series with the code “{code}”.", commands.WRONG_USE)
    return series


def _read(path: Path, shape: SeriesShape) -> Reading:
    from palermo.figures.exchange.problems import RefusedError
    from palermo.figures.exchange.reading import read_figures
    from palermo.figures.series.taking_in_words import place_words, sentence

    try:
        with path.open("rb") as source:
            return read_figures(source, shape)
    except OSError as error:
        raise commands.RefusedError(f"{path} cannot be opened: {error.strerror}.", commands.UNREADABLE) from error
    except RefusedError as refused:
        lines = [": ".join(filter(None, (place_words(one.place), sentence(one)))) for one in refused.problems]
        raise commands.RefusedError("\n".join(lines), commands.UNREADABLE) from refused


def _unsaved(series: Series, shape: SeriesShape, reading: Reading) -> FiguresUpload:
    """What the file says as it would be kept, without being kept."""
    from palermo.figures.series.models import FiguresUpload
    from palermo.figures.series.taking_in_json import as_json

    figures, problems = as_json(reading, shape)
    return FiguresUpload(series=series, series_version=series.version, figures=figures, problems=problems)


def _take_in(series: Series, shape: SeriesShape, reading: Reading, reason: CubeText) -> None:
    """Keep and take in at once, as one act that stands or falls together."""
    from django.db import transaction

    from palermo.figures.series.actions.taking_in import OtherPreviewError, keep_figures, take_in_figures
    from palermo.figures.series.queries.taking_in import taking_in
    from palermo.people.queries import command_line

    by = command_line()
    try:
        with transaction.atomic():
            kept = keep_figures(series=series, shape=shape, reading=reading, by=by)
            seen = taking_in(by, kept, reason).fingerprint
            take_in_figures(upload=kept, seen=seen, reason=reason, by=by)
    except OtherPreviewError as error:
        raise commands.RefusedError("Figures of the series were changed meanwhile. Run the command again.") from error


def _tell(found: TakingIn, *, is_done: bool, as_json: bool) -> None:
    counts = {"added": len(found.added), "revised": len(found.revised), "unchanged": found.unchanged}
    if as_json:
        wrong = [{"where": one.where, "words": one.words} for one in found.wrong]
        print(json.dumps({"taken_in": is_done, **counts, "wrong": wrong}, ensure_ascii=False, indent=2))
        return
    for one in found.wrong:
        print(": ".join(filter(None, (one.where, one.words))))
    told = "Taken in" if is_done else "Nothing was taken in. The file says"
    print(f"{told}: {counts['added']} to add, {counts['revised']} to revise, {counts['unchanged']} unchanged.")


def run_export(arguments: argparse.Namespace) -> int:
    """Write every figure of the series as it stands."""
    commands.start_django()
    from palermo.figures.exchange import csv_bytes, json_bytes, sdmx_csv_bytes, xlsx_bytes
    from palermo.figures.series.queries import cube_of
    from palermo.people.queries import command_line

    with commands.told_of_the_database():
        cube = cube_of(command_line(), _series(arguments.series))
    writers = {
        "csv": lambda: csv_bytes(cube, arguments.language),
        "xlsx": lambda: xlsx_bytes(cube, arguments.language),
        "json": lambda: json_bytes(cube),
        "sdmx-csv": lambda: sdmx_csv_bytes(cube),
    }
    content = writers[arguments.format]()
    if arguments.to:
        arguments.to.write_bytes(content)
    else:
        sys.stdout.buffer.write(content)
    return commands.DONE


def run_erase(arguments: argparse.Namespace) -> int:
    """Erase what is due, and say how many files that were."""
    commands.start_django()
    from palermo.figures.releases.actions.records import erase_due
    from palermo.people.queries import command_line

    with commands.told_of_the_database():
        erased = erase_due(by=command_line())
    print(f"Files of records erased: {erased}.")
    return commands.DONE
