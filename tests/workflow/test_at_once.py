"""Several people on one article at once: nobody waits for ever, nothing is lost, nothing overlaps."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from annotations.models import AnnotationSet, Article, Event, Person, Span, Zone
from annotations.text.offsets import Fragment, touches
from annotations.workflow import annotating, organising, zoning
from annotations.workflow.refusals import Refused
from tests.people import make_cast, make_set, passage_of

PATIENCE = 20  # seconds a thread may take before the test fails

pytestmark = pytest.mark.usefixtures("committed_db")


def worker(act: Callable[[], object], faults: list[str]) -> threading.Thread:
    """A thread with a connection of its own that tells what the database did not take."""

    def run() -> None:
        try:
            act()
        except DatabaseError as error:
            faults.append(repr(error))
        finally:
            connection.close()

    return threading.Thread(target=run, daemon=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run each on a connection of its own; what went wrong, refusals left out."""
    faults: list[str] = []
    threads = [worker(act, faults) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE)
    return [*faults, *("it still waits" for thread in threads if thread.is_alive())]


def tagging(annotation_set: AnnotationSet, by: Person, *words: str) -> None:
    """Tag each of these, or be refused."""
    for one in words:
        passage = passage_of(annotation_set.article, one)
        with suppress(Refused):
            annotating.tag(annotation_set, by=by, passage=passage, tag="source", uid=uuid4())


def marking(article: Article, by: Person, *words: str) -> None:
    """Mark each of these as boilerplate, or be refused."""
    for one in words:
        with suppress(Refused):
            zoning.add_zone(article, by=by, passage=passage_of(article, one))


def test_an_article_is_locked_before_its_sets() -> None:
    """Else who changes a set would hold it and wait for the article, and a zone the other way."""
    cast = make_cast()
    annotation_set = make_set(cast)
    tagger = worker(partial(tagging, annotation_set, cast.edda, "Smith"), [])

    with transaction.atomic():
        Article.objects.select_for_update(no_key=True).get(pk=annotation_set.article_id)
        tagger.start()
        tagger.join(timeout=0.5)
        waits = tagger.is_alive()
        AnnotationSet.objects.filter(article=annotation_set.article).update(
            version=F("version") + 1
        )
    tagger.join(timeout=PATIENCE)

    assert (waits, tagger.is_alive()) == (True, False)
    assert [span.text for span in Span.objects.all()] == ["Smith"]
    assert AnnotationSet.objects.get().version == 3


def test_tagging_and_marking_at_once_leave_no_span_in_boilerplate() -> None:
    cast = make_cast()
    edda = make_set(cast)
    egon = organising.take(edda.article, by=cast.egon)
    words = ["Officials", "Photographs", "Jones", "Smith", "Nobody", "the engineers"]
    logged = Event.objects.count()

    faults = at_once(
        partial(tagging, edda, cast.edda, *words),
        partial(tagging, egon, cast.egon, *reversed(words)),
        partial(marking, edda.article, cast.rosa, *words[1:]),
        partial(marking, edda.article, cast.mara, *words[:-1]),
    )

    zones = [Fragment(one.start, one.end) for one in Zone.objects.filter(active=True)]
    spans = list(Span.objects.all())
    assert faults == []
    assert [one for one in spans for zone in zones if touches(one.fragments, zone)] == []
    assert Event.objects.count() == logged + len(spans) + len(zones)
    numbers = list(Event.objects.of_article(edda.article.uid).values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    for one in (edda, egon):
        mine = sum(span.annotation_set_id == one.pk for span in spans)
        assert AnnotationSet.objects.get(pk=one.pk).version == 1 + mine + len(zones)
