"""Claim cards as values: what they show, and what a person may do."""

from __future__ import annotations

from annotations.keymap import keys_of
from annotations.models import AnnotationSet, ClaimAnnotation, Span
from annotations.scheme import IMPLICIT_SOURCES, REASONS, TAGS, claim_of
from annotations.views.cards import Editor, card_of, words_for_cards
from tests.people import Cast
from tests.people import claim_of as row_of
from tests.seed import gold_reading


def gold_card(label: str) -> list[tuple[str, bool]]:
    """The rules that a claim of the seed breaks, and whether they are errors."""
    reading = gold_reading()
    allegation = next(one for one in reading.tagged("allegation") if one.label == label)
    card = card_of(
        ClaimAnnotation(), claim_of(reading, allegation), mode="annotate", is_active=False
    )
    return [(remark.rule, remark.is_error) for remark in card.remarks]


def test_a_card_bears_the_key_of_its_allegation(allegation: Span) -> None:
    row = row_of(allegation)
    reading = gold_reading()
    told = claim_of(reading, reading.tagged("allegation")[0])

    card = card_of(row, told, mode="annotate", is_active=True, editor=Editor(3))

    assert (card.pk, card.allegation) == (told.allegation.key, told.allegation)
    assert (card.is_pending, card.editing, card.alike) == (False, 3, [])
    assert [span.label for span in card.taken] == ["S1", "C1", "E1", "C2", "S2", "C3"]


def test_a_claim_of_nobody_lacks_a_source_in_words(allegation: Span) -> None:
    reading = gold_reading()
    alone = type(reading)((reading.tagged("allegation")[0],), ())

    card = card_of(
        row_of(allegation), claim_of(alone, alone.spans[0]), mode="annotate", is_active=False
    )

    (remark,) = card.remarks
    assert (remark.rule, remark.is_error, remark.briefly) == ("V4", True, "no source yet")


def test_a_warning_is_no_error() -> None:
    rules = [gold_card(one.label) for one in gold_reading().tagged("allegation")]

    assert {rule for found in rules for rule in found} == {("V12", False), ("V13", False)}


def test_a_card_waits_for_a_decision_or_does_not(dam: ClaimAnnotation) -> None:
    reading = gold_reading()
    told = claim_of(reading, reading.tagged("allegation")[0])

    assert card_of(dam, told, mode="review", is_active=True).is_pending


def test_the_words_for_cards_say_who_may_not_review(cast: Cast, submitted: AnnotationSet) -> None:
    for_editor, for_reviewer = (
        words_for_cards(submitted, person) for person in (cast.egon, cast.rosa)
    )

    assert for_editor["why_not_review"] == "Only a reviewer may decide claims."
    assert for_reviewer == {
        "annotation_set": submitted,
        "implicit_sources": IMPLICIT_SOURCES,
        "reasons": REASONS,
        "tags": TAGS,
        "key": keys_of("annotate", is_on=True, own={}) | keys_of("review", is_on=True, own={}),
        "why_not_review": "",
    }
