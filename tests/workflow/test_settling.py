"""What a change does to the claims that use the span: warnings, and decisions that fall."""

from __future__ import annotations

import pytest

from annotations.models import AnnotationSet, Event, Span, reading_of
from annotations.workflow import annotating, joining, reshaping
from annotations.workflow.joining import Ends
from annotations.workflow.refusals import Forbidden
from tests.people import (
    Cast,
    claim_of,
    fresh,
    link,
    make_submitted_set,
    passage_of,
    tag,
)
from tests.rows import refused
from tests.workflow.acts import (
    DAM,
    WARNING,
    approve,
    claim,
    describe,
    remove,
    span_of,
    states,
)


def test_a_shared_attribute_settles_every_claim_that_uses_a_mention(
    annotation_set: AnnotationSet,
) -> None:
    dam = tag(annotation_set, DAM, "allegation")
    warning = tag(annotation_set, "We told them in May", "allegation")
    tag(annotation_set, "Officials", "source", claim=dam)
    smith = tag(annotation_set, "Smith", "source", claim=warning)
    describe(smith, entity="Officials")

    describe(smith, naming="anonymous")

    assert (claim_of(dam).warnings, claim_of(warning).warnings) == ("V12", "V12")
    assert not Span.objects.filter(tag="source").exclude(attributes__naming="anonymous").exists()


@pytest.mark.parametrize("link_type", ["supports", "refutes"])
def test_warnings_of_a_claim_follow_every_change(
    annotation_set: AnnotationSet, link_type: str
) -> None:
    dam = tag(annotation_set, DAM, "allegation")
    officials = tag(annotation_set, "Officials", "source", claim=dam)
    seen = [claim_of(dam).warnings]

    describe(officials, naming="anonymous")
    seen.append(claim_of(dam).warnings)
    link(link_type, tag(annotation_set, "Photographs", "evidence"), dam)
    seen.append(claim_of(dam).warnings)
    remove(officials)
    seen.append(claim_of(dam).warnings)

    for_it = link_type == "supports"
    assert seen == ["", "V12", "V13" if for_it else "V12", "V13" if for_it else ""]


@pytest.fixture
def submitted(cast: Cast) -> AnnotationSet:
    return make_submitted_set(cast)


def test_who_changed_a_claim_last_cannot_approve_it_but_may_decide_otherwise(
    cast: Cast, submitted: AnnotationSet
) -> None:
    describe(span_of(DAM), cast.rosa, certainty="possible")
    amended = claim(DAM)

    with refused(Forbidden, "You changed this claim last"):
        approve(amended, cast.rosa)

    assert (amended.state, amended.changed_by, amended.author) == (
        "pending",
        cast.rosa,
        cast.edda,
    )
    assert approve(amended, cast.mara).state == "approved"


def test_an_approved_claim_that_is_amended_waits_for_a_decision_again(
    cast: Cast, submitted: AnnotationSet
) -> None:
    approve(claim(DAM), cast.rosa)

    describe(span_of("Officials"), cast.rosa, naming="anonymous")

    again = claim(DAM)
    assert (again.state, again.decided_by, again.changed_by) == ("pending", None, cast.rosa)
    with refused(Forbidden, "You changed this claim last"):
        approve(again, cast.rosa)


def test_a_claim_made_by_an_amendment_waits_for_its_decision(
    cast: Cast, submitted: AnnotationSet
) -> None:
    made = tag(submitted, "Photographs show cracks", "allegation", by=cast.rosa)

    assert claim_of(made).state == "pending"
    assert (claim_of(made).author, claim_of(made).changed_by) == (cast.edda, cast.rosa)
    for words in (DAM, WARNING):
        approve(claim(words), cast.mara)
    assert states(submitted)["set"] == "submitted"


def test_a_set_whose_last_open_claim_an_amendment_removes_is_reviewed(
    cast: Cast, submitted: AnnotationSet
) -> None:
    approve(claim(DAM), cast.rosa)
    warning = span_of(WARNING)

    annotating.remove(warning, by=cast.rosa, version=warning.version)

    assert states(submitted) == {"set": "reviewed", DAM: "approved"}
    event = Event.objects.latest("pk")
    assert event.verb == "remove"
    assert event.after is not None
    assert event.after["annotation_set"] == "reviewed"


def test_an_amendment_moves_no_stack_of_the_annotator(cast: Cast, submitted: AnnotationSet) -> None:
    describe(span_of(DAM), cast.rosa, certainty="possible")

    submitted.refresh_from_db()
    assert (submitted.undo_top, submitted.redo_top) == (None, None)


@pytest.mark.parametrize("person", ["edda", "egon", "stranger"])
def test_only_reviewers_amend(cast: Cast, submitted: AnnotationSet, person: str) -> None:
    dam = span_of(DAM)

    with refused(Forbidden):
        reshaping.resize(
            dam,
            by=getattr(cast, person),
            passage=passage_of(submitted.article, "dam"),
            version=dam.version,
        )


def test_a_reviewed_set_is_amended_by_nobody(cast: Cast, submitted: AnnotationSet) -> None:
    for words in (DAM, WARNING):
        approve(claim(words), cast.rosa)

    with refused(Forbidden):
        describe(span_of(DAM), cast.mara, certainty="possible")


def test_an_approval_is_not_lost_for_a_change_of_another_claim(
    cast: Cast, submitted: AnnotationSet
) -> None:
    joining.link(submitted, by=cast.rosa, ends=Ends("supports", span_of(WARNING), span_of(DAM)))
    approve(claim(DAM), cast.mara)

    describe(span_of("Smith"), cast.rosa, role="engineer")

    assert states(submitted) == {"set": "submitted", DAM: "approved", WARNING: "pending"}
    assert fresh(span_of("Smith")).attributes == {"role": "engineer"}


def words(annotation_set: AnnotationSet) -> list[str]:
    return [span.text for span in reading_of(annotation_set).spans]
