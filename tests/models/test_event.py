"""The log: append-only in the database itself, and a chain that shows what was tampered with."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from annotations.models import AnnotationSet, Event
from annotations.models.event import GENESIS
from tests.people import Cast, make_article, tag
from tests.rows import dump


def chain_of(annotation_set: AnnotationSet) -> list[Event]:
    return list(Event.objects.of_article(annotation_set.article.uid))


STATEMENTS = [
    "UPDATE annotations_event SET actor = 'somebody else'",
    "UPDATE annotations_event SET number = number + 100",
    "DELETE FROM annotations_event",
    "DELETE FROM annotations_event WHERE number = 1",
]
REPLACING = (
    "INSERT OR REPLACE INTO annotations_event SELECT id, chain, number, project_uid,"
    " annotation_set_uid, object_uid, verb, 'somebody else', at, before, after, target, below,"
    " previous_hash, hash FROM annotations_event WHERE number = 1"
)
OF_ENGINE = {"sqlite": REPLACING, "postgresql": "TRUNCATE annotations_event"}


@pytest.mark.parametrize("statement", [*STATEMENTS, "the engine's own"])
def test_the_database_keeps_the_log_from_being_rewritten(
    annotation_set: AnnotationSet, statement: str
) -> None:
    if statement == "the engine's own":
        statement = OF_ENGINE[connection.vendor]
    before = dump()

    with (
        pytest.raises(DatabaseError, match="the log is append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert before["annotations_event"] != []
    assert dump() == before


def test_events_of_an_article_are_numbered_and_each_holds_the_hash_of_the_one_before(
    annotation_set: AnnotationSet,
) -> None:
    tag(annotation_set, "the dam had failed", "allegation")

    events = chain_of(annotation_set)

    assert [(event.number, event.verb) for event in events] == [
        (1, "import"),
        (2, "take"),
        (3, "tag"),
    ]
    assert [event.previous_hash for event in events] == [
        GENESIS,
        *(event.hash for event in events[:-1]),
    ]
    assert [event.hash for event in events] == [event.computed_hash() for event in events]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("chain", "article/other"),
        ("number", 7),
        ("verb", "approve"),
        ("actor", "somebody else"),
        ("before", {"spans": {}}),
        ("after", None),
        ("target", 1),
        ("below", 1),
        ("previous_hash", GENESIS),
        ("annotation_set_uid", None),
    ],
)
def test_the_hash_tells_when_an_event_is_not_what_was_logged(
    annotation_set: AnnotationSet, field: str, value: object
) -> None:
    tag(annotation_set, "the dam had failed", "allegation")
    event = chain_of(annotation_set)[-1]
    assert getattr(event, field) != value

    setattr(event, field, value)

    assert event.computed_hash() != event.hash


def test_chains_of_articles_and_of_the_project_are_apart(
    cast: Cast, annotation_set: AnnotationSet
) -> None:
    other = make_article(cast, "Another article.")

    own = [(event.number, event.verb) for event in Event.objects.of_article(other.uid)]
    of_project = [event.verb for event in Event.objects.of_project(cast.project.uid)]

    assert own == [(1, "import")]
    assert of_project == ["create", "add_member", "add_member", "add_member", "add_member"]
    assert Event.objects.count() == len(chain_of(annotation_set)) + len(own) + len(of_project)
