"""Names of other tools, and what they mark twice."""

from __future__ import annotations

import pytest

from annotations.importers.vocabulary import (
    attribute_named,
    known_tags,
    link_named,
    merged,
    tag_named,
)
from annotations.text.offsets import Fragment
from annotations.workflow.importing import Passage, Relation


@pytest.mark.parametrize(
    ("name", "tag"),
    [("Content", "allegation"), ("SOURCE", "source"), (" cue ", "cue"), ("evidence", "evidence"),
     ("Person", ""), ("", "")],
)  # fmt: skip
def test_a_label_means_a_tag(name: str, tag: str) -> None:
    assert tag_named(name) == tag


@pytest.mark.parametrize(
    ("name", "key"),
    [("Attributed-To", "attributed_to"), ("attributed to", "attributed_to"),
     ("SUPPORTS", "supports"), ("praises", "")],
)  # fmt: skip
def test_a_label_means_a_link(name: str, key: str) -> None:
    assert link_named(name) == key


def test_an_attribute_is_found_by_name_and_its_value_in_any_case() -> None:
    assert attribute_named("allegation", "Certainty", "PROBABLE") == ("certainty", "probable")
    assert attribute_named("allegation", "certainty", "sure") == ("certainty", "sure")
    assert attribute_named("source", "certainty", "probable") is None


def test_the_tags_that_a_message_lists_are_ours_and_polnears() -> None:
    assert known_tags() == "allegation, content, cue, evidence, source"


def passage(key: str, tag: str, start: int) -> Passage:
    return Passage(key, tag, (Fragment(start, start + 1),), "x")


def test_the_same_mark_twice_is_one_and_links_go_to_it() -> None:
    passages = [
        passage("a", "source", 0),
        passage("b", "source", 0),
        passage("c", "cue", 0),
        passage("d", "allegation", 3),
    ]

    kept, links = merged(passages, [Relation("attributed_to", "d", "b", cue_key="c")])

    assert [one.key for one in kept] == ["a", "c", "d"]
    assert [(one.from_key, one.to_key, one.cue_key) for one in links] == [("d", "a", "c")]


def test_an_id_that_is_used_twice_stays_to_be_told_of() -> None:
    kept, _links = merged([passage("a", "source", 0), passage("a", "source", 5)], [])

    assert [one.key for one in kept] == ["a", "a"]
