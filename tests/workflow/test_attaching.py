"""A span joins a claim that is there, or leaves it, in one change."""

from __future__ import annotations

import pytest

from annotations.models import AnnotationSet, ClaimAnnotation, Event, Link, Span
from annotations.workflow import joining
from annotations.workflow.attaching import attach, detach
from annotations.workflow.joining import Ends
from annotations.workflow.refusals import Stale, Unfit
from annotations.workflow.undoing import redo, undo
from tests.people import Cast, claim_of, link, make_set, tag
from tests.rows import refused
from tests.workflow.acts import DAM, linked, remove, span_of

WARNING = "We told them in May"


@pytest.fixture
def spans(annotation_set: AnnotationSet) -> dict[str, Span]:
    """Two allegations, two pieces of evidence, three sources and two cues, none of them linked."""
    return {
        name: tag(annotation_set, words, as_tag)
        for name, words, as_tag in (
            ("dam", DAM, "allegation"),
            ("warning", WARNING, "allegation"),
            ("photographs", "Photographs", "evidence"),
            ("cracks", "cracks", "evidence"),
            ("officials", "Officials", "source"),
            ("jones", "Jones", "source"),
            ("smith", "Smith", "source"),
            ("said", "said", "cue"),
            ("show", "show", "cue"),
        )
    }


def link_with(
    annotation_set: AnnotationSet, link_type: str, start: Span, end: Span, cue: Span | None = None
) -> None:
    ends = Ends(link_type, start, end, cue=cue)
    joining.link(annotation_set, by=annotation_set.annotator, ends=ends)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("officials", ("attributed_to", DAM, "Officials", "")),
        ("photographs", ("supports", "Photographs", DAM, "")),
    ],
)
def test_a_source_or_evidence_joins_a_claim(
    cast: Cast, spans: dict[str, Span], name: str, expected: tuple[str, ...]
) -> None:
    before = Event.objects.count()

    outcome = attach(spans[name], by=cast.edda, claim=claim_of(spans["dam"]))

    assert linked() == [expected]
    assert (outcome.verb, outcome.span, outcome.claims) == (
        "attach",
        spans[name],
        (spans["dam"].pk,),
    )
    assert Event.objects.count() == before + 1


def test_a_cue_goes_to_the_first_step_without_one(cast: Cast, spans: dict[str, Span]) -> None:
    link("attributed_to", spans["dam"], spans["officials"])
    claim = claim_of(spans["dam"])

    attach(spans["said"], by=cast.edda, claim=claim)

    assert linked() == [("attributed_to", DAM, "Officials", "said")]
    with refused(Unfit, "Every link of this claim has its cue already."):
        attach(spans["show"], by=cast.edda, claim=claim)


@pytest.mark.parametrize("name", ["officials", "jones", "photographs", "cracks"])
def test_what_belongs_to_the_claim_already_is_refused(
    cast: Cast, annotation_set: AnnotationSet, spans: dict[str, Span], name: str
) -> None:
    link_with(annotation_set, "attributed_to", spans["dam"], spans["officials"], spans["said"])
    link("relayed_by", spans["officials"], spans["jones"])
    link("refutes", spans["photographs"], spans["dam"])
    link_with(annotation_set, "supports", spans["cracks"], spans["dam"], spans["show"])

    with refused(Unfit, f"{spans[name].label} belongs to this claim already."):
        attach(spans[name], by=cast.edda, claim=claim_of(spans["dam"]))


def test_one_cue_may_show_several_links_while_one_is_without(
    cast: Cast, annotation_set: AnnotationSet, spans: dict[str, Span]
) -> None:
    link_with(annotation_set, "attributed_to", spans["dam"], spans["officials"], spans["said"])
    link("supports", spans["photographs"], spans["dam"])
    claim = claim_of(spans["dam"])

    attach(spans["said"], by=cast.edda, claim=claim)

    assert [one[3] for one in linked()] == ["said", "said"]
    with refused(Unfit, "Every link of this claim has its cue already."):
        attach(spans["said"], by=cast.edda, claim=claim)


def test_who_vouches_for_the_evidence_may_say_the_allegation_too(
    cast: Cast, spans: dict[str, Span]
) -> None:
    link("supports", spans["photographs"], spans["dam"])
    link("attributed_to", spans["photographs"], spans["jones"])

    attach(spans["jones"], by=cast.edda, claim=claim_of(spans["dam"]))

    assert linked()[-1] == ("attributed_to", DAM, "Jones", "")


def test_an_allegation_is_joined_by_a_link_that_is_chosen(
    cast: Cast, spans: dict[str, Span]
) -> None:
    with refused(Unfit, "Two allegations are joined by a link"):
        attach(spans["warning"], by=cast.edda, claim=claim_of(spans["dam"]))


@pytest.mark.parametrize("verb", [attach, detach])
def test_a_claim_or_a_span_that_is_gone_is_stale(
    cast: Cast, spans: dict[str, Span], verb: object
) -> None:
    claim = claim_of(spans["dam"])
    attach(spans["officials"], by=cast.edda, claim=claim)
    remove(spans["jones"])

    with refused(Stale, "This passage has been changed since."):
        verb(spans["jones"], by=cast.edda, claim=claim)  # type: ignore[operator]  # either verb
    remove(spans["dam"])
    with refused(Stale, "That claim is gone."):
        verb(spans["officials"], by=cast.edda, claim=claim)  # type: ignore[operator]  # as above


def test_a_claim_of_another_set_is_refused(cast: Cast, spans: dict[str, Span]) -> None:
    other = tag(make_set(cast, "Lee said so.\n"), "so", "allegation")

    with refused(Unfit, "That claim belongs to another annotation set."):
        attach(spans["officials"], by=cast.edda, claim=claim_of(other))


@pytest.fixture
def whole(annotation_set: AnnotationSet, spans: dict[str, Span]) -> ClaimAnnotation:
    """Jones says that officials said it; photographs, for which Smith vouches, support it."""
    link_with(annotation_set, "attributed_to", spans["dam"], spans["officials"], spans["said"])
    link_with(annotation_set, "relayed_by", spans["officials"], spans["jones"], spans["show"])
    link("supports", spans["photographs"], spans["dam"])
    link("attributed_to", spans["photographs"], spans["smith"])
    link("refutes", spans["warning"], spans["dam"])
    link("attributed_to", spans["warning"], spans["smith"])
    return claim_of(spans["dam"])


WHOLE = [
    ("attributed_to", DAM, "Officials", "said"),
    ("relayed_by", "Officials", "Jones", "show"),
    ("supports", "Photographs", DAM, ""),
    ("attributed_to", "Photographs", "Smith", ""),
    ("refutes", WARNING, DAM, ""),
    ("attributed_to", WARNING, "Smith", ""),
]


@pytest.mark.parametrize(
    ("name", "gone"),
    [("officials", 0), ("jones", 1), ("photographs", 2), ("smith", 3), ("warning", 4)],
)
def test_a_span_leaves_with_the_links_by_which_it_belongs(
    cast: Cast, spans: dict[str, Span], whole: ClaimAnnotation, name: str, gone: int
) -> None:
    before = Event.objects.count()

    outcome = detach(spans[name], by=cast.edda, claim=whole)

    assert linked() == [*WHOLE[:gone], *WHOLE[gone + 1 :]]
    assert (outcome.verb, outcome.span) == ("detach", spans[name])
    assert whole.pk in outcome.claims
    assert Event.objects.count() == before + 1


@pytest.mark.parametrize(("name", "where"), [("said", 0), ("show", 1)])
def test_a_cue_leaves_and_its_link_stays(
    cast: Cast, spans: dict[str, Span], whole: ClaimAnnotation, name: str, where: int
) -> None:
    detach(spans[name], by=cast.edda, claim=whole)

    kept = [(*row[:3], "") if number == where else row for number, row in enumerate(WHOLE)]
    assert linked() == kept


def test_a_source_of_two_claims_leaves_one(
    cast: Cast, spans: dict[str, Span], whole: ClaimAnnotation
) -> None:
    link("attributed_to", spans["warning"], spans["officials"])

    detach(spans["officials"], by=cast.edda, claim=claim_of(spans["warning"]))

    assert linked() == WHOLE


@pytest.mark.parametrize("name", ["cracks", "officials", "photographs"])
def test_what_does_not_belong_to_the_claim_is_stale(
    cast: Cast, spans: dict[str, Span], whole: ClaimAnnotation, name: str
) -> None:
    with refused(Stale, f"{spans[name].label} does not belong to this claim."):
        detach(spans[name], by=cast.edda, claim=claim_of(spans["warning"]))


def test_the_allegation_is_the_claim_and_does_not_leave_it(
    cast: Cast, spans: dict[str, Span], whole: ClaimAnnotation
) -> None:
    with refused(Unfit, "An allegation is its claim"):
        detach(spans["dam"], by=cast.edda, claim=whole)


@pytest.mark.parametrize("name", ["officials", "photographs", "said"])
def test_leaving_is_one_step_to_undo_and_joining_again_the_same(
    cast: Cast,
    annotation_set: AnnotationSet,
    spans: dict[str, Span],
    whole: ClaimAnnotation,
    name: str,
) -> None:
    detach(spans[name], by=cast.edda, claim=whole)
    left = linked()

    undo(annotation_set, by=cast.edda)
    assert linked() == WHOLE
    redo(annotation_set, by=cast.edda)

    assert linked() == left != WHOLE


def test_a_claim_that_loses_its_source_is_a_draft_with_its_warnings_renewed(
    cast: Cast, spans: dict[str, Span]
) -> None:
    claim = claim_of(spans["dam"])
    attach(spans["officials"], by=cast.edda, claim=claim)
    joining.link(
        claim.annotation_set,
        by=cast.edda,
        ends=Ends("attributed_to", spans["dam"], implicit="author"),
    )
    warned = claim_of(spans["dam"]).warnings

    detach(span_of("Officials"), by=cast.edda, claim=claim)

    assert (warned, claim_of(spans["dam"]).warnings) == ("V11", "")
    assert Link.objects.get().implicit == "author"
