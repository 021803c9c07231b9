"""Readings: values with their defaults, names of sources, look-ups."""

from __future__ import annotations

from annotations.scheme import SpanValue
from annotations.text.offsets import Fragment
from tests.scheme.small import link, reading, span


def test_a_value_nobody_set_is_the_default_and_free_text_is_empty() -> None:
    source = span(1, "source", "Jones", kind="document")

    assert source.value("kind") == "document"
    assert source.value("naming") == "named"
    assert source.value("role") == ""
    assert source.value("no such attribute") == ""


def test_a_source_is_called_by_its_entity_else_by_its_words() -> None:
    assert span(1, "source", "Jones").entity == "Jones"
    assert span(1, "source", "Jones", entity="Stuart Jones").entity == "Stuart Jones"
    assert span(1, "source", "Jones", entity="").entity == "Jones"


def test_an_anonymous_source_is_called_by_its_own_words_in_a_chain() -> None:
    source = span(1, "source", "Officials", entity="officials (unnamed)", naming="anonymous")

    assert source.name == "Officials"
    assert source.entity == "officials (unnamed)"


def test_a_span_reaches_from_its_first_fragment_to_its_last_and_has_a_short_name() -> None:
    parts = (Fragment(3, 5), Fragment(8, 11))
    divided = SpanValue(1, "evidence", parts, "aa bbb", {}, 4)

    assert (divided.start, divided.end) == (3, 11)
    assert divided.label == "E4"


def test_spans_of_a_tag_come_in_text_order_the_longer_first() -> None:
    short = span(1, "allegation", "the dam")
    long = span(2, "allegation", "the dam failed")
    first = span(3, "allegation", "said")

    tagged = reading(short, long, first, span(4, "cue", "according to")).tagged("allegation")

    assert tagged == [first, long, short]


def test_links_are_found_by_either_end() -> None:
    said = link("attributed_to", 1, 2)
    implicit = link("attributed_to", 1, "author")
    whole = reading(
        span(1, "allegation", "the dam failed"), span(2, "source", "Jones"), said, implicit
    )

    assert whole.links_from[1] == [said, implicit]
    assert whole.links_to[2] == [said]
    assert whole.linked_keys == {1, 2}


def test_a_link_to_a_span_outside_the_reading_leads_nowhere() -> None:
    dangling = [
        link("attributed_to", 1, 99),
        link("supports", 98, 1),
        link("attributed_to", 1, "author", cue=97),
    ]

    whole = reading(span(1, "allegation", "the dam failed"), *dangling)

    assert len(whole.links) == 3
    assert dict(whole.links_from) == {}
    assert dict(whole.links_to) == {}
