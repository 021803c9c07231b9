"""The report of an import by file: what is said of each, what is hidden, and what is asked."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.models import ImportRun
from annotations.views.import_forms import MOST_ROWS
from annotations.views.import_reports import ReportPage, page_of

ZONE = {"start": 5, "end": 9, "why": "“Tags:”", "before": "before", "text": "zone", "active": True}


def entry(file: str, outcome: str = "new", **more: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "line": 0,
        "title": "Title",
        "reason": "",
        "format": "text",
        "sha256": "sha",
        "article_id": 0,
        "words": 10,
        "spans": 0,
        "links": 0,
        "annotators": [],
        "zones": [],
        "notes": [],
        "extract": "",
        "left_out": [],
    }
    return plain | {"file": file, "outcome": outcome} | more


def page(*entries: dict[str, Any], **more: Any) -> ReportPage:
    told = {"entries": list(entries), "questions": [], "people": [], "is_fit": True}
    files = [{"name": "a.txt", "size": 12}]
    return page_of(ImportRun(report=told | more.pop("told", {}), files=files, **more))


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        (["new"], "ready"),
        (["known"], "known"),
        (["known", "new"], "ready"),
        (["rejected"], "bad"),
        (["rejected", "rejected"], "bad"),
        (["rejected", "new"], "partly"),
        (["rejected", "known"], "partly"),
        (["question"], "asked"),
        (["question", "rejected", "new"], "asked"),
    ],
)
def test_a_file_has_one_verdict(outcomes: list[str], verdict: str) -> None:
    (row,) = page(*(entry("a.txt", one) for one in outcomes)).rows

    assert row.verdict == verdict


def test_what_a_file_holds_is_summed_up() -> None:
    (row,) = page(
        entry("a.txt", spans=3, annotators=["amira"], zones=[ZONE]),
        entry("a.txt", spans=2, annotators=["ben", "amira"]),
    ).rows

    assert (row.new, row.words, row.spans, row.zones, row.size) == (2, 20, 5, 1, 12)
    assert (row.annotators, row.format) == (["amira", "ben"], "Plain text")


def test_among_many_files_those_with_a_fault_come_first() -> None:
    entries = [entry(f"{number}.txt") for number in range(MOST_ROWS + 20)]
    entries[70] = entry("bad.txt", "rejected", reason="Broken.")
    entries[90] = entry("asked.txt", "question")

    told = page(*entries)

    assert [row.name for row in told.rows[:3]] == ["asked.txt", "bad.txt", "0.txt"]
    assert (len(told.rows), told.hidden, told.files) == (MOST_ROWS, 20, MOST_ROWS + 20)


def test_a_few_files_keep_their_order() -> None:
    told = page(entry("a.txt"), entry("b.txt", "rejected"), entry("c.txt"))

    assert [row.name for row in told.rows] == ["a.txt", "b.txt", "c.txt"]


def test_of_many_faults_the_first_are_shown_and_the_others_counted() -> None:
    (row,) = page(*(entry("a.txt", "rejected", line=n) for n in range(1, 31))).rows

    assert (len(row.first_faults), row.more_faults) == (20, 10)


def test_a_zone_knows_whether_it_is_the_tail_and_what_was_said_of_it() -> None:
    zones = [ZONE, ZONE | {"start": 20, "end": 30}]

    told = page(entry("a.txt", zones=zones), choices={"lifted": [["sha", 20, 30]]})

    assert [(one.name, one.is_tail, one.is_article) for one in told.zones] == [
        ("zone-0", False, False),
        ("zone-1", True, True),
    ]


def test_without_a_preview_every_encoding_is_on_offer() -> None:
    question = {
        "ask": "encoding",
        "file": "a.txt",
        "reason": "It is not UTF-8.",
        "is_open": True,
        "preview": [],
        "columns": [],
        "chosen": {},
        "previews": [],
    }

    (asked,) = page(entry("a.txt", "question"), told={"questions": [question]}).asked

    assert [one.value for one in asked.choices if one.is_chosen] == ["cp1252"]
    assert len(asked.choices) > 10


@pytest.mark.parametrize(
    ("asks", "name"),
    [
        (["encoding"], ""),
        (["encoding", "columns"], ""),
        (["columns", "encoding", "encoding"], "encoding-1"),
    ],
)
def test_the_first_of_several_encodings_may_count_for_all(asks: list[str], name: str) -> None:
    plain = {"file": "a", "reason": "", "is_open": True, "preview": [], "columns": [], "chosen": {}}

    told = page(told={"questions": [plain | {"ask": ask} for ask in asks]})

    assert told.asked_for_all == name


def test_only_a_file_of_its_own_can_be_left_out() -> None:
    told = page(
        entry("a.txt", notes=["look"], extract="One"),
        entry("x.zip/b", notes=["look"], extract="Two"),
    )

    assert [(one.text, one.may_leave) for one in told.extracts] == [("One", True), ("Two", False)]
