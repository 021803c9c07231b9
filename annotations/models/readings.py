"""Annotation sets as plain readings: the whole of one, or only some of its claims.

What is read for some claims does not grow with the size of the set: one query for each step of
the longest chain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from django.db.models import Q, QuerySet

from annotations.models.annotation_set import AnnotationSet
from annotations.models.claim import ClaimAnnotation
from annotations.models.link import Link
from annotations.models.span import Span
from annotations.scheme import Reading

GROUNDS = ("supports", "refutes")
OUTWARD = ("attributed_to", "relayed_by")


def reading_of(annotation_set: AnnotationSet) -> Reading:
    """Every span and link of a set. Two queries."""
    spans = Span.objects.filter(annotation_set=annotation_set).order_by("start", "-end", "pk")
    links = Link.objects.filter(annotation_set=annotation_set).order_by("pk")
    return Reading(tuple(one.value for one in spans), tuple(one.value for one in links))


def claims_around(
    annotation_set: AnnotationSet, span_ids: Iterable[int]
) -> QuerySet[ClaimAnnotation]:
    """The claims that use any of these spans: as allegation, ground, source or cue."""
    links = Link.objects.filter(annotation_set=annotation_set)
    start = set(span_ids)
    known, _ = _followed(links, start, towards=partial(_users_of, start), end=_allegation_side)
    return ClaimAnnotation.objects.filter(allegation__in=known).in_text_order()


def reading_around(annotation_set: AnnotationSet, allegation_ids: Iterable[int]) -> Reading:
    """All that the claims of these allegations rest on, and nothing else.

    Another allegation that supports one of them is a ground of it, without its own sources.
    """
    links = Link.objects.filter(annotation_set=annotation_set)
    start = set(allegation_ids)
    known, found = _followed(links, start, towards=partial(_used_by, start), end=_ground_side)
    cues = {link.cue_id for link in found if link.cue_id}
    spans = Span.objects.filter(pk__in=known | cues).order_by("start", "-end", "pk")
    ordered = sorted(found, key=lambda link: link.pk)
    return Reading(tuple(one.value for one in spans), tuple(one.value for one in ordered))


def _followed(
    links: QuerySet[Link],
    start: set[int],
    *,
    towards: Callable[[set[int]], Q],
    end: Callable[[Link], int | None],
) -> tuple[set[int], set[Link]]:
    """The spans and links met when walking from `start` until nothing new turns up."""
    known, found, frontier = set(start), set[Link](), start
    while frontier:
        step = set(links.filter(towards(frontier))) - found
        found |= step
        frontier = {key for key in map(end, step) if key is not None} - known
        known |= frontier
    return known, found


def _users_of(asked: set[int], spans: set[int]) -> Q:
    """The links that use `spans`; of an allegation only if it is one of those asked for."""
    is_met = Q(from_span__tag="allegation") & ~Q(from_span__in=asked)
    grounds = Q(from_span__in=spans, type__in=GROUNDS) & ~is_met
    return Q(to_span__in=spans, type__in=OUTWARD) | grounds | Q(cue__in=spans)


def _allegation_side(link: Link) -> int | None:
    return link.to_span_id if link.type in GROUNDS else link.from_span_id


def _used_by(allegations: set[int], spans: set[int]) -> Q:
    """The links out of `spans`, but not those of an allegation that is only a ground."""
    is_ground = Q(from_span__tag="allegation") & ~Q(from_span__in=allegations)
    out = Q(from_span__in=spans, type__in=OUTWARD) & ~is_ground
    return out | Q(to_span__in=spans & allegations, type__in=GROUNDS)


def _ground_side(link: Link) -> int | None:
    return link.from_span_id if link.type in GROUNDS else link.to_span_id
