"""One annotation set under any order of verbs: how a step is taken, and what must hold after it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
)

from annotations.models import (
    AnnotationSet,
    ClaimAnnotation,
    Event,
    Link,
    Person,
    Span,
    Zone,
    claims_around,
    reading_around,
    reading_of,
)
from annotations.models.event import GENESIS
from annotations.scheme import (
    Claim,
    claim_of,
    claims_of,
    findings_of,
    warnings_of,
)
from annotations.states import ClaimState, SetState
from annotations.text.offsets import Fragment, touches
from annotations.workflow import undoing
from annotations.workflow.passages import Passage
from annotations.workflow.refusals import Refused
from tests.people import make_cast, make_set, tag

TEXT = "Amal said it. Ben “knows it” 🙂 too, de\u0301ja\u0300.\n\nCleo denies it; Dan\u00a0shows a report."
REFUSED_ON_SAVE = {"V1", "V2", "V3", "V8", "V9", "V17"}
DECIDING = (ClaimState.PENDING, ClaimState.APPROVED, ClaimState.REJECTED)


def rows() -> list[list[object]]:
    """All that a verb may change, briefly."""
    return [
        [Event.objects.count()],
        list(AnnotationSet.objects.values_list("state", "version", "undo_top", "redo_top")),
        list(Span.objects.values_list("pk", "version")),
        list(Link.objects.values_list("pk", "cue", "negated")),
        list(Zone.objects.values_list("pk", "active")),
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

    # The promises

    @invariant()
    def every_promise_is_kept(self) -> None:
        assert Event.objects.count() == self.logged
        if self.judged == self.logged:
            return
        self.every_span_quotes_its_text()
        self.no_span_lies_in_boilerplate()
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

    def no_span_lies_in_boilerplate(self) -> None:
        zones = [Fragment(one.start, one.end) for one in Zone.objects.filter(active=True)]

        assert not [
            span for span in Span.objects.all() for one in zones if touches(span.fragments, one)
        ]

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
