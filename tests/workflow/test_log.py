"""Every verb that writes leaves exactly one event, whole and in its chain."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.utils import timezone

from annotations.models import AnnotationSet, ClaimAnnotation, Event, Link, Span, reading_of
from annotations.models.event import GENESIS
from annotations.states import Role
from annotations.workflow import (
    annotating,
    importing,
    intake,
    joining,
    organising,
    reviewing,
    undoing,
)
from tests.people import (
    Cast,
    claim_of,
    link,
    passage_of,
    tag,
)
from tests.seed import seed_text
from tests.workflow.acts import (
    DAM,
)


def words(annotation_set: AnnotationSet) -> list[str]:
    return [span.text for span in reading_of(annotation_set).spans]


@dataclass
class Day:
    """A day's work: what the steps have made so far."""

    cast: Cast
    annotation_set: AnnotationSet

    def span(self, words: str) -> Span:
        return Span.objects.get(annotation_set=self.annotation_set, text=words)

    def link(self) -> Link:
        return Link.objects.filter(annotation_set=self.annotation_set).latest("pk")

    def claim(self) -> ClaimAnnotation:
        return claim_of(self.span(DAM))

    def act(self, verb: Callable[..., object], words: str, **given: object) -> object:
        """One of the annotator's verbs on the span of these words."""
        span = self.span(words)
        return verb(span, by=self.cast.edda, version=span.version, **given)

    def decide(self, verb: Callable[..., object], **given: object) -> object:
        return verb(self.claim(), by=self.cast.rosa, version=self.claim().version, **given)


def said(day: Day) -> Callable[..., object]:
    """The annotator's next change of what the claim is about."""
    return lambda about: day.act(annotating.set_attributes, DAM, values={"about": about})


Step = Callable[[Day], object]


# In the order of a working life; the verb of the event, the actor, and the function that is run.
STEPS: list[tuple[str, str, str, Step]] = [
    ("tag", "edda", "annotating.tag", lambda d: tag(d.annotation_set, DAM, "allegation")),
    (
        "tag",
        "edda",
        "annotating.tag",
        lambda d: tag(d.annotation_set, "Officials", "source", claim=d.span(DAM)),
    ),
    ("tag", "edda", "annotating.tag", lambda d: tag(d.annotation_set, "Jones", "cue")),
    ("retag", "edda", "annotating.retag", lambda d: d.act(annotating.retag, "Jones", tag="source")),
    (
        "resize",
        "edda",
        "annotating.resize",
        lambda d: d.act(
            annotating.resize, "Jones", passage=passage_of(d.annotation_set.article, "to Jones")
        ),
    ),
    (
        "link",
        "edda",
        "joining.link",
        lambda d: link("attributed_to", d.span(DAM), d.span("to Jones")),
    ),
    ("link", "edda", "joining.relay", lambda d: joining.relay(d.link(), by=d.cast.edda)),
    (
        "negate",
        "edda",
        "joining.negate",
        lambda d: joining.negate(d.link(), by=d.cast.edda, negated=True),
    ),
    ("unlink", "edda", "joining.unlink", lambda d: joining.unlink(d.link(), by=d.cast.edda)),
    ("remove", "edda", "annotating.remove", lambda d: d.act(annotating.remove, "to Jones")),
    ("undo", "edda", "undoing.undo", lambda d: undoing.undo(d.annotation_set, by=d.cast.edda)),
    ("redo", "edda", "undoing.redo", lambda d: undoing.redo(d.annotation_set, by=d.cast.edda)),
    ("set_attribute", "edda", "annotating.set_attributes", lambda d: said(d)("the dam")),
    (
        "submit",
        "edda",
        "reviewing.submit",
        lambda d: reviewing.submit(d.annotation_set, by=d.cast.edda),
    ),
    (
        "return",
        "rosa",
        "reviewing.return_claim",
        lambda d: d.decide(reviewing.return_claim, reasons=["other"], note="Look again."),
    ),
    (
        "submit",
        "edda",
        "reviewing.submit",
        lambda d: reviewing.submit(d.annotation_set, by=d.cast.edda),
    ),
    ("approve", "rosa", "reviewing.approve", lambda d: d.decide(reviewing.approve)),
    (
        "reopen",
        "mara",
        "reviewing.reopen",
        lambda d: reviewing.reopen(d.annotation_set, by=d.cast.mara),
    ),
    ("set_attribute", "edda", "annotating.set_attributes", lambda d: said(d)("its owner")),
    (
        "submit",
        "edda",
        "reviewing.submit",
        lambda d: reviewing.submit(d.annotation_set, by=d.cast.edda),
    ),
    (
        "reject",
        "rosa",
        "reviewing.reject",
        lambda d: d.decide(reviewing.reject, reasons=["duplicate"], note=""),
    ),
    (
        "import",
        "mara",
        "importing.bring_in",
        lambda d: importing.bring_in(
            d.annotation_set.article,
            annotator=d.cast.egon,
            passages=[],
            relations=[],
            by=d.cast.mara,
        ),
    ),
    (
        "take",
        "rosa",
        "organising.take",
        lambda d: organising.take(d.annotation_set.article, by=d.cast.rosa),
    ),
    (
        "import",
        "mara",
        "intake.take_in",
        lambda d: intake.take_in(d.cast.project, intake.Manuscript(seed_text()), by=d.cast.mara),
    ),
    (
        "lift",
        "mara",
        "intake.lift_zone",
        lambda d: intake.lift_zone(
            d.cast.project.articles.get(title__startswith="The United").zones.get(),
            by=d.cast.mara,
            active=False,
        ),
    ),
    (
        "add_member",
        "mara",
        "organising.add_member",
        lambda d: organising.add_member(
            d.cast.project, person=d.cast.stranger, role=Role.EDITOR, by=d.cast.mara
        ),
    ),
    (
        "create",
        "mara",
        "organising.create_project",
        lambda d: organising.create_project(slug="other", name="Other", by=d.cast.mara),
    ),
]


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
            "remove",
            "set_attribute",
        ):
            assert event.before is not None
            assert event.before.keys() == {"spans", "links"}
            assert event.after.keys() == {"spans", "links", "annotation_set"}
            assert event.before != event.after
    assert broken_links() == []


def test_the_days_work_has_every_verb_of_the_workflow() -> None:
    modules = (annotating, importing, intake, joining, organising, reviewing, undoing)
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
    annotating.resize(span, by=annotation_set.annotator, passage=passage, version=span.version)

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
