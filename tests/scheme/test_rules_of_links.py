"""What a link may join (V8), and what a circle is (V9)."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.scheme import (
    LINK_TYPES,
    LinkValue,
    fault_of_link,
    leads_back,
)
from annotations.text.offsets import Fragment
from tests.scheme.small import reading, span

ENDS = {
    tag: span(key, tag, words)
    for key, (tag, words) in enumerate(
        [
            ("allegation", "the dam failed"),
            ("evidence", "Photographs"),
            ("source", "Jones"),
            ("cue", "said"),
        ],
        start=1,
    )
}


OTHERS = {
    tag: replace(one, key=one.key + 10, fragments=(Fragment(0, 1),), text="O")
    for tag, one in ENDS.items()
}


JOINED = {
    *(("attributed_to", origin, "source") for origin in ("allegation", "evidence")),
    *(("supports", origin, "allegation") for origin in ("allegation", "evidence")),
    *(("refutes", origin, "allegation") for origin in ("allegation", "evidence")),
    ("relayed_by", "source", "source"),
    *(("same_as", tag, tag) for tag in ("allegation", "evidence", "source")),
}


@pytest.mark.parametrize("link_type", [one.key for one in LINK_TYPES])
def test_a_link_joins_just_the_tags_it_may(link_type: str) -> None:
    whole = reading(*ENDS.values(), *OTHERS.values())

    joined = {
        (link_type, origin, target)
        for origin, target in product(ENDS, OTHERS)
        if not fault_of_link(whole, LinkValue(0, link_type, ENDS[origin].key, OTHERS[target].key))
    }

    assert joined == {one for one in JOINED if one[0] == link_type}


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (LinkValue(0, "praises", 1, 3), "There is no such link."),
        (LinkValue(0, "attributed_to", 99, 3), "There is no such link."),
        (LinkValue(0, "attributed_to", 1, 99), "There is no such link."),
        (LinkValue(0, "attributed_to", 1, 99, "author"), "There is no such link."),
        (LinkValue(0, "attributed_to", 1, 3, cue_key=99), "There is no such link."),
        (LinkValue(0, "attributed_to", 1), "A link needs exactly one end"),
        (LinkValue(0, "attributed_to", 1, 3, "author"), "A link needs exactly one end"),
        (LinkValue(0, "attributed_to", 1, None, "the reader"), "A link needs exactly one end"),
        (LinkValue(0, "supports", 2, None, "author"), "A link needs exactly one end"),
        (LinkValue(0, "supports", 1, 1), "A passage cannot be linked to itself."),
        (LinkValue(0, "attributed_to", 3, 1), "These tags cannot be joined"),
        (LinkValue(0, "attributed_to", 3, None, "author"), "These tags cannot be joined"),
        (LinkValue(0, "same_as", 1, 12), "Only passages with the same tag"),
        (LinkValue(0, "attributed_to", 1, 3, cue_key=2), "cannot be the cue"),
        (LinkValue(0, "same_as", 1, 11, cue_key=4), "cannot be the cue"),
    ],
)
def test_a_link_that_cannot_be_is_refused_with_its_reason(value: LinkValue, reason: str) -> None:
    fault = fault_of_link(reading(*ENDS.values(), *OTHERS.values()), value)

    assert fault.startswith(reason) or reason in fault


@pytest.mark.parametrize("implicit", ["author", "unspecified"])
@pytest.mark.parametrize("origin", ["allegation", "evidence"])
def test_an_implicit_source_is_an_end_of_its_own(origin: str, implicit: str) -> None:
    value = LinkValue(0, "attributed_to", ENDS[origin].key, None, implicit, cue_key=4)

    assert fault_of_link(reading(*ENDS.values()), value) == ""


graphs = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14)


@given(edges=graphs)
def test_a_circle_is_found_just_where_a_walk_comes_back(edges: list[tuple[int, int]]) -> None:
    targets = {origin: {end for start, end in edges if start == origin} for origin, _end in edges}
    reached = set(edges)
    for _step in range(7):
        reached |= {
            (start, end) for start, middle in reached for other, end in edges if middle == other
        }

    circling = {node for node in range(7) if leads_back(targets, node)}

    assert circling == {start for start, end in reached if start == end}
