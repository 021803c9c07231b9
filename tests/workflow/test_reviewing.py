"""Deciding claims: four eyes, versions, reasons."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from annotations.models import AnnotationSet, ClaimAnnotation, Event, Person, Span
from annotations.scheme import REASONS
from annotations.states import ClaimState
from annotations.workflow import annotating, joining, organising, reviewing
from annotations.workflow.passages import Passage
from annotations.workflow.refusals import Forbidden, Incomplete, Stale, Unfit
from tests.people import (
    Cast,
    claim_of,
    fresh,
    link,
    make_submitted_set,
    tag,
)
from tests.rows import refused
from tests.workflow.acts import (
    DAM,
    WARNING,
    Decide,
    approve,
    claim,
    describe,
    give_back,
    reject,
    span_of,
)


def send(
    annotation_set: AnnotationSet,
    passage: Passage,
    *,
    by: Person | None = None,
    as_tag: str = "allegation",
    claim: ClaimAnnotation | None = None,
) -> None:
    annotating.tag(
        annotation_set,
        by=by or annotation_set.annotator,
        passage=passage,
        tag=as_tag,
        uid=uuid4(),
        claim=claim,
    )


@pytest.fixture
def allegation(annotation_set: AnnotationSet) -> Span:
    """A claim with a source, a cue and evidence."""
    allegation = tag(annotation_set, DAM, "allegation")
    tag(annotation_set, "Officials", "source", claim=allegation)
    tag(annotation_set, "said", "cue", claim=allegation)
    tag(annotation_set, "Photographs", "evidence", claim=allegation)
    return fresh(allegation)


DECISIONS: dict[str, Decide] = {"approve": approve, "reject": reject, "return": give_back}


EACH_DECISION = pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS)


@pytest.fixture
def submitted(cast: Cast) -> AnnotationSet:
    return make_submitted_set(cast)


@pytest.mark.parametrize(
    ("name", "state", "reasons", "note"),
    [
        ("approve", "approved", [], ""),
        ("reject", "rejected", ["duplicate"], ""),
        ("return", "returned", ["wrong_source"], "Smith said it."),
    ],
)
def test_a_decision_stands_on_the_claim_and_in_the_log(
    cast: Cast, submitted: AnnotationSet, name: str, state: str, reasons: list[str], note: str
) -> None:
    seen = claim(DAM)

    answered = DECISIONS[name](seen, cast.rosa)

    stored = claim(DAM)
    assert answered == stored
    assert (stored.state, stored.decided_by, stored.reasons, stored.note) == (
        state,
        cast.rosa,
        reasons,
        note,
    )
    assert stored.decided_at is not None
    assert stored.version == seen.version + 1
    event = Event.objects.latest("pk")
    assert (event.verb, event.actor, event.object_uid) == (name, "rosa", span_of(DAM).uid)
    assert event.before == {"state": "pending"}
    assert event.after == {
        "state": state,
        "reasons": reasons,
        "note": note,
        "annotation_set": "open" if name == "return" else "submitted",
    }


@EACH_DECISION
def test_nobody_decides_their_own_work(cast: Cast, decide: Decide) -> None:
    own = organising.take(make_submitted_set(cast).article, by=cast.rosa)
    dam = tag(own, DAM, "allegation")
    link("attributed_to", dam, implicit="author")
    reviewing.submit(own, by=cast.rosa)

    with refused(Forbidden, "This is your own work"):
        decide(claim_of(dam), cast.rosa)

    assert decide(claim_of(dam), cast.mara).decided_by == cast.mara


@EACH_DECISION
@pytest.mark.parametrize("person", ["edda", "egon", "stranger"])
def test_only_reviewers_decide_and_others_are_told_so_in_any_state(
    cast: Cast, submitted: AnnotationSet, decide: Decide, person: str
) -> None:
    with refused(Forbidden):
        decide(claim(DAM), getattr(cast, person))

    approve(claim(DAM), cast.mara)
    with refused(Forbidden):
        decide(claim(DAM), getattr(cast, person))


@EACH_DECISION
def test_a_decision_on_what_has_changed_since_is_stale(
    cast: Cast, submitted: AnnotationSet, decide: Decide
) -> None:
    seen = claim(DAM)
    describe(span_of(DAM), cast.mara, certainty="possible")

    with refused(Stale, "This claim has been changed since you saw it."):
        decide(seen, cast.rosa)


@EACH_DECISION
def test_a_claim_is_decided_once(cast: Cast, submitted: AnnotationSet, decide: Decide) -> None:
    seen = claim(DAM)
    approve(seen, cast.mara)

    with refused(Stale, "changed since you saw it"):
        decide(seen, cast.rosa)
    with refused(Stale, "This claim is not waiting for a decision: it is “Approved”."):
        decide(claim(DAM), cast.rosa)


@pytest.mark.parametrize("verb", [reviewing.reject, reviewing.return_claim])
@pytest.mark.parametrize(
    ("reasons", "note", "told"),
    [
        ([], "", "Say why"),
        ([], "  \n", "Say why"),
        (["because"], "", "“because” is not a reason of the codebook."),
        (["other", "because"], "A note.", "“because” is not a reason of the codebook."),
        ([], "A broken \0 note", "NUL"),
    ],
)
def test_a_refusal_of_a_claim_needs_a_reason_a_person_can_read(
    cast: Cast,
    submitted: AnnotationSet,
    verb: Callable[..., ClaimAnnotation],
    reasons: list[str],
    note: str,
    told: str,
) -> None:
    seen = claim(DAM)

    with refused(Unfit, told):
        verb(seen, by=cast.rosa, version=seen.version, reasons=reasons, note=note)


def test_a_note_alone_is_a_reason_and_reasons_are_kept_once_each(
    cast: Cast, submitted: AnnotationSet
) -> None:
    every = [reason.key for reason in REASONS]
    first, second = claim(DAM), claim(WARNING)

    reviewing.reject(first, by=cast.rosa, version=first.version, reasons=[], note=" See A2. ")
    reviewing.reject(
        second, by=cast.rosa, version=second.version, reasons=[*every, *every], note=""
    )

    assert (claim(DAM).reasons, claim(DAM).note) == ([], "See A2.")
    assert claim(WARNING).reasons == every


def test_an_incomplete_claim_is_not_approved(cast: Cast, submitted: AnnotationSet) -> None:
    joining.unlink(span_of(DAM).links_out.get(), by=cast.rosa)

    with refused(Incomplete, "No source yet. Who says it?"):
        approve(claim(DAM), cast.mara)

    assert give_back(claim(DAM), cast.mara).state == ClaimState.RETURNED


@EACH_DECISION
def test_a_claim_that_is_gone_is_stale(
    cast: Cast, submitted: AnnotationSet, decide: Decide
) -> None:
    seen, span = claim(DAM), span_of(DAM)
    annotating.remove(span, by=cast.mara, version=span.version)

    with refused(Stale, "This claim has been changed since you saw it."):
        decide(seen, cast.rosa)
