"""Other ways to count a text, and the proof that one of them was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.importers.countings import countings_of, proved, quotes_as
from annotations.text.intake import clean_text
from annotations.text.offsets import Fragment, Fragments

TEXT = "\ufeffA🙂\r\nB\rC🙂D\n"
STORED = "A🙂\nB\nC🙂D\n"


def at(start: int, end: int) -> Fragments:
    return (Fragment(start, end),)


def test_a_plain_text_is_counted_in_one_way() -> None:
    (counting,) = countings_of("A🙂\nB")

    assert counting.is_plain
    assert counting.fragments(at(1, 2)) == at(1, 2)


@pytest.mark.parametrize("utf16", [False, True])
def test_every_way_to_count_finds_every_letter(utf16: bool) -> None:
    for counting in countings_of(TEXT, utf16=utf16):
        for letter in "ABCD":
            before = counting.text[: counting.text.index(letter)]
            start = len(before.encode("utf-16-le")) // 2 if utf16 else len(before)
            (place,) = counting.fragments(at(start, start + 1))
            assert STORED[place.start : place.end] == letter


def test_there_are_as_many_ways_as_there_are_things_not_kept() -> None:
    assert [len(countings_of(raw)) for raw in ("A", "A\r\nB", "\ufeffA", TEXT)] == [1, 2, 2, 4]
    assert len(countings_of("A", bom=True)) == 2


def test_half_of_a_surrogate_pair_is_no_place() -> None:
    (counting,) = countings_of("🙂A", utf16=True)

    with pytest.raises(ValueError, match="Offset 1 lies in the middle of a character"):
        counting.fragments(at(1, 3))


@given(text=st.text(alphabet="ab🙂é\n", max_size=12), data=st.data())
def test_utf16_units_are_code_points_again(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    units = len(text[:start].encode("utf-16-le")) // 2

    (counting,) = countings_of(text, utf16=True)

    assert counting.place(units) == start


def test_quotations_prove_which_way_was_meant() -> None:
    ways = countings_of("A\r\nB said C")

    counting, is_doubtful = proved("A\r\nB said C", [(at(2, 3), "B")], ways)

    assert (counting.fragments(at(2, 3)), is_doubtful) == (at(2, 3), False)
    counting, is_doubtful = proved("A\r\nB said C", [(at(3, 4), "B")], ways)
    assert (counting.fragments(at(3, 4)), is_doubtful) == (at(2, 3), False)


@pytest.mark.parametrize("quote", ["a", None])
def test_where_two_ways_hold_it_is_doubtful(quote: str | None) -> None:
    raw = "\r\naaaa"

    assert proved(raw, [(at(3, 4), quote)], countings_of(raw))[1]


def test_two_ways_that_lead_to_one_place_are_no_doubt() -> None:
    raw = "aaaa\r\n"

    assert not proved(raw, [(at(0, 1), None)], countings_of(raw))[1]


def test_where_none_holds_the_one_that_errs_least_names_what_is_wrong() -> None:
    raw = "A\r\nB said C"

    counting, is_doubtful = proved(
        raw, [(at(3, 4), "B"), (at(5, 9), "said"), (at(0, 1), "X")], countings_of(raw)
    )

    assert not is_doubtful
    assert not counting.is_plain


@pytest.mark.parametrize("quote", ["a\nb", "a b", "a\rb", "a\r b", "a\r\nb"])
def test_a_line_break_is_as_good_as_a_space_in_a_quotation(quote: str) -> None:
    assert quotes_as("a\nb", at(0, 3), quote)


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (0, 4), (2, 2), (2, 1)])
def test_places_outside_quote_nothing(start: int, end: int) -> None:
    assert not quotes_as("a\nb", at(start, end), "")


@given(raw=st.text(alphabet="\ufeffa\r\n🙂", max_size=8))
def test_every_way_counts_what_is_stored(raw: str) -> None:
    stored = clean_text(raw)

    for counting in countings_of(raw):
        assert counting.place(len(counting.text)) == len(stored)
