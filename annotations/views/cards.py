"""Claim cards: a claim told as a sentence, with what a person may do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from annotations.keymap import keys_of
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
class Twin:
    """Another passage that is the same: the link that says so, and its other end."""

    link: int
    span: SpanValue


@dataclass(frozen=True, slots=True)
class Editor:
    """The open editor of one span of a claim, and what it offers.

    `near` are passages one might link, `alike` others with the same tag, `entities` the names that
    sources of the set have.
    """

    key: int
    near: tuple[SpanValue, ...] = ()
    alike: tuple[SpanValue, ...] = ()
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A claim on the screen. Its id in the page is `c<pk>`, its allegation's `s<pk>`."""

    claim: ClaimAnnotation
    told: Claim
    mode: Mode
    is_active: bool
    remarks: tuple[Remark, ...]
    editor: Editor | None = None
    twins: Mapping[int, tuple[Twin, ...]] = field(default_factory=dict)

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
    def editing(self) -> int | None:
        """The span whose editor is open."""
        return self.editor.key if self.editor else None

    @property
    def taken(self) -> tuple[SpanValue, ...]:
        """What belongs to it beside the allegation."""
        return self.told.spans[1:]

    @property
    def sources_near(self) -> list[SpanValue]:
        """Sources nearby that the claim is not attributed to yet."""
        used = {source.key for source in self.told.sources}
        return [span for span in self._near if span.tag == "source" and span.key not in used]

    @property
    def all_sources_near(self) -> list[SpanValue]:
        """Every source nearby, for evidence of the claim that somebody vouches for."""
        return [span for span in self._near if span.tag == "source"]

    @property
    def grounds_near(self) -> list[SpanValue]:
        """Evidence and other allegations nearby that might support the claim."""
        used = {ground.span.key for ground in self.told.grounds} | {self.pk}
        tags = ("evidence", "allegation")
        return [span for span in self._near if span.tag in tags and span.key not in used]

    @property
    def alike(self) -> list[SpanValue]:
        """Others with the tag of the edited span that are not said to be the same yet."""
        if not self.editor:
            return []
        known = {twin.span.key for twin in self.twins.get(self.editor.key, ())}
        return [span for span in self.editor.alike if span.key not in known]

    @property
    def _near(self) -> tuple[SpanValue, ...]:
        return self.editor.near if self.editor else ()


def words_for_cards(annotation_set: AnnotationSet, person: Person) -> dict[str, object]:
    """What every card's template needs beside the card."""
    own: Mapping[str, str] = person.own_keys
    return {
        "annotation_set": annotation_set,
        "implicit_sources": IMPLICIT_SOURCES,
        "reasons": REASONS,
        "tags": TAGS,
        "key": {
            **keys_of("annotate", is_on=person.keys_on, own=own),
            **keys_of("review", is_on=person.keys_on, own=own),
        },
        "why_not_review": why_not_review(person, annotation_set),
    }


def card_of(
    claim: ClaimAnnotation,
    told: Claim,
    *,
    mode: Mode,
    is_active: bool,
    editor: Editor | None = None,
    twins: Mapping[int, tuple[Twin, ...]] | None = None,
) -> Card:
    """The card of a claim; `twins` are the same passages elsewhere, by the keys of its spans."""
    remarks = tuple(
        Remark(one.rule, MESSAGES[one.rule], BRIEFLY[one.rule], one.level == "E")
        for one in claim_findings(told)
    )
    return Card(claim, told, mode, is_active, remarks, editor, twins or {})
