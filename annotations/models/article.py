"""Articles and the zones in them that are not the story.

The text is immutable after intake: every offset in the database counts its code points.
"""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation_set import AnnotationSet
from annotations.models.claim import ClaimAnnotation
from annotations.models.project import Project
from annotations.states import ClaimState, SetState


class ArticleQuerySet(models.QuerySet["Article"]):
    """Questions about many articles."""

    def present(self) -> Self:
        """Articles that have not been withdrawn."""
        return self.filter(withdrawn_at=None)

    def matching(self, words: str) -> Self:
        """Articles whose title, outlet or text contains these words."""
        return self.filter(
            Q(title__icontains=words) | Q(outlet__icontains=words) | Q(text__icontains=words)
        )

    def at(self, stage: str) -> Self:
        """Articles at one stage of `Article.STAGES`; an unknown stage filters nothing."""
        sets = AnnotationSet.objects.filter(article=OuterRef("pk"))
        returned = ClaimAnnotation.objects.filter(
            annotation_set__article=OuterRef("pk"), state=ClaimState.RETURNED
        )
        stages = {
            "new": ~Exists(sets),
            "started": Exists(sets.filter(state=SetState.OPEN)) & ~Exists(returned),
            "review": Exists(sets.filter(state=SetState.SUBMITTED)),
            "returned": Exists(sets.filter(state=SetState.OPEN)) & Exists(returned),
            "done": Exists(sets.filter(state=SetState.REVIEWED))
            & ~Exists(sets.exclude(state=SetState.REVIEWED)),
        }
        return self.filter(stages[stage]) if stage in stages else self

    def untouched_by(self, person_id: int) -> Self:
        """Articles of which this person has no annotation set yet."""
        sets = AnnotationSet.objects.filter(article=OuterRef("pk"), annotator=person_id)
        return self.filter(~Exists(sets))


class Article(models.Model):
    """A news article as it was taken in."""

    STAGES = (
        ("new", _("New")),
        ("started", _("In progress")),
        ("review", _("In review")),
        ("returned", _("Returned")),
        ("done", _("Reviewed")),
    )

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="articles")
    title = models.CharField(max_length=300)
    byline = models.CharField(max_length=300, blank=True)
    outlet = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    published_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=35, blank=True)
    external_id = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64, editable=False)
    word_count = models.PositiveIntegerField(editable=False)
    file_encoding = models.CharField(max_length=20, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ("-changed_at", "-pk")
        constraints = (
            models.UniqueConstraint(name="article_once", fields=("project", "text_sha256")),
            models.CheckConstraint(
                name="article_text_clean", condition=~Q(text__contains="\r") & ~Q(text="")
            ),
        )
        indexes = (
            models.Index(name="article_by_change", fields=("project", "-changed_at", "-id")),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def text_rev(self) -> str:
        """Twelve hexadecimal digits that name this text; a page and a write must agree on it."""
        return self.text_sha256[:12]


class Zone(models.Model):
    """A stretch of an article that is not the story; spans may not touch an active one."""

    class Kind(models.TextChoices):
        BOILERPLATE = "boilerplate", _("Boilerplate")

    class Origin(models.TextChoices):
        RULE = "rule", _("found by rule")
        PERSON = "person", _("marked by a person")

    article = models.ForeignKey(Article, models.CASCADE, related_name="zones")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.BOILERPLATE)
    reason = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=10, choices=Origin)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("start", "end")
        constraints = (
            models.CheckConstraint(
                name="zone_has_length", condition=Q(start__gte=0) & Q(start__lt=F("end"))
            ),
            models.UniqueConstraint(name="zone_once", fields=("article", "start", "end")),
        )

    def __str__(self) -> str:
        return f"[{self.start}, {self.end})"
