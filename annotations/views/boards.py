"""What the workspace and the review screen show: paragraphs, claim cards, counts.

A board is read in a number of queries that does not grow with the article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotations import permissions
from annotations.models import (
    AnnotationSet,
    Article,
    ClaimAnnotation,
    Person,
    Span,
    Zone,
    reading_around,
)
from annotations.models.span import Mark
from annotations.states import ClaimState
from annotations.views.cards import Mode
from annotations.views.columns import Stretch, stretches_of
from annotations.views.rails import WINDOW, Rail, claims_from, drawn, number_of


@dataclass(frozen=True, slots=True)
class Tally:
    """The numbers of a set that its header shows."""

    claims: int
    without_source: int
    with_warnings: int
    pending: int
    approved: int
    returned: int
    rejected: int

    @property
    def decided(self) -> int:
        """Claims with a decision."""
        return self.approved + self.returned + self.rejected

    @property
    def submitted(self) -> int:
        """Claims a reviewer has decided or will."""
        return self.decided + self.pending


@dataclass(frozen=True, slots=True)
class Board(Rail):
    """One annotation set on the screen of one person."""

    annotation_set: AnnotationSet
    mode: Mode
    why_not_edit: str
    why_not_review: str
    stretches: tuple[Stretch, ...]
    spans: Sequence[Mark]
    zones: Sequence[Zone]
    tally: Tally
    active: int | None

    @property
    def article(self) -> Article:
        """The article the set is about."""
        return self.annotation_set.article


def board_of(
    annotation_set: AnnotationSet,
    person: Person,
    *,
    mode: Mode,
    first: int,
    active: int | None,
    editing: int | None = None,
) -> Board:
    """The board of a set: the window of cards from `first` on, or around the active claim."""
    tally = tally_of(annotation_set)
    if active is not None:
        first = (number_of(annotation_set, active) or 0) // WINDOW * WINDOW
    shown = claims_from(annotation_set, first, WINDOW)
    active = active if active in {claim.pk for claim in shown} else _next_to_do(shown, mode)
    reading = reading_around(annotation_set, [claim.pk for claim in shown])
    spans = Span.objects.filter(annotation_set=annotation_set).marks()
    zones = list(Zone.objects.filter(article=annotation_set.article))
    cards = tuple(drawn(shown, reading, mode=mode, active=active, editing=editing))
    lit = next((card.told.span_keys for card in cards if card.is_active), ())
    return Board(
        annotation_set=annotation_set,
        mode=mode,
        why_not_edit=permissions.why_not_annotate(person, annotation_set),
        why_not_review=permissions.why_not_review(person, annotation_set),
        stretches=tuple(
            stretches_of(annotation_set.article, spans, zones, lit, {one.pk for one in shown})
        ),
        spans=spans,
        zones=[zone for zone in zones if zone.active],
        cards=cards,
        first=first,
        total=tally.claims,
        tally=tally,
        active=active,
    )


def tally_of(annotation_set: AnnotationSet) -> Tally:
    """The counts of a set. One query, whatever its size."""
    return Tally(**ClaimAnnotation.objects.numbers_of(annotation_set))


def _next_to_do(shown: Sequence[ClaimAnnotation], mode: Mode) -> int | None:
    """The claim that is open to begin with: the first one to decide, or that came back."""
    to_do = {"review": ClaimState.PENDING, "annotate": ClaimState.RETURNED}.get(mode)
    return next((claim.pk for claim in shown if claim.state == to_do), None)
