"""What every part of the API shares: how it answers, and how errors and pages of a list look."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, Generic, NoReturn, TypeAlias, TypeVar

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.middleware.http import ConditionalGetMiddleware
from django.urls import URLPattern, URLResolver, re_path
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_noop as _
from ninja import Field, NinjaAPI, Query, Schema
from ninja.parser import Parser

from palermo.foundation.pagination import LARGEST_PAGE, PAGE_SIZE

M = TypeVar("M", bound=Model)
S = TypeVar("S")
View: TypeAlias = Callable[..., HttpResponseBase]


class WithoutBlanks(Parser):
    """Reads the parameters of a request; those without a value count as not given."""

    def parse_querydict(  # noqa: D102 - as the library says
        self, data: MultiValueDict[Any, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        found: dict[str, Any] = super().parse_querydict(data, list_fields, request)
        return {name: value for name, value in found.items() if value != ""}


class API(NinjaAPI):
    """An API that says in JSON also what is not there or cannot be done, and answers HEAD wherever it answers GET.

    RFC 9110, section 9.1, has it so.
    """

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        found = super()._get_urls()
        for one in found:
            if isinstance(one, URLPattern):
                one.callback = in_json(one.callback)
        return [*found, re_path("^.+$", in_json(_nothing), name="nothing")]


def in_json(view: View) -> View:
    """A view that writes nothing, as one of an API."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **named: object) -> HttpResponseBase:
        def got(request: HttpRequest) -> HttpResponseBase:
            return _got_in_json(view, request, *args, **named)

        return _as_if_got(got, request) if request.method == "HEAD" else got(request)

    # Nothing is written, so that no form has to prove where it comes from before it is told so.
    answered.csrf_exempt = True  # type: ignore[attr-defined]
    return answered


def _got_in_json(view: View, request: HttpRequest, *args: object, **named: object) -> HttpResponseBase:
    """What a view answers, also where there is nothing or it is asked in a way that it does not know."""
    try:
        answer = view(request, *args, **named)
    except Http404:
        return JsonResponse({"detail": "There is nothing at this address."}, status=404)
    if answer.status_code != 405:
        return answer
    methods = {*answer["Allow"].split(", "), *({"HEAD"} if "GET" in answer["Allow"] else ())}
    told = {"detail": "This address is asked in other ways: " + ", ".join(sorted(methods)) + "."}
    return JsonResponse(told, status=405, headers={"Allow": ", ".join(sorted(methods))})


def _as_if_got(got: View, request: HttpRequest) -> HttpResponseBase:
    """What is answered to GET, but for the body, which the server leaves out and nobody needs to make.

    Whether it has changed since it was last read is told here: later nobody can know that GET was meant.
    """
    request.method = "GET"
    try:
        answer: HttpResponseBase = ConditionalGetMiddleware(got)(request)  # type: ignore[assignment]
    finally:
        request.method = "HEAD"
    if isinstance(answer, StreamingHttpResponse):
        answer.streaming_content = ()
    return answer


def _nothing(request: HttpRequest) -> NoReturn:
    raise Http404


class Problem(Schema):
    """What went wrong, in a sentence that says what to do."""

    detail: str


class InvalidValue(Schema):
    """One value of the request that cannot be used."""

    type: str
    loc: list[str | int]
    msg: str
    ctx: dict[str, object] | None = None


class InvalidRequest(Schema):
    """Every value of the request that cannot be used."""

    detail: list[InvalidValue]


Code = Annotated[str, Field(pattern=r"^[^\x00-\x1F]+$", max_length=120)]
"""What something is called by. No database can hold a NUL character, so that none is asked for one."""


class Both(Schema):
    """A text in both languages; empty where a language has none."""

    en: str
    fr: str


def both(thing: object, field: str) -> Both:
    """The bilingual columns `<field>_en` and `<field>_fr` of a record."""
    return Both(en=getattr(thing, f"{field}_en"), fr=getattr(thing, f"{field}_fr"))


class Paging(Schema):
    """Which part of a list is wanted."""

    page: int = Field(1, ge=1, le=1_000_000, description=_("The number of the page, from 1."))
    page_size: int = Field(PAGE_SIZE, ge=1, le=LARGEST_PAGE, description=_("How many items a page has."))


PagingQuery = Annotated[Paging, Query()]


class Listed(Schema, Generic[S]):
    """One page of a list. A page after the last one has no items."""

    items: list[S]
    page: int
    pages: int
    total: int


def listed(found: QuerySet[M], paging: Paging, shown: Callable[[M], S]) -> Listed[S]:
    """One page of an ordered list, each item as `shown` gives it."""
    paginator = Paginator(found, paging.page_size)
    items = list(paginator.page(paging.page)) if paging.page <= paginator.num_pages else []
    return Listed(
        items=[shown(item) for item in items], page=paging.page, pages=paginator.num_pages, total=paginator.count
    )
