"""JSON Lines of others: known by their names, read by columns, told apart from our own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from annotations.importers import Arrival, Found, Question, Rejection, held
from annotations.importers.doorway import sorted_in
from annotations.importers.records import is_foreign, read

FIRST = {
    "id": 7,
    "headline": "The dam",
    "authors": ["A. Haddad", "B. Okafor"],
    "date": "4 May 2017",
    "source": "Herald",
    "body": "It broke, he said.",
    "scores": {"x": 1},
}


LONG = "A" * 100_000  # more than is looked at of other files


def lines(*told: object) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in told)


def found_in(raw: bytes, columns: Mapping[str, str] | None = None) -> list[Found]:
    return list(read(replace(held("a.jsonl", raw), columns=columns or {})))


def test_keys_are_columns() -> None:
    asked, first, second = found_in(b"\n" + lines(FIRST, {"body": "It held.", "id": None}))

    assert isinstance(asked, Question)
    assert not asked.is_open
    assert asked.columns == ("id", "headline", "authors", "date", "source", "body")
    assert asked.preview[0][0] == 2
    assert isinstance(first, Arrival)
    assert isinstance(second, Arrival)
    one = first.manuscript
    assert (one.text, one.title, one.byline) == (FIRST["body"], "The dam", "A. Haddad, B. Okafor")
    assert (one.published_on, one.outlet, one.external_id) == (date(2017, 5, 4), "Herald", "7")
    assert (first.line, second.line, second.manuscript.external_id) == (2, 3, "")


def test_a_person_chooses_keys_by_name() -> None:
    _asked, one = found_in(lines(FIRST), {"text": "headline"})

    assert isinstance(one, Arrival)
    assert (one.manuscript.text, one.manuscript.byline) == ("The dam", "")


def test_objects_without_a_known_text_are_asked_about_and_not_read() -> None:
    (asked,) = found_in(lines({"a": "1", "b": "2"}))

    assert isinstance(asked, Question)
    assert (asked.is_open, asked.columns) == (True, ("a", "b"))


@pytest.mark.parametrize(
    ("raw", "line", "reason"),
    [
        (lines(FIRST, FIRST | {"body": ""}), 2, "“body” is empty: the row has no text."),
        (lines(FIRST, FIRST | {"date": "3/4/2026"}), 2, "“3/4/2026” may be two days."),
        (lines(FIRST, FIRST | {"body": "A\0"}), 2, "“body”: Line 1, character 2"),
        (lines(FIRST) + b'{"body": \n', 2, "It is not valid JSON: Expecting value"),
        (lines(FIRST, [1]), 2, "A line must hold one JSON object: an article."),
        (b"", 0, "The file holds no JSON object"),
        (b"\n[]\n", 0, "The file holds no JSON object"),
        (lines({str(one): "" for one in range(1001)}), 1, "It has more than 1,000 keys"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_bad_line_is_refused(raw: bytes, line: int, reason: str) -> None:
    last = found_in(raw)[-1]

    assert isinstance(last, Rejection)
    assert (last.line, last.reason[: len(reason)]) == (line, reason)


@pytest.mark.parametrize(
    ("told", "key"),
    [
        (FIRST, "records"),
        ({"text": "A", "headline": "B"}, "records"),
        ({"id": 7, "text": "A"}, "jsonl"),
        ({"text": "A", "title": "B", "url": "https://example.org"}, "jsonl"),
        ({"text": "A", "headline": "B", "annotations": []}, "jsonl"),
        ({"text": "A", "headline": "B", "label": []}, "doccano"),
        ({"nothing": "A"}, "records"),
        ({}, "jsonl"),
        ({"headline": "B", "body": LONG}, "records"),
        ({"text": LONG, "headline": "B"}, "records"),
        ({"body": LONG, "headline": "B"}, "records"),
        ({"text": LONG, "title": "B"}, "jsonl"),
        ({"text": LONG, "label": [[0, 1, "cue"]]}, "doccano"),
        ({"text": LONG, "headline": "B", "annotations": []}, "jsonl"),
    ],
    ids=lambda told: str(told)[:40],
)
def test_the_front_door_tells_them_apart(told: object, key: str) -> None:
    (bundle,) = sorted_in([held("a.jsonl", lines(told))])

    assert not isinstance(bundle, Rejection)
    assert bundle.format.key == key


@pytest.mark.parametrize("head", [b"", b"[]", b"{", b'{"body": ' + b"[" * 100_000])
def test_what_is_no_object_is_not_of_others(head: bytes) -> None:
    assert not is_foreign("a.jsonl", head)


def test_a_mark_and_blank_lines_before_the_first_object_do_not_matter() -> None:
    assert is_foreign("a.jsonl", b"\xef\xbb\xbf\r\n\n" + lines(FIRST))
