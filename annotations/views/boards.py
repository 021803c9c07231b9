"""What the workspace and the review screen show: paragraphs, claim cards, counts.

A board is read in a number of queries that does not grow with the article; of the claims it carries
a window of cards, because ten thousand cards take a browser seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

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
from annotations.scheme import Reading, SpanValue, claim_of
from annotations.states import ClaimState
from annotations.views.cards import Card, Mode, card_of
from annotations.views.columns import Stretch, stretches_of

WINDOW = 60
NEARBY = 600  # code points before and after an allegation
MOST_NEARBY = 40


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
class Board:
    """One annotation set on the screen of one person."""

    annotation_set: AnnotationSet
    mode: Mode
    why_not_edit: str
    why_not_review: str
    stretches: tuple[Stretch, ...]
    spans: Sequence[Span]
    zones: Sequence[Zone]
    cards: tuple[Card, ...]
    tally: Tally
    first: int
    active: int | None

    @property
    def article(self) -> Article:
        """The article the set is about."""
        return self.annotation_set.article

    @property
    def earlier(self) -> int | None:
        """Where the window of cards before this one begins, None at the top."""
        return max(self.first - WINDOW, 0) if self.first else None

    @property
    def later(self) -> int | None:
        """Where the next window of cards begins, None at the end."""
        after = self.first + WINDOW
        return after if after < self.tally.claims else None


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
    claims = ClaimAnnotation.objects.filter(annotation_set=annotation_set).in_text_order()
    if active is not None:
        first = _window_around(claims.values_list("pk", flat=True), active)
    shown = list(claims.select_related("decided_by", "changed_by")[first : first + WINDOW])
    active = active if active in {claim.pk for claim in shown} else _next_to_do(shown, mode)
    reading = reading_around(annotation_set, [claim.pk for claim in shown])
    spans = list(Span.objects.filter(annotation_set=annotation_set))
    zones = list(Zone.objects.filter(article=annotation_set.article, active=True))
    cards = tuple(_cards(shown, reading, mode=mode, active=active, editing=editing))
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
        zones=zones,
        cards=cards,
        tally=tally,
        first=first,
        active=active,
    )


def tally_of(annotation_set: AnnotationSet) -> Tally:
    """The counts of a set. Two queries, whatever its size."""
    claims = ClaimAnnotation.objects.filter(annotation_set=annotation_set)
    counts = claims.aggregate(
        claims=Count("pk"),
        with_warnings=Count("pk", filter=~Q(warnings="")),
        **{
            state.value: Count("pk", filter=Q(state=state))
            for state in (
                ClaimState.PENDING,
                ClaimState.APPROVED,
                ClaimState.RETURNED,
                ClaimState.REJECTED,
            )
        },
    )
    return Tally(without_source=claims.without_source().count(), **counts)


def cards_of(
    annotation_set: AnnotationSet,
    pks: Iterable[int],
    *,
    mode: Mode,
    active: int | None,
    editing: int | None = None,
) -> list[Card]:
    """The cards of these claims, in text order."""
    claims = (
        ClaimAnnotation.objects.filter(annotation_set=annotation_set, pk__in=list(pks))
        .in_text_order()
        .select_related("decided_by", "changed_by")
    )
    shown = list(claims)
    reading = reading_around(annotation_set, [claim.pk for claim in shown])
    return list(_cards(shown, reading, mode=mode, active=active, editing=editing))


def _cards(
    claims: Iterable[ClaimAnnotation],
    reading: Reading,
    *,
    mode: Mode,
    active: int | None,
    editing: int | None,
) -> Iterable[Card]:
    """The cards of claims; one that was removed while the reading was read has none."""
    for claim in claims:
        if claim.pk not in reading.span_of:
            continue
        told = claim_of(reading, reading.span_of[claim.pk])
        is_active = claim.pk == active
        is_edited = is_active and mode == "annotate" and editing in told.span_keys
        yield card_of(
            claim,
            told,
            mode=mode,
            is_active=is_active,
            editing=editing if is_edited else None,
            near=_near(claim) if is_edited else (),
        )


def _near(claim: ClaimAnnotation) -> Iterable[SpanValue]:
    """The passages around an allegation that it might be linked to. One query."""
    start, end = claim.allegation.start - NEARBY, claim.allegation.end + NEARBY
    spans = Span.objects.filter(annotation_set=claim.annotation_set_id).touching(start, end)
    return [span.value for span in spans.order_by("start", "-end", "pk")[:MOST_NEARBY]]


def _window_around(pks: Iterable[int], active: int) -> int:
    order = list(pks)
    return order.index(active) // WINDOW * WINDOW if active in order else 0


def _next_to_do(shown: Sequence[ClaimAnnotation], mode: Mode) -> int | None:
    """The claim that is open to begin with: the first one to decide, or that came back."""
    to_do = {"review": ClaimState.PENDING, "annotate": ClaimState.RETURNED}.get(mode)
    return next((claim.pk for claim in shown if claim.state == to_do), None)
