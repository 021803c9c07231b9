"""How a span comes to belong to a claim: the links that takes, as states before and after."""

from __future__ import annotations

from itertools import zip_longest
from uuid import uuid4

from django.utils.translation import gettext as _

from annotations.models import AnnotationSet, ClaimAnnotation, Link, Span, reading_around
from annotations.scheme import claim_of
from annotations.text.offsets import Fragment, Fragments, envelope, touches
from annotations.text.sentences import sentence_at
from annotations.workflow.changing import Row, Rows, link_rows
from annotations.workflow.opening import claim_now
from annotations.workflow.refusals import Stale


def links_to_claim(
    annotation_set: AnnotationSet,
    claim: ClaimAnnotation | None,
    tag: str,
    uid: str,
    *,
    is_new: bool = False,
) -> tuple[Rows, Rows]:
    """The links before and after a span of this tag joins a claim; none without a claim.

    Nobody looks for links that a new span might have.

    A source says it, evidence supports it, a cue goes to the first step of its chains that has
    none yet; without one the cue stays loose. Raises Stale if the claim is gone.
    """
    if claim is None:
        return {}, {}
    known = claim_now(annotation_set, claim)
    if known is None:
        raise Stale(_("That claim is gone. Select the words again without it."))
    claim = known
    allegation = str(claim.allegation.uid)
    if tag == "source":
        row = link_of("attributed_to", allegation, uid)
        return _joined(row) if is_new else _joined_once(annotation_set, row)
    if tag == "evidence":
        row = link_of("supports", uid, allegation)
        return _joined(row) if is_new else _joined_once(annotation_set, row)
    if tag == "cue":
        return _cued(annotation_set, claim, uid)
    return {}, {}


def links_of_loose(
    annotation_set: AnnotationSet, fragments: Fragments, uid: str
) -> tuple[Rows, Rows]:
    """The links before and after a new allegation takes what lies loose in its sentences.

    Sources say it, evidence supports it, and each cue in turn goes to the next of these links.
    What overlaps the allegation belongs to what is said, not to who says it.
    """
    text = annotation_set.article.text
    start, end = envelope(fragments)
    stretch = Fragment(sentence_at(text, start).start, sentence_at(text, end - 1).end)
    near = Span.objects.filter(
        annotation_set=annotation_set, start__gte=stretch.start, end__lte=stretch.end
    ).loose()
    loose = [one for one in near if not any(touches(fragments, part) for part in one.fragments)]
    rows = [link_of("attributed_to", uid, str(one.uid)) for one in loose if one.tag == "source"]
    rows += [link_of("supports", str(one.uid), uid) for one in loose if one.tag == "evidence"]
    cues = [str(one.uid) for one in loose if one.tag == "cue"]
    after = {str(uuid4()): row | {"cue": cue} for row, cue in zip_longest(rows, cues[: len(rows)])}
    return dict.fromkeys(after), {**after}


def _joined_once(annotation_set: AnnotationSet, row: Row) -> tuple[Rows, Rows]:
    """The new link, unless the two spans are joined so already."""
    exists = Link.objects.filter(
        annotation_set=annotation_set,
        type=row["type"],
        from_span__uid=row["from"],
        to_span__uid=row["to"],
    ).exists()
    return ({}, {}) if exists else _joined(row)


def _joined(row: Row) -> tuple[Rows, Rows]:
    uid = str(uuid4())
    return {uid: None}, {uid: row}


def _cued(annotation_set: AnnotationSet, claim: ClaimAnnotation, uid: str) -> tuple[Rows, Rows]:
    """The first link of the claim without a cue: who says it, who vouches, what supports it."""
    reading = reading_around(annotation_set, [claim.allegation_id])
    told = claim_of(reading, reading.span_of[claim.allegation_id])
    vouching = (one for ground in told.grounds for one in ground.attributions)
    links = [step.link for one in (*told.attributions, *vouching) for step in one.steps]
    links += [ground.link for ground in told.grounds]
    bare = next((link.key for link in links if link.cue_key is None), None)
    if bare is None:
        return {}, {}
    before = link_rows(Link.objects.filter(pk=bare))
    return before, {key: row and row | {"cue": uid} for key, row in before.items()}


def link_of(link_type: str, from_uid: str, to_uid: str | None) -> Row:
    """A new link between two spans as the log keeps it."""
    return {
        "type": link_type,
        "from": from_uid,
        "to": to_uid,
        "implicit": "",
        "cue": None,
        "negated": False,
        "group": "",
    }
