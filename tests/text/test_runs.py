"""Many stretches as few runs: what is touched is drawn, nothing else, and not too finely."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.offsets import Fragment
from annotations.text.runs import runs_of


@pytest.mark.parametrize(
    ("stretches", "length", "runs"),
    [
        ([], 10, []),
        ([(0, 4), (8, 9)], 10, [(0, 4), (8, 9)]),
        ([(0, 4), (4, 6), (2, 3)], 10, [(0, 6)]),
        ([(5, 6), (17, 18)], 100, [(0, 20)]),
        ([(5, 6), (27, 28)], 100, [(0, 10), (20, 30)]),
        ([(95, 97)], 97, [(90, 100)]),
        ([(0, 1)], 0, [(0, 1)]),
    ],
)
def test_stretches_merge_at_the_fineness_of_the_line(
    stretches: list[tuple[int, int]], length: int, runs: list[tuple[int, int]]
) -> None:
    found = runs_of([Fragment(*one) for one in stretches], length, points=10)

    assert found == [Fragment(*one) for one in runs]


@given(
    st.integers(1, 5000).flatmap(
        lambda length: st.tuples(
            st.just(length),
            st.lists(
                st.tuples(st.integers(0, length - 1), st.integers(1, 50)).map(
                    lambda one: Fragment(one[0], min(length, sum(one)))
                )
            ),
        )
    ),
    st.integers(1, 40),
)
def test_runs_cover_just_the_points_that_are_touched(
    article: tuple[int, list[Fragment]], points: int
) -> None:
    length, stretches = article

    runs = runs_of(stretches, length, points=points)

    step = -(-length // points)
    touched = {place // step for one in stretches for place in range(*one)}
    drawn = [point for one in runs for point in range(one.start // step, one.end // step)]
    assert drawn == sorted(touched)
    assert all(left.end < right.start for left, right in pairwise(runs))
    assert len(runs) <= points
