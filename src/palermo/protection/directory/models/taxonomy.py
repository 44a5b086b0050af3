"""Lists of terms by which entries are described."""

from __future__ import annotations

from django.db import models

from palermo.protection.directory.models.record import Owned


class Taxonomy(Owned):
    """A list of terms, such as needs in plain words or kinds of service."""

    kind = "taxonomy"


class TaxonomyTerm(Owned):
    """One term of a list. Which term it stands under is said in its document."""

    kind = "taxonomy_term"

    taxonomy = models.ForeignKey(Taxonomy, null=True, blank=True, on_delete=models.CASCADE, related_name="terms")
