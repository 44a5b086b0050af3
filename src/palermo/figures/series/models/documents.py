"""The documents that numbers were published in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from palermo.people.models import Organisation


class SourceDocument(models.Model):
    """A published document that numbers were taken from."""

    code = models.SlugField(unique=True, max_length=80)
    title_en = models.CharField(max_length=300, blank=True)
    title_fr = models.CharField(max_length=300, blank=True)
    publisher = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="documents_published"
    )
    publisher_name = models.CharField(max_length=200, blank=True)
    """Who published it, where that is no organisation of ours."""
    published_on = models.DateField(null=True, blank=True)
    address = models.URLField(max_length=500, blank=True)
    language = models.CharField(max_length=2, blank=True)
    """`en` or `fr` where the document is in one language only."""

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title_en="", title_fr=""), name="source_document_title_not_empty"),
            models.CheckConstraint(
                condition=Q(address="") | Q(address__startswith="https://"), name="source_document_address_is_https"
            ),
            models.CheckConstraint(condition=Q(language__in=["", "en", "fr"]), name="source_document_known_language"),
        ]

    def __str__(self) -> str:
        return self.code
