"""Annotation sets: whose turn it is and whom they wait for."""

from __future__ import annotations

from annotations.models import (
    AnnotationSet,
    Membership,
    Person,
    Project,
)
from annotations.states import Role, Turn
from annotations.workflow import organising, reviewing
from tests.people import Cast, link, make_article, make_cast, make_submitted_set, tag


def test_sets_wait_for_those_who_may_decide_them_the_longest_waiting_first(cast: Cast) -> None:
    waiting = make_submitted_set(cast)
    reader = Person.objects.create(username="reader")
    make_cast("elsewhere")
    Membership.objects.create(
        project=Project.objects.get(slug="elsewhere"), person=reader, role=Role.REVIEWER
    )

    told = {
        person.username: list(AnnotationSet.objects.waiting_for(person))
        for person in (cast.edda, cast.egon, cast.rosa, cast.mara, cast.stranger, reader)
    }

    assert told == {
        "edda": [],
        "egon": [],
        "rosa": [waiting],
        "mara": [waiting],
        "stranger": [],
        "reader": [],
    }


def test_it_is_the_annotators_turn_while_a_set_is_open(annotation_set: AnnotationSet) -> None:
    assert annotation_set.turn is Turn.ANNOTATOR
    assert annotation_set.article.text_rev == annotation_set.article.text_sha256[:12]


def test_nobody_waits_for_themselves(cast: Cast) -> None:
    own = organising.take(make_article(cast), by=cast.rosa)
    link("attributed_to", tag(own, "the dam had failed", "allegation"), implicit="author")

    reviewing.submit(own, by=cast.rosa)

    assert list(AnnotationSet.objects.waiting_for(cast.rosa)) == []
    assert list(AnnotationSet.objects.waiting_for(cast.mara)) == [own]
