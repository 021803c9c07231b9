"""Any order of verbs by any of the people keeps every promise about an annotation set.

`STATEFUL=200x50` runs 200 examples of 50 steps; the default is small enough for every run.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from annotations.models import (
    ClaimAnnotation,
    Span,
)
from annotations.scheme import (
    IMPLICIT_SOURCES,
    LINK_TYPES,
    TAGS,
    LinkType,
    findings_of,
)
from annotations.states import SetState
from annotations.text.offsets import Fragment
from annotations.workflow import (
    annotating,
    attaching,
    joining,
    reshaping,
    reviewing,
    undoing,
    zoning,
)
from annotations.workflow.changing import Changed
from annotations.workflow.passages import Passage
from tests.workflow.newsroom import TEXT, Newsroom, rows

EXAMPLES, STEPS = map(int, os.environ.get("STATEFUL", "25x25").split("x"))

tags = st.sampled_from([tag.key for tag in TAGS])
places = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 12)).map(
    lambda drawn: Fragment(drawn[0], min(drawn[0] + drawn[1], len(TEXT)))
)
words = st.sampled_from(["Amal", "said", "it", "Ben", "knows it", "Cleo", "Dan", "a report"]).map(
    lambda one: Fragment(TEXT.index(one), TEXT.index(one) + len(one))
)
picks = st.integers(0, 30)
people = st.sampled_from([*["whose turn it is"] * 7, "edda", "rosa", "mara"])
values = st.sampled_from(
    [
        {"certainty": "possible"},
        {"certainty": ""},
        {"polarity": "negative", "about": "it"},
        {"entity": "Amal"},
        {"entity": ""},
        {"kind": "group", "naming": "anonymous"},
        {"naming": ""},
        {"availability": "shown"},
        {"availability": "nowhere"},
    ]
)


class AnyOrder(Newsroom):
    """All that Edda, Rosa and Mara may try."""

    @initialize(is_submitted=st.sampled_from([True, False]))
    def begin(self, is_submitted: bool) -> None:
        """Half of the stories begin in review, or too few would get there."""
        if is_submitted:
            assert self.attempt(lambda: reviewing.submit(self.set, by=self.cast.edda))

    @rule(name=people, place=places | words, tag=tags, pick=st.none() | picks)
    def tag(self, name: str, place: Fragment, tag: str, pick: int | None) -> None:
        claim = None if pick is None else self.claim(pick)
        self.change(
            name,
            lambda by: annotating.tag(
                self.set, by=by, passage=self.passage(place), tag=tag, uid=uuid4(), claim=claim
            ),
        )

    @rule(pick=picks)
    def tag_twice(self, pick: int) -> None:
        span = self.span(pick)
        if span is None or self.set.state != SetState.OPEN:
            return
        before = rows()
        quotes = tuple(TEXT[start:end] for start, end in span.fragments)
        passage = Passage(span.fragments, quotes, self.set.article.text_rev)
        annotating.tag(self.set, by=self.cast.edda, passage=passage, tag=span.tag, uid=span.uid)
        assert rows() == before

    @rule(name=people, pick=picks, tag=tags)
    def retag(self, name: str, pick: int, tag: str) -> None:
        if span := self.span(pick):
            self.change(
                name, lambda by: annotating.retag(span, by=by, tag=tag, version=span.version)
            )

    @rule(name=people, pick=picks, place=places | words)
    def resize(self, name: str, pick: int, place: Fragment) -> None:
        if span := self.span(pick):
            self.change(
                name,
                lambda by: reshaping.resize(
                    span, by=by, passage=self.passage(place), version=span.version
                ),
            )

    @rule(name=people, pick=picks, place=places | words, part=st.none() | picks)
    def reshape(self, name: str, pick: int, place: Fragment, part: int | None) -> None:
        """Add a part, or give new edges to one."""
        if (span := self.span(pick)) is None:
            return
        passage, seen = self.passage(place), span.version
        if part is None:
            self.change(
                name, lambda by: reshaping.extend(span, by=by, passage=passage, version=seen)
            )
            return
        one = span.fragments[part % len(span.fragments)].start
        self.change(
            name, lambda by: reshaping.resize(span, by=by, passage=passage, version=seen, part=one)
        )

    @rule(
        name=people,
        verb=st.sampled_from([attaching.attach, attaching.detach]),
        pick=picks,
        into=picks,
    )
    def join_or_leave(self, name: str, verb: Callable[..., Changed], pick: int, into: int) -> None:
        span, claim = self.span(pick), self.claim(into)
        if span and claim:
            self.change(name, lambda by: verb(span, by=by, claim=claim))

    @rule(name=st.sampled_from(["edda", "rosa", "mara"]), place=words, active=st.booleans())
    def mark_or_lift(self, name: str, place: Fragment, active: bool) -> None:
        by, article = self.person(name), self.set.article
        if active:
            self.attempt(lambda: zoning.add_zone(article, by=by, passage=self.passage(place)))
        elif zone := article.zones.filter(active=True).first():
            self.attempt(lambda: zoning.lift_zone(zone, by=by, active=False))

    @rule(name=people, pick=picks)
    def remove(self, name: str, pick: int) -> None:
        if span := self.span(pick):
            self.change(name, lambda by: annotating.remove(span, by=by, version=span.version))

    @rule(name=people, pick=picks, given=values, behind=st.sampled_from([0, 0, 0, 1]))
    def set_attributes(self, name: str, pick: int, given: dict[str, str], behind: int) -> None:
        if span := self.span(pick):
            self.change(
                name,
                lambda by: annotating.set_attributes(
                    span, by=by, values=given, version=span.version - behind
                ),
            )

    @rule(
        name=people,
        link_type=st.sampled_from(LINK_TYPES),
        fitting=st.sampled_from([True, True, True, False]),
        origin=picks,
        end=picks,
        implicit=st.sampled_from(["", "", *(source.key for source in IMPLICIT_SOURCES)]),
        cue=st.none() | picks,
        within=st.none() | picks,
    )
    def join(
        self,
        name: str,
        link_type: LinkType,
        fitting: bool,
        origin: int,
        end: int,
        implicit: str,
        cue: int | None,
        within: int | None,
    ) -> None:
        every = {tag.key for tag in TAGS}
        from_span = self.span(origin, *(link_type.from_tags if fitting else every))
        to_span = None if implicit else self.span(end, *(link_type.to_tags if fitting else every))
        if from_span is None:
            return
        cue_span = None if cue is None else self.span(cue, "cue")
        ends = joining.Ends(link_type.key, from_span, to_span, implicit, cue_span)
        claim = None if within is None else self.claim(within)
        self.change(name, lambda by: joining.link(self.set, by=by, ends=ends, claim=claim))

    @rule(name=people, pick=picks)
    def attribute_all(self, name: str, pick: int) -> None:
        """Give a claim an author, so that sets become complete often enough."""
        if claim := self.claim(pick):
            ends = joining.Ends("attributed_to", claim.allegation, implicit="author")
            self.change(name, lambda by: joining.link(self.set, by=by, ends=ends))

    @rule(name=people, pick=picks)
    def unlink(self, name: str, pick: int) -> None:
        if link := self.link(pick):
            self.change(name, lambda by: joining.unlink(link, by=by))

    @rule(name=people, pick=picks)
    def relay(self, name: str, pick: int) -> None:
        if link := self.link(pick):
            self.change(name, lambda by: joining.relay(link, by=by))

    @rule(name=people, pick=picks)
    def negate(self, name: str, pick: int) -> None:
        if link := self.link(pick):
            self.change(name, lambda by: joining.negate(link, by=by, negated=not link.negated))

    @rule(name=people)
    def undo(self, name: str) -> None:
        self.attempt(lambda: undoing.undo(self.set, by=self.person(name)))

    @rule(name=people)
    def redo(self, name: str) -> None:
        self.attempt(lambda: undoing.redo(self.set, by=self.person(name)))

    @rule()
    def complete(self) -> None:
        """Mend what keeps the set from being submitted, through the verbs."""
        if self.set.state != SetState.OPEN:
            return
        for finding in findings_of(self.whole, text=TEXT):
            span = Span.objects.filter(pk=finding.span.key).first()
            if finding.level == "E" and span is not None:
                self.attempt(
                    lambda span=span: annotating.remove(  # type: ignore[misc]  # bound at once
                        span, by=self.cast.edda, version=span.version
                    )
                )

    @rule(name=people)
    def submit(self, name: str) -> None:
        self.attempt(lambda: reviewing.submit(self.set, by=self.person(name)))

    @precondition(lambda self: self.set.claims.pending().exists())
    @rule(
        name=st.sampled_from(["rosa", "mara", "mara", "edda"]),
        pick=picks,
        state=st.sampled_from([*["pending"] * 4, ""]),
        behind=st.sampled_from([0, 0, 0, 0, 1]),
    )
    def approve(self, name: str, pick: int, state: str, behind: int) -> None:
        claim = self.claim(pick, state)
        if claim and self.attempt(
            lambda: reviewing.approve(claim, by=self.person(name), version=claim.version - behind)
        ):
            self.approved[claim.pk] = self.told(claim)
            assert name not in ("edda", claim.changed_by.username)

    @precondition(lambda self: self.set.claims.pending().exists())
    @rule(
        name=st.sampled_from(["rosa", "mara", "edda"]),
        pick=picks,
        verb=st.sampled_from([reviewing.reject, reviewing.reject, reviewing.return_claim]),
        note=st.sampled_from(["", "Look.", "See."]),
    )
    def refuse(self, name: str, pick: int, verb: Callable[..., ClaimAnnotation], note: str) -> None:
        if claim := self.claim(pick, "pending"):
            self.attempt(
                lambda: verb(
                    claim, by=self.person(name), version=claim.version, reasons=[], note=note
                )
            )

    @precondition(lambda self: self.set.state == SetState.REVIEWED)
    @rule(name=st.sampled_from(["mara", "mara", "rosa", "edda"]))
    def reopen(self, name: str) -> None:
        self.attempt(lambda: reviewing.reopen(self.set, by=self.person(name)))


@pytest.mark.django_db
def test_any_order_of_verbs_keeps_the_promises() -> None:
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
