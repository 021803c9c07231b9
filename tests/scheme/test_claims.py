"""Claims and chains: on the gold annotation of the seed, and on readings of any shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.scheme import LinkValue, Reading, SpanValue, claim_of, claims_of
from annotations.text.offsets import Fragment
from tests.scheme.small import link, reading, span
from tests.seed import gold_reading


def gold_claim(label: str) -> tuple[list[str], list[str]]:
    """The chains of a claim of the gold annotation, and the labels of all its spans."""
    whole = gold_reading()
    allegation = next(one for one in whole.spans if one.label == label)
    claim = claim_of(whole, allegation)
    chains = [attribution.chain for attribution in claim.attributions]
    return chains, [whole.span_of[key].label for key in claim.span_keys]


def test_the_gold_annotation_makes_fourteen_claims_in_the_order_of_the_text() -> None:
    labels = [claim.allegation.label for claim in claims_of(gold_reading())]

    assert labels == [f"A{number}" for number in range(1, 15)]


@pytest.mark.parametrize(
    ("label", "chain", "span_labels"),
    [
        ("A9", "several sources > Stuart Jones > author", ["A9", "S8", "C11", "S9", "C12"]),
        ("A10", "reports > Stuart Jones > author", ["A10", "S10", "S9", "C13"]),
        ("A11", "United States > Stuart Jones > author", ["A11", "S11", "C14", "S12", "C15"]),
        ("A5", "Stuart Jones > author", ["A5", "S5", "C8"]),
    ],
)
def test_the_chains_of_the_gold_annotation_come_out(
    label: str, chain: str, span_labels: list[str]
) -> None:
    assert gold_claim(label) == ([chain], span_labels)


def test_the_spans_of_a_claim_are_those_of_its_keys() -> None:
    for claim in claims_of(gold_reading()):
        assert tuple(span.key for span in claim.spans) == claim.span_keys
        assert claim.spans[0] == claim.allegation


def test_evidence_brings_its_own_source_into_the_claim() -> None:
    whole = gold_reading()
    first = claims_of(whole)[0]

    (ground,) = first.grounds

    assert ground.span.label == "E1"
    assert ground.cue is not None
    assert ground.cue.label == "C2"
    assert [attribution.chain for attribution in ground.attributions] == ["United States > author"]
    assert gold_claim("A1")[1] == ["A1", "S1", "C1", "E1", "C2", "S2", "C3"]


def test_an_allegation_that_supports_another_comes_without_its_own_sources() -> None:
    second = claims_of(gold_reading())[1]

    grounds = [(ground.span.label, ground.attributions != ()) for ground in second.grounds]

    assert grounds == [("E2", True), ("A3", False)]


def test_a_claim_nobody_makes_has_no_chain() -> None:
    allegation = span(1, "allegation", "the dam failed")

    claim = claim_of(reading(allegation), allegation)

    assert (claim.attributions, claim.sources, claim.depth) == ((), (), 0)
    assert claim.span_keys == (1,)


@pytest.mark.parametrize(
    ("implicit", "chain", "depth"),
    [("author", "author", 1), ("unspecified", "unspecified > author", 2)],
)
def test_an_implicit_source_stands_in_the_chain_by_its_name(
    implicit: str, chain: str, depth: int
) -> None:
    allegation = span(1, "allegation", "the dam failed")

    claim = claim_of(reading(allegation, link("attributed_to", 1, implicit)), allegation)

    assert [attribution.chain for attribution in claim.attributions] == [chain]
    assert (claim.sources, claim.depth) == ((), depth)


def test_depth_is_that_of_the_longest_chain_and_grounds_know_which_side_they_take() -> None:
    allegation = span(1, "allegation", "the dam failed")
    whole = reading(
        allegation,
        span(2, "source", "Jones"),
        span(3, "source", "Smith"),
        span(4, "evidence", "Photographs"),
        link("attributed_to", 1, "author"),
        link("attributed_to", 1, 2),
        link("relayed_by", 2, 3),
        link("refutes", 4, 1),
    )

    claim = claim_of(whole, allegation)

    assert claim.depth == 3
    assert [source.text for source in claim.sources] == ["Jones"]
    assert [ground.refutes for ground in claim.grounds] == [True]


def test_a_circle_of_sources_ends_the_chain() -> None:
    allegation = span(1, "allegation", "the dam failed")
    whole = reading(
        allegation,
        span(2, "source", "Jones"),
        span(3, "source", "Smith"),
        link("attributed_to", 1, 2),
        link("relayed_by", 2, 3),
        link("relayed_by", 3, 2),
    )

    (attribution,) = claim_of(whole, allegation).attributions

    assert attribution.chain == "Jones > Smith > author"


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Readings with any links at all, also such as the rules refuse."""
    tags = draw(st.lists(st.sampled_from(["allegation", "evidence", "source", "cue"]), max_size=7))
    spans = [
        SpanValue(key, tag, (Fragment(key, key + 2),), f"w{key}", {}, key)
        for key, tag in enumerate(tags)
    ]
    keys = st.integers(0, len(tags))  # one too many: the link may dangle
    types = st.sampled_from(["attributed_to", "supports", "refutes", "relayed_by", "same_as"])
    links = draw(
        st.lists(
            st.builds(
                LinkValue,
                key=st.integers(),
                type=types,
                from_key=keys,
                to_key=st.none() | keys,
                implicit=st.sampled_from(["", "author", "unspecified"]),
                cue_key=st.none() | keys,
            ),
            max_size=10,
        )
    )
    return Reading(tuple(spans), tuple(links))


@given(whole=readings())
def test_claims_of_any_reading_end_with_the_author_and_name_each_span_once(whole: Reading) -> None:
    claims = claims_of(whole)

    assert [claim.allegation for claim in claims] == whole.tagged("allegation")
    for claim in claims:
        assert len(set(claim.span_keys)) == len(claim.span_keys)
        assert claim.span_keys[0] == claim.allegation.key
        assert set(claim.span_keys) <= whole.span_of.keys()
        assert all(attribution.names[-1] == "author" for attribution in claim.attributions)
        assert all(
            len(attribution.steps) <= len(whole.spans) + 1 for attribution in claim.attributions
        )
