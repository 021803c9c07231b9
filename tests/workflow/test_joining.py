"""Links: what may be joined, and what would run in a circle."""

from __future__ import annotations

import itertools

import pytest

from annotations.models import AnnotationSet, Link, Span, reading_of
from annotations.scheme import claims_of
from annotations.workflow import annotating, joining, organising
from annotations.workflow.joining import Ends
from annotations.workflow.refusals import Forbidden, Stale, Unfit
from tests.people import (
    Cast,
    claim_of,
    fresh,
    link,
    make_set,
    make_submitted_set,
    tag,
)
from tests.rows import refused
from tests.workflow.acts import (
    DAM,
)


@pytest.fixture
def submitted(cast: Cast) -> AnnotationSet:
    return make_submitted_set(cast)


def words(annotation_set: AnnotationSet) -> list[str]:
    return [span.text for span in reading_of(annotation_set).spans]


@pytest.fixture
def spans(annotation_set: AnnotationSet) -> dict[str, Span]:
    """Two allegations, two pieces of evidence, three sources and a cue, none of them linked."""
    return {
        name: tag(annotation_set, words, as_tag)
        for name, words, as_tag in (
            ("dam", DAM, "allegation"),
            ("warning", "We told them in May", "allegation"),
            ("photographs", "Photographs", "evidence"),
            ("cracks", "cracks", "evidence"),
            ("officials", "Officials", "source"),
            ("jones", "Jones", "source"),
            ("smith", "Smith", "source"),
            ("said", "said", "cue"),
        )
    }


def chains(annotation_set: AnnotationSet) -> list[str]:
    claims = claims_of(reading_of(annotation_set))
    return [attribution.chain for claim in claims for attribution in claim.attributions]


def test_a_link_is_stored_with_its_cue_and_whether_it_is_negated(
    annotation_set: AnnotationSet, spans: dict[str, Span]
) -> None:
    ends = Ends("attributed_to", spans["dam"], spans["officials"], "", spans["said"], negated=True)

    outcome = joining.link(annotation_set, by=annotation_set.annotator, ends=ends)

    stored = Link.objects.get()
    assert (stored.from_span, stored.to_span, stored.cue) == (
        spans["dam"],
        spans["officials"],
        spans["said"],
    )
    assert (stored.implicit, stored.negated, stored.group) == ("", True, "")
    assert (outcome.verb, outcome.claims) == ("link", (spans["dam"].pk,))


@pytest.mark.parametrize("implicit", ["author", "unspecified"])
def test_an_allegation_may_be_the_authors_or_nobodys(
    annotation_set: AnnotationSet, spans: dict[str, Span], implicit: str
) -> None:
    link("attributed_to", spans["dam"], implicit=implicit)

    assert chains(annotation_set) == ["author" if implicit == "author" else "unspecified > author"]
    with refused(Unfit, "These two are linked so already."):
        link("attributed_to", spans["dam"], implicit=implicit)


@pytest.mark.parametrize(
    ("link_type", "origin", "target", "implicit", "reason"),
    [
        ("attributed_to", "dam", "photographs", "", "These tags cannot be joined"),
        ("attributed_to", "jones", "dam", "", "These tags cannot be joined"),
        ("supports", "jones", "dam", "", "These tags cannot be joined"),
        ("supports", "photographs", None, "author", "exactly one end"),
        ("attributed_to", "dam", None, "", "exactly one end"),
        ("attributed_to", "dam", "jones", "author", "exactly one end"),
        ("attributed_to", "dam", None, "the reader", "exactly one end"),
        ("supports", "dam", "dam", "", "cannot be linked to itself"),
        ("same_as", "dam", "jones", "", "Only passages with the same tag"),
        ("praises", "dam", "jones", "", "There is no such link."),
    ],
)
def test_what_the_scheme_does_not_join_is_refused(
    annotation_set: AnnotationSet,
    spans: dict[str, Span],
    link_type: str,
    origin: str,
    target: str | None,
    implicit: str,
    reason: str,
) -> None:
    ends = Ends(link_type, spans[origin], spans[target] if target else None, implicit)

    with refused(Unfit, reason):
        joining.link(annotation_set, by=annotation_set.annotator, ends=ends)


def test_a_cue_must_be_one(annotation_set: AnnotationSet, spans: dict[str, Span]) -> None:
    ends = Ends("attributed_to", spans["dam"], spans["jones"], cue=spans["smith"])

    with refused(Unfit, "cannot be the cue"):
        joining.link(annotation_set, by=annotation_set.annotator, ends=ends)


def test_the_same_two_are_linked_once(
    annotation_set: AnnotationSet, spans: dict[str, Span]
) -> None:
    link("supports", spans["photographs"], spans["dam"])

    with refused(Unfit, "These two are linked so already."):
        link("supports", spans["photographs"], spans["dam"])

    link("refutes", spans["photographs"], spans["dam"])
    assert Link.objects.count() == 2


def test_sources_do_not_pass_each_other_on_in_a_circle(spans: dict[str, Span]) -> None:
    link("relayed_by", spans["officials"], spans["jones"])
    link("relayed_by", spans["jones"], spans["smith"])

    with refused(Unfit, "These links would run in a circle."):
        link("relayed_by", spans["smith"], spans["officials"])


@pytest.mark.parametrize("back", ["supports", "refutes"])
def test_claims_do_not_ground_each_other_in_a_circle(spans: dict[str, Span], back: str) -> None:
    link("supports", spans["dam"], spans["warning"])

    with refused(Unfit, "These links would run in a circle."):
        link(back, spans["warning"], spans["dam"])


def test_a_source_is_passed_on_by_one_source_only(spans: dict[str, Span]) -> None:
    link("relayed_by", spans["officials"], spans["jones"])

    with refused(Unfit, "Somebody else passes on what this source said."):
        link("relayed_by", spans["officials"], spans["smith"])


def test_two_sources_may_be_passed_on_by_the_same(spans: dict[str, Span]) -> None:
    link("relayed_by", spans["officials"], spans["smith"])
    link("relayed_by", spans["jones"], spans["smith"])

    assert Link.objects.filter(to_span=spans["smith"]).count() == 2


def test_spans_of_another_set_are_not_linked(
    cast: Cast, annotation_set: AnnotationSet, spans: dict[str, Span]
) -> None:
    other = organising.take(annotation_set.article, by=cast.egon)
    foreign = tag(other, "Jones", "source")
    cue = tag(other, "said", "cue")

    for ends in (
        Ends("attributed_to", spans["dam"], foreign),
        Ends("relayed_by", foreign, spans["jones"]),
        Ends("attributed_to", spans["dam"], spans["jones"], cue=cue),
    ):
        with refused(Unfit, "the same annotation set"):
            joining.link(annotation_set, by=cast.edda, ends=ends)


def test_a_link_to_a_span_that_is_gone_is_stale(
    annotation_set: AnnotationSet, spans: dict[str, Span]
) -> None:
    jones = spans["jones"]
    annotating.remove(jones, by=annotation_set.annotator, version=jones.version)

    with refused(Stale, "A passage of this link is gone."):
        joining.link(
            annotation_set,
            by=annotation_set.annotator,
            ends=Ends("attributed_to", spans["dam"], jones),
        )


def test_a_link_to_a_span_that_has_another_tag_by_now_is_judged_by_that(
    annotation_set: AnnotationSet, spans: dict[str, Span]
) -> None:
    jones = spans["jones"]
    annotating.retag(fresh(jones), by=annotation_set.annotator, tag="cue", version=jones.version)

    with refused(Unfit, "These tags cannot be joined"):
        joining.link(
            annotation_set,
            by=annotation_set.annotator,
            ends=Ends("attributed_to", spans["dam"], jones),
        )


@pytest.mark.parametrize("person", ["egon", "rosa", "mara", "stranger"])
def test_nobody_else_links_in_an_open_set(
    cast: Cast, annotation_set: AnnotationSet, spans: dict[str, Span], person: str
) -> None:
    ends = Ends("attributed_to", spans["dam"], spans["jones"])

    with refused(Forbidden):
        joining.link(annotation_set, by=getattr(cast, person), ends=ends)


def test_a_link_is_taken_away_and_its_spans_stay(
    annotation_set: AnnotationSet, spans: dict[str, Span]
) -> None:
    attributed = link("attributed_to", spans["dam"], spans["jones"])

    outcome = joining.unlink(attributed, by=annotation_set.annotator)

    assert not Link.objects.exists()
    assert Span.objects.count() == len(spans)
    assert outcome.claims == (spans["dam"].pk,)
    with refused(Stale, "This link is gone already."):
        joining.unlink(attributed, by=annotation_set.annotator)


def test_an_amendment_by_a_reviewer_is_a_link_like_any(cast: Cast) -> None:
    submitted = make_submitted_set(cast)
    dam = Span.objects.get(text=DAM)
    smith = Span.objects.get(text="Smith")

    joining.link(submitted, by=cast.rosa, ends=Ends("attributed_to", dam, smith))

    assert dam.links_out.count() == 2
    assert claim_of(dam).changed_by == cast.rosa


def test_a_long_chain_knows_its_beginning(cast: Cast) -> None:
    annotation_set = make_set(cast, " ".join(f"Person{n:02} said it." for n in range(12)))
    sources = [tag(annotation_set, f"Person{n:02}", "source") for n in range(12)]
    for one, other in itertools.pairwise(sources):
        link("relayed_by", one, other)

    with refused(Unfit, "circle"):
        link("relayed_by", sources[-1], sources[0])
