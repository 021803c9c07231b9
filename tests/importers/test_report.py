"""What a report tells, and how."""

from __future__ import annotations

import pytest

from annotations.importers import Question
from annotations.importers.report import Entry, Report, is_lifted, shown, zone_shown
from annotations.models import Article, Zone

NEW, BAD = Entry("a", 0, "new", ""), Entry("b", 1, "rejected", "")


@pytest.mark.parametrize(
    ("entries", "is_open", "is_answered", "is_fit"),
    [
        ((NEW,), False, True, True),
        ((NEW, BAD), False, True, False),
        ((NEW,), True, False, False),
    ],
)
def test_what_is_fit_has_no_fault_and_no_open_question(
    entries: tuple[Entry, ...], is_open: bool, is_answered: bool, is_fit: bool
) -> None:
    report = Report(entries, (Question("columns", "Which?", is_open=is_open),), (), stored=False)

    assert (report.is_answered, report.is_fit) == (is_answered, is_fit)
    assert report.of("new") == (NEW,)


def test_a_zone_is_shown_with_the_text_around_its_start() -> None:
    article = Article(text="x" * 1000 + "Leave a Reply " + "word " * 300, text_sha256="s")
    zone = Zone(article=article, start=1000, end=len(article.text), reason="“Leave a Reply”")

    told = zone_shown(article, zone)

    assert (told.start, told.why, told.active) == (1000, "“Leave a Reply”", True)
    assert (told.before, len(told.text)) == ("x" * 240, 600)
    assert told.words == "Leave a Reply" + " word" * 9
    assert is_lifted(article, zone, {("s", 1000, zone.end)})
    assert not is_lifted(article, zone, {("s", 1001, zone.end)})


def test_control_characters_and_halves_of_letters_are_spelled_out() -> None:
    assert shown("Zoë 🙂\x9b\n\ud800") == "Zoë 🙂\\x9b\\n\\ud800"


def test_spaces_and_joiners_stay_and_what_turns_the_writing_is_spelled_out() -> None:
    kept = "5\u00a0€\u202fh\u3000 👩\u200d👧 می\u200cخواهم \u00ad"  # noqa: RUF001 -- letters that are joined

    assert shown(kept) == kept
    assert shown("a\u202eb\u2066c\u200f\u2028\x1b") == "a\\u202eb\\u2066c\\u200f\\u2028\\x1b"
