"""Refusals carry the reason a person reads, and what is missing."""

from __future__ import annotations

import pytest

from annotations.scheme import Finding, SpanValue
from annotations.text.offsets import Fragment
from annotations.workflow.refusals import Forbidden, Incomplete, Refused, Stale, Unfit, forbid


def test_a_reason_forbids_and_no_reason_does_not() -> None:
    forbid("")

    with pytest.raises(Forbidden, match=r"^Only a manager may\.$"):
        forbid("Only a manager may.")


def test_what_is_missing_travels_with_the_refusal() -> None:
    span = SpanValue(1, "allegation", (Fragment(0, 3),), "yes")
    finding = Finding("V4", "E", span, "No source yet.")

    refusal = Incomplete("One thing is missing.", [finding])

    assert str(refusal) == "One thing is missing."
    assert list(refusal.findings) == [finding]


def test_every_refusal_is_caught_as_one() -> None:
    assert all(issubclass(kind, Refused) for kind in (Forbidden, Stale, Unfit, Incomplete))
