"""Where newspaper sentences end, and where they only seem to."""

# ruff: noqa: RUF001 -- texts as the world writes them

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.blocks import blocks_of
from annotations.text.offsets import Fragment, is_white
from annotations.text.sentences import sentence_at, sentences_in, sentences_of
from tests.text.wild import texts_with_places, wild_texts, worded_texts

BREAK = " | "


def split(text: str) -> str:
    return BREAK.join(text[start:end] for start, end in sentences_of(text))


# In each case " | " marks where one sentence ends and the next begins; it is no part of the text.
@pytest.mark.parametrize(
    "marked",
    [
        "He left. | She stayed.",
        "Did he? | Yes! | Really…  | Fine.",
        "no capital at all",
        # closing marks stay with their sentence
        "“We believe that,” Jones said. | “It is true.” | He left.",
        'He called it "a lie." | The minister did not answer.',
        "(He left early.) | She stayed.",
        "« C’est faux. » | Il est parti.",
        # what follows is part of the sentence
        "“Why?” asked the judge.",
        "“Is it true?” Stuart Jones asked. | Nobody knew.",
        "“Stop!” she cried. | He stopped.",
        "It rose to 13.5 percent from $3.2 million. | Then it fell.",
        "See example.org for more. | It is free.",
        # titles, initials, abbreviations
        "Mr. Obama met Gov. Pence and Lt. Gen. Flynn. | They talked.",
        "A speech by Harry F. Byrd Sr., George H. W. Bush and J.K. Rowling. | It was long.",
        "The U.S. Security Council met in Washington, D.C., on Jan. 5. | It failed.",
        "He lives in the U.S. | He is 40.",
        "So do I. | Nobody left.",
        "She works for Acme Inc. | The firm denied it.",
        "Acme Inc. Chairman Lee resigned.",
        "Rep. Gwen Moore (D-Wis.) said so. | Nobody else did.",
        "It was No. 3 on the list. | No. | He said no. | They agreed.",
        "At 3 p.m. Monday, police came, e.g. Smith, at 9 a.m. | They left.",
        "The court ruled in Brown v. Board of Education. | That was 1954.",
        "In 2016 it was 42. | The next year it was 43.",
        "1. The first entry. | It has two sentences.",
        "He said it on Nov. 22. | According to him, it is true.",
        "The “U.S. Treasury” said so.",
        # other scripts
        "Er kam am Montag. | Dann ging er. | „Ist das wahr?“ | Ja.",
        "¿Es verdad? | No lo sé.",
        "قال المتحدث ذلك. | ثم غادر؟ | نعم.",
        "אמר הדובר. | הוא הלך.",
        "Great! | 😀 Next one. | 👩‍👩‍👧 Done.",
        # not line ends
        "one\u2028two\u0085three\x0bfour",
    ],
)
def test_sentences_end_where_a_reader_ends_them(marked: str) -> None:
    text = marked.replace(" | ", " ")

    assert split(text) == marked.replace("  | ", " | ")


def test_chinese_and_japanese_sentences_need_no_space() -> None:
    assert (
        split("他说了。然后走了！「はい。」終わり。")
        == "他说了。 | 然后走了！ | 「はい。」 | 終わり。"
    )


def test_a_blank_line_ends_a_sentence_and_a_line_end_does_not() -> None:
    assert split("A title\n \nA line\nthat goes on. And") == "A title | A line\nthat goes on. | And"


def test_the_seed_has_a_sentence_for_each_of_its_nine_paragraphs(seed_text: str) -> None:
    sentences = sentences_of(seed_text)

    body = [block for block in blocks_of(seed_text) if block.end <= 2127]
    assert sentences[:9] == tuple(Fragment(block.start, block.end) for block in body)
    assert [seed_text[start:end] for start, end in sentences[9:]] == [
        "Categories: News",
        "Leave a Reply",
        "Your email address will not be published.",
        "Required fields are marked *",
    ]


def test_sentences_of_one_block_are_found_without_the_rest(seed_text: str) -> None:
    assert sentences_in(seed_text, 1565, 1692) == (Fragment(1565, 1692),)


@given(wild_texts)
def test_sentences_hold_every_word_in_order_and_are_trimmed(text: str) -> None:
    sentences = sentences_of(text)

    edges = [0, *(edge for sentence in sentences for edge in sentence), len(text)]
    gaps = [text[left:right] for left, right in zip(edges[::2], edges[1::2], strict=True)]
    assert edges == sorted(edges)
    assert all(is_white(character) for gap in gaps for character in gap)
    assert not any(is_white(text[start]) or is_white(text[end - 1]) for start, end in sentences)


@given(wild_texts)
def test_no_sentence_leaves_its_block(text: str) -> None:
    by_block = [sentences_in(text, block.start, block.end) for block in blocks_of(text)]

    assert sentences_of(text) == tuple(sentence for own in by_block for sentence in own)


@given(texts_with_places())
def test_the_sentence_at_an_offset_is_that_or_the_next_or_the_last(
    place: tuple[str, Fragment],
) -> None:
    text, (offset, _) = place
    sentences = sentences_of(text)

    ahead = [sentence for sentence in sentences if offset < sentence.end]
    assert sentence_at(text, offset) == (ahead or sentences[-1:])[0]


@given(worded_texts)
def test_the_end_of_the_text_belongs_to_the_last_sentence(text: str) -> None:
    assert sentence_at(text, len(text)) == sentences_of(text)[-1]


@pytest.mark.parametrize(("text", "offset"), [("a", -1), ("a", 2), ("", 0), (" \n\n ", 1)])
def test_where_no_sentence_can_be_the_offset_is_refused(text: str, offset: int) -> None:
    with pytest.raises(ValueError, match=r"outside a text|has no sentence"):
        sentence_at(text, offset)


@pytest.mark.parametrize("unit", ["Mr. ", "...", '?" ', ". ' ", "a.b. ", "U.S.", '?" Xx '])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))

    sentences = sentences_of(text)

    assert sentences[-1].end == len(text.rstrip())


@given(st.data())
def test_text_outside_the_stretch_changes_nothing(data: st.DataObject) -> None:
    text = data.draw(worded_texts)
    before, after = data.draw(wild_texts), data.draw(wild_texts)

    alone = sentences_of(text)
    within = sentences_in(before + text + after, len(before), len(before) + len(text))

    shift = len(before)
    assert within == tuple(Fragment(start + shift, end + shift) for start, end in alone)
