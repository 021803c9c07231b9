"""The progress bar: shares of what was decided, in percent."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.templatetags.progress import bars, decided


@dataclass(frozen=True)
class Counts:
    approved: int = 0
    returned: int = 0
    rejected: int = 0
    pending: int = 0


@pytest.mark.parametrize(
    ("counts", "parts"),
    [
        (Counts(), []),
        (Counts(pending=3), []),
        (Counts(approved=1), [("ok", 0, 100)]),
        (Counts(1, 1, 1, 1), [("ok", 0, 25), ("back", 25, 25), ("no", 50, 25)]),
        (Counts(rejected=1, pending=2), [("no", 0, 33.333)]),
    ],
)
def test_the_parts_follow_each_other_from_the_left(
    counts: Counts, parts: list[tuple[str, float, float]]
) -> None:
    assert [(bar.kind, bar.start, bar.width) for bar in bars(counts)] == parts


@given(st.builds(Counts, *[st.integers(0, 10_000)] * 4))
def test_the_parts_never_reach_past_the_end(counts: Counts) -> None:
    ends = [bar.start + bar.width for bar in bars(counts)]

    assert max(ends, default=0) <= 100.01
    assert decided(counts) == counts.approved + counts.returned + counts.rejected
