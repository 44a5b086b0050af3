"""Entries by the terms that describe them, in the order of their keys: by an index, however many there are."""

from __future__ import annotations

from typing import Any, TypeAlias, TypeVar

from django.db.models import QuerySet

from palermo.protection.directory.models import (
    Organization,
    OrganizationTerm,
    Record,
    Service,
    ServiceAtLocation,
    ServiceTerm,
    TaxonomyTerm,
    VisitTerm,
)
from palermo.protection.directory.queries.wanted import Wanted

R = TypeVar("R", bound=Record)
Found: TypeAlias = tuple[QuerySet[R], "QuerySet[Any, Any] | None"]
"""Entries, and rows of which there are as many, where those are counted more quickly."""


def services(wanted: Wanted) -> Found[Service]:
    """Services that are described by the wanted term, and by some term of the wanted list."""
    return _by_terms(Service.objects.order_by("pk"), "service", ServiceTerm, wanted)


def organizations(wanted: Wanted) -> Found[Organization]:
    """The same of organizations, which are also described by whatever describes their services."""
    return _by_terms(Organization.objects.order_by("pk"), "organization", OrganizationTerm, wanted)


def visits(wanted: Wanted) -> Found[ServiceAtLocation]:
    """The same of services at places."""
    return _by_terms(ServiceAtLocation.objects.order_by("pk"), "visit", VisitTerm, wanted)


def _by_terms(
    found: QuerySet[R], owner: str, model: type[ServiceTerm | OrganizationTerm | VisitTerm], wanted: Wanted
) -> Found[R]:
    described, as_many = model._default_manager.order_by(), None
    if wanted.taxonomy_term_id is not None:
        # Each has a term once, and by terms they stand in this very order.
        path = f"{model._meta.model_name}"
        found = found.filter(**{f"{path}__term": wanted.taxonomy_term_id}).order_by(f"{path}__{owner}_id")
        as_many = described.filter(term=wanted.taxonomy_term_id)
    if wanted.taxonomy_id is not None:
        terms = TaxonomyTerm.objects.filter(taxonomy=wanted.taxonomy_id).order_by().values("pk")
        by_list = described.filter(term__in=terms).values(owner).distinct()
        found, as_many = found.filter(pk__in=by_list), by_list if as_many is None else None
    return found, as_many
