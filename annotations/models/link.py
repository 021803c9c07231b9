"""Relations between spans."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from annotations.models.annotation_set import AnnotationSet
from annotations.models.span import Span
from annotations.scheme import IMPLICIT_SOURCES, LINK_TYPE_OF, LinkValue

IMPLICIT = sorted(source.key for source in IMPLICIT_SOURCES)
LONGEST_GROUP = 50


class Link(models.Model):
    """A typed relation from a span to a span or to an implicit source."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    annotation_set = models.ForeignKey(AnnotationSet, models.CASCADE, related_name="links")
    type = models.CharField(max_length=20)
    from_span = models.ForeignKey(Span, models.CASCADE, related_name="links_out")
    to_span = models.ForeignKey(Span, models.CASCADE, related_name="links_in", null=True)
    implicit = models.CharField(max_length=20, blank=True)
    cue = models.ForeignKey(Span, models.SET_NULL, related_name="links_cued", null=True)
    negated = models.BooleanField(default=False)
    group = models.CharField(max_length=LONGEST_GROUP, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="link_has_one_target",
                condition=Q(to_span__isnull=False, implicit="")
                | Q(to_span__isnull=True, implicit__in=IMPLICIT),
            ),
            models.CheckConstraint(
                name="link_not_to_itself",
                condition=Q(to_span__isnull=True) | ~Q(from_span=F("to_span")),
            ),
            models.CheckConstraint(
                name="link_type_known", condition=Q(type__in=sorted(LINK_TYPE_OF))
            ),
            models.UniqueConstraint(
                name="link_once",
                fields=("type", "from_span", "to_span", "group"),
                condition=Q(to_span__isnull=False),
            ),
            models.UniqueConstraint(
                name="link_implicit_once",
                fields=("type", "from_span", "implicit", "group"),
                condition=Q(to_span__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_span_id} {self.type} {self.to_span_id or self.implicit}"

    @property
    def value(self) -> LinkValue:
        """The link as a plain value, keyed by primary keys."""
        return LinkValue(
            self.pk,
            self.type,
            self.from_span_id,
            self.to_span_id,
            self.implicit,
            self.cue_id,
            self.negated,
            self.group,
        )
