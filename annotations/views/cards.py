"""Claim cards: a claim told as a sentence, with what a person may do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from annotations.models import AnnotationSet, ClaimAnnotation, Person
from annotations.permissions import why_not_review
from annotations.scheme import (
    BRIEFLY,
    IMPLICIT_SOURCES,
    MESSAGES,
    REASONS,
    TAGS,
    Claim,
    SpanValue,
    claim_findings,
)
from annotations.states import ClaimState

Mode = Literal["annotate", "review", "read"]


@dataclass(frozen=True, slots=True)
class Remark:
    """A rule the claim breaks: in a sentence, and in a few words for a closed card."""

    rule: str
    message: str
    briefly: str
    is_error: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A claim on the screen. Its id in the page is `c<pk>`, its allegation's `s<pk>`."""

    claim: ClaimAnnotation
    told: Claim
    mode: Mode
    is_active: bool
    remarks: tuple[Remark, ...]
    editing: int | None = None
    near: tuple[SpanValue, ...] = ()

    @property
    def pk(self) -> int:
        """The claim's primary key, which is its allegation's."""
        return self.allegation.key

    @property
    def allegation(self) -> SpanValue:
        """The allegation as a plain value."""
        return self.told.allegation

    @property
    def is_pending(self) -> bool:
        """Whether it waits for a decision."""
        return self.claim.state == ClaimState.PENDING

    @property
    def sources_near(self) -> list[SpanValue]:
        """Sources nearby that the claim is not attributed to yet."""
        used = {source.key for source in self.told.sources}
        return [span for span in self.near if span.tag == "source" and span.key not in used]

    @property
    def all_sources_near(self) -> list[SpanValue]:
        """Every source nearby, for evidence of the claim that somebody vouches for."""
        return [span for span in self.near if span.tag == "source"]

    @property
    def grounds_near(self) -> list[SpanValue]:
        """Evidence and other allegations nearby that might support the claim."""
        used = {ground.span.key for ground in self.told.grounds} | {self.pk}
        tags = ("evidence", "allegation")
        return [span for span in self.near if span.tag in tags and span.key not in used]


def words_for_cards(annotation_set: AnnotationSet, person: Person) -> dict[str, object]:
    """What every card's template needs beside the card."""
    return {
        "annotation_set": annotation_set,
        "implicit_sources": IMPLICIT_SOURCES,
        "reasons": REASONS,
        "tags": TAGS,
        "why_not_review": why_not_review(person, annotation_set),
    }


def card_of(
    claim: ClaimAnnotation,
    told: Claim,
    *,
    mode: Mode,
    is_active: bool,
    editing: int | None = None,
    near: Iterable[SpanValue] = (),
) -> Card:
    """The card of a claim.

    `editing` is the span of it whose editor is open, `near` are passages it might be linked to.
    """
    remarks = tuple(
        Remark(one.rule, MESSAGES[one.rule], BRIEFLY[one.rule], one.level == "E")
        for one in claim_findings(told)
    )
    return Card(claim, told, mode, is_active, remarks, editing, tuple(near))
