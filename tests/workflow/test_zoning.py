"""What is not the story: marking a stretch, lifting the mark, marking again, with an event each."""

from __future__ import annotations

import pytest
from django.utils import timezone

from annotations.models import AnnotationSet, Article, Event, Zone
from annotations.text.offsets import Fragment
from annotations.workflow import annotating, organising
from annotations.workflow.passages import Passage
from annotations.workflow.refusals import Forbidden, Stale, Unfit
from annotations.workflow.undoing import redo, undo
from annotations.workflow.zoning import add_zone, lift_zone
from tests.people import Cast, make_article, make_set, passage_of, tag
from tests.rows import refused
from tests.seed import seed_text
from tests.workflow.acts import remove, resize

pytestmark = pytest.mark.django_db


def mark(cast: Cast, article: Article, words: str) -> Zone:
    return add_zone(article, by=cast.egon, passage=passage_of(article, words))


def test_a_zone_is_lifted_and_marked_again_with_an_event_each(cast: Cast) -> None:
    zone = make_article(cast, seed_text()).zones.get()

    lift_zone(zone, by=cast.mara, active=False)
    assert not Zone.objects.get().active
    lift_zone(zone, by=cast.mara, active=True)

    assert Zone.objects.get().active
    told = [
        (event.verb, event.before, event.after)
        for event in Event.objects.of_article(zone.article.uid).filter(number__gt=1)
    ]
    place = [2129, 2232]
    assert told == [
        ("lift", {"zone": place, "active": True}, {"zone": place, "active": False}),
        ("mark", {"zone": place, "active": False}, {"zone": place, "active": True}),
    ]


def test_lifting_what_is_lifted_is_refused(cast: Cast) -> None:
    zone = make_article(cast, seed_text()).zones.get()
    stale = Zone.objects.get()
    lift_zone(zone, by=cast.mara, active=False)

    with refused(Unfit, "It has this value already."):
        lift_zone(stale, by=cast.mara, active=False)


def test_a_stretch_with_tagged_words_is_not_marked_again(cast: Cast) -> None:
    annotation_set = make_set(cast, seed_text())
    zone = lift_zone(annotation_set.article.zones.get(), by=cast.mara, active=False)
    tag(annotation_set, "Leave a Reply", "source")

    with refused(Unfit, "Passages in this stretch are tagged."):
        lift_zone(zone, by=cast.mara, active=True)


def test_a_stretch_is_marked_by_a_person_with_an_event(cast: Cast) -> None:
    article = make_article(cast)
    before = Event.objects.count()

    zone = mark(cast, article, "Nobody 🙂 listened ")

    known = article.zones.get()
    assert known == zone
    assert (known.start, known.end, known.active) == (116, 133, True)
    assert (known.origin, known.reason) == ("person", "marked by Egon")
    event = Event.objects.latest("pk")
    assert (Event.objects.count(), event.verb, event.actor) == (before + 1, "mark", "egon")
    assert (event.chain, event.before) == (f"article/{article.uid}", None)
    assert event.after == {"zone": [116, 133], "active": True, "reason": "marked by Egon"}


def test_every_set_of_the_article_is_newer_afterwards_and_no_other(cast: Cast) -> None:
    edda = make_set(cast)
    egon = organising.take(edda.article, by=cast.egon)
    other = make_set(cast, "It burned.")

    zone = mark(cast, edda.article, "Nobody")
    lift_zone(zone, by=cast.rosa, active=False)

    versions = dict(AnnotationSet.objects.values_list("pk", "version"))
    assert versions == {edda.pk: 3, egon.pk: 3, other.pk: 1}


@pytest.mark.parametrize("person", ["edda", "egon", "rosa", "mara"])
def test_every_member_marks_and_lifts(cast: Cast, person: str) -> None:
    article, by = make_article(cast), getattr(cast, person)

    zone = add_zone(article, by=by, passage=passage_of(article, "Nobody"))

    assert not lift_zone(zone, by=by, active=False).active


def test_outsiders_do_not_and_nobody_does_in_a_withdrawn_article(cast: Cast) -> None:
    article = make_article(cast)
    zone, passage = mark(cast, article, "Nobody"), passage_of(article, "Smith")
    with refused(Forbidden, "not a member"):
        add_zone(article, by=cast.stranger, passage=passage)
    with refused(Forbidden, "not a member"):
        lift_zone(zone, by=cast.stranger, active=False)

    Article.objects.update(withdrawn_at=timezone.now())

    with refused(Forbidden, "withdrawn"):
        add_zone(article, by=cast.mara, passage=passage)
    with refused(Forbidden, "withdrawn"):
        lift_zone(zone, by=cast.mara, active=False)


@pytest.mark.parametrize("words", ["Officials said the", "dam", "the dam had failed."])
def test_words_that_anybody_has_tagged_are_not_boilerplate(cast: Cast, words: str) -> None:
    annotation_set = organising.take(make_article(cast), by=cast.rosa)
    tag(annotation_set, "the dam had failed", "allegation", by=cast.rosa)

    with refused(Unfit, "Passages in this stretch are tagged. Remove them first."):
        mark(cast, annotation_set.article, words)


def test_what_lies_between_the_parts_of_a_passage_may_be_marked(cast: Cast) -> None:
    annotation_set = make_set(cast)
    resize(tag(annotation_set, "Officials", "evidence"), "Officials", "Photographs")

    zone = mark(cast, annotation_set.article, "the dam had failed.")

    assert zone.active


@pytest.mark.parametrize(
    "words", ["Nobody", "said. Nobody", "🙂 listened", "Smith said. Nobody 🙂 listened to"]
)
def test_zones_do_not_overlap(cast: Cast, words: str) -> None:
    article = make_article(cast)
    mark(cast, article, "Nobody 🙂")

    with refused(Unfit, "Part of this is marked as boilerplate already."):
        mark(cast, article, words)


def test_a_lifted_stretch_is_marked_again_as_the_same_zone(cast: Cast) -> None:
    article = make_article(cast)
    zone = lift_zone(mark(cast, article, "Nobody"), by=cast.edda, active=False)

    again = mark(cast, article, "Nobody")

    assert (again, article.zones.get().active) == (zone, True)


def test_a_lifted_zone_does_not_come_back_over_another(cast: Cast) -> None:
    article = make_article(cast)
    zone = lift_zone(mark(cast, article, "Nobody 🙂"), by=cast.edda, active=False)
    mark(cast, article, "🙂 listened")

    with refused(Unfit, "Part of this is marked as boilerplate already."):
        lift_zone(zone, by=cast.edda, active=True)


def test_what_does_not_fit_the_text_is_refused(cast: Cast) -> None:
    article = make_article(cast)
    rev = article.text_rev
    cases: list[tuple[type[Unfit] | type[Stale], Passage]] = [
        (Unfit, Passage((Fragment(15, 22),), ("that dam",), rev)),
        (Unfit, Passage((Fragment(14, 15),), (" ",), rev)),
        (Unfit, passage_of(article, "the dam", "failed")),
        (Stale, Passage((Fragment(15, 22),), ("the dam",), "another text")),
    ]

    for kind, passage in cases:
        with refused(kind):
            add_zone(article, by=cast.edda, passage=passage)


def test_a_line_of_mere_signs_may_be_boilerplate(cast: Cast) -> None:
    article = make_article(cast, "It burned.\n\n* * *\n\nAll night.")

    assert mark(cast, article, "* * *").active


@pytest.mark.parametrize("turn", ["undo", "redo"])
def test_nothing_comes_back_into_what_has_become_boilerplate(cast: Cast, turn: str) -> None:
    annotation_set = make_set(cast)
    span = tag(annotation_set, "Nobody", "source")
    if turn == "undo":
        remove(span)
    else:
        undo(annotation_set, by=cast.edda)
    zone = mark(cast, annotation_set.article, "Nobody")

    with refused(Stale, "These words lie in boilerplate"):
        (undo if turn == "undo" else redo)(annotation_set, by=cast.edda)
    lift_zone(zone, by=cast.edda, active=False)
    (undo if turn == "undo" else redo)(annotation_set, by=cast.edda)

    assert annotation_set.article.zones.get().active is False
    with refused(Unfit, "tagged already"):
        tag(annotation_set, "Nobody", "source")


def test_an_attribute_is_taken_back_beside_boilerplate_within_its_envelope(cast: Cast) -> None:
    annotation_set = make_set(cast)
    span = resize(tag(annotation_set, "Officials", "source"), "Officials", "Photographs")
    annotating.set_attributes(span, by=cast.edda, values={"role": "x"}, version=span.version)
    mark(cast, annotation_set.article, "the dam had failed.")

    undo(annotation_set, by=cast.edda)

    assert annotation_set.spans.get().attributes == {}
