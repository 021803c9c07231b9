"""Log lines: one line each, in UTC, and nothing of an article in them."""

from __future__ import annotations

import logging
import sys
from contextvars import copy_context

import pytest

from config.logs import LineFormatter, RequestFacts, facts

MOMENT = 1_700_000_000.25


def record(message: str, *arguments: object, error: bool = False) -> logging.LogRecord:
    made = logging.LogRecord(
        "ascribe", logging.ERROR, __file__, 1, message, arguments, sys.exc_info() if error else None
    )
    made.created = MOMENT
    return made


def quote_the_mayor() -> None:
    raise ValueError("“They knew,” the mayor said")


def test_a_line_has_the_time_in_utc_and_the_facts_of_the_request() -> None:
    def formatted() -> str:
        facts.set(RequestFacts("4f2a", "7", "/articles/<int:pk>/"))
        return LineFormatter().format(record("Not Found: %s", "/articles/9/"))

    assert copy_context().run(formatted) == (
        "2023-11-14T22:13:20.250+00:00 ERROR ascribe"
        " request=4f2a person=7 route=/articles/<int:pk>/ Not Found: /articles/9/"
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\x0b", "\x85", "\u2028", "\x1b[2J"])
def test_nothing_in_a_message_starts_a_second_line(end: str) -> None:
    line = LineFormatter().format(record("sign-in of %s", f"eve{end}2026 ERROR forged"))

    assert line.isprintable()


def test_an_error_is_named_by_type_and_place_without_what_it_quotes() -> None:
    try:
        quote_the_mayor()
    except ValueError:
        line = LineFormatter().format(record("failed", error=True))

    assert "the mayor" not in line
    assert "[ValueError]" in line
    assert line.endswith(":quote_the_mayor")


def test_under_debug_an_error_says_what_it_has_to_say() -> None:
    try:
        quote_the_mayor()
    except ValueError:
        line = LineFormatter(with_messages=True).format(record("failed", error=True))

    assert "[ValueError: “They knew,” the mayor said]" in line
