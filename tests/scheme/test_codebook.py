"""The codebook: tags, links and reasons, literally, so that no word changes unnoticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

from annotations.scheme import (
    ATTRIBUTES,
    IMPLICIT_SOURCES,
    LINK_TYPES,
    REASONS,
    TAGS,
)

LINKS = {
    "attributed_to": ({"allegation", "evidence"}, {"source", "author", "unspecified"}),
    "supports": ({"allegation", "evidence"}, {"allegation"}),
    "refutes": ({"allegation", "evidence"}, {"allegation"}),
    "relayed_by": ({"source"}, {"source"}),
    "same_as": ({"allegation", "evidence", "source"}, {"allegation", "evidence", "source"}),
}


def test_tags_are_the_four_of_the_design_each_with_its_own_letter() -> None:
    told = [(tag.key, tag.letter, tag.polnear) for tag in TAGS]

    assert told == [
        ("allegation", "A", "Content"),
        ("evidence", "E", ""),
        ("source", "S", "Source"),
        ("cue", "C", "Cue"),
    ]


def test_link_types_join_just_the_tags_of_the_design() -> None:
    implicit = {source.key for source in IMPLICIT_SOURCES}

    told = {
        one.key: (
            set(one.from_tags),
            set(one.to_tags) | (implicit if one.takes_implicit else set()),
        )
        for one in LINK_TYPES
    }

    assert told == LINKS


def test_only_same_as_takes_no_cue_and_asks_for_the_same_tag() -> None:
    assert {one.key for one in LINK_TYPES if not one.takes_cue} == {"same_as"}
    assert {one.key for one in LINK_TYPES if one.same_tag} == {"same_as"}


def test_reasons_of_a_reviewer_are_those_of_the_design() -> None:
    assert {reason.key for reason in REASONS} == {
        "wrong_boundary",
        "wrong_source",
        "missing_source",
        "not_an_allegation",
        "evidence_misread",
        "duplicate",
        "other",
    }


def test_no_key_stands_twice_in_its_table() -> None:
    tables: list[Sequence[Hashable]] = [
        [tag.key for tag in TAGS],
        [tag.letter for tag in TAGS],
        [(one.tag, one.key) for one in ATTRIBUTES],
        [one.key for one in LINK_TYPES],
        [one.key for one in REASONS],
        *(tuple(value.key for value in one.values) for one in ATTRIBUTES),
    ]

    twice = [key for table in tables for key, count in Counter(table).items() if count > 1]

    assert twice == []
