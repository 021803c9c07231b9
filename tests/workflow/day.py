"""A day's work: every verb of the workflow once, in the order of a working life."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from annotations.models import AnnotationSet, ClaimAnnotation, Link, Span
from annotations.states import Role
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
from tests.people import Cast, claim_of, link, passage_of, tag
from tests.seed import seed_text
from tests.workflow.acts import DAM

STORED = "Nobody had told the mayor."


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
        "reshaping.resize",
        lambda d: d.act(
            reshaping.resize, "Jones", passage=passage_of(d.annotation_set.article, "to Jones")
        ),
    ),
    (
        "resize",
        "edda",
        "reshaping.extend",
        lambda d: d.act(
            reshaping.extend, "Officials", passage=passage_of(d.annotation_set.article, "Nobody")
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
    (
        "attach",
        "edda",
        "attaching.attach",
        lambda d: attaching.attach(d.span("to Jones"), by=d.cast.edda, claim=d.claim()),
    ),
    (
        "detach",
        "edda",
        "attaching.detach",
        lambda d: attaching.detach(d.span("to Jones"), by=d.cast.edda, claim=d.claim()),
    ),
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
        "import",
        "mara",
        "importing.store",
        lambda d: importing.store(
            d.cast.project,
            [
                importing.Lot(
                    *intake.article_of(d.cast.project, intake.Manuscript(STORED), STORED), []
                )
            ],
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
        "zoning.lift_zone",
        lambda d: zoning.lift_zone(
            d.cast.project.articles.get(title__startswith="The United").zones.get(),
            by=d.cast.mara,
            active=False,
        ),
    ),
    (
        "mark",
        "edda",
        "zoning.add_zone",
        lambda d: zoning.add_zone(
            d.annotation_set.article,
            by=d.cast.edda,
            passage=passage_of(d.annotation_set.article, "the engineers"),
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
        "add_annotator",
        "mara",
        "organising.add_annotators",
        lambda d: organising.add_annotators(d.cast.project, ["4b22"], by=d.cast.mara),
    ),
    (
        "create",
        "mara",
        "organising.create_project",
        lambda d: organising.create_project(slug="other", name="Other", by=d.cast.mara),
    ),
]
