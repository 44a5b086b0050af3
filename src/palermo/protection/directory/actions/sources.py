"""Where entries come from: named sources, and their feeds, which are pulled again and again."""

from __future__ import annotations

import tempfile
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import Path
from typing import IO
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.protection.directory.actions.intake import BusyError, Told, take_in_file
from palermo.protection.directory.actions.secrecy import Secrecy
from palermo.protection.directory.hsds.files import READ
from palermo.protection.directory.hsds.pages import Page, page_of
from palermo.protection.directory.hsds.reading import LARGEST_WHOLE, UnreadableError
from palermo.protection.directory.hsds.schema import UNWRITABLE
from palermo.protection.directory.models import Intake, Source
from palermo.protection.directory.models.intake import LONGEST_ADDRESS, LONGEST_NAME
from palermo.protection.directory.policies import may_keep
from palermo.protection.directory.sealing import SealedError

LARGEST = 2 << 30
"""Bytes of a feed."""
WAIT = 60
"""Seconds that a server may take to say something."""
_CHUNK = 1 << 20
_ENDINGS = {
    "application/json": ".json",
    "application/ndjson": ".ndjson",
    "application/x-ndjson": ".ndjson",
    "application/jsonl": ".ndjson",
    "application/x-jsonlines": ".ndjson",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
    "text/csv": ".csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
"""How a feed is read, by what its server says that it is; else by the ending of its address, if it is one of a file."""
_LINES = (".ndjson", ".jsonl", ".csv")
"""Endings of files that have no end of their own."""
MOST_PAGES = 10_000
"""So many pages of a feed are asked for; 100,000 entries take a fifth of them, with 50 on each."""
_HERE = ("127.0.0.1", "localhost", "::1")


class BadNameError(ValueError):
    """A source cannot be called so; why is said in a sentence."""


class BadAddressError(ValueError):
    """A feed is pulled by https alone, so that nobody on the way changes where people are sent."""


class PullError(Exception):
    """A feed could not be taken in; why is said in a sentence. What came in before stays."""


@transaction.atomic
def source_called(*, by: User, name: str) -> Source:
    """The source with a name; a new one where there is none.

    Raises:
        PermissionDenied: this is not for them to do.
        BadNameError: it cannot be kept, or a new one tells where a confidential place is.
        SealedError: a confidential place cannot be read.
    """
    if not may_keep(by):
        raise PermissionDenied
    if not _can_be_kept(name := name.strip(), LONGEST_NAME):
        raise BadNameError(f"The name of a source has 1 to {LONGEST_NAME} characters that can be written.")
    found, is_new = Source.objects.get_or_create(name=name)
    if is_new:
        if Secrecy().given_away({"name": name}):
            raise BadNameError("This name of a source tells where a confidential place is.")
        record(by=by, act="directory.source", about=found)
    return found


@transaction.atomic
def keep_source(*, by: User, name: str, address: str, kind: str) -> Source:
    """Say where the feed of a source is, and what its entries are.

    Raises:
        PermissionDenied: this is not for them to do.
        BadAddressError: it is not https (http is for this machine alone), or cannot be kept.
        BadNameError: see `source_called`.
        SealedError: a confidential place cannot be read.
    """
    if not may_keep(by):
        raise PermissionDenied
    if not _can_be_kept(address, LONGEST_ADDRESS):
        raise BadAddressError(f"An address has 1 to {LONGEST_ADDRESS} characters that can be written.")
    if not _is_safe(address):
        raise BadAddressError("A feed is pulled by https alone.")
    found = source_called(by=by, name=name)
    found.address, found.kind = address, kind
    found.save(update_fields=["address", "kind"])
    record(by=by, act="directory.feed", about=found, kind=kind)
    return found


def _can_be_kept(said: str, longest: int) -> bool:
    return 0 < len(said) <= longest and not UNWRITABLE.search(said)


def feeds(by: User) -> QuerySet[Source]:
    """The sources that have a feed, for who may pull them."""
    return Source.objects.exclude(address="") if may_keep(by) else Source.objects.none()


def pull(*, by: User, source: Source, told: Told) -> Intake:
    """Take in what the feed of a source says today.

    Raises:
        PermissionDenied: this is not for them to do.
        PullError: it cannot be reached, breaks off, leads away from https, is too large or makes no sense.
    """
    if not may_keep(by):
        raise PermissionDenied
    with tempfile.TemporaryDirectory() as folder:
        try:
            path, is_whole = _fetched(source.address, Path(folder))
            return take_in_file(by=by, path=path, kind=source.kind, source=source, told=told, is_whole=is_whole)
        except UnreadableError as error:
            raise PullError(f"Line {error.line}: {error.reason}.") from error
        except BusyError as error:
            raise PullError("Somebody else is taking it in.") from error
        except SealedError as error:
            raise PullError(str(error)) from error
        except OSError as error:
            raise PullError("It cannot be reached.") from error


class _Safely(HTTPRedirectHandler):
    """Follows a feed only to where one may be pulled from: each step on the way has to be safe, not only the last."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """The request for the next address.

        Raises:
            PullError: it leads away from https.
        """
        if not _is_safe(newurl) or (req.type == "https" and urlsplit(newurl).scheme != "https"):
            raise PullError("It leads away from https.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _is_safe(address: str) -> bool:
    """Whether an address is https; http is for this machine alone."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)


def _fetched(address: str, folder: Path) -> tuple[Path, bool]:
    """The feed as a file whose ending says how it is read, and whether it is surely all of it.

    Of one that comes in pages, all that they hold.
    """
    path, is_whole = _asked(address, folder / "feed", LARGEST)
    page = _page(path)
    return (path, is_whole) if page is None else (_all_pages(address, page, folder / "whole.ndjson"), True)


def _asked(address: str, path: Path, room: int) -> tuple[Path, bool]:
    """What stands at an address, in a file of this name with the ending by which it is read; if it surely is all."""
    request = Request(address, headers={"Accept": "application/x-ndjson, application/json;q=0.9, */*;q=0.5"})  # noqa: S310 - the address was checked when it was kept
    try:
        with build_opener(_Safely).open(request, timeout=WAIT) as answer:
            whole = path.with_suffix(_ending(answer.headers.get_content_type(), address))
            _write(answer, whole, room)
            tells_its_end = answer.chunked or answer.headers["Content-Length"] is not None
    except HTTPException as error:
        raise PullError("Its server broke off, or does not speak as servers do.") from error
    except ValueError as error:
        # Somewhere on the way stands an address that is none.
        raise PullError("It cannot be reached.") from error
    # Where the connection alone ends an answer, nobody sees whether it broke off between two lines.
    return whole, tells_its_end or whole.suffix not in _LINES


def _ending(kind: str, address: str) -> str:
    said = Path(urlsplit(address).path).suffix.lower()
    return _ENDINGS.get(kind, said if said in READ else ".json")


def _page(path: Path) -> Page | None:
    """The page that a file is, if it is one of several."""
    return page_of(path.read_bytes()) if path.suffix == ".json" and path.stat().st_size <= LARGEST_WHOLE else None


def _all_pages(address: str, known: Page, path: Path) -> Path:
    """The entries of all pages of a feed, of which one is known, as a file with a line for each."""
    count, found, room, ids, is_shifted = known.count or 0, 0, LARGEST, set[str](), False
    if count > MOST_PAGES:
        raise PullError(f"It comes in more than {MOST_PAGES} pages.")
    with path.open("wb") as file:
        for number in range(1, count + 1):
            page = (
                known
                if number == known.number
                else _page(_asked(_numbered(address, number), path.parent / "page", room)[0])
            )
            if page is None or (page.number, page.count, page.total) != (number, known.count, known.total):
                raise PullError("Its pages do not belong together: nothing came in.")
            for one in page.entries:
                room -= file.write(one + b"\n")
            found += len(page.entries)
            is_shifted |= not ids.isdisjoint(page.ids)
            ids |= page.ids
    # Who asks for pages while entries come and go gets some twice and others not at all.
    if count < 1 or is_shifted or known.total not in (None, found):
        raise PullError("Its pages do not hold all that they should: nothing came in.")
    return path


def _numbered(address: str, number: int) -> str:
    """The address of one page."""
    parts = urlsplit(address)
    asked = [(name, said) for name, said in parse_qsl(parts.query, keep_blank_values=True) if name != "page"]
    return urlunsplit(parts._replace(query=urlencode([*asked, ("page", str(number))])))


def _write(answer: HTTPResponse, path: Path, room: int) -> None:
    size = 0
    with path.open("wb") as file:
        while data := answer.read(_CHUNK):
            size += len(data)
            if size > room:
                raise PullError("It is too large.")
            file.write(data)
    # A connection that ends early reads as an end. Taken for all there is, it would make the rest missing.
    if answer.length:
        raise PullError(f"Its server broke off: {answer.length} bytes are missing.")
