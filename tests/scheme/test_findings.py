"""Findings: their order, and those of the gold annotation."""

from __future__ import annotations

from annotations.scheme import (
    findings_of,
)
from annotations.text.blocks import blocks_of
from tests.scheme.small import TEXT, link, reading, span
from tests.seed import gold_reading, seed_text

DAM = span(1, "allegation", "the dam failed")


JONES = span(3, "source", "Jones")


SMITH = span(5, "source", "Smith")


DENIAL = span(6, "allegation", "denied that")


NOBODY = span(8, "source", "Nobody")


BY_JONES = link("attributed_to", 1, 3)


def test_findings_come_errors_first_and_then_in_text_order() -> None:
    whole = reading(NOBODY, DENIAL, DAM, SMITH)

    found = findings_of(whole, text=TEXT)

    assert [(one.rule, one.span) for one in found] == [
        ("V4", DAM),
        ("V4", DENIAL),
        ("V6", SMITH),
        ("V6", NOBODY),
    ]


def test_without_blocks_paragraph_breaks_are_not_looked_at() -> None:
    whole = reading(span(1, "allegation", "denied that.\n\nNobody"), JONES, BY_JONES)

    rules = {one.rule for one in findings_of(whole, text=TEXT)}

    assert "V15" not in rules


def test_the_gold_annotation_can_be_submitted_and_warns_where_the_design_says() -> None:
    text = seed_text()
    found = findings_of(gold_reading(), text=text, blocks=blocks_of(text))

    told = [(one.rule, one.level, one.span.label) for one in found]

    assert told == [
        ("V13", "W", "A1"),
        ("V13", "W", "A2"),
        ("V12", "W", "A9"),
        ("V12", "W", "A10"),
    ]
