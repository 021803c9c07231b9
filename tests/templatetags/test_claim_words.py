"""The words of a card: attributes by their labels, implicit sources by their names."""

from __future__ import annotations

import pytest

from annotations.scheme import SpanValue
from annotations.templatetags.claim_words import (
    choices,
    core,
    further,
    implicit_name,
    in_words,
    keycap,
    letter,
    of,
    told,
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


def test_a_source_is_told_in_a_few_words() -> None:
    jones = span("source", naming="described", role="spokesman", entity="Stuart Jones")

    assert in_words(jones) == "person, described, spokesman"


def test_only_further_attributes_that_are_set_and_have_no_place_of_their_own_are_told() -> None:
    claim = span("allegation", about="the mayor", note="Ask.", quote_type="direct", attitude="")

    assert [(one.name, one.label) for one in told(claim)] == [("About", "the mayor")]


def test_what_is_kept_by_key_is_found_by_span() -> None:
    assert (of({1: "x"}, span("cue")), of({2: "x"}, span("cue"))) == ("x", "")


@pytest.mark.parametrize(
    ("key", "cap"),
    [("z", "Z"), ("Z", "Shift+Z"), ("?", "?"), ("g s", "G S"), ("F2", "F2"), ("é", "É")],
)
def test_a_key_reads_as_on_the_keyboard(key: str, cap: str) -> None:
    assert keycap(key) == cap
