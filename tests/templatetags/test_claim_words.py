"""The words of a card: attributes by their labels, implicit sources by their names."""

from __future__ import annotations

import pytest

from annotations.scheme import SpanValue
from annotations.templatetags.claim_words import (
    choices,
    core,
    further,
    implicit_name,
    letter,
    worded,
)
from annotations.text.offsets import Fragment


def span(tag: str, **attributes: str) -> SpanValue:
    return SpanValue(1, tag, (Fragment(0, 3),), "Lee", attributes, 1)


def test_the_core_and_the_further_attributes_are_all_of_them_in_order() -> None:
    source = span("source")

    assert [one.attribute.key for one in core(source)] == ["kind", "naming"]
    assert [one.attribute.key for one in further(source)] == [
        "entity",
        "role",
        "affiliation",
        "affiliation_type",
    ]
    assert {one.attribute.key for one in choices(source)} == {
        one.attribute.key for one in [*core(source), *further(source)]
    }


def test_a_cue_has_no_attributes() -> None:
    assert choices(span("cue")) == []


@pytest.mark.parametrize(
    ("attributes", "values"),
    [
        ({}, ["person", "named"]),
        ({"kind": "group", "naming": "anonymous"}, ["group", "anonymous"]),
        ({"kind": "martian"}, ["martian", "named"]),
    ],
)
def test_a_choice_reads_as_its_word_or_as_itself(
    attributes: dict[str, str], values: list[str]
) -> None:
    assert [one.label for one in core(span("source", **attributes))] == values


@pytest.mark.parametrize(
    ("key", "word"),
    [("polarity", "asserts"), ("certainty", "possible"), ("about", "the regime"), ("size", "")],
)
def test_one_attribute_in_words(key: str, word: str) -> None:
    assert worded(span("allegation", certainty="possible", about="the regime"), key) == word


@pytest.mark.parametrize(
    ("tag", "class_name"), [("allegation", "a"), ("evidence", "e"), ("source", "s"), ("cue", "c")]
)
def test_the_letter_gives_the_class(tag: str, class_name: str) -> None:
    assert letter(span(tag)) == class_name


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("author", "the author of the article"),
        ("unspecified", "nobody named"),
        ("other", "other"),
    ],
)
def test_an_implicit_source_has_a_name(key: str, name: str) -> None:
    assert implicit_name(key) == name
