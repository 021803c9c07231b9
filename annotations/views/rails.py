"""The rail of claim cards: which of a set's claims have their card on the page.

A rail is a window of the claims in text order, because ten thousand cards take a browser seconds.
The page says with each write which stretch of the text its rail covers, so that an answer draws no
card that is not there, whatever the number of claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from annotations.models import AnnotationSet, ClaimAnnotation, reading_around
from annotations.models.claim import ClaimQuerySet
from annotations.scheme import Reading, claim_of
from annotations.views.cards import Card, Mode, card_of
from annotations.views.editors import editor_of, twins_of

WINDOW = 60
NEAR = 2
"""How many cards are drawn before and after a new claim that lies outside the window."""


MOST_PLACES = 2**31 - 1


class Window(NamedTuple):
    """The stretch of text in which claims begin that have their card on the page; code points.

    Both places belong to it; None is the end of the text.
    """

    start: int = 0
    end: int | None = None

    def __str__(self) -> str:
        return f"{self.start}-{'' if self.end is None else self.end}"

    def holds(self, place: int) -> bool:
        """Whether a claim that begins here has its card on the page."""
        return self.start <= place and (self.end is None or place <= self.end)


def window_from(written: str) -> Window:
    """The window a page says it has, such as "120-4711" or "120-"; the whole text if it says none."""
    found = re.fullmatch(r"([0-9]{1,9})-([0-9]{0,9})", written)
    return Window(int(found[1]), int(found[2]) if found[2] else None) if found else Window()


@dataclass(frozen=True, slots=True)
class Rail:
    """A window of cards: those from number `first` on, counted from 0, of `total` claims."""

    cards: tuple[Card, ...]
    first: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last card, the first of the set being 1."""
        return self.first + len(self.cards)

    @property
    def is_part(self) -> bool:
        """Whether there are claims whose card is not here."""
        return len(self.cards) < self.total

    @property
    def earlier(self) -> int | None:
        """Where the window of cards before this one begins, None at the top."""
        return max(self.first - WINDOW, 0) if self.first else None

    @property
    def later(self) -> int | None:
        """Where the next window of cards begins, None at the end."""
        return self.last if self.last < self.total else None

    @property
    def window(self) -> Window:
        """The stretch of text these cards cover."""
        start = self.cards[0].allegation.start if self.first and self.cards else 0
        end = self.cards[-1].allegation.start if self.cards and self.later else None
        return Window(start, end)


def number_of(annotation_set: AnnotationSet, pk: int) -> int | None:
    """How many claims of the set come before this one; None if it is none of the set's."""
    claims = ClaimAnnotation.objects.filter(annotation_set=annotation_set)
    claim = claims.select_related("allegation").filter(allegation__id=pk).first()
    return claims.before(claim.allegation).count() if claim else None


def claims_from(annotation_set: AnnotationSet, first: int, most: int) -> list[ClaimAnnotation]:
    """So many claims in text order, with what their cards tell of them."""
    return list(_told(annotation_set)[first : first + most])


def rail_near(annotation_set: AnnotationSet, pk: int, *, mode: Mode, total: int) -> Rail:
    """The claim, open, with its neighbours: what a rail shows that has gone to another place."""
    first = max((number_of(annotation_set, pk) or 0) - NEAR, 0)
    claims = claims_from(annotation_set, first, 2 * NEAR + 1)
    reading = reading_around(annotation_set, [claim.pk for claim in claims])
    return Rail(tuple(drawn(claims, reading, mode=mode, active=pk)), first, total)


def cards_of(
    annotation_set: AnnotationSet,
    pks: Iterable[int],
    *,
    mode: Mode,
    active: int | None,
    editing: int | None = None,
    window: Window = Window(),  # noqa: B008 -- a value that never changes
) -> list[Card]:
    """The cards of these claims that are on the page, in text order."""
    found = _told(annotation_set).filter(pk__in=list(pks))
    if window.start or window.end is not None:
        last = MOST_PLACES if window.end is None else window.end
        found = found.filter(allegation__start__range=(window.start, last))
    claims = list(found)
    reading = reading_around(annotation_set, [claim.pk for claim in claims])
    return list(drawn(claims, reading, mode=mode, active=active, editing=editing))


def card_before(claim: ClaimAnnotation) -> int | None:
    """The claim whose card stands before this one's."""
    claims = ClaimAnnotation.objects.filter(annotation_set=claim.annotation_set_id)
    earlier = claims.before(claim.allegation).in_text_order().reverse()
    return earlier.values_list("pk", flat=True).first()


def drawn(
    claims: Iterable[ClaimAnnotation],
    reading: Reading,
    *,
    mode: Mode,
    active: int | None,
    editing: int | None = None,
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
            editor=editor_of(claim, told, editing) if is_edited and editing else None,
            twins=twins_of(claim.annotation_set_id, told.span_keys) if is_active else {},
        )


def _told(annotation_set: AnnotationSet) -> ClaimQuerySet:
    claims = ClaimAnnotation.objects.filter(annotation_set=annotation_set).in_text_order()
    # Most have no decision: a query for who made it is quicker now and then than a join each time.
    return claims.prefetch_related("decided_by")
