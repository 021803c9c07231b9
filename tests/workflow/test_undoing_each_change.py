"""Undo and redo of each kind of change: everything comes back as it was."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from annotations.models import AnnotationSet, Event, Link, Person, Span, reading_of
from annotations.workflow import annotating, attaching, joining, reshaping
from annotations.workflow.refusals import Forbidden, Stale
from annotations.workflow.undoing import redo, undo
from tests.people import (
    Cast,
    claim_of,
    fresh,
    link,
    passage_of,
    tag,
)
from tests.rows import refused
from tests.workflow.acts import (
    DAM,
    span_of,
)


@pytest.fixture
def allegation(annotation_set: AnnotationSet) -> Span:
    """A claim with a source, a cue and evidence."""
    allegation = tag(annotation_set, DAM, "allegation")
    tag(annotation_set, "Officials", "source", claim=allegation, uid=UUID(int=2**127))
    tag(annotation_set, "said", "cue", claim=allegation)
    tag(annotation_set, "Photographs", "evidence", claim=allegation)
    return fresh(allegation)


def words(annotation_set: AnnotationSet) -> list[str]:
    return [span.text for span in reading_of(annotation_set).spans]


def rows() -> list[object]:
    """Spans and links with everything but their versions."""
    spans = Span.objects.order_by("pk").values_list(
        "pk", "uid", "tag", "number", "fragments", "text", "start", "end", "attributes", "origin"
    )
    links = Link.objects.order_by("pk").values_list(
        "pk", "uid", "type", "from_span", "to_span", "implicit", "cue", "negated", "group"
    )
    return [*spans, *links]


Change = Callable[[AnnotationSet, Person], object]


CHANGES: dict[str, Change] = {
    "tag": lambda one, by: tag(one, "Nobody", "source"),
    "tag for a claim": lambda one, by: tag(one, "Jones", "source", claim=span_of(DAM)),
    "tag, taking the loose": lambda one, by: tag(one, "We told them in May", "allegation"),
    "tag, linking a twin": lambda one, by: annotating.tag(
        one,
        by=by,
        passage=passage_of(one.article, "Smith"),
        tag="source",
        uid=uuid4(),
        claim=claim_of(span_of(DAM)),
    ),
    "tag a cue for a claim": lambda one, by: tag(one, "show", "cue", claim=span_of(DAM)),
    "retag": lambda one, by: annotating.retag(
        span_of(DAM), by=by, tag="evidence", version=span_of(DAM).version
    ),
    "retag a cue": lambda one, by: annotating.retag(
        span_of("said"), by=by, tag="source", version=span_of("said").version
    ),
    "resize": lambda one, by: reshaping.resize(
        span_of(DAM), by=by, passage=passage_of(one.article, "dam"), version=span_of(DAM).version
    ),
    "add a part": lambda one, by: reshaping.extend(
        span_of(DAM), by=by, passage=passage_of(one.article, "Smith"), version=span_of(DAM).version
    ),
    "resize a part": lambda one, by: reshaping.resize(
        span_of(DAM),
        by=by,
        passage=passage_of(one.article, "dam"),
        version=span_of(DAM).version,
        part=span_of(DAM).start,
    ),
    "attach": lambda one, by: attaching.attach(
        span_of("Smith"), by=by, claim=claim_of(span_of(DAM))
    ),
    "detach": lambda one, by: attaching.detach(
        span_of("Officials"), by=by, claim=claim_of(span_of(DAM))
    ),
    "detach a cue": lambda one, by: attaching.detach(
        span_of("said"), by=by, claim=claim_of(span_of(DAM))
    ),
    "remove an allegation": lambda one, by: annotating.remove(
        span_of(DAM), by=by, version=span_of(DAM).version
    ),
    "remove a source": lambda one, by: annotating.remove(
        span_of("Officials"), by=by, version=span_of("Officials").version
    ),
    "remove a cue": lambda one, by: annotating.remove(
        span_of("said"), by=by, version=span_of("said").version
    ),
    "set attributes": lambda one, by: annotating.set_attributes(
        span_of(DAM), by=by, values={"certainty": "possible"}, version=span_of(DAM).version
    ),
    "set a shared attribute": lambda one, by: annotating.set_attributes(
        span_of("Officials"),
        by=by,
        values={"naming": "anonymous"},
        version=span_of("Officials").version,
    ),
    "link": lambda one, by: link("attributed_to", span_of(DAM), implicit="author"),
    "unlink": lambda one, by: joining.unlink(Link.objects.get(type="attributed_to"), by=by),
    "negate": lambda one, by: joining.negate(
        Link.objects.get(type="attributed_to"), by=by, negated=True
    ),
}


@pytest.fixture
def busy(annotation_set: AnnotationSet) -> AnnotationSet:
    """A set with a claim that has all its parts, two mentions of a source, and a loose one."""
    allegation = tag(annotation_set, DAM, "allegation")
    tag(annotation_set, "Officials", "source", claim=allegation, uid=UUID(int=2**127))
    tag(annotation_set, "said", "cue", claim=allegation)
    tag(annotation_set, "Photographs", "evidence", claim=allegation)
    engineers = tag(annotation_set, "the engineers", "source", uid=UUID(int=1))
    annotating.set_attributes(
        engineers,
        by=annotation_set.annotator,
        values={"entity": "Officials"},
        version=engineers.version,
    )
    tag(annotation_set, "Smith", "source")
    return annotation_set


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_is_taken_back_and_done_again_whole(
    cast: Cast, busy: AnnotationSet, change: Change
) -> None:
    before, reading_before = rows(), reading_of(busy)

    change(busy, cast.edda)
    after, reading_after = rows(), reading_of(busy)
    undo(busy, by=cast.edda)

    assert (rows(), reading_of(busy)) == (before, reading_before)
    assert after != before
    redo(busy, by=cast.edda)
    assert (rows(), reading_of(busy)) == (after, reading_after)
    undo(busy, by=cast.edda)
    assert rows() == before


def test_a_removed_span_comes_back_as_the_same_row_with_its_links_and_its_cue(
    cast: Cast, busy: AnnotationSet
) -> None:
    cue, source = span_of("said"), span_of("Officials")
    annotating.remove(source, by=cast.edda, version=source.version)
    annotating.remove(cue, by=cast.edda, version=cue.version)

    undo(busy, by=cast.edda)
    undo(busy, by=cast.edda)

    assert (span_of("said").pk, span_of("Officials").uid) == (cue.pk, source.uid)
    attributed = Link.objects.get(type="attributed_to")
    assert (attributed.to_span, attributed.cue) == (source, cue)


def test_what_comes_back_has_a_version_no_page_has_seen(cast: Cast, busy: AnnotationSet) -> None:
    seen_span, seen_claim = span_of(DAM), claim_of(span_of(DAM))
    annotating.set_attributes(
        seen_span, by=cast.edda, values={"about": "the dam"}, version=seen_span.version
    )
    latest_span, latest_claim = span_of(DAM), claim_of(span_of(DAM))
    annotating.remove(latest_span, by=cast.edda, version=latest_span.version)

    undo(busy, by=cast.edda)

    assert span_of(DAM).version > latest_span.version > seen_span.version
    assert claim_of(span_of(DAM)).version > latest_claim.version > seen_claim.version
    with refused(Stale, "changed since"):
        annotating.remove(seen_span, by=cast.edda, version=seen_span.version)


def test_undo_of_many_mentions_names_the_one_it_began_with(cast: Cast, busy: AnnotationSet) -> None:
    CHANGES["set a shared attribute"](busy, cast.edda)

    outcome = undo(busy, by=cast.edda)

    assert outcome.span == span_of("Officials")
    assert {span.text for span in outcome.spans} == {"Officials", "the engineers"}
    assert Event.objects.latest("pk").object_uid == span_of("Officials").uid


@pytest.mark.parametrize("verb", [undo, redo])
@pytest.mark.parametrize("person", ["egon", "rosa", "mara", "stranger"])
def test_undo_belongs_to_the_annotator(
    cast: Cast, busy: AnnotationSet, verb: Callable[..., object], person: str
) -> None:
    undo(busy, by=cast.edda)

    with refused(Forbidden):
        verb(busy, by=getattr(cast, person))


def test_a_link_is_not_done_again_between_spans_that_are_gone(
    cast: Cast, busy: AnnotationSet
) -> None:
    joining.unlink(Link.objects.get(type="attributed_to"), by=cast.edda)
    Span.objects.filter(text="Officials").delete()

    with refused(Stale, "A passage of this link is gone."):
        undo(busy, by=cast.edda)
