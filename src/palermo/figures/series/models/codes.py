"""Code lists: what the codes of a dimension are."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

TOTAL = "_T"
"""How files write the total over a dimension. It is no code: a value without a code in a dimension is the total."""


class CodeList(models.Model):
    """A list of codes that series may share, such as provinces or age groups."""

    code = models.SlugField(unique=True, max_length=80)
    title_en = models.CharField(max_length=200, blank=True)
    title_fr = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=300, blank=True)
    """Where the codes come from, such as a standard; empty where they are our own."""

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title_en="", title_fr=""), name="code_list_title_not_empty"),
        ]

    def __str__(self) -> str:
        return self.code


class Code(models.Model):
    """One code of a list, and the code that it is a part of, if any."""

    code_list = models.ForeignKey(CodeList, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(max_length=60)
    label_en = models.CharField(max_length=200, blank=True)
    label_fr = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["code_list", "position", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code_list", "code"], name="code_once_in_its_list"),
            models.CheckConstraint(condition=~Q(label_en="", label_fr=""), name="code_label_not_empty"),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="code_not_its_own_parent"),
            models.CheckConstraint(
                condition=~(Q(code="") | Q(code=TOTAL) | Q(code__contains=";") | Q(code__contains="=")),
                name="code_fits_into_a_key",
            ),
        ]

    def __str__(self) -> str:
        return self.code
