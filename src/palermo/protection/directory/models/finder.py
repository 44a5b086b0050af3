"""What the finder looks through. All of it is made from the records, and anew whenever one of them changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models.documents import JSONField
from palermo.protection.directory.models.service import Service, ServiceAtLocation
from palermo.protection.directory.models.taxonomy import TaxonomyTerm


class FinderEntry(models.Model):
    """That an open service answers a need, at a place or by telephone.

    Where a place is confidential, or help needs no place, there is no point. Nor is there where only an address says
    where the place is of what may serve all of Canada.
    """

    # PostgreSQL would look up all three for every entry. Entries are made anew with their service, by one writer at a
    # time; one whose service were gone would not be found.
    term = models.ForeignKey(
        TaxonomyTerm, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    """Indexes that begin with it stand below."""
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    visit = models.ForeignKey(
        ServiceAtLocation, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    provinces = models.CharField(max_length=60, blank=True)
    """The abbreviations of the provinces that it serves, with spaces between; empty where that may be any.

    Where nothing is said of it, it is the province where its place is.
    """
    names_provinces = models.BooleanField(default=False, db_default=False)
    """Whether it says itself that it serves these provinces, so that it does from further away as well."""
    confirmed_on = models.DateField(null=True, blank=True)
    marks = models.TextField(blank=True, db_default="")
    """For whom it is and in which languages (`hsds.fitting`), each mark between spaces."""
    schedules: JSONField[list[Document], list[Document]] = JSONField(default=list, db_default=[], blank=True)
    """When it is open, as the standard has it; those of the visit where it has its own."""
    hours = models.BigIntegerField(default=0, db_default=0)
    """The same number for all entries that are open at the same times: by it they are asked about once (`opening`)."""
    zone = models.CharField(max_length=40, blank=True, db_default="")
    """The IANA time zone that its hours are meant in; empty where nobody can know it."""
    stands_in = models.CharField(max_length=2, blank=True, default="", db_default="")
    """The abbreviation of the province where its place is; empty where it has none or nobody says."""
    area_latitude = models.FloatField(null=True, blank=True)
    area_longitude = models.FloatField(null=True, blank=True)
    """About where a place is that tells no point, by its address; its distance is told as about so far.

    Of a confidential place, by what everybody may know of it: which come first, and no distance.
    """

    class Meta:
        # With the marks and hours, so that what is near and does not fit, or is closed, need not be read; with the key,
        # so that PostgreSQL as well reads nothing but the index.
        indexes: ClassVar = [
            models.Index(fields=["term", "latitude", "longitude", "marks", "hours", "id"], name="finder_what_fits"),
            models.Index(
                fields=["term", "provinces", "latitude", "longitude"],
                condition=Q(names_provinces=True),
                name="finder_from_far",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["term", "service", "visit"], name="finder_entry_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="finder_entry_on_the_map",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term_id} {self.service_id}"


class Word(models.Model):
    """A word that names of services hold, without its ending (`palermo.foundation.search`)."""

    text = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.text


class ServiceWord(models.Model):
    """That a word stands in the name of a service or of its organization, in either language."""

    # PostgreSQL would look up both for every word of every service: an eighth of the time that a long file takes.
    # All are made anew with their service, by one writer at a time; words go only once no service has them.
    word = models.ForeignKey(Word, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    """The index of the constraint begins with it."""
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="words", db_constraint=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["word", "service"], name="service_word_once")]

    def __str__(self) -> str:
        return f"{self.word_id} {self.service_id}"
