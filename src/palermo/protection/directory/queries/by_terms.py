"""That entries are described by the terms that are wanted."""

from __future__ import annotations

from django.db.models import Q

from palermo.protection.directory.models import OwnTerm, ServiceTerm, TaxonomyTerm
from palermo.protection.directory.queries.wanted import Wanted


def is_by_term(wanted: Wanted) -> bool:
    """Whether a term or a list of terms is wanted."""
    return wanted.taxonomy_term_id is not None or wanted.taxonomy_id is not None


def described(wanted: Wanted, service: str) -> Q:
    """That what `service` leads to is described by the wanted term, and by some term of the wanted list."""
    found = on_the_list(wanted, service)
    if wanted.taxonomy_term_id is not None:
        by_term = ServiceTerm.objects.filter(term=wanted.taxonomy_term_id)
        found &= Q(**{f"{service}__in": by_term.values("service")})
    return found


def described_itself(wanted: Wanted) -> Q:
    """That an organization, or a service at a place, is itself described by the wanted term or list."""
    found = Q()
    if wanted.taxonomy_term_id is not None:
        found &= Q(pk__in=OwnTerm.objects.filter(term=wanted.taxonomy_term_id).values("record"))
    if wanted.taxonomy_id is not None:
        terms = TaxonomyTerm.objects.filter(taxonomy=wanted.taxonomy_id).order_by().values("pk")
        found &= Q(pk__in=OwnTerm.objects.filter(term__in=terms).values("record"))
    return found


def on_the_list(wanted: Wanted, service: str) -> Q:
    """That what `service` leads to is described by some term of the wanted list."""
    if wanted.taxonomy_id is None:
        return Q()
    by_list = ServiceTerm.objects.filter(term__taxonomy=wanted.taxonomy_id)
    return Q(**{f"{service}__in": by_list.values("service")})
