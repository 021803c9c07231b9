"""Moving the edges of a span or of one part, and adding parts: it quotes the new words from then on."""

from __future__ import annotations

import pytest

from annotations.models import AnnotationSet, Span
from annotations.models.span import MAX_FRAGMENTS
from annotations.text.offsets import Fragment
from annotations.workflow import reshaping, zoning
from annotations.workflow.passages import Passage
from annotations.workflow.refusals import Stale, Unfit
from tests.people import Cast, fresh, make_set, passage_of, tag
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
            reshaping.resize(allegation, by=by, passage=passage, version=allegation.version)


def shape(span: Span, verb: str, *words: str, part: int | None = None) -> Span:
    """Resize a part, or add one."""
    known = fresh(span)
    by, article = known.annotation_set.annotator, known.annotation_set.article
    sent = passage_of(article, *words)
    if verb == "extend":
        reshaping.extend(known, by=by, passage=sent, version=known.version)
    else:
        reshaping.resize(known, by=by, passage=sent, version=known.version, part=part)
    return fresh(span)


@pytest.fixture
def divided(annotation_set: AnnotationSet) -> Span:
    """“Officials” and “dam” and “Photographs”."""
    return shape(
        shape(tag(annotation_set, "Officials", "evidence"), "extend", "dam"),
        "extend",
        "Photographs",
    )


def test_a_part_is_added_where_it_belongs_in_the_text(divided: Span) -> None:
    assert divided.text == "Officials dam Photographs"
    assert (divided.start, divided.end) == (0, 46)

    assert shape(divided, "extend", "failed").text == "Officials dam failed Photographs"


@pytest.mark.parametrize(
    ("added", "text"),
    [
        ("said the dam had failed", "Officials said the dam had failed Photographs"),
        ("said", "Officials said dam Photographs"),
        ("ls said", "Officials said dam Photographs"),
        ("dam had", "Officials dam had Photographs"),
        ("had failed. Photographs show", "Officials dam had failed. Photographs show"),
        (
            "Officials said the dam had failed. Photographs",
            "Officials said the dam had failed. Photographs",
        ),
    ],
)
def test_parts_that_overlap_or_abut_become_one(divided: Span, added: str, text: str) -> None:
    assert shape(divided, "extend", added).text == text


def test_parts_in_two_paragraphs_stay_two(annotation_set: AnnotationSet) -> None:
    span = tag(annotation_set, "according to Jones.", "evidence")

    joined = shape(span, "extend", "“We told them")

    assert len(joined.fragments) == 2


def test_a_part_that_belongs_to_it_already_is_refused(divided: Span) -> None:
    with refused(Unfit, "These words belong to it already."):
        shape(divided, "extend", "Photo")


def test_one_part_gets_new_edges_and_the_others_stay(divided: Span) -> None:
    wider = shape(divided, "resize", "the dam had", part=19)
    assert wider.text == "Officials the dam had Photographs"

    moved = shape(wider, "resize", "Smith", part=0)
    assert moved.text == "the dam had Photographs Smith"


def test_a_part_that_grows_into_another_is_joined_with_it(divided: Span) -> None:
    assert shape(divided, "resize", "Officials said the", part=0).text == (
        "Officials said the dam Photographs"
    )
    assert shape(divided, "resize", "the dam had failed. Photographs", part=35).text == (
        "Officials said the dam had failed. Photographs"
    )


def test_a_part_that_is_not_there_is_refused(divided: Span) -> None:
    with refused(Unfit, "This passage has no part that starts there."):
        shape(divided, "resize", "cracks", part=20)


def test_one_part_is_not_replaced_by_two(divided: Span) -> None:
    with refused(Unfit, "One part is replaced by one part."):
        shape(divided, "resize", "the dam", "Jones", part=19)


def test_a_span_does_not_get_more_parts_than_a_row_can_hold(cast: Cast) -> None:
    many = make_set(cast, " x ".join(f"w{number}" for number in range(MAX_FRAGMENTS + 1)))
    words = [f"w{number}" for number in range(MAX_FRAGMENTS + 1)]
    span = resize(tag(many, "w0", "evidence"), *words[:-1])

    with refused(Unfit, f"between 1 and {MAX_FRAGMENTS} parts"):
        shape(span, "extend", words[-1])


@pytest.mark.parametrize(("verb", "part"), [("extend", None), ("resize", 0)])
def test_reshaping_onto_a_twin_is_refused(
    annotation_set: AnnotationSet, verb: str, part: int
) -> None:
    resize(tag(annotation_set, "Jones", "source"), "Officials said", "Jones")
    span = resize(tag(annotation_set, "Smith", "source"), "Officials", "Jones")

    with refused(Unfit, "These words have this tag already."):
        shape(span, verb, "Officials said", part=part)


def test_adding_a_part_derives_the_quotation_anew(annotation_set: AnnotationSet) -> None:
    span = tag(annotation_set, DAM, "allegation")

    assert shape(span, "extend", "“We told them in May,”").attributes == {"quote_type": "mixed"}


def test_a_part_in_boilerplate_is_refused(cast: Cast, divided: Span) -> None:
    article = divided.annotation_set.article
    zoning.add_zone(article, by=cast.egon, passage=passage_of(article, "the engineers"))

    with refused(Stale, "These words lie in boilerplate"):
        shape(divided, "extend", "engineers")
