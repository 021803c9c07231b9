"""What a person selects becomes the right offsets: mouse, keyboard and scripted selections in Chromium.

Documents are built from pieces, so that the text which the offsets count in is known here.
"""
# ruff: noqa: RUF001 -- curly quotation marks are among what is tested

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.pieces import Mark, Piece, Skip, Span, chosen, drag, select, show, span_of, spot

pytestmark = pytest.mark.browser

FAMILY = "👨\u200d👩\u200d👧\u200d👦"


FOLDED = r"""document.body.innerHTML =
  '<article><p data-o="2" data-gap="\n \nRead more\n\n">One</p><i>Fold</i><p data-o="19">Two</p></article>'
"""

NEWS: list[list[Piece]] = [
    [
        "According to ",
        Mark("several sources", "S8"),
        ", ",
        Mark("the regime is accused", "A8"),
        ".",
    ],
    [
        "“We don’t know”, ",
        Skip("2 notes "),
        "said Jones 🙂 and ",
        Mark("محمد بن علي"),
        " agreed.  ",
    ],
    ["The end is near"],
]


@pytest.mark.parametrize(
    "word",
    ["regime", "don’t", "We", "علي"],
    ids=["in a mark", "with an apostrophe", "in quotation marks", "Arabic after an emoji"],
)
def test_a_double_click_takes_the_word(mapper: Page, word: str) -> None:
    text = show(mapper, NEWS)

    mapper.mouse.dblclick(*spot(mapper, word))

    assert chosen(mapper) == span_of(text, word)


@pytest.mark.parametrize("needle", ["accused", "don’t", "near"])
def test_a_triple_click_takes_one_paragraph_without_its_trailing_blanks(
    mapper: Page, needle: str
) -> None:
    text = show(mapper, NEWS)

    mapper.mouse.click(*spot(mapper, needle), click_count=3)

    paragraph = next(part for part in text.split("\n\n") if needle in part)
    assert chosen(mapper) == span_of(text, paragraph.rstrip())


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [
        (("accused", "middle"), ("said", "middle"), "accused.\n\n“We don’t know”, said"),
        (("said", "middle"), ("accused", "middle"), "accused.\n\n“We don’t know”, said"),
        (("Heading", "middle"), ("several", "middle"), "According to several"),
        (("near", "start"), ("Footer", "end"), "near"),
    ],
    ids=["over a note that is no text", "backwards", "from the heading", "past the end"],
)
def test_a_drag_takes_whole_words_of_the_article(
    mapper: Page, start: tuple[str, str], end: tuple[str, str], quote: str
) -> None:
    text = show(mapper, NEWS)

    drag(mapper, spot(mapper, *start), spot(mapper, *end))

    assert chosen(mapper) == span_of(text, quote)


def test_an_exact_drag_keeps_the_letters(mapper: Page) -> None:
    text = show(mapper, NEWS)

    drag(mapper, spot(mapper, "cused", "start"), spot(mapper, "sai", "end"))

    assert chosen(mapper, exact=True) == span_of(text, "cused.\n\n“We don’t know”, sai")


@pytest.mark.parametrize("needle", ["Heading", "Footer"])
def test_a_selection_outside_the_article_is_none(mapper: Page, needle: str) -> None:
    show(mapper, NEWS)

    mapper.mouse.dblclick(*spot(mapper, needle))

    assert chosen(mapper) is None


def test_no_selection_is_none(mapper: Page) -> None:
    show(mapper, NEWS)

    mapper.mouse.click(*spot(mapper, "regime"))

    assert chosen(mapper) is None


def test_the_gap_between_two_paragraphs_is_none(mapper: Page) -> None:
    show(mapper, [["One"], ["Two"]])

    select(mapper, [1, 0, 0], 3, [1, 1, 0], 0)

    assert chosen(mapper, exact=True) is None


@pytest.mark.parametrize(("start", "end"), [(1, 4), (0, 1), (2, 11), (4, 5), (9, 10)])
def test_a_family_of_emoji_is_never_cut(mapper: Page, start: int, end: int) -> None:
    text = show(mapper, [[FAMILY, " arrives"]])

    select(mapper, [1, 0, 0], start, [1, 0, 0], end)

    assert chosen(mapper, exact=True) == span_of(text, FAMILY)


def test_a_letter_comes_with_its_combining_mark(mapper: Page) -> None:
    text = show(mapper, [["the cafe\u0301 closed"]])

    select(mapper, [1, 0, 0], 7, [1, 0, 0], 8)

    assert chosen(mapper, exact=True) == span_of(text, "e\u0301")


def test_a_letter_in_a_mark_of_its_own_comes_with_its_combining_mark(mapper: Page) -> None:
    text = show(mapper, [["the caf", Mark("e"), "\u0301 closed"]])

    select(mapper, [1, 0, 1, 0], 0, [1, 0, 1, 0], 1)

    assert chosen(mapper, exact=True) == span_of(text, "e\u0301")


@pytest.mark.parametrize(
    "command", ["document.execCommand('selectAll')", "getSelection().selectAllChildren(article)"]
)
def test_everything_is_the_article(mapper: Page, command: str) -> None:
    text = show(mapper, NEWS)

    mapper.evaluate(f"const article = document.querySelector('article'); {command}")

    assert chosen(mapper) == span_of(text, text.rstrip())


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [
        (([0], 0), ([2], 5), "before after"),
        (([1, 0], 1), ([2], 5), "after"),
        (([0], 0), ([1, 0], 2), "before"),
    ],
    ids=["around", "from inside", "into"],
)
def test_a_skipped_element_counts_for_nothing(
    mapper: Page, start: tuple[list[int], int], end: tuple[list[int], int], quote: str
) -> None:
    text = show(mapper, [["before ", Skip("nothing"), "after"]])

    select(mapper, [1, 0, *start[0]], start[1], [1, 0, *end[0]], end[1])

    assert chosen(mapper, exact=True) == span_of(text, quote)


def test_a_drag_that_begins_on_a_chip_begins_with_its_mark(mapper: Page) -> None:
    text = show(mapper, NEWS)
    chip = mapper.locator("mark[data-n=A8]").bounding_box()
    assert chip

    drag(mapper, (chip["x"] + 3, chip["y"] + 10), spot(mapper, "regime", "end"))

    assert chosen(mapper) == span_of(text, "the regime")


def test_what_stands_between_two_blocks_is_quoted_as_it_is(mapper: Page) -> None:
    mapper.evaluate(FOLDED)

    select(mapper, [0, 0, 0], 0, [0, 2, 0], 3)

    assert chosen(mapper) == (2, 22, "One\n \nRead more\n\nTwo")


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        (([0, 0, 0], 0), ([0, 2], 0), (2, 5, "One")),
        (([0, 0, 0], 0), ([0, 1, 0], 2), (2, 5, "One")),
        (([0, 0, 0], 3), ([0, 2, 0], 3), (19, 22, "Two")),
        (([0, 0, 0], 3), ([0, 2, 0], 0), None),
    ],
    ids=["triple click", "into the fold", "from the end of the line", "only the fold"],
)
def test_what_is_folded_away_is_not_taken_by_a_brink(
    mapper: Page, start: tuple[list[int], int], end: tuple[list[int], int], span: Span | None
) -> None:
    mapper.evaluate(FOLDED)

    select(mapper, *start, *end)

    assert chosen(mapper) == span


def test_a_selection_survives_that_its_paragraph_is_drawn_anew(mapper: Page) -> None:
    text = show(mapper, NEWS)
    before = span_of(text, "sources, the regime")
    again: list[Piece] = ["According to several ", Mark("sources, "), "the regime is accused."]

    show(mapper, [again, *NEWS[1:]])
    mapper.evaluate(
        """([start, end]) => {
          const range = textmap.rangeOf(document.querySelector("article"), start, end);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        before[:2],
    )

    assert chosen(mapper, exact=True) == before


@pytest.mark.parametrize("quote", ["several sources", "the regime is accused", "The end is near"])
def test_a_range_begins_and_ends_in_the_node_that_holds_its_words(mapper: Page, quote: str) -> None:
    text = show(mapper, NEWS)

    nodes = mapper.evaluate(
        """([start, end]) => {
          const range = textmap.rangeOf(document.querySelector("article"), start, end);
          return [range.startContainer.data, range.endContainer.data];
        }""",
        span_of(text, quote)[:2],
    )

    assert nodes == [quote, quote]


@pytest.mark.parametrize(
    ("string", "length"), [("", 0), ("abc", 3), ("🙂", 1), (FAMILY, 7), ("a🙂\u0301", 3)]
)
def test_code_points_are_counted(mapper: Page, string: str, length: int) -> None:
    assert mapper.evaluate("(s) => textmap.codePointLength(s)", string) == length
