"""Attributes, notes, and passages marked Discuss or Discard: kept with an allegation, or named."""

from __future__ import annotations

import pytest

from annotations.importers.report import Report
from annotations.models import Span
from tests.importers.brats import CONTENT, WHOLE, annotated, rejections, t
from tests.people import make_cast

pytestmark = pytest.mark.django_db

DISCUSS = t(5, "Discuss", (24, 33))
FAR = t(6, "Discard", (35, 42), (44, 47))
FELL = t(13, "Content", (35, 42))


def note() -> str:
    return str(Span.objects.get(tag="allegation", start=20).attributes.get("note", ""))


def left_out(report: Report) -> list[int]:
    return [one.line for one in report.entries[0].left_out]


def test_a_mark_is_a_note_of_the_allegation_it_lies_on() -> None:
    report = annotated(make_cast(), *WHOLE, FELL, DISCUSS, "#1\tAnnotatorNotes T5\tReally?")

    assert note() == "Discuss 24 33: dam broke\nDiscuss 24 33: Really?"
    assert (report.entries[0].lines["T:note"], report.entries[0].lines["#:note"]) == (1, 1)
    assert left_out(report) == []


def test_a_mark_on_no_allegation_goes_to_the_nearest_with_its_place() -> None:
    annotated(make_cast(), CONTENT, FAR)

    assert note() == "Discard 35 42;44 47: It fell she"


def test_a_mark_without_any_allegation_is_left_out_by_its_line() -> None:
    report = annotated(make_cast(), t(1, "Source", (0, 3)), DISCUSS, "#1\tAnnotatorNotes T5\tHm")

    assert left_out(report) == [2, 3]


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("T3", "Check."),
        ("E1", "Check."),
        ("T1", "“Bob”: Check."),
        ("T2", "“said”: Check."),
        ("T4", "“said”: Check."),
    ],
)
def test_a_note_goes_to_the_allegation_it_is_about(target: str, told: str) -> None:
    report = annotated(make_cast(), *WHOLE, f"#1\tAnnotatorNotes {target}\tCheck.")

    assert note() == told
    assert left_out(report) == []


@pytest.mark.parametrize(
    "line",
    [
        "#1\tAnnotatorNotes T8\tCheck.",
        "#1\tAnnotatorNotes T3\t ",
        "#1\tAnnotatorNotes T3\t" + "x" * 4001,
        "N1\tReference T1 Wikipedia:1\tBob",
        "A1\tConfidence T3 high",
        "A1\tcertainty T3",
        "A1\tNegated T3",
    ],
)
def test_what_has_no_place_is_left_out_by_its_line(line: str) -> None:
    report = annotated(make_cast(), *WHOLE, t(8, "Source", (0, 3)), line)

    assert report.stored
    assert left_out(report) == [7]


def test_attributes_are_ours_in_any_case_and_an_event_gives_them_to_its_contents() -> None:
    annotated(
        make_cast(),
        *WHOLE,
        "A1\tCertainty T3 Probable",
        "A2\tabout E1 the operator of the dam",
        "A3\tnaming T1 anonymous",
    )

    allegation, source = Span.objects.get(tag="allegation"), Span.objects.get(tag="source")
    assert allegation.attributes == {
        "quote_type": "indirect",
        "certainty": "probable",
        "about": "the operator of the dam",
    }
    assert source.attributes == {"naming": "anonymous"}


def test_a_value_that_the_codebook_does_not_have_is_rejected_with_its_line() -> None:
    report = annotated(make_cast(), *WHOLE, "", "A1\tcertainty T3 sure")

    ((_file, line, reason),) = rejections(report)
    assert line == 7
    assert reason.startswith("A1: “sure” is not a value of certainty; choose one of certain")


def test_of_two_values_of_one_attribute_the_first_is_kept_and_the_second_named() -> None:
    report = annotated(
        make_cast(),
        *WHOLE,
        "A1\tcertainty T3 probable",
        "A2\tcertainty T3 possible",
        "A3\tcertainty T3 probable",
    )

    assert Span.objects.get(tag="allegation").attributes["certainty"] == "probable"
    lines = len(WHOLE)
    assert left_out(report) == [lines + 2]
