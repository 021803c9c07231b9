"""People who sign in. They are deactivated, never deleted: their name stays on what they did."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.states import Role


class Person(AbstractUser):
    """A member of staff, with one name instead of Django's first and last."""

    first_name = None  # type: ignore[assignment]  # one field: names do not split into two
    last_name = None  # type: ignore[assignment]  # as above
    name = models.CharField(_("name"), max_length=150, blank=True)
    # Single keys of the workspace: whether they act at all, and which were given another key.
    keys_on = models.BooleanField(_("single keys act"), default=True)
    own_keys = models.JSONField(_("own keys"), default=dict, blank=True)

    # Roles read already, by project; only the person of a request remembers them (`role_of`).
    known_roles: dict[int, Role | None] | None = None

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """The name people read, the user name where there is none."""
        return self.name.strip() or self.username

    def get_short_name(self) -> str:
        """The first word of the name."""
        return self.get_full_name().split()[0]

    @property
    def initials(self) -> str:
        """Two letters for small places."""
        words = self.get_full_name().split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else words[0][1:2])).upper()
