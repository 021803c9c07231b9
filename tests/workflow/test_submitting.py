"""Submit, return, reopen: how an annotation set moves."""

from __future__ import annotations

import pytest

from annotations.models import AnnotationSet, Event, reading_of
from annotations.states import SetState
from annotations.workflow import reviewing
from annotations.workflow.refusals import Forbidden, Incomplete, Stale, Unfit
from tests.people import (
    Cast,
    make_gold_set,
    make_submitted_set,
    tag,
)
from tests.rows import refused
from tests.workflow.acts import (
    DAM,
    WARNING,
    approve,
    claim,
    describe,
    give_back,
    reject,
    span_of,
    states,
    verbs,
)


@pytest.fixture
def submitted(cast: Cast) -> AnnotationSet:
    return make_submitted_set(cast)


def test_submit_hands_every_claim_to_the_reviewers(submitted: AnnotationSet) -> None:
    assert states(submitted) == {"set": "submitted", DAM: "pending", WARNING: "pending"}
    assert submitted.submitted_at is not None
    event = Event.objects.latest("pk")
    assert (event.verb, event.actor, event.before, event.after) == (
        "submit",
        "edda",
        {"state": "open"},
        {"state": "submitted", "claims": 2},
    )


def test_a_decision_on_a_claim_as_it_was_before_the_submit_is_stale(
    cast: Cast, submitted: AnnotationSet
) -> None:
    seen = give_back(claim(DAM), cast.rosa)
    reviewing.submit(submitted, by=cast.edda)

    with refused(Stale, "This claim has been changed since you saw it."):
        approve(seen, cast.rosa)


def test_a_set_without_a_claim_is_not_submitted(annotation_set: AnnotationSet) -> None:
    with refused(Unfit, "There is no claim to submit yet."):
        reviewing.submit(annotation_set, by=annotation_set.annotator)


def test_an_incomplete_set_is_refused_with_what_is_missing_and_where(
    annotation_set: AnnotationSet,
) -> None:
    dam = tag(annotation_set, DAM, "allegation")
    photographs = tag(annotation_set, "Photographs", "evidence")
    tag(annotation_set, "Smith", "source")

    with refused(Incomplete, "2 things are missing") as caught:
        reviewing.submit(annotation_set, by=annotation_set.annotator)

    findings = caught.value.findings if isinstance(caught.value, Incomplete) else []
    assert [(one.rule, one.level, one.span.key) for one in findings] == [
        ("V4", "E", dam.pk),
        ("V5", "E", photographs.pk),
    ]


def test_one_missing_thing_is_told_in_the_singular(annotation_set: AnnotationSet) -> None:
    tag(annotation_set, DAM, "allegation")

    with refused(Incomplete, "One thing is missing before it can be submitted."):
        reviewing.submit(annotation_set, by=annotation_set.annotator)


def test_what_is_missing_comes_with_the_warnings(annotation_set: AnnotationSet) -> None:
    tag(annotation_set, DAM, "allegation")
    smith = tag(annotation_set, "Smith", "source")

    with refused(Incomplete, "One thing is missing") as caught:
        reviewing.submit(annotation_set, by=annotation_set.annotator, seen=False)

    cautions = caught.value.cautions if isinstance(caught.value, Incomplete) else []
    assert [(one.rule, one.level, one.span.key) for one in cautions] == [("V6", "W", smith.pk)]


def test_warnings_that_nobody_has_seen_are_shown_first(
    cast: Cast, annotation_set: AnnotationSet
) -> None:
    dam = tag(annotation_set, DAM, "allegation")
    tag(annotation_set, "Officials", "source", claim=dam)
    tag(annotation_set, "Smith", "source")

    with refused(Incomplete, "One thing to look at before it is submitted.") as caught:
        reviewing.submit(annotation_set, by=cast.edda, seen=False)

    told = caught.value
    assert isinstance(told, Incomplete)
    assert ([*told.findings], [one.rule for one in told.cautions]) == ([], ["V6"])
    reviewing.submit(annotation_set, by=cast.edda, seen=True)
    assert states(annotation_set)["set"] == "submitted"


def test_without_warnings_nothing_is_asked(cast: Cast, annotation_set: AnnotationSet) -> None:
    dam = tag(annotation_set, DAM, "allegation")
    tag(annotation_set, "Officials", "source", claim=dam)

    reviewing.submit(annotation_set, by=cast.edda, seen=False)

    assert states(annotation_set)["set"] == "submitted"


def test_warnings_do_not_keep_from_submitting(cast: Cast) -> None:
    gold_set = make_gold_set(cast)

    reviewing.submit(gold_set, by=cast.edda)

    assert gold_set.claims.pending().count() == 14
    warned = gold_set.claims.exclude(warnings="").values_list("warnings", flat=True)
    assert sorted(warned) == ["V12", "V12", "V13", "V13"]


def test_a_double_submit_is_refused_and_leaves_one_event(submitted: AnnotationSet) -> None:
    with refused(Stale, "It has been submitted already."):
        reviewing.submit(submitted, by=submitted.annotator)

    assert verbs().count("submit") == 1


@pytest.mark.parametrize("person", ["egon", "rosa", "mara", "stranger"])
def test_only_the_annotator_submits(cast: Cast, annotation_set: AnnotationSet, person: str) -> None:
    with refused(Forbidden):
        reviewing.submit(annotation_set, by=getattr(cast, person))


def test_a_set_is_reviewed_with_the_last_decision_and_its_event_says_so(
    cast: Cast, submitted: AnnotationSet
) -> None:
    approve(claim(DAM), cast.rosa)
    assert states(submitted)["set"] == SetState.SUBMITTED

    reject(claim(WARNING), cast.mara)

    assert states(submitted) == {"set": "reviewed", DAM: "approved", WARNING: "rejected"}
    event = Event.objects.latest("pk")
    assert event.verb == "reject"
    assert event.after is not None
    assert event.after["annotation_set"] == "reviewed"


def test_a_returned_claim_opens_the_set_for_its_author(
    cast: Cast, submitted: AnnotationSet
) -> None:
    give_back(claim(DAM), cast.rosa)
    assert states(submitted) == {"set": "open", DAM: "returned", WARNING: "pending"}

    describe(span_of(DAM), cast.edda, certainty="probable")

    returned = claim(DAM)
    assert (returned.state, returned.reasons, returned.note) == (
        "returned",
        ["wrong_source"],
        "Smith said it.",
    )
    assert returned.decided_by == cast.rosa


def test_other_claims_of_an_open_set_can_still_be_decided(
    cast: Cast, submitted: AnnotationSet
) -> None:
    give_back(claim(DAM), cast.rosa)

    approve(claim(WARNING), cast.rosa)

    assert states(submitted) == {"set": "open", DAM: "returned", WARNING: "approved"}


def test_a_returned_claim_is_pending_again_after_the_next_submit(
    cast: Cast, submitted: AnnotationSet
) -> None:
    give_back(claim(DAM), cast.rosa)
    approve(claim(WARNING), cast.rosa)

    reviewing.submit(submitted, by=cast.edda)

    assert states(submitted) == {"set": "submitted", DAM: "pending", WARNING: "approved"}
    again = claim(DAM)
    assert (again.decided_by, again.decided_at, again.reasons, again.note) == (None, None, [], "")
    assert Event.objects.latest("pk").after == {"state": "submitted", "claims": 1}


def test_a_pending_claim_changed_in_an_open_set_waits_for_the_next_submit(
    cast: Cast, submitted: AnnotationSet
) -> None:
    give_back(claim(DAM), cast.rosa)

    describe(span_of(WARNING), cast.edda, certainty="probable")

    assert states(submitted)[WARNING] == "draft"
    with refused(Stale, "it is “Draft”"):
        approve(claim(WARNING), cast.rosa)


def test_a_submit_with_nothing_left_to_decide_is_the_review(
    cast: Cast, submitted: AnnotationSet
) -> None:
    for words in (DAM, WARNING):
        approve(claim(words), cast.rosa)
    reviewing.reopen(submitted, by=cast.mara)

    reviewing.submit(submitted, by=cast.edda)

    assert states(submitted) == {"set": "reviewed", DAM: "approved", WARNING: "approved"}
    assert Event.objects.latest("pk").after == {"state": "reviewed", "claims": 0}


def test_a_reopened_set_keeps_its_decisions_until_a_claim_changes(
    cast: Cast, submitted: AnnotationSet
) -> None:
    approve(claim(DAM), cast.rosa)
    reject(claim(WARNING), cast.rosa)

    reviewing.reopen(submitted, by=cast.mara)
    kept = states(submitted)
    describe(span_of("Officials"), cast.edda, naming="anonymous")
    describe(span_of("Smith"), cast.edda, role="engineer")

    assert kept == {"set": "open", DAM: "approved", WARNING: "rejected"}
    assert states(submitted) == {"set": "open", DAM: "draft", WARNING: "draft"}
    changed = claim(DAM)
    assert (changed.decided_by, changed.decided_at, changed.reasons) == (None, None, [])
    approvals = Event.objects.filter(verb="approve", object_uid=span_of(DAM).uid)
    assert [event.actor for event in approvals] == ["rosa"]


@pytest.mark.parametrize("person", ["edda", "egon", "rosa", "stranger"])
def test_only_a_manager_reopens(cast: Cast, submitted: AnnotationSet, person: str) -> None:
    for words in (DAM, WARNING):
        approve(claim(words), cast.rosa)

    with refused(Forbidden):
        reviewing.reopen(submitted, by=getattr(cast, person))


def test_only_a_reviewed_set_is_reopened(cast: Cast, submitted: AnnotationSet) -> None:
    with refused(Forbidden, "Only a reviewed annotation set can be reopened."):
        reviewing.reopen(submitted, by=cast.mara)


def words(annotation_set: AnnotationSet) -> list[str]:
    return [span.text for span in reading_of(annotation_set).spans]
