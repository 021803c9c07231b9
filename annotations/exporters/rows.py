"""What is exported, and the plain rows that formats turn into files.

Rows hold values only: nothing here but a `Selection` asks the database. Offsets are code points of
the article's text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from annotations.models import AnnotationSet, Article, ClaimAnnotation, Project
from annotations.scheme import Claim, LinkValue, SpanValue
from annotations.states import SUBMITTED_CLAIMS, ClaimState


@dataclass(frozen=True, slots=True)
class Selection:
    """What to export: a project's claims in these states, perhaps of one article or outlet.

    Every state together is no filter: then articles without a claim and spans that no claim uses
    are part of it, too. Only individual annotation sets count, and no withdrawn articles.
    """

    project: Project
    states: frozenset[ClaimState] = SUBMITTED_CLAIMS
    article: Article | None = None
    outlet: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether claims of all states are selected."""
        return self.states == frozenset(ClaimState)

    def claims(self) -> QuerySet[ClaimAnnotation]:
        """The selected claims, in no order."""
        claims = self.chosen(ClaimAnnotation.objects.filter(project=self.project)).filter(
            annotation_set__article__withdrawn_at=None
        )
        if self.article:
            claims = claims.filter(annotation_set__article=self.article)
        if self.outlet:
            claims = claims.filter(annotation_set__article__outlet=self.outlet)
        return claims

    def chosen(self, claims: QuerySet[ClaimAnnotation]) -> QuerySet[ClaimAnnotation]:
        """Those of the claims that have the right state and kind, wherever they stand."""
        return claims.filter(
            state__in=sorted(self.states), annotation_set__kind=AnnotationSet.Kind.INDIVIDUAL
        )

    def articles(self) -> QuerySet[Article]:
        """The articles with a selected claim, in the order of intake."""
        articles = Article.objects.present().filter(project=self.project).order_by("pk")
        if self.article:
            articles = articles.filter(pk=self.article.pk)
        if self.outlet:
            articles = articles.filter(outlet=self.outlet)
        if not self.is_whole:
            # Without the project, which would lead SQLite through all its claims each time.
            claims = ClaimAnnotation.objects.filter(annotation_set__article=OuterRef("pk"))
            articles = articles.filter(Exists(self.chosen(claims)))
        return articles


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """A stretch of an article that is not the story, with the words in it."""

    article: UUID
    start: int
    end: int
    kind: str
    reason: str
    origin: str
    active: bool
    text: str


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article with its text and its zones."""

    uid: UUID
    external_id: str
    title: str
    byline: str
    outlet: str
    url: str
    published_on: date | None
    language: str
    word_count: int
    text_sha256: str
    text: str
    zones: tuple[ZoneRow, ...]


@dataclass(frozen=True, slots=True)
class SetRow:
    """Whose annotations of which article a row belongs to."""

    article: UUID
    text_sha256: str
    annotator: str


@dataclass(frozen=True, slots=True)
class SpanRow:
    """A tagged passage."""

    uid: UUID
    annotation_set: SetRow
    value: SpanValue
    origin: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A relation with its ends and its cue; no `to_span` where the source is implicit."""

    uid: UUID
    annotation_set: SetRow
    value: LinkValue
    from_span: SpanRow
    to_span: SpanRow | None
    cue: SpanRow | None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with its review; `uid` is that of its allegation, `uids` of the spans by key."""

    uid: UUID
    annotation_set: SetRow
    claim: Claim
    uids: Mapping[int, UUID]
    state: str
    reviewer: str
    decided_at: datetime | None
    reasons: tuple[str, ...]
    note: str
    warnings: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class Annotations:
    """The selected annotations of one article; links stay in the order they were made in."""

    article: UUID
    sets: tuple[SetRow, ...]
    claims: tuple[ClaimRow, ...]
    spans: tuple[SpanRow, ...]
    links: tuple[LinkRow, ...]
