"""JSON Lines: one article per line with its text, its zones and each annotator's annotations.

The importer of the same name reads this shape back. Offsets are 0-based, end exclusive and count
Unicode code points of `text`. Attributes are those that somebody set, without defaults; claims
say where their review stands, and an import leaves them out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from annotations.exporters import register
from annotations.exporters.fetching import annotations_of, articles_of
from annotations.exporters.rows import (
    Annotations,
    ArticleRow,
    ClaimRow,
    LinkRow,
    Selection,
    SetRow,
    SpanRow,
    ZoneRow,
)
from annotations.exporters.snapshot import snapshot
from annotations.exporters.tables import article_id, cell_text, claim_id, link_id, span_id


@register(
    "jsonl",
    label="JSON Lines",
    suffix="jsonl",
    media_type="application/jsonl; charset=utf-8",
    tables=("articles",),
)
def write(selection: Selection, _table: str) -> Iterator[bytes]:
    """Stream the articles, one on each line."""
    with snapshot():
        both = zip(articles_of(selection), annotations_of(selection), strict=True)
        for article, annotated in both:
            told = _article(article, annotated)
            yield json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _article(article: ArticleRow, annotations: Annotations) -> dict[str, object]:
    return {
        "id": article_id(article.uid),
        "external_id": article.external_id,
        "title": article.title,
        "byline": article.byline,
        "outlet": article.outlet,
        "url": article.url,
        "published_on": cell_text(article.published_on) or None,
        "language": article.language,
        "text": article.text,
        "text_sha256": article.text_sha256,
        "zones": [_zone(zone) for zone in article.zones],
        "annotations": [_set(one, annotations) for one in annotations.sets],
    }


def _zone(zone: ZoneRow) -> dict[str, object]:
    return {
        "start": zone.start,
        "end": zone.end,
        "kind": zone.kind,
        "reason": zone.reason,
        "origin": zone.origin,
        "active": zone.active,
    }


def _set(one: SetRow, annotations: Annotations) -> dict[str, object]:
    return {
        "annotator": one.annotator,
        "spans": [_span(row) for row in annotations.spans if row.annotation_set is one],
        "links": [_link(row) for row in annotations.links if row.annotation_set is one],
        "claims": [_claim(row) for row in annotations.claims if row.annotation_set is one],
    }


def _span(row: SpanRow) -> dict[str, object]:
    span = row.value
    return {
        "id": span_id(row.uid),
        "tag": span.tag,
        "start": span.start,
        "end": span.end,
        "fragments": span.fragments,
        "text": span.text,
        "attributes": dict(sorted(span.attributes.items())),
        "origin": row.origin,
    }


def _link(row: LinkRow) -> dict[str, object]:
    return {
        "id": link_id(row.uid),
        "type": row.value.type,
        "from": span_id(row.from_span.uid),
        "to": span_id(row.to_span.uid) if row.to_span else None,
        "implicit": row.value.implicit,
        "cue": span_id(row.cue.uid) if row.cue else None,
        "negated": row.value.negated,
        "group": row.value.group,
    }


def _claim(row: ClaimRow) -> dict[str, object]:
    return {
        "id": claim_id(row.uid),
        "allegation": span_id(row.uid),
        "chains": [attribution.chain for attribution in row.claim.attributions],
        "status": row.state,
        "reviewer": row.reviewer or None,
        "decided_at": cell_text(row.decided_at) or None,
        "reasons": list(row.reasons),
        "note": row.note,
        "warnings": list(row.warnings),
        "version": row.version,
    }
