"""Moving the edges of a span: it quotes the new words from then on."""

from __future__ import annotations

import pytest

from annotations.models import AnnotationSet, Span, reading_of
from annotations.text.offsets import Fragment
from annotations.workflow import annotating
from annotations.workflow.passages import Passage
from annotations.workflow.refusals import Stale, Unfit
from tests.people import (
    fresh,
    tag,
)
from tests.rows import refused
from tests.workflow.acts import (
    DAM,
    describe,
    linked,
    resize,
)


@pytest.fixture
def allegation(annotation_set: AnnotationSet) -> Span:
    """A claim with a source, a cue and evidence."""
    allegation = tag(annotation_set, DAM, "allegation")
    tag(annotation_set, "Officials", "source", claim=allegation)
    tag(annotation_set, "said", "cue", claim=allegation)
    tag(annotation_set, "Photographs", "evidence", claim=allegation)
    return fresh(allegation)


def test_resizing_quotes_the_new_words_and_derives_the_quotation_anew(
    annotation_set: AnnotationSet,
) -> None:
    span = tag(annotation_set, "“We told them in May,”", "allegation")

    resized = resize(span, "“We told them in May,” Smith said")

    assert resized.text == "“We told them in May,” Smith said"
    assert (resized.start, resized.end) == (81, 114)
    assert (span.attributes, resized.attributes) == (
        {"quote_type": "direct"},
        {"quote_type": "mixed"},
    )


def test_resizing_keeps_a_corrected_quotation_and_every_link(allegation: Span) -> None:
    describe(allegation, quote_type="mixed", certainty="possible")

    resized = resize(allegation, "dam had failed")

    assert resized.attributes == {"quote_type": "mixed", "certainty": "possible"}
    assert set(linked()) == {
        ("attributed_to", "dam had failed", "Officials", "said"),
        ("supports", "Photographs", "dam had failed", ""),
    }


def test_resizing_may_add_and_take_away_parts(allegation: Span) -> None:
    divided = resize(allegation, "the dam", "failed")
    assert divided.fragments == (Fragment(15, 22), Fragment(27, 33))
    assert divided.text == "the dam failed"

    assert resize(divided, "failed").fragments == (Fragment(27, 33),)


@pytest.mark.parametrize("words", [DAM, "Nobody"])
def test_resizing_onto_the_same_words_with_the_tag_is_refused(allegation: Span, words: str) -> None:
    tag(allegation.annotation_set, "Nobody", "allegation")

    with refused(Unfit, "These words have this tag already."):
        resize(allegation, words)


def test_resizing_checks_the_words_like_tagging(allegation: Span) -> None:
    rev = allegation.annotation_set.article.text_rev
    by = allegation.annotation_set.annotator
    cases: list[tuple[type[Unfit] | type[Stale], Passage]] = [
        (Unfit, Passage((Fragment(15, 22),), ("that dam",), rev)),
        (Unfit, Passage((Fragment(14, 15),), (" ",), rev)),
        (Stale, Passage((Fragment(15, 22),), ("the dam",), "another text")),
    ]

    for kind, passage in cases:
        with refused(kind):
            annotating.resize(allegation, by=by, passage=passage, version=allegation.version)


def words(annotation_set: AnnotationSet) -> list[str]:
    return [span.text for span in reading_of(annotation_set).spans]
