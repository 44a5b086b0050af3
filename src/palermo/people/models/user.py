"""Accounts."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class MailRhythm(models.TextChoices):
    """How often a person gets reminders. Silence is no choice."""

    WHEN_DUE = "when_due", _("When something falls due")
    WEEKLY = "weekly", _("Once a week, on Monday")


class UserManager(BaseUserManager["User"]):
    """Finds and makes accounts; the address is compared without regard to case."""

    def create_user(self, email: str, password: str | None = None, **fields: str | bool) -> User:
        """A new account; without a password nobody can sign in to it."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The account with this address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who works with Palermo, or the command line, which acts in its own name."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("fr", "Français")], default="en")
    mail_rhythm = models.CharField(
        max_length=10, choices=MailRhythm.choices, default=MailRhythm.WHEN_DUE, db_default="when_due"
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="user_email_any_case"),
            models.CheckConstraint(condition=Q(mail_rhythm__in=MailRhythm.values), name="user_known_mail_rhythm"),
        ]

    def __str__(self) -> str:
        return self.name
