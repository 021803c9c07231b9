"""Short forms of the verbs for tests: each reads the row as it is now and acts as its annotator."""

from __future__ import annotations

from collections.abc import Callable

from annotations.models import AnnotationSet, ClaimAnnotation, Event, Link, Person, Span
from annotations.workflow import annotating, reshaping, reviewing
from tests.people import claim_of, fresh, passage_of

DAM = "the dam had failed"
WARNING = "“We told them in May,”"

Decide = Callable[[ClaimAnnotation, Person], ClaimAnnotation]


def span_of(words: str) -> Span:
    return Span.objects.get(text=words)


def claim(words: str) -> ClaimAnnotation:
    return claim_of(span_of(words))


def retag(span: Span, as_tag: str) -> Span:
    known = fresh(span)
    by = known.annotation_set.annotator
    annotating.retag(known, by=by, tag=as_tag, version=known.version)
    return fresh(span)


def resize(span: Span, *words: str) -> Span:
    known = fresh(span)
    by, article = known.annotation_set.annotator, known.annotation_set.article
    passage = passage_of(article, *words)
    reshaping.resize(known, by=by, passage=passage, version=known.version)
    return fresh(span)


def remove(span: Span) -> None:
    known = fresh(span)
    annotating.remove(known, by=known.annotation_set.annotator, version=known.version)


def describe(span: Span, by: Person | None = None, /, **values: str) -> Span:
    known = fresh(span)
    by = by or known.annotation_set.annotator
    annotating.set_attributes(known, by=by, values=values, version=known.version)
    return fresh(span)


def approve(claim: ClaimAnnotation, by: Person) -> ClaimAnnotation:
    return reviewing.approve(claim, by=by, version=claim.version)


def reject(claim: ClaimAnnotation, by: Person) -> ClaimAnnotation:
    return reviewing.reject(claim, by=by, version=claim.version, reasons=["duplicate"], note="")


def give_back(claim: ClaimAnnotation, by: Person) -> ClaimAnnotation:
    return reviewing.return_claim(
        claim, by=by, version=claim.version, reasons=["wrong_source"], note="Smith said it."
    )


def linked() -> list[tuple[str, str, str, str]]:
    """Every link as its type, the words at both ends, and those of its cue."""
    return [
        (
            one.type,
            one.from_span.text,
            one.to_span.text if one.to_span else one.implicit,
            one.cue.text if one.cue else "",
        )
        for one in Link.objects.select_related("from_span", "to_span", "cue")
    ]


def states(annotation_set: AnnotationSet) -> dict[str, str]:
    """The state of the set and of each of its claims."""
    annotation_set.refresh_from_db()
    claims = annotation_set.claims.select_related("allegation")
    return {"set": annotation_set.state} | {one.allegation.text: one.state for one in claims}


def verbs() -> list[str]:
    """The verbs logged in annotation sets, in order."""
    return list(Event.objects.exclude(annotation_set_uid=None).values_list("verb", flat=True))
