"""What holds of the rules whatever the reading."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotations.scheme import (
    MESSAGES,
    Reading,
    SpanValue,
    claim_findings,
    claim_of,
    findings_of,
    warnings_of,
)
from annotations.text.blocks import blocks_of
from annotations.text.offsets import Fragment, Fragments
from tests.scheme.small import TEXT, reading
from tests.scheme.test_claims import readings


@given(whole=readings())
def test_any_reading_is_judged_and_every_finding_is_about_one_of_its_spans(whole: Reading) -> None:
    text = "w0 w1 w2 w3 w4 w5 w6 w7"

    found = findings_of(whole, text=text, blocks=blocks_of(text))

    assert [one.level for one in found] == sorted(one.level for one in found)
    assert all(one.span in whole.spans for one in found)
    assert all(one.message == MESSAGES[one.rule] for one in found)


@given(whole=readings())
def test_without_links_each_span_lacks_just_what_its_tag_needs(whole: Reading) -> None:
    lacking = {"allegation": "V4", "evidence": "V5", "source": "V6", "cue": "V7"}

    found = findings_of(Reading(whole.spans, ()), text="")

    told = sorted((one.rule, one.span.key) for one in found if one.rule in lacking.values())
    assert told == sorted((lacking[one.tag], one.key) for one in whole.spans)


@given(whole=readings())
def test_warnings_of_a_claim_are_its_findings_of_level_w(whole: Reading) -> None:
    for allegation in whole.tagged("allegation"):
        found = claim_findings(claim_of(whole, allegation))

        told = tuple(one.rule for one in found if one.level == "W")

        assert warnings_of(whole, allegation) == told


@given(starts=st.lists(st.integers(0, 90), min_size=1, max_size=4))
def test_a_span_fits_just_when_its_fragments_are_ordered_and_apart(starts: list[int]) -> None:
    fragments: Fragments = tuple(Fragment(start, start + 3) for start in starts)
    quoted = " ".join(TEXT[start:end] for start, end in fragments)
    fits = all(one.end <= other.start for one, other in pairwise(fragments))

    found = findings_of(reading(SpanValue(1, "cue", fragments, quoted)), text=TEXT)

    assert ("V1" in {one.rule for one in found}) is not fits
