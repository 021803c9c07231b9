"""A cue goes to the first link of the open claim that has none: who says it, who vouches for it, what supports it."""

from __future__ import annotations

import pytest

from annotations.models import AnnotationSet, Link
from tests.people import Cast, link, make_cast, make_set, tag

TEXT = (
    "The mayor said the dam had failed. According to photographs which Jones described, it leaks."
)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def annotation_set(cast: Cast) -> AnnotationSet:
    return make_set(cast, TEXT)


def test_a_cue_goes_from_the_chain_to_the_voucher_to_the_ground(
    annotation_set: AnnotationSet,
) -> None:
    claim = tag(annotation_set, "the dam had failed", "allegation")
    tag(annotation_set, "The mayor", "source", claim=claim)
    evidence = tag(annotation_set, "photographs", "evidence", claim=claim)
    jones = tag(annotation_set, "Jones", "source")
    link("attributed_to", evidence, jones)

    for cue in ("said", "described", "According to"):
        tag(annotation_set, cue, "cue", claim=claim)

    assert cues_of(annotation_set) == {
        ("attributed_to", "the dam had failed", "The mayor"): "said",
        ("attributed_to", "photographs", "Jones"): "described",
        ("supports", "photographs", "the dam had failed"): "According to",
    }


def test_a_cue_goes_to_the_ground_where_nobody_vouches_for_it(
    annotation_set: AnnotationSet,
) -> None:
    claim = tag(annotation_set, "the dam had failed", "allegation")
    tag(annotation_set, "The mayor", "source", claim=claim)
    tag(annotation_set, "photographs", "evidence", claim=claim)

    for cue in ("said", "According to"):
        tag(annotation_set, cue, "cue", claim=claim)

    assert cues_of(annotation_set) == {
        ("attributed_to", "the dam had failed", "The mayor"): "said",
        ("supports", "photographs", "the dam had failed"): "According to",
    }


def test_the_same_cue_can_show_two_links_of_a_claim(annotation_set: AnnotationSet) -> None:
    claim = tag(annotation_set, "the dam had failed", "allegation")
    mayor = tag(annotation_set, "The mayor", "source", claim=claim)
    tag(annotation_set, "said", "cue", claim=claim)
    evidence = tag(annotation_set, "photographs", "evidence", claim=claim)
    link("attributed_to", evidence, mayor)

    tag(annotation_set, "said", "cue", claim=claim)

    assert cues_of(annotation_set) == {
        ("attributed_to", "the dam had failed", "The mayor"): "said",
        ("attributed_to", "photographs", "The mayor"): "said",
        ("supports", "photographs", "the dam had failed"): "",
    }


def cues_of(annotation_set: AnnotationSet) -> dict[tuple[str, str, str], str]:
    """The cue of each link, by its type and its ends."""
    links = Link.objects.filter(annotation_set=annotation_set)
    return {
        (one.type, one.from_span.text, one.to_span.text if one.to_span else one.implicit): (
            one.cue.text if one.cue else ""
        )
        for one in links.select_related("from_span", "to_span", "cue")
    }
