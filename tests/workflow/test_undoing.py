"""Undo and redo: a stack for each set, across reloads, that takes back nobody else's work."""

from __future__ import annotations

import pytest

from annotations.models import AnnotationSet, Event, Person, Span, reading_of
from annotations.scheme import Reading
from annotations.states import ClaimState
from annotations.workflow import annotating, organising, reshaping, reviewing
from annotations.workflow.refusals import Forbidden, Stale
from annotations.workflow.undoing import redo, undo
from tests.people import (
    Cast,
    claim_of,
    fresh,
    make_set,
    make_submitted_set,
    passage_of,
    tag,
)
from tests.rows import refused
from tests.workflow.acts import (
    DAM,
    span_of,
)


@pytest.fixture
def submitted(cast: Cast) -> AnnotationSet:
    return make_submitted_set(cast)


def words(annotation_set: AnnotationSet) -> list[str]:
    return [span.text for span in reading_of(annotation_set).spans]


def test_undo_takes_back_the_last_change_first_and_redo_the_last_undo(
    cast: Cast, annotation_set: AnnotationSet
) -> None:
    tag(annotation_set, "Jones", "source")
    tag(annotation_set, "Smith", "source")
    seen = []

    for verb in (undo, redo, undo, undo, redo, redo):
        verb(annotation_set, by=cast.edda)
        seen.append(words(annotation_set))

    assert seen == [["Jones"], ["Jones", "Smith"], ["Jones"], [], ["Jones"], ["Jones", "Smith"]]
    verbs = Event.objects.exclude(annotation_set_uid=None).values_list("verb", flat=True)
    assert list(verbs)[3:] == ["undo", "redo", "undo", "undo", "redo", "redo"]


def test_a_new_change_forgets_what_could_be_done_again(
    cast: Cast, annotation_set: AnnotationSet
) -> None:
    tag(annotation_set, "Jones", "source")
    undo(annotation_set, by=cast.edda)
    tag(annotation_set, "Smith", "source")

    with refused(Stale, "There is nothing to redo."):
        redo(annotation_set, by=cast.edda)

    undo(annotation_set, by=cast.edda)
    assert words(annotation_set) == []
    with refused(Stale, "There is nothing to undo."):
        undo(annotation_set, by=cast.edda)


def test_undo_works_from_a_page_loaded_anew(cast: Cast, annotation_set: AnnotationSet) -> None:
    tag(annotation_set, "Jones", "source")
    reloaded = AnnotationSet.objects.get(pk=annotation_set.pk)

    outcome = undo(reloaded, by=Person.objects.get(username="edda"))

    assert words(annotation_set) == []
    assert (outcome.verb, outcome.annotation_set.redo_top) == ("undo", 4)


def test_undo_is_logged_with_the_event_it_takes_back(
    cast: Cast, annotation_set: AnnotationSet
) -> None:
    span = tag(annotation_set, "Jones", "source")
    tagged = Event.objects.latest("pk")

    undo(annotation_set, by=cast.edda)

    event = Event.objects.latest("pk")
    assert (event.verb, event.target, event.object_uid) == ("undo", tagged.number, span.uid)
    assert event.before is not None
    assert event.after is not None
    assert event.before["spans"][str(span.uid)]["text"] == "Jones"
    assert event.after["spans"] == {str(span.uid): None}


def test_undo_ends_with_submit(cast: Cast) -> None:
    submitted = make_submitted_set(cast)

    with refused(Forbidden, "in review"):
        undo(submitted, by=cast.edda)


def test_what_a_reviewer_amended_is_not_taken_back_by_undo(cast: Cast) -> None:
    submitted = make_submitted_set(cast)
    dam = span_of(DAM)
    reshaping.resize(
        dam, by=cast.rosa, passage=passage_of(submitted.article, "dam"), version=dam.version
    )
    claim = claim_of(dam)
    reviewing.return_claim(
        claim, by=cast.rosa, version=claim.version, reasons=["wrong_boundary"], note=""
    )

    with refused(Stale, "There is nothing to undo."):
        undo(submitted, by=cast.edda)

    assert fresh(dam).text == "dam"


def test_a_row_that_is_not_as_the_log_left_it_is_not_overwritten(
    cast: Cast, annotation_set: AnnotationSet
) -> None:
    span = tag(annotation_set, "Jones", "source")
    Span.objects.filter(pk=span.pk).update(attributes={"kind": "group"})

    with refused(Stale, "This has been changed since."):
        undo(annotation_set, by=cast.edda)


def test_undo_settles_the_claims_it_touches(cast: Cast, annotation_set: AnnotationSet) -> None:
    dam = tag(annotation_set, DAM, "allegation")
    officials = tag(annotation_set, "Officials", "source", claim=dam)
    annotating.set_attributes(
        officials, by=cast.edda, values={"naming": "anonymous"}, version=fresh(officials).version
    )
    warned = claim_of(dam)

    undo(annotation_set, by=cast.edda)

    assert (warned.warnings, claim_of(dam).warnings) == ("V12", "")
    assert claim_of(dam).version == warned.version + 1


def test_undo_of_a_change_does_not_bring_an_approval_back(cast: Cast) -> None:
    submitted = make_submitted_set(cast)
    for claim in submitted.claims.all():
        reviewing.approve(claim, by=cast.rosa, version=claim.version)
    reviewing.reopen(submitted, by=cast.mara)
    dam = span_of(DAM)
    annotating.set_attributes(dam, by=cast.edda, values={"about": "it"}, version=dam.version)

    undo(submitted, by=cast.edda)

    states = {claim.allegation.text: claim.state for claim in submitted.claims.all()}
    assert states == {DAM: ClaimState.DRAFT, "“We told them in May,”": ClaimState.APPROVED}


def test_stacks_of_two_sets_of_an_article_are_apart(
    cast: Cast, annotation_set: AnnotationSet
) -> None:
    egons = organising.take(annotation_set.article, by=cast.egon)
    tag(annotation_set, "Jones", "source")
    tag(egons, "Smith", "source")
    tag(annotation_set, "Officials", "source")

    undo(egons, by=cast.egon)
    undo(annotation_set, by=cast.edda)
    undo(annotation_set, by=cast.edda)

    assert (words(annotation_set), words(egons)) == ([], [])
    with refused(Stale):
        undo(egons, by=cast.egon)
    redo(egons, by=cast.egon)
    assert words(egons) == ["Smith"]


def test_a_thousand_steps_back_cost_no_more_than_one(cast: Cast) -> None:
    annotation_set = make_set(cast, " ".join(f"word{n:02}" for n in range(40)))
    for n in range(40):
        tag(annotation_set, f"word{n:02}", "cue")
    empty: Reading = reading_of(organising.take(annotation_set.article, by=cast.egon))

    for _n in range(40):
        undo(annotation_set, by=cast.edda)
    assert reading_of(annotation_set) == empty

    for _n in range(40):
        redo(annotation_set, by=cast.edda)
    assert words(annotation_set) == annotation_set.article.text.split()


def test_a_form_sent_twice_takes_back_one_change(cast: Cast, annotation_set: AnnotationSet) -> None:
    tag(annotation_set, "Jones", "source")
    tag(annotation_set, "Smith", "source")
    annotation_set.refresh_from_db()
    seen = annotation_set.undo_top

    undo(annotation_set, by=cast.edda, top=seen)
    with refused(Stale, "There have been other changes since."):
        undo(annotation_set, by=cast.edda, top=seen)

    annotation_set.refresh_from_db()
    redo(annotation_set, by=cast.edda, top=annotation_set.redo_top)
    with refused(Stale, "There is nothing to redo."):
        redo(annotation_set, by=cast.edda, top=seen)
    assert words(annotation_set) == ["Jones", "Smith"]
