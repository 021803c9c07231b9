"""Claims: questions about one and about many."""

from __future__ import annotations

from annotations.models import (
    AnnotationSet,
    ClaimAnnotation,
)
from tests.people import claim_of, tag


def test_claims_are_found_by_state_and_by_what_they_lack(annotation_set: AnnotationSet) -> None:
    dam = tag(annotation_set, "the dam had failed", "allegation")
    warning = tag(annotation_set, "We told them in May", "allegation")
    tag(annotation_set, "Smith", "source", claim=warning)

    claims = ClaimAnnotation.objects

    assert list(claims.without_source()) == [claim_of(dam)]
    assert list(claims.all().in_text_order()) == [claim_of(dam), claim_of(warning)]
    assert list(claims.pending()) == list(claims.approved()) == []


def test_an_unknown_reason_does_not_break_an_old_decision() -> None:
    claim = ClaimAnnotation(state="returned", reasons=["wrong_source", "of an older codebook"])

    assert claim.reason_labels == ["Wrong source"]
    assert claim.is_decided
