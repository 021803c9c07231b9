"""Any order of verbs by any of the people keeps every promise about an annotation set.

`STATEFUL=200x50` runs 200 examples of 50 steps; the default is small enough for every run.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from annotations.models import (
    AnnotationSet,
    ClaimAnnotation,
    Event,
    Link,
    Person,
    Span,
    claims_around,
    reading_around,
    reading_of,
)
from annotations.models.event import GENESIS
from annotations.scheme import (
    IMPLICIT_SOURCES,
    LINK_TYPES,
    TAGS,
    Claim,
    LinkType,
    claim_of,
    claims_of,
    findings_of,
    warnings_of,
)
from annotations.states import ClaimState, SetState
from annotations.text.offsets import Fragment
from annotations.workflow import annotating, joining, reviewing, undoing
from annotations.workflow.passages import Passage
from annotations.workflow.refusals import Refused
from tests.people import make_cast, make_set, tag

EXAMPLES, STEPS = map(int, os.environ.get("STATEFUL", "25x25").split("x"))
TEXT = "Amal said it. Ben “knows it” 🙂 too, de\u0301ja\u0300.\n\nCleo denies it; Dan\u00a0shows a report."
REFUSED_ON_SAVE = {"V1", "V2", "V3", "V8", "V9", "V17"}
DECIDING = (ClaimState.PENDING, ClaimState.APPROVED, ClaimState.REJECTED)

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


def rows() -> list[list[object]]:
    """All that a verb may change, briefly."""
    return [
        [Event.objects.count()],
        list(AnnotationSet.objects.values_list("state", "version", "undo_top", "redo_top")),
        list(Span.objects.values_list("pk", "version")),
        list(Link.objects.values_list("pk", "cue", "negated")),
        list(ClaimAnnotation.objects.values_list("pk", "version", "state", "changed_by")),
    ]


class Newsroom(RuleBasedStateMachine):
    """One set of Edda's, which Rosa and Mara review and amend."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.cast = make_cast()
        self.set = make_set(self.cast, TEXT)
        self.approved: dict[int, Claim] = {}
        for source, allegation in (("Amal", "it"), ("Ben", "knows it"), ("Cleo", "denies it")):
            tag(self.set, source, "source", claim=tag(self.set, allegation, "allegation"))
        tag(self.set, "a report", "evidence", claim=Span.objects.get(text="knows it"))
        self.logged = Event.objects.count()
        self.whole = reading_of(self.set)
        self.checked, self.judged = (0, GENESIS), 0

    def teardown(self) -> None:
        self.what_is_around_a_claim_is_what_the_whole_says()
        connection.check_constraints()
        transaction.savepoint_rollback(self.savepoint)

    # What the rules share

    def person(self, name: str, pick: int = 0) -> Person:
        """The person of this name, else who may change the set in its state."""
        turn = "edda" if self.set.state == SetState.OPEN else ("rosa", "mara")[pick % 2]
        return Person.objects.get(username=name if name in ("edda", "rosa", "mara") else turn)

    def attempt(self, verb: Callable[[], object]) -> bool:
        """Do it: either one more event, or a refusal that leaves every row as it was."""
        before = rows()
        try:
            verb()
        except Refused:
            assert rows() == before
            return False
        self.logged += 1
        self.set.refresh_from_db()
        self.whole = reading_of(self.set)
        return True

    def change(self, name: str, verb: Callable[[Person], object]) -> None:
        """A change by one of the people; the annotator's own can be taken back whole."""
        before, by = self.whole, self.person(name)
        if not self.attempt(lambda: verb(by)) or by != self.cast.edda:
            return
        after = self.whole
        assert self.attempt(lambda: undoing.undo(self.set, by=self.cast.edda))
        assert self.whole == before
        assert self.attempt(lambda: undoing.redo(self.set, by=self.cast.edda))
        assert self.whole == after

    def told(self, claim: ClaimAnnotation) -> Claim:
        """What the claim says, with all it rests on."""
        return claim_of(self.whole, self.whole.span_of[claim.pk])

    def span(self, pick: int, *of_tags: str) -> Span | None:
        known = Span.objects.filter(tag__in=of_tags) if of_tags else Span.objects.all()
        spans = list(known.order_by("pk"))
        return spans[pick % len(spans)] if spans else None

    def link(self, pick: int) -> Link | None:
        links = list(Link.objects.order_by("pk"))
        return links[pick % len(links)] if links else None

    def claim(self, pick: int, state: str = "") -> ClaimAnnotation | None:
        known = ClaimAnnotation.objects.order_by("pk")
        claims = list(known.filter(state=state) if state else known)
        return claims[pick % len(claims)] if claims else None

    def passage(self, place: Fragment) -> Passage:
        return Passage((place,), (TEXT[place.start : place.end],), self.set.article.text_rev)

    # The rules

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
        annotating.tag(
            self.set,
            by=self.cast.edda,
            passage=self.passage(Fragment(0, 4)),
            tag="cue",
            uid=span.uid,
        )
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
                lambda by: annotating.resize(
                    span, by=by, passage=self.passage(place), version=span.version
                ),
            )

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
    ) -> None:
        every = {tag.key for tag in TAGS}
        from_span = self.span(origin, *(link_type.from_tags if fitting else every))
        to_span = None if implicit else self.span(end, *(link_type.to_tags if fitting else every))
        if from_span is None:
            return
        cue_span = None if cue is None else self.span(cue, "cue")
        ends = joining.Ends(link_type.key, from_span, to_span, implicit, cue_span)
        self.change(name, lambda by: joining.link(self.set, by=by, ends=ends))

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

    # The promises

    @invariant()
    def every_promise_is_kept(self) -> None:
        assert Event.objects.count() == self.logged
        if self.judged == self.logged:
            return
        self.every_span_quotes_its_text()
        self.nothing_stands_that_is_refused_on_save()
        self.allegations_and_nothing_else_have_claims()
        self.states_of_the_set_and_its_claims_fit()
        self.an_approved_claim_is_what_was_approved()
        self.warnings_are_current()
        self.new_events_continue_the_chain()
        self.judged = self.logged

    def every_span_quotes_its_text(self) -> None:
        for span in Span.objects.all():
            assert span.text == " ".join(TEXT[start:end] for start, end in span.fragments)
            assert (span.start, span.end) == (span.fragments[0].start, span.fragments[-1].end)

    def nothing_stands_that_is_refused_on_save(self) -> None:
        found = {one.rule for one in findings_of(self.whole, text=TEXT)}

        assert found.isdisjoint(REFUSED_ON_SAVE)

    def allegations_and_nothing_else_have_claims(self) -> None:
        claims = set(ClaimAnnotation.objects.values_list("pk", flat=True))

        assert claims == set(Span.objects.filter(tag="allegation").values_list("pk", flat=True))

    def states_of_the_set_and_its_claims_fit(self) -> None:
        states = set(self.set.claims.values_list("state", flat=True))

        if self.set.state == SetState.SUBMITTED:
            assert ClaimState.PENDING in states
            assert states <= set(DECIDING)
        if self.set.state == SetState.REVIEWED:
            assert states <= {ClaimState.APPROVED, ClaimState.REJECTED}

    def an_approved_claim_is_what_was_approved(self) -> None:
        for claim in ClaimAnnotation.objects.approved():
            assert self.told(claim) == self.approved[claim.pk]

    def warnings_are_current(self) -> None:
        for claim in ClaimAnnotation.objects.all():
            allegation = self.whole.span_of[claim.pk]
            assert claim.warnings.split() == [*warnings_of(self.whole, allegation)]

    def what_is_around_a_claim_is_what_the_whole_says(self) -> None:
        claims = claims_of(self.whole)
        for claim in claims:
            around = reading_around(self.set, [claim.allegation.key])
            assert claim_of(around, claim.allegation) == claim
            assert set(around.span_of) == set(claim.span_keys)
        for span in Span.objects.all():
            found = [claim.pk for claim in claims_around(self.set, [span.pk])]
            assert found == [one.allegation.key for one in claims if span.pk in one.span_keys]

    def new_events_continue_the_chain(self) -> None:
        number, previous = self.checked
        for event in Event.objects.of_article(self.set.article.uid).filter(number__gt=number):
            number += 1
            assert (event.number, event.previous_hash) == (number, previous)
            assert event.hash == event.computed_hash()
            previous = event.hash
        self.checked = (number, previous)


@pytest.mark.django_db
def test_any_order_of_verbs_keeps_the_promises() -> None:
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
