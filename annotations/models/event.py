"""The append-only log: who did what to which object, before and after, in a chain of hashes.

One chain per article, so that articles never wait for each other, and one per project for what
concerns no article. The database itself refuses UPDATE and DELETE (triggers in the second
migration); there is no foreign key that could take events along.
"""

from __future__ import annotations

import hashlib
import json
from typing import Self
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

GENESIS = "0" * 64


class EventQuerySet(models.QuerySet["Event"]):
    """Questions about many events."""

    def of_article(self, uid: UUID) -> Self:
        """The chain of one article, oldest first."""
        return self.filter(chain=f"article/{uid}").order_by("number")

    def of_project(self, uid: UUID) -> Self:
        """The chain of a project's own matters, oldest first."""
        return self.filter(chain=f"project/{uid}").order_by("number")


class Event(models.Model):
    """One thing that happened."""

    chain = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    project_uid = models.UUIDField()
    annotation_set_uid = models.UUIDField(null=True)
    object_uid = models.UUIDField()
    verb = models.CharField(max_length=20)
    actor = models.CharField(max_length=150)
    at = models.DateTimeField()
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    # For undo: the event this one takes back or does again, and the top of the stack it was put on.
    target = models.PositiveIntegerField(null=True)
    below = models.PositiveIntegerField(null=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("chain", "number")
        verbose_name = _("event")
        constraints = (
            models.UniqueConstraint(name="event_once", fields=("chain", "number")),
            models.CheckConstraint(name="event_numbered", condition=Q(number__gte=1)),
        )
        indexes = (models.Index(name="event_by_object", fields=("object_uid",)),)

    def __str__(self) -> str:
        return f"{self.chain}#{self.number} {self.verb}"

    def computed_hash(self) -> str:
        """SHA-256 over the previous hash and this event as canonical JSON."""
        told = {
            "chain": self.chain,
            "number": self.number,
            "project": str(self.project_uid),
            "annotation_set": str(self.annotation_set_uid or ""),
            "object": str(self.object_uid),
            "verb": self.verb,
            "actor": self.actor,
            "at": self.at.isoformat(),
            "before": self.before,
            "after": self.after,
            "target": self.target,
            "below": self.below,
        }
        canonical = json.dumps(
            told, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return hashlib.sha256(f"{self.previous_hash}\n{canonical}".encode()).hexdigest()
