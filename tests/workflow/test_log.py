"""Every verb that writes leaves exactly one event, whole and in its chain."""

from __future__ import annotations

import inspect
from datetime import timedelta
from itertools import groupby

from django.utils import timezone

from annotations.models import AnnotationSet, Event, reading_of
from annotations.models.event import GENESIS
from annotations.workflow import (
    annotating,
    attaching,
    importing,
    intake,
    joining,
    organising,
    reshaping,
    reviewing,
    undoing,
    zoning,
)
from tests.people import (
    Cast,
    passage_of,
    tag,
)
from tests.workflow.acts import DAM
from tests.workflow.day import STEPS, Day


def words(annotation_set: AnnotationSet) -> list[str]:
    return [span.text for span in reading_of(annotation_set).spans]


def broken_links() -> list[str]:
    """Where the chains of events have a gap, a wrong hash or a wrong link."""
    found = []
    events = Event.objects.order_by("chain", "number")
    for chain, links in groupby(events, key=lambda event: event.chain):
        previous = GENESIS
        for number, event in enumerate(links, 1):
            if (event.number, event.previous_hash) != (number, previous):
                found.append(f"{chain}#{event.number} does not follow")
            if event.hash != event.computed_hash():
                found.append(f"{chain}#{event.number} is not what was logged")
            previous = event.hash
    return found


def test_a_days_work_leaves_one_event_for_each_verb(
    annotation_set: AnnotationSet, cast: Cast
) -> None:
    day = Day(cast, annotation_set)

    for verb, actor, name, step in STEPS:
        before, begun = Event.objects.count(), timezone.now()

        step(day)

        assert Event.objects.count() == before + 1, name
        event = Event.objects.latest("pk")
        assert (event.verb, event.actor) == (verb, actor), name
        assert timedelta(0) <= event.at - begun < timedelta(seconds=5), name
        assert event.after is not None, name
        assert event.project_uid == cast.project.uid or name == "organising.create_project"
        if verb in (
            "tag",
            "retag",
            "resize",
            "link",
            "negate",
            "unlink",
            "attach",
            "detach",
            "remove",
            "set_attribute",
        ):
            assert event.before is not None
            assert event.before.keys() == {"spans", "links"}
            assert event.after.keys() == {"spans", "links", "annotation_set"}
            assert event.before != event.after
    assert broken_links() == []


def test_the_days_work_has_every_verb_of_the_workflow() -> None:
    modules = (
        *(annotating, attaching, importing, intake, joining),
        *(organising, reshaping, reviewing, undoing, zoning),
    )
    verbs = {
        f"{module.__name__.rsplit('.', 1)[-1]}.{name}"
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and "by" in inspect.signature(function).parameters
        if not name.startswith("_")
    }

    assert {name for _verb, _actor, name, _step in STEPS} == verbs


def test_a_change_is_logged_with_the_rows_before_and_after(annotation_set: AnnotationSet) -> None:
    span = tag(annotation_set, DAM, "allegation")
    row = {
        "id": span.pk,
        "tag": "allegation",
        "number": 1,
        "fragments": "15 33",
        "text": DAM,
        "attributes": {"quote_type": "indirect"},
        "origin": "manual",
    }

    passage = passage_of(annotation_set.article, "the dam")
    reshaping.resize(span, by=annotation_set.annotator, passage=passage, version=span.version)

    event = Event.objects.latest("pk")
    uid = str(span.uid)
    assert event.before == {"spans": {uid: row}, "links": {}}
    assert event.after == {
        "spans": {uid: row | {"fragments": "15 22", "text": "the dam"}},
        "links": {},
        "annotation_set": "open",
    }
    assert (event.object_uid, event.annotation_set_uid) == (span.uid, annotation_set.uid)


def test_people_keep_their_name_in_the_log_whatever_becomes_of_them(
    cast: Cast, annotation_set: AnnotationSet
) -> None:
    tag(annotation_set, DAM, "allegation")

    cast.edda.is_active = False
    cast.edda.save()

    assert Event.objects.latest("pk").actor == "edda"
