"""Tips: what somebody told, question and answer after it, and for whom each message is sealed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from palermo.people.models import User
from palermo.prosecution.tips.envelopes.sealing import Author
from palermo.prosecution.tips.models.desk import Desk, DeskKey
from palermo.prosecution.tips.models.filing import Act, Element, Form, Hold, Means, Outcome, Urgency


class Slot(models.Model):
    """A place in the file of keys, which is nobody's in particular: see `slots`."""

    id = models.BigAutoField(primary_key=True)

    def __str__(self) -> str:
        return str(self.pk)


class Channel(models.TextChoices):
    """How a tip came."""

    BROWSER = "browser", _("sealed in the browser")
    SERVER = "server", _("sealed on arrival")
    TELEPHONE = "telephone", _("by telephone")
    HANDED = "handed", _("handed on by another desk")


class State(models.TextChoices):
    """How far a desk is with a tip."""

    NEW = "new", pgettext_lazy("tip", "new")
    OPEN = "open", _("being looked into")
    CLOSED = "closed", _("closed")
    ERASED = "erased", _("erased")


class Occurrence(models.Model):
    """Something that happened and that several tips tell of."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="occurrences")

    def __str__(self) -> str:
        return str(self.pk)


class Tip(models.Model):
    """That somebody told something. When is known to the hour, and from where not at all."""

    id = models.UUIDField(primary_key=True)
    """Drawn at random where it was sealed."""
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="tips")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    language = models.CharField(max_length=8)
    """In which the form was read."""
    hour = models.DateTimeField()
    """The beginning of the hour in which it came."""
    slot = models.OneToOneField(Slot, null=True, on_delete=models.PROTECT, related_name="tip")
    """Where its key lies that is destroyed with it; none once it is erased."""
    state = models.CharField(max_length=12, choices=State.choices, default=State.NEW)
    urgency = models.CharField(max_length=12, choices=Urgency.choices, blank=True, default="", db_default="")
    form = models.CharField(max_length=12, choices=Form.choices, blank=True, default="", db_default="")
    place = models.CharField(max_length=6, blank=True, default="", db_default="")
    """The code of the province or territory that it is about (`foundation.jurisdictions`)."""
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True, default="", db_default="")
    closing_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Who wants to close it, with the outcome that they give."""
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Who agreed: somebody else."""
    due_on = models.DateField(null=True, blank=True)
    """By when somebody has to look at it again."""
    occurrence = models.ForeignKey(Occurrence, null=True, blank=True, on_delete=models.PROTECT, related_name="tips")
    """What it tells of, where others tell of the same."""
    closed_on = models.DateField(null=True, blank=True)
    erase_on = models.DateField(null=True, blank=True)
    """When it is erased, once it was closed and its members were warned."""
    warned_on = models.DateField(null=True, blank=True)
    """When the members were told that it is going to be erased."""
    hold = models.CharField(max_length=16, choices=Hold.choices, blank=True, default="", db_default="")
    """Why it is not erased, whatever its day."""
    held_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-hour", "id"]
        indexes: ClassVar = [models.Index(fields=["desk", "state", "-hour", "id"], name="tip_queue")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="tip_known_channel"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="tip_known_state"),
            models.CheckConstraint(
                condition=Q(slot__isnull=True, state="erased") | Q(slot__isnull=False) & ~Q(state="erased"),
                name="tip_has_a_key_until_erased",
            ),
            models.CheckConstraint(
                condition=Q(closing_by__isnull=True, outcome="") | Q(closing_by__isnull=False) & ~Q(outcome=""),
                name="tip_closing_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) & ~Q(state__in=["closed", "erased"])
                | Q(state__in=["closed", "erased"], closing_by__isnull=False, closed_by__isnull=False)
                & ~Q(closed_by=F("closing_by")),
                name="tip_closed_by_two",
            ),
            models.CheckConstraint(condition=Q(hold__in=["", *Hold.values]), name="tip_known_hold"),
            models.CheckConstraint(
                condition=Q(hold="", held_by__isnull=True)
                | ~Q(hold="") & Q(held_by__isnull=False) & ~Q(state="erased"),
                name="tip_hold_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, erase_on__isnull=True, warned_on__isnull=True)
                | Q(state__in=["closed", "erased"], closed_on__isnull=False),
                name="tip_day_of_closing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def open_again(self) -> None:
        """Take back that it was closed, or proposed to be. Nothing is saved yet."""
        self.state, self.outcome, self.closing_by, self.closed_by = State.OPEN, "", None, None
        self.closed_on = self.erase_on = self.warned_on = None

    def look_again(self, day: date) -> None:
        """Have somebody look at it by a day, or sooner where that was said already. Nothing is saved yet."""
        self.due_on = min(self.due_on or day, day)

    @property
    def code(self) -> str:
        """What people call it: the beginning of its id, such as `3F2A 91BC`."""
        start = self.pk.hex[:8].upper()
        return f"{start[:4]} {start[4:]}"


class TipElement(models.Model):
    """One of the acts or means that a tip is filed under."""

    tip = models.ForeignKey(Tip, on_delete=models.CASCADE, related_name="elements")
    element = models.CharField(max_length=8, choices=Element.choices)
    code = models.CharField(max_length=16)

    class Meta:
        ordering: ClassVar = ["tip", "element", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tip", "element", "code"], name="tip_element_once"),
            models.CheckConstraint(
                condition=Q(element="act", code__in=Act.values) | Q(element="means", code__in=Means.values),
                name="tip_element_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tip_id} {self.element} {self.code}"


class Message(models.Model):
    """One message of a tip, sealed: what was told, a question, an answer, or a note of the desk."""

    id = models.UUIDField(primary_key=True)
    tip = models.ForeignKey(Tip, on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    author = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Author])
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Who of the desk wrote it; nobody for what the reporter did."""
    hour = models.DateTimeField()
    bundle = models.BinaryField()
    source = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="handed_on")
    """The message of another desk that it was sealed anew from; none any more once that one is erased."""

    class Meta:
        ordering: ClassVar = ["tip", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tip", "number"], name="message_in_order"),
            models.CheckConstraint(condition=Q(author__in=[one.value for one in Author]), name="message_known_author"),
            models.CheckConstraint(
                condition=Q(author="reporter", by__isnull=True) | ~Q(author="reporter") & Q(by__isnull=False),
                name="message_by_the_desk_or_nobody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tip_id} {self.number}"


class ContentKey(models.Model):
    """The key of a message for one reader: a member of a desk, or whoever has the receipt of the box."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="keys")
    reader = models.ForeignKey(DeskKey, null=True, blank=True, on_delete=models.PROTECT, related_name="content_keys")
    """None for the box."""
    wrapped = models.BinaryField(max_length=256)
    """Sealed to the reader, and that once more under the key of the tip, which can be destroyed."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "reader"], name="content_key_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.reader_id or ''}".strip()


class Box(models.Model):
    """Where the desk and whoever told a tip write to each other. Only its receipt opens it."""

    tip = models.OneToOneField(Tip, primary_key=True, on_delete=models.CASCADE, related_name="box")
    locator_sha256 = models.CharField(max_length=64, unique=True)
    """Of what a receipt is turned into: whoever reads it here cannot ask for the box."""
    point = models.BinaryField(max_length=65)
    """The public half of its key."""
    locked = models.BinaryField(max_length=512)
    """The private half, encrypted under what the receipt is turned into."""

    def __str__(self) -> str:
        return str(self.tip_id)
