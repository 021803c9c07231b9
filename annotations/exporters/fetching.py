"""Fetches the rows of a selection from one state of the database, article by article.

The only module of the exporters that reads annotations. The rows of an article come by
(start, -end, uid), so that the same state gives the same bytes, and at no time are there more in
memory than those of a few articles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import NamedTuple
from uuid import UUID

from django.db.models import Prefetch

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
from annotations.models import AnnotationSet, Article, ClaimAnnotation, Link, Span, Zone
from annotations.scheme import LinkValue, Reading, SpanValue, claim_of

# A batch of articles ends when it has so many articles or words: few queries, little memory.
MOST_ARTICLES = 100
MOST_WORDS = 40_000
ARTICLES_AT_ONCE = 50
"""How many articles are fetched with their texts at once."""


def articles_of(selection: Selection) -> Iterator[ArticleRow]:
    """The selected articles with texts and zones, read from one state of the database."""
    zones = Prefetch("zones", Zone.objects.order_by("start", "end", "pk"))
    with snapshot():
        articles = selection.articles().prefetch_related(zones)
        for article in articles.iterator(chunk_size=ARTICLES_AT_ONCE):
            yield _article_row(article)


def annotations_of(selection: Selection) -> Iterator[Annotations]:
    """The selected annotations by article, read from one state of the database."""
    with snapshot():
        found = selection.articles().values_list("pk", "uid", "text_sha256", "word_count")
        for batch in _batches(_Article(*one) for one in found.iterator(chunk_size=500)):
            yield from _annotations_of_batch(selection, batch)


class _Article(NamedTuple):
    pk: int
    uid: UUID
    text_sha256: str
    words: int


class _Review(NamedTuple):
    """A claim's own columns, its allegation's primary key first."""

    key: int
    state: str
    reviewer: str | None
    decided_at: datetime | None
    reasons: list[str]
    note: str
    warnings: str
    version: int


def _article_row(article: Article) -> ArticleRow:
    zones = tuple(
        ZoneRow(
            article.uid,
            zone.start,
            zone.end,
            zone.kind,
            zone.reason,
            zone.origin,
            zone.active,
            article.text[zone.start : zone.end],
        )
        for zone in article.zones.all()
    )
    return ArticleRow(
        article.uid,
        article.external_id,
        article.title,
        article.byline,
        article.outlet,
        article.url,
        article.published_on,
        article.language,
        article.word_count,
        article.text_sha256,
        article.text,
        zones,
    )


def _batches(articles: Iterable[_Article]) -> Iterator[list[_Article]]:
    batch: list[_Article] = []
    words = 0
    for article in articles:
        batch.append(article)
        words += article.words
        if len(batch) == MOST_ARTICLES or words >= MOST_WORDS:
            yield batch
            batch, words = [], 0
    if batch:
        yield batch


def _annotations_of_batch(
    selection: Selection, articles: Sequence[_Article]
) -> Iterator[Annotations]:
    by_key = {article.pk: article for article in articles}
    found = AnnotationSet.objects.filter(
        article__in=list(by_key), kind=AnnotationSet.Kind.INDIVIDUAL
    ).order_by("pk")
    rows = list(found.values_list("pk", "article", "annotator__username"))
    reviews = _reviews(selection, [key for key, *_rest in rows])
    sets: dict[int, SetRow] = {}
    sets_of: dict[int, list[int]] = defaultdict(list)
    for key, article_key, name in rows:
        if selection.is_whole or key in reviews:
            sets[key] = SetRow(by_key[article_key].uid, by_key[article_key].text_sha256, name)
            sets_of[article_key].append(key)
    spans, links = _spans(sets), _links(sets)
    for article in articles:
        parts = [
            _part(
                spans.get(key, {}),
                links.get(key, {}),
                reviews.get(key, []),
                is_whole=selection.is_whole,
            )
            for key in sets_of[article.pk]
        ]
        yield Annotations(
            article.uid,
            tuple(sets[key] for key in sets_of[article.pk]),
            tuple(sorted(chain.from_iterable(part.claims for part in parts), key=_claim_order)),
            tuple(sorted(chain.from_iterable(part.spans for part in parts), key=_span_order)),
            tuple(chain.from_iterable(part.links for part in parts)),
        )


def _reviews(selection: Selection, sets: Sequence[int]) -> dict[int, list[_Review]]:
    """The selected claims of annotation sets, by set."""
    found: dict[int, list[_Review]] = defaultdict(list)
    claims = selection.chosen(ClaimAnnotation.objects.filter(annotation_set__in=sets))
    columns = ("state", "decided_by__username", "decided_at", "reasons", "note", "warnings")
    for set_key, *values in claims.values_list(
        "annotation_set", "pk", *columns, "version"
    ).iterator():
        found[set_key].append(_Review(*values))
    return found


def _spans(sets: Mapping[int, SetRow]) -> dict[int, dict[int, SpanRow]]:
    """The spans of the sets by primary key, in text order."""
    found: dict[int, dict[int, SpanRow]] = defaultdict(dict)
    columns = ("pk", "tag", "fragments", "text", "attributes", "number")
    spans = Span.objects.filter(annotation_set__in=list(sets)).order_by("start", "-end", "pk")
    for set_key, uid, origin, *values in spans.values_list(
        "annotation_set", "uid", "origin", *columns
    ).iterator():
        value = SpanValue(*values)
        found[set_key][value.key] = SpanRow(uid, sets[set_key], value, origin)
    return found


def _links(sets: Mapping[int, SetRow]) -> dict[int, dict[UUID, LinkValue]]:
    """The links of the sets by uid, in the order they were made in."""
    found: dict[int, dict[UUID, LinkValue]] = defaultdict(dict)
    columns = ("pk", "type", "from_span", "to_span", "implicit", "cue", "negated", "group")
    links = Link.objects.filter(annotation_set__in=list(sets)).order_by("pk")
    for set_key, uid, *values in links.values_list("annotation_set", "uid", *columns).iterator():
        found[set_key][uid] = LinkValue(*values)
    return found


class _Part(NamedTuple):
    """What one annotation set adds to an article's annotations."""

    claims: list[ClaimRow]
    spans: list[SpanRow]
    links: list[LinkRow]


def _part(
    spans: Mapping[int, SpanRow],
    links: Mapping[UUID, LinkValue],
    reviews: Sequence[_Review],
    *,
    is_whole: bool,
) -> _Part:
    reading = Reading(tuple(one.value for one in spans.values()), tuple(links.values()))
    uids = {key: span.uid for key, span in spans.items()}
    claims = [_claim_row(reading, spans[one.key], uids, one) for one in reviews]
    if is_whole:
        return _Part(claims, list(spans.values()), _link_rows(links, spans))
    used = {key for one in claims for key in one.claim.span_keys}
    selected = {one.key for one in reviews}
    kept = {uid: link for uid, link in links.items() if _belongs(link, reading, used, selected)}
    used |= {link.cue_key for link in kept.values() if link.cue_key is not None}
    return _Part(
        claims, [span for key, span in spans.items() if key in used], _link_rows(kept, spans)
    )


def _belongs(link: LinkValue, reading: Reading, used: set[int], selected: set[int]) -> bool:
    """Whether both ends are used, and not only by the claim of an allegation left out."""
    if link.from_key not in used or (link.to_key is not None and link.to_key not in used):
        return False
    if link.type == "attributed_to" and reading.span_of[link.from_key].tag == "allegation":
        return link.from_key in selected
    return link.type not in ("supports", "refutes") or link.to_key in selected


def _claim_row(
    reading: Reading, allegation: SpanRow, uids: Mapping[int, UUID], review: _Review
) -> ClaimRow:
    return ClaimRow(
        allegation.uid,
        allegation.annotation_set,
        claim_of(reading, allegation.value),
        uids,
        review.state,
        review.reviewer or "",
        review.decided_at,
        tuple(review.reasons),
        review.note,
        tuple(review.warnings.split()),
        review.version,
    )


def _link_rows(links: Mapping[UUID, LinkValue], spans: Mapping[int, SpanRow]) -> list[LinkRow]:
    return [
        LinkRow(
            uid,
            spans[value.from_key].annotation_set,
            value,
            spans[value.from_key],
            None if value.to_key is None else spans[value.to_key],
            None if value.cue_key is None else spans[value.cue_key],
        )
        for uid, value in links.items()
    ]


def _span_order(row: SpanRow) -> tuple[int, int, UUID]:
    return row.value.start, -row.value.end, row.uid


def _claim_order(row: ClaimRow) -> tuple[int, int, UUID]:
    return row.claim.allegation.start, -row.claim.allegation.end, row.uid
