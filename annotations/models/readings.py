"""Annotation sets as plain readings: the whole of one, or only some of its claims.

What is read for some claims does not grow with the size of the set: one walk along the links and
one look at their spans. The walks are SQL, the same for both databases: Django's ORM knows no
recursion, and building its queries step by step took ten times as long as running these.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from django.db import connection

from annotations.models.annotation_set import AnnotationSet
from annotations.models.claim import ClaimAnnotation
from annotations.models.link import Link
from annotations.models.span import Span, fragments_from
from annotations.scheme import LinkValue, Reading, SpanValue

# Downwards, from claims to what they rest on. An allegation that is only a ground is not walked on
# from: its own sources are not the claim's.
RESTS_ON = """
WITH RECURSIVE asked(id) AS (VALUES {asked}),
met(id, link_id) AS (
    SELECT id, CAST(NULL AS bigint) FROM asked
    UNION
    SELECT
        CASE WHEN link.from_span_id = met.id THEN link.to_span_id ELSE link.from_span_id END,
        link.id
    FROM met
    JOIN annotations_span span ON span.id = met.id
    JOIN annotations_link link ON (
        link.from_span_id = met.id AND link.type IN ('attributed_to', 'relayed_by')
        AND (span.tag <> 'allegation' OR met.id IN (SELECT id FROM asked))
        OR link.to_span_id = met.id AND link.type IN ('supports', 'refutes')
        AND met.id IN (SELECT id FROM asked)
    )
)
SELECT id, type, from_span_id, to_span_id, implicit, cue_id, negated, "group"
FROM annotations_link
WHERE id IN (SELECT link_id FROM met) AND annotation_set_id = %s
ORDER BY id
"""

# Upwards, from spans to the claims that use them. An allegation that is met on the way is where a
# walk ends: what it is a ground of does not use its sources.
USES = """
WITH RECURSIVE asked(id) AS (VALUES {asked}),
met(id) AS (
    SELECT id FROM asked
    UNION
    SELECT
        CASE WHEN link.type IN ('supports', 'refutes') THEN link.to_span_id
        ELSE link.from_span_id END
    FROM met
    JOIN annotations_span span ON span.id = met.id
    JOIN annotations_link link ON (
        link.to_span_id = met.id AND link.type IN ('attributed_to', 'relayed_by')
        OR link.cue_id = met.id
        OR link.from_span_id = met.id AND link.type IN ('supports', 'refutes')
        AND (span.tag <> 'allegation' OR met.id IN (SELECT id FROM asked))
    )
)
SELECT claim.*
FROM annotations_claimannotation claim
JOIN annotations_span span ON span.id = claim.allegation_id
WHERE claim.allegation_id IN (SELECT id FROM met) AND claim.annotation_set_id = %s
ORDER BY span.start, span."end" DESC, span.id
"""

SPANS = """
SELECT id, tag, fragments, text, attributes, number, version
FROM annotations_span
WHERE id IN ({keys})
ORDER BY start, "end" DESC, id
"""


def reading_of(annotation_set: AnnotationSet) -> Reading:
    """Every span and link of a set. Two queries."""
    spans = Span.objects.filter(annotation_set=annotation_set).order_by("start", "-end", "pk")
    links = Link.objects.filter(annotation_set=annotation_set).order_by("pk")
    return Reading(tuple(one.value for one in spans), tuple(one.value for one in links))


def claims_around(annotation_set: AnnotationSet, span_ids: Iterable[int]) -> list[ClaimAnnotation]:
    """The claims that use any of these spans: as allegation, ground, source or cue. One query."""
    asked = sorted(set(span_ids))
    if not asked:
        return []
    written = USES.format(asked=_rows(asked))
    return list(ClaimAnnotation.objects.raw(written, [*asked, annotation_set.pk]))


def reading_around(annotation_set: AnnotationSet, allegation_ids: Iterable[int]) -> Reading:
    """All that the claims of these allegations rest on, and nothing else. Two queries.

    Another allegation that supports one of them is a ground of it, without its own sources.
    """
    asked = sorted(set(allegation_ids))
    if not asked:
        return Reading((), ())
    with connection.cursor() as cursor:
        cursor.execute(RESTS_ON.format(asked=_rows(asked)), [*asked, annotation_set.pk])
        links = [_link(*row) for row in cursor]
        keys = sorted({*asked, *(key for link in links for key in link.span_keys)})
        cursor.execute(SPANS.format(keys=", ".join(["%s"] * len(keys))), keys)
        spans = [_span(*row) for row in cursor]
    return Reading(tuple(spans), tuple(links))


def _rows(asked: Sequence[int]) -> str:
    """As many rows of one placeholder. Its type has to be said to PostgreSQL."""
    return ", ".join(["(CAST(%s AS bigint))"] * len(asked))


def _link(
    key: int,
    link_type: str,
    from_key: int,
    to_key: int | None,
    implicit: str,
    cue_key: int | None,
    negated: int,  # SQLite has no booleans
    group: str,
) -> LinkValue:
    """A link as the database holds it, as a plain value."""
    return LinkValue(key, link_type, from_key, to_key, implicit, cue_key, bool(negated), group)


def _span(
    key: int, tag: str, fragments: str, text: str, attributes: str, number: int, version: int
) -> SpanValue:
    """A span as the database holds it, as a plain value."""
    return SpanValue(
        key, tag, fragments_from(fragments), text, json.loads(attributes), number, version
    )
