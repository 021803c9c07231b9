"""Damage of articles and of the log, planted past the verbs, is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from annotations.models import AnnotationSet, Article, Event, Zone
from annotations.models.event import GENESIS
from annotations.workflow import checking
from annotations.workflow.checking_sets import CHUNK
from tests.people import Cast, make_article, make_cast, make_gold_set, tag

pytestmark = pytest.mark.django_db


def found(cast: Cast | None = None) -> list[str]:
    return [str(fault) for fault in checking.faults(cast.project if cast else None)]


@contextmanager
def unguarded() -> Iterator[None]:
    """The log without the triggers that keep it from being changed; only for planting damage."""
    table = "annotations_event"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _name, sql in triggers:
            cursor.execute(sql)


@pytest.fixture
def chain(annotation_set: AnnotationSet) -> str:
    """The chain of an article with four events: import, take, and two tags."""
    for words, key in (("Officials", "source"), ("Jones", "source")):
        tag(annotation_set, words, key)
    name = f"article/{annotation_set.article.uid}"
    assert Event.objects.filter(chain=name).count() == 4
    return name


def test_what_the_verbs_have_made_has_no_fault(cast: Cast, chain: str) -> None:
    make_gold_set(cast)

    assert (found(), found(cast)) == ([], [])


def test_a_text_that_was_changed_is_named(cast: Cast) -> None:
    one = make_article(cast)

    Article.objects.update(text=one.text.replace("May", "Mai"))

    assert found(cast) == [f"article {one.uid}: its text does not have the SHA-256 that is stored"]


def test_a_zone_past_the_end_is_named(cast: Cast) -> None:
    one = make_article(cast, "The dam broke.")

    Zone.objects.create(article=one, start=4, end=15, origin=Zone.Origin.PERSON)

    assert found(cast) == [f"article {one.uid}: its zone [4, 15) ends past the text"]


def test_an_article_the_log_does_not_know_is_named(cast: Cast) -> None:
    known = make_article(cast)

    one = Article.objects.create(
        project=cast.project,
        title="Smuggled in",
        text="No verb has written this.",
        text_sha256="4b3ea31cb43f57f4c96b23ebcaf86c9a5cbc1f9b3a2d6ad0a59d43b1dcb3a1a5",
        word_count=5,
    )

    assert f"article {one.uid}: the log has no event of it" in found(cast)
    assert str(known.uid) not in str(found(cast))


def test_an_event_that_was_changed_is_named(chain: str) -> None:
    with unguarded():
        Event.objects.filter(chain=chain, number=2).update(actor="somebody else")

    assert found() == [f"event 2 of {chain}: its hash is not that of what it says"]


def test_an_event_changed_with_its_hash_breaks_the_chain_behind_it(chain: str) -> None:
    event = Event.objects.get(chain=chain, number=2)
    event.actor = "somebody else"

    with unguarded():
        Event.objects.filter(pk=event.pk).update(actor=event.actor, hash=event.computed_hash())

    assert found() == [f"event 3 of {chain}: it does not carry the hash of the event before it"]


def test_an_event_that_was_taken_out_leaves_a_gap(chain: str) -> None:
    with unguarded():
        Event.objects.filter(chain=chain, number=2).delete()

    assert found() == [f"event 3 of {chain}: it follows event 1: what lies between is missing"]


def test_a_first_event_that_was_taken_out_leaves_a_gap(chain: str) -> None:
    with unguarded():
        Event.objects.filter(chain=chain, number=1).delete()

    assert f"event 2 of {chain}: it follows event 0: what lies between is missing" in found()


def test_a_forged_event_at_the_end_is_named(cast: Cast, chain: str) -> None:
    forged = Event(
        chain=chain,
        number=5,
        project_uid=cast.project.uid,
        object_uid=uuid4(),
        verb="approve",
        actor="rosa",
        at=timezone.now(),
        previous_hash=GENESIS,
    )
    forged.hash = forged.computed_hash()
    forged.save(force_insert=True)

    assert found() == [f"event 5 of {chain}: it does not carry the hash of the event before it"]


def test_the_log_keeps_its_hashes_through_the_database(cast: Cast, chain: str) -> None:
    """Times, letters and numbers within events read as they were written."""
    make_gold_set(cast)

    assert [one.hash for one in Event.objects.all() if one.computed_hash() != one.hash] == []


def test_all_articles_are_looked_at_however_many(cast: Cast) -> None:
    articles = [make_article(cast, f"Text {number}.") for number in range(CHUNK + 1)]

    with unguarded():
        Event.objects.filter(chain__startswith="article/").delete()

    assert len(found(cast)) == len(articles)


def test_counts_are_those_of_the_project(cast: Cast) -> None:
    make_gold_set(cast)
    make_cast("sports")

    assert checking.counts(cast.project) == {
        "articles": 1,
        "annotation sets": 1,
        "spans": 50,
        "links": 25,
        "claims": 14,
        "events": 7,
    }
    assert checking.counts()["events"] == 12
