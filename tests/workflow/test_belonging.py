"""Which links a span needs to belong to a claim, before any of them is written."""

from __future__ import annotations

from uuid import uuid4

import pytest

from annotations.models import AnnotationSet, ClaimAnnotation, Link, Span
from annotations.text.offsets import Fragment
from annotations.workflow.belonging import link_of, links_of_loose, links_to_claim
from annotations.workflow.refusals import Stale
from tests.people import claim_of, fresh, link, tag
from tests.rows import dump
from tests.workflow.acts import DAM, remove

NEW = str(uuid4())


@pytest.fixture
def claim(annotation_set: AnnotationSet) -> ClaimAnnotation:
    """Jones passes on what officials said; photographs, for which Smith vouches, support it."""
    dam = tag(annotation_set, DAM, "allegation")
    spans = {word: tag(annotation_set, word, "source") for word in ("Officials", "Jones", "Smith")}
    ground = tag(annotation_set, "Photographs", "evidence")
    link("attributed_to", dam, spans["Officials"])
    link("relayed_by", spans["Officials"], spans["Jones"])
    link("supports", ground, dam)
    link("attributed_to", ground, spans["Smith"])
    return claim_of(dam)


@pytest.mark.parametrize(
    ("as_tag", "link_type", "is_from"),
    [("source", "attributed_to", False), ("evidence", "supports", True)],
)
def test_a_source_says_it_and_evidence_supports_it(
    annotation_set: AnnotationSet,
    claim: ClaimAnnotation,
    as_tag: str,
    link_type: str,
    is_from: bool,
) -> None:
    before, after = links_to_claim(annotation_set, claim, as_tag, NEW, is_new=True)

    allegation = str(claim.allegation.uid)
    ends = (NEW, allegation) if is_from else (allegation, NEW)
    assert [*before.values()] == [None]
    assert [*after.values()] == [link_of(link_type, *ends)]
    assert before.keys() == after.keys()


def test_what_is_joined_already_needs_no_link(
    annotation_set: AnnotationSet, claim: ClaimAnnotation
) -> None:
    officials = str(Span.objects.get(text="Officials").uid)

    assert links_to_claim(annotation_set, claim, "source", officials) == ({}, {})


def test_cues_go_to_who_says_it_then_to_who_vouches_then_to_what_supports_it(
    annotation_set: AnnotationSet, claim: ClaimAnnotation
) -> None:
    taken = []

    for words in ("said", "according to", "show", "listened"):
        _before, after = links_to_claim(annotation_set, claim, "cue", NEW)
        taken += [(row["type"], row["cue"]) for row in after.values() if row]
        tag(annotation_set, words, "cue", claim=fresh(claim.allegation))

    assert taken == [(one.type, NEW) for one in in_order()]
    assert links_to_claim(annotation_set, claim, "cue", NEW) == ({}, {})


def in_order() -> list[Link]:
    """The links of the claim in the order in which they get their cues."""
    attributed, relayed, supports, vouched = Link.objects.order_by("pk")
    return [attributed, relayed, vouched, supports]


@pytest.mark.parametrize("as_tag", ["source", "evidence", "cue"])
def test_without_a_claim_there_is_none_and_with_one_that_is_gone_it_is_stale(
    annotation_set: AnnotationSet, claim: ClaimAnnotation, as_tag: str
) -> None:
    assert links_to_claim(annotation_set, None, as_tag, NEW) == ({}, {})
    remove(claim.allegation)

    with pytest.raises(Stale, match="That claim is gone"):
        links_to_claim(annotation_set, claim, as_tag, NEW)


def test_an_allegation_takes_what_lies_loose_in_its_sentence(
    annotation_set: AnnotationSet,
) -> None:
    for words, as_tag in (("Officials", "source"), ("said", "cue"), ("Jones", "source")):
        tag(annotation_set, words, as_tag)
    stored = dump()

    before, after = links_of_loose(annotation_set, (Fragment(15, 33),), NEW)

    officials, said = (str(Span.objects.get(text=one).uid) for one in ("Officials", "said"))
    assert [*after.values()] == [link_of("attributed_to", NEW, officials) | {"cue": said}]
    assert [*before.values()] == [None]
    assert dump() == stored
