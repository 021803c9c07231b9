"""Values of JSON objects, each what it should be."""

from __future__ import annotations

from datetime import date

import pytest

from annotations.importers import told
from annotations.importers.told import Malformed


def test_an_object_is_read_with_or_without_a_byte_order_mark() -> None:
    assert told.object_in(b'{"a": 1}') == told.object_in(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


def test_facts_are_those_of_an_article() -> None:
    facts = told.facts_of({"title": "T", "published_on": "2026-11-22", "other": 1})

    assert (facts["title"], facts["byline"]) == ("T", "")
    assert facts["published_on"] == date(2026, 11, 22)


def test_what_is_missing_is_empty() -> None:
    assert told.string({}, "a") == told.string({"a": None}, "a") == ""
    assert told.key_in({}, "a") is None
    assert told.key_in({"a": 7}, "a") == "7"
    assert told.objects({}, "a") == []
    assert told.boolean({}, "a") is False
    assert told.day({}, "a") is None


@pytest.mark.parametrize(
    ("read", "value", "reason"),
    [
        (told.string, 7, "must be a text in quotation marks"),
        (told.string, "\0", "is a NUL character"),
        (told.key_in, True, "must be a text in quotation marks"),
        (told.integer, True, "must be a whole number"),
        (told.integer, 1.0, "must be a whole number"),
        (told.integer, None, "must be a whole number"),
        (told.boolean, 1, "must be true or false"),
        (told.day, "May", "must be a date such as 2026-11-22"),
        (told.objects, {}, None),
        (told.objects, {"a": 1}, "must be a list of objects"),
        (told.objects, [1], "must be a list of objects"),
    ],
)
def test_a_value_of_another_kind_says_what_to_change(
    read: object, value: object, reason: str | None
) -> None:
    assert callable(read)
    if reason is None:
        assert read({"key": value}, "key") == []
        return
    with pytest.raises(Malformed, match=reason):
        read({"key": value}, "key")
