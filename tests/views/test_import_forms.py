"""What comes in to be imported, and the answers to a report, as forms read them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from annotations.importers.report import MOST_ASKED
from annotations.models import ImportRun
from annotations.views.import_forms import (
    AnswersForm,
    IntakeForm,
    extracts_in,
    zones_in,
)

ZONES = [{"start": 5, "end": 9}, {"start": 20, "end": 30}]


def entry(file: str, outcome: str = "new", **more: Any) -> dict[str, Any]:
    return {
        "file": file,
        "outcome": outcome,
        "sha256": f"sha of {file}",
        "zones": [],
        "notes": [],
    } | more


def report(*entries: dict[str, Any], questions: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"entries": list(entries), "questions": list(questions)}


def answered(told: dict[str, Any], before: dict[str, Any], query: str) -> dict[str, Any]:
    files = [{"name": one} for one in ("a.txt", "a.html", "b.txt", "c.html")]
    run = ImportRun(report=told, choices=before, files=files)
    form = AnswersForm(run, QueryDict(f"version=1&{query}"))
    assert form.is_valid(), form.errors
    return form.choices()


def test_files_and_a_text_come_together() -> None:
    files = [SimpleUploadedFile("a.txt", b"A"), SimpleUploadedFile("empty.txt", b"")]
    form = IntakeForm(QueryDict("text=Pasted."), MultiValueDict({"uploads": files}))
    assert form.is_valid()

    brought = [(name, key, file.read()) for name, key, file in form.brought()]

    assert [(name, key) for name, key, _raw in brought] == [
        ("a.txt", ""),
        ("empty.txt", ""),
        ("Pasted text", "jsonl"),
    ]
    assert json.loads(brought[2][2])["text"] == "Pasted."


def test_a_pasted_text_keeps_every_character() -> None:
    text = "  “Zoë” 🙂\u00a0\n\n e\u0301\t"
    query = QueryDict(mutable=True)
    query["text"] = text
    form = IntakeForm(query)
    assert form.is_valid()

    ((_name, _key, file),) = form.brought()

    assert json.loads(file.read())["text"] == text


def test_zones_that_are_text_after_all_are_named_by_text_and_place() -> None:
    told = report(entry("a.txt", zones=ZONES), entry("b.txt", zones=ZONES[:1]))

    choices = answered(told, {}, "zone-0=boilerplate&zone-1=article&zone-2=article")

    assert choices["lifted"] == [["sha of a.txt", 20, 30], ["sha of b.txt", 5, 9]]


def test_an_answer_about_a_zone_can_be_taken_back_and_others_stay() -> None:
    told = report(entry("a.txt", zones=ZONES))
    before = {"lifted": [["sha of a.txt", 5, 9], ["sha of another", 1, 2]]}

    choices = answered(told, before, "zone-0=boilerplate&zone-1=boilerplate")

    assert choices["lifted"] == [["sha of another", 1, 2]]


def test_what_was_settled_stays_settled_unless_it_did_not_help() -> None:
    told = report(entry("good.txt"), entry("bad.txt", "rejected"))
    settled = {"good.txt": {"encoding": "cp1252"}, "bad.txt": {"encoding": "cp1252"}}

    choices = answered(told, {"settled": settled}, "")

    assert choices["settled"] == {"good.txt": {"encoding": "cp1252"}}


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("", {}),
        ("column-0-text=body", {"text": "body", "title": ""}),
        ("column-0-text=body&column-0-title=head", {"text": "body", "title": "head"}),
    ],
)
def test_a_field_without_a_column_is_told_as_such(query: str, columns: dict[str, str]) -> None:
    question = {"ask": "columns", "file": "a.csv", "columns": ["head", "body"]}

    settled = answered(report(questions=(question,)), {}, query)["settled"]

    told = settled.get("a.csv", {}).get("columns", {})
    assert {name: told[name] for name in columns} == columns
    assert bool(told) is bool(columns)


def test_extracts_are_left_out_by_their_file() -> None:
    told = report(entry("a.html", notes=["look"]), entry("b.txt"), entry("c.html", notes=["look"]))

    choices = answered(told, {}, "without-1=yes")

    assert choices["without"] == ["c.html"]


def test_only_so_many_are_asked_about_as_a_page_can_hold() -> None:
    told = report(*(entry(f"{n}.txt", zones=ZONES, notes=["look"]) for n in range(100)))

    assert (len(zones_in(told)), len(extracts_in(told))) == (MOST_ASKED, MOST_ASKED)


def test_what_is_not_new_is_not_asked_about() -> None:
    told = report(entry("a.txt", "known", zones=ZONES, notes=["look"]))

    assert (zones_in(told), extracts_in(told)) == ([], [])


def test_what_is_not_sent_keeps_the_earlier_choice() -> None:
    told = report(entry("a.html", notes=["look"], zones=ZONES))
    before = {
        "settled": {"a.html": {"format": "html", "encoding": "cp1252"}},
        "lifted": [["sha of a.html", 5, 9]],
        "without": ["a.html", "gone.html"],
    }

    assert answered(told, before, "") == before
    taken_back = answered(told, before, "zone-0=boilerplate&without-0=false&format-0=")
    assert taken_back == {
        "settled": {"a.html": {"encoding": "cp1252"}},
        "lifted": [],
        "without": ["gone.html"],
    }


def test_an_answer_about_a_file_is_added_to_the_earlier_ones() -> None:
    question = {"ask": "columns", "file": "a.csv", "columns": ["head", "body"]}
    before = {"settled": {"a.csv": {"encoding": "cp1252"}}}

    settled = answered(report(questions=(question,)), before, "column-0-text=body")["settled"]

    assert settled["a.csv"]["encoding"] == "cp1252"
    assert settled["a.csv"]["columns"]["text"] == "body"


def test_columns_do_not_outlive_the_format_they_were_chosen_for() -> None:
    told = report(entry("a.csv"))
    before = {"settled": {"a.csv": {"columns": {"text": "body"}, "encoding": "cp1252"}}}

    settled = answered(told, before, "format-0=text")["settled"]

    assert settled == {"a.csv": {"encoding": "cp1252", "format": "text"}}


def test_only_a_file_of_its_own_can_be_answered_to_be_left_out() -> None:
    told = report(entry("x.zip/a.html", notes=["look"]), entry("c.html", notes=["look"]))

    assert answered(told, {}, "without-0=yes&without-1=yes")["without"] == ["c.html"]


def test_a_format_that_nobody_knows_is_refused() -> None:
    run = ImportRun(report=report(entry("a.txt")), files=[])

    assert not AnswersForm(run, QueryDict("version=1&format-0=docx")).is_valid()
