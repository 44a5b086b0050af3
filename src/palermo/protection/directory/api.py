"""The API of the directory, at the addresses that the Human Services Data Specification 3.1 gives. Public, read-only.

As the standard has it, lists may be asked for by POST as well, with the same words in the address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Annotated, TypeAlias, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Router
from ninja.errors import HttpError

from palermo.foundation.api import InvalidRequest, Problem
from palermo.protection.directory import schemas
from palermo.protection.directory.hsds.json_values import Document, written
from palermo.protection.directory.hsds.shape import VERSION
from palermo.protection.directory.models import Record, Service
from palermo.protection.directory.queries import entries
from palermo.protection.directory.queries.entries import Listed

router = Router(tags=["directory"])
R = TypeVar("R", bound=Record)
View = TypeVar("View", bound=Callable[..., HttpResponseBase])
Show: TypeAlias = Callable[[Sequence[Record]], list[Document]]
BATCH = 200
"""So many entries at a time are put together where all of them are asked for."""
Key = Annotated[UUID, Path(alias="id", description=_("The id of an entry, as lists give it."))]
FullService = Annotated[
    bool,
    Query(description=_("Its services with everything that belongs to them, not only what they say of themselves.")),
]
_ERRORS = {422: InvalidRequest}
_FOUND_OR_NOT = {404: Problem, 422: InvalidRequest}


@router.get("/", response=dict[str, str], summary=_("What this API is"))
def get_base(request: HttpRequest) -> dict[str, str]:
    """The version of the standard, and where its profile and this description are."""
    return {
        "version": VERSION,
        "profile": request.build_absolute_uri(reverse("hsds_profile")),
        "openapi_url": request.build_absolute_uri(reverse("hsds:openapi-json")),
    }


def _many(path: str, kind: str, summary: str) -> Callable[[View], View]:
    """The address of a list, which may be asked for in both ways."""
    described = schemas.answer(kind, in_pages=True)

    def listing(view: View) -> View:
        got = router.get(path, response=_ERRORS, summary=summary, openapi_extra=described)(view)
        by_post = f"{view.__module__}_{view.__name__}_by_post".replace(".", "_")
        return router.post(path, response=_ERRORS, summary=summary, openapi_extra=described, operation_id=by_post)(got)

    return listing


def _single(path: str, kind: str, summary: str) -> Callable[[View], View]:
    """The address of one entry."""
    return router.get(path, response=_FOUND_OR_NOT, summary=summary, openapi_extra=schemas.answer(kind))


@_single("/services/{id}", "service", _("One service"))
def get_service(request: HttpRequest, key: Key) -> HttpResponseBase:
    """A service with its organization, its places, hours, telephones, languages and terms."""
    return _one(request, "service", key)


@_many("/services", "service", _("Every service"))
def list_services(request: HttpRequest, wanted: Annotated[schemas.ServiceFilter, Query()]) -> HttpResponseBase:
    """Services in a fixed order, each with its organization and program."""
    found = entries.services(request.user, wanted)
    if wanted.minimal:
        return _minimal(wanted, found)
    return _listed(request, wanted, found, _shown(request, "service", full=wanted.full))


@_single("/organizations/{id}", "organization", _("One organization"))
def get_organization(request: HttpRequest, key: Key, full_service: FullService = False) -> HttpResponseBase:
    """An organization with its places, programs and services."""
    return _one(request, "organization", key, full_service=full_service)


@_many("/organizations", "organization", _("Every organization"))
def list_organizations(
    request: HttpRequest, wanted: Annotated[schemas.OrganizationFilter, Query()]
) -> HttpResponseBase:
    """Organizations in a fixed order."""
    found = entries.organizations(request.user, wanted)
    if wanted.full_service or not wanted.full:
        return _listed(request, wanted, found, _shown(request, "organization", full=wanted.full_service))
    return _listed(request, wanted, found, partial(entries.whole, request.user, "organization", full_service=False))


@_single("/service_at_locations/{id}", "service_at_location", _("One service at one location"))
def get_service_at_location(request: HttpRequest, key: Key) -> HttpResponseBase:
    """A service at one of its places, with both."""
    return _one(request, "service_at_location", key)


@_many("/service_at_locations", "service_at_location", _("Every service at every location"))
def list_service_at_locations(
    request: HttpRequest, wanted: Annotated[schemas.VisitFilter, Query()]
) -> HttpResponseBase:
    """Services at their places, each with both."""
    found = entries.service_at_locations(request.user, wanted)
    return _listed(request, wanted, found, _shown(request, "service_at_location", full=wanted.full))


@_single("/taxonomies/{id}", "taxonomy", _("One list of terms"))
def get_taxonomy(request: HttpRequest, key: Key) -> HttpResponseBase:
    """A list of terms by which entries are described; its terms are asked for by its id."""
    return _one(request, "taxonomy", key)


@_many("/taxonomies", "taxonomy", _("Every list of terms"))
def list_taxonomies(request: HttpRequest, wanted: Annotated[schemas.Searching, Query()]) -> HttpResponseBase:
    """Lists of terms by which entries are described."""
    return _listed(request, wanted, entries.taxonomies(request.user, wanted), _shown(request, "taxonomy"))


@_single("/taxonomy_terms/{id}", "taxonomy_term", _("One term"))
def get_taxonomy_term(request: HttpRequest, key: Key) -> HttpResponseBase:
    """A term with the list that it is on."""
    return _one(request, "taxonomy_term", key)


@_many("/taxonomy_terms", "taxonomy_term", _("Every term"))
def list_taxonomy_terms(request: HttpRequest, wanted: Annotated[schemas.TermFilter, Query()]) -> HttpResponseBase:
    """Terms, each with the list that it is on."""
    return _listed(request, wanted, entries.terms(request.user, wanted), _shown(request, "taxonomy_term"))


def _one(request: HttpRequest, kind: str, key: UUID, *, full_service: bool = True) -> HttpResponseBase:
    found = entries.entry(request.user, kind, key, full_service=full_service)
    if found is None:
        raise HttpError(404, "There is no entry with this id.")
    return _json(found)


def _shown(request: HttpRequest, kind: str, *, full: bool = False) -> Show:
    shown = entries.whole if full else entries.listed
    return lambda found: shown(request.user, kind, found)


def _minimal(wanted: schemas.Paging, found: Listed[Service]) -> HttpResponseBase:
    """The id of each and when it changed: as few as these columns are, all of them come on one page."""
    rows = found.shown.values_list("pk", "changed_at")
    if wanted.format == "ndjson":
        return _lines(_told(key, changed_at) for key, changed_at in rows.iterator())
    start = (wanted.page - 1) * wanted.per_page
    contents = [_told(key, changed_at) for key, changed_at in rows[start : start + wanted.per_page]]
    return _page(wanted, found.count(), contents)


def _told(key: UUID, changed_at: datetime) -> Document:
    return {"id": str(key), "modified_date": changed_at.isoformat()}


def _listed(request: HttpRequest, wanted: schemas.Paging, found: Listed[R], shown: Show) -> HttpResponseBase:
    if wanted.format == "ndjson":
        return _lines(one for batch in _batches(found.shown) for one in shown(batch))
    start = (wanted.page - 1) * wanted.per_page
    # The rows of a page are read by their keys, so that no row before them is.
    keys = found.keys(start, start + wanted.per_page)
    contents = shown(list(found.asked.model._default_manager.filter(pk__in=keys).order_by("pk")))
    return _page(wanted, found.count(), contents)


def _lines(said: Iterable[Document]) -> HttpResponseBase:
    return StreamingHttpResponse((written(one) + b"\n" for one in said), content_type="application/x-ndjson")


def _page(wanted: schemas.Paging, count: int, contents: list[Document]) -> HttpResponse:
    pages = max(-(-count // wanted.per_page), 1)
    return _json(
        {
            "total_items": count,
            "total_pages": pages,
            "page_number": wanted.page,
            "size": len(contents),
            "first_page": wanted.page == 1,
            "last_page": wanted.page == pages,
            "empty": not contents,
            "contents": contents,
        }
    )


def _json(said: Document) -> HttpResponse:
    return HttpResponse(written(said), content_type="application/json")


def _batches(found: QuerySet[R]) -> Iterator[list[R]]:
    """All of an ordered list, some at a time, each part beginning after the last key of the one before."""
    last: UUID | None = None
    while batch := list((found if last is None else found.filter(pk__gt=last))[:BATCH]):
        yield batch
        last = batch[-1].pk
