"""One annotator's annotations of one article."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.person import Person
from annotations.models.project import Membership, Project
from annotations.states import REVIEWING, SET_TURN, ClaimState, SetState, Turn


class AnnotationSetQuerySet(models.QuerySet["AnnotationSet"]):
    """Questions about many annotation sets."""

    def of(self, person: Person) -> Self:
        """Sets this person annotates."""
        return self.filter(annotator=person)

    def started(self) -> Self:
        """Open sets of which nothing has come back."""
        return self.filter(state=SetState.OPEN).exclude(_has_claim(ClaimState.RETURNED))

    def returned(self) -> Self:
        """Open sets with a claim that came back."""
        return self.filter(_has_claim(ClaimState.RETURNED), state=SetState.OPEN)

    def handed_in(self) -> Self:
        """Sets in review or reviewed."""
        return self.exclude(state=SetState.OPEN)

    def counted(self) -> Self:
        """Sets with their article, people and the numbers of their claims: all, and by state."""
        counts = {
            state.value: Count("claims", filter=Q(claims__state=state), distinct=True)
            for state in ClaimState
        }
        named = self.select_related("article", "annotator", "project").defer("article__text")
        return named.annotate(total=Count("claims", distinct=True), **counts)

    def waiting_for(self, reviewer: Person) -> Self:
        """Sets with a claim this person may decide, the longest waiting first."""
        may_review = Membership.objects.filter(person=reviewer, role__in=REVIEWING)
        return (
            self.filter(_has_claim(ClaimState.PENDING), project__in=may_review.values("project"))
            .exclude(annotator=reviewer)
            .order_by("submitted_at", "pk")
        )

    def locked(self) -> Self:
        """Rows of sets and their articles, locked until the transaction ends.

        PostgreSQL only: SQLite's transactions begin IMMEDIATE and have one writer. The article is
        locked because its event chain takes one writer at a time, and before its set, as what
        concerns all its sets locks it too; NO KEY UPDATE lets other sets of it be inserted
        meanwhile.
        """
        return self.select_related("article", "project").select_for_update(
            of=("article", "self"), no_key=True
        )


class AnnotationSet(models.Model):
    """The spans, links and claims one annotator sees in one article."""

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", _("Individual")
        CONSENSUS = "consensus", _("Consensus")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="annotation_sets")
    article = models.ForeignKey(
        "annotations.Article", models.PROTECT, related_name="annotation_sets"
    )
    annotator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="annotation_sets"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.INDIVIDUAL)
    state = models.CharField(max_length=10, choices=SetState, default=SetState.OPEN)
    version = models.PositiveIntegerField(default=1)
    # Tops of the undo and the redo stack: numbers in the article's event chain (`workflow.undoing`).
    undo_top = models.PositiveIntegerField(null=True)
    redo_top = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True)

    objects = AnnotationSetQuerySet.as_manager()

    class Meta:
        ordering = ("-changed_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                name="annotation_set_once", fields=("article", "annotator", "kind")
            ),
            models.CheckConstraint(
                name="annotation_set_state_known", condition=Q(state__in=SetState.values)
            ),
        )
        indexes = (models.Index(name="set_by_state", fields=("project", "state")),)

    def __str__(self) -> str:
        return f"{self.article_id}/{self.annotator_id}"

    @property
    def turn(self) -> Turn:
        """Whose move it is."""
        return SET_TURN[SetState(self.state)]


def _has_claim(state: ClaimState) -> Exists:
    """A claim in this state; no join, which would narrow what `counted` counts."""
    return Exists(AnnotationSet.objects.filter(pk=OuterRef("pk"), claims__state=state))
