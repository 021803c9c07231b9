"""The articles that are measured on hold what they say, and the report says what was measured."""

from __future__ import annotations

from itertools import pairwise

import pytest

from annotations.text.offsets import Fragment, quote_of
from annotations.text.zones import zones_of
from benchmarks.articles import SIZES, Size, made, text_of
from benchmarks.asking import Asked
from benchmarks.seeing import Seen
from benchmarks.table import Report, printed
from tests.seed import seed_text

SMALL = [*SIZES[:2], Size("tiny", 200, 12)]


@pytest.mark.parametrize("size", SMALL, ids=lambda size: size.name)
def test_an_article_has_just_so_many_words_and_spans(size: Size) -> None:
    article = made(size)

    keys = {span.key for span in article.spans}
    assert len(article.text.split()) == size.words
    assert len(article.spans) == len(keys) == size.spans
    assert len({(span.tag, span.fragments) for span in article.spans}) == size.spans
    assert all(span.quote == quote_of(article.text, span.fragments) for span in article.spans)
    assert {key for one in article.links for key in (one.from_key, one.to_key)} <= keys
    assert {one.cue_key for one in article.links} - {None} <= keys
    assert len(article.links) > size.spans / 4


def test_the_spans_lie_evenly_over_the_text() -> None:
    article = made(SIZES[1])

    tenth = len(article.text) / 10
    filled = [0] * 10
    for span in article.spans:
        filled[int(span.fragments[0].start // tenth)] += 1
    assert max(filled) - min(filled) <= 20


def test_a_long_text_is_the_seed_round_and_round_without_boilerplate() -> None:
    text = text_of(1000)

    story = seed_text()[:2127].strip()
    assert text.startswith(f"{story}\n\n{story}\n\n")
    assert story.startswith(text.removeprefix(f"{story}\n\n" * 2).strip())
    assert zones_of(text) == ()


def test_the_articles_are_the_same_each_time() -> None:
    spans = made(SIZES[0]).spans

    assert made(SIZES[0]).spans == spans
    assert all(one.fragments <= other.fragments for one, other in pairwise(spans))
    assert spans[0].fragments[0] >= Fragment(0, 1)


def report(pending: float, load: float) -> Report:
    seen = Seen(pending, 30.0, 120.0, 1500.0, 5000.0, 9000, 30)
    asked = Asked(4.9, 7.6, 25, 40.0, 12, 1234567, 8000)
    return Report(dict.fromkeys("SML", asked), dict.fromkeys("SML", seen), load)


def test_the_table_says_of_each_value_whether_its_budget_is_met() -> None:
    table = printed(report(pending=20.25, load=0.1)).split("\n")

    assert (
        "| key press to pending mark painted, p75 | 20.2 ms (≤ 16: MISSED) "
        "| 20.2 ms (≤ 16: MISSED) | 20.2 ms (≤ 32: met) |"
    ) in table
    assert "| queries of a tag request | 25 | 25 | 25 |" in table
    assert "| page, plain | 1,234,567 B | 1,234,567 B | 1,234,567 B |" in table
    assert table[-1].endswith(" cores.")


def test_a_busy_machine_is_told_of() -> None:
    assert "too much for the milliseconds" in printed(report(pending=10, load=50.0))
    lines = report(pending=10, load=50.0).as_json()["lines"]
    assert isinstance(lines, list)
    assert lines[0]["is_met"] == (True, True, True)
