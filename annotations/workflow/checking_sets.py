"""Looks for damage within annotation sets, one at a time; a part of `checking`. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Prefetch, Q, TextField
from django.db.models.functions import Cast

from annotations.models import AnnotationSet, ClaimAnnotation, Link, Project, Span, Zone
from annotations.models.span import fragments_from
from annotations.scheme import (
    LinkValue,
    Reading,
    SpanValue,
    fault_of_attributes,
    link_findings,
    warnings_of,
)
from annotations.text.offsets import Fragment, envelope, fault_of, quote_of, touches

CHUNK = 100
"""How many sets or articles are fetched with their texts at once."""
ROWS = 2000
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and with which row, named by its kind and uid."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class _SpanRow(NamedTuple):
    annotation_set: int
    pk: int
    uid: UUID
    tag: str
    fragments: str
    start: int
    end: int
    text: str
    attributes: Any
    number: int


class _LinkRow(NamedTuple):
    annotation_set: int
    pk: int
    uid: UUID
    type: str
    from_span: int
    to_span: int | None
    implicit: str
    cue: int | None
    negated: bool
    group: str


class _ClaimRow(NamedTuple):
    annotation_set: int
    pk: int
    uid: UUID
    project: int
    author: int
    warnings: str


class Grouped:
    """Rows that come in the order of their first column, handed out by its value."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._groups = groupby(rows, key=lambda row: row[0])
        self._next = next(self._groups, None)

    def of(self, key: int) -> list[tuple[Any, ...]]:
        """The rows of a key; keys must be asked for in ascending order."""
        while self._next and self._next[0] < key:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != key:
            return []
        found = list(self._next[1])
        self._next = next(self._groups, None)
        return found


def faults_of_sets(project: Project | None) -> Iterator[Fault]:
    """Every fault within the annotation sets of a project, or of all of them."""
    of_set = Q(annotation_set__project=project) if project else Q()
    spans, links, claims = _span_rows(of_set), _link_rows(of_set), _claim_rows(of_set)
    zones = Prefetch("article__zones", Zone.objects.filter(active=True))
    sets = AnnotationSet.objects.filter(Q(project=project) if project else Q()).order_by("pk")
    for one in sets.select_related("article").prefetch_related(zones).iterator(chunk_size=CHUNK):
        yield from _faults_of_set(
            one,
            [_SpanRow(*row) for row in spans.of(one.pk)],
            [_LinkRow(*row) for row in links.of(one.pk)],
            [_ClaimRow(*row) for row in claims.of(one.pk)],
        )


def _span_rows(of_set: Q) -> Grouped:
    # As text, so that fragments nobody can read are told and do not end the search.
    spans = Span.objects.filter(of_set).annotate(written=Cast("fragments", TextField()))
    columns = ("written", "start", "end", "text", "attributes", "number")
    rows = spans.values_list("annotation_set", "pk", "uid", "tag", *columns)
    return Grouped(rows.order_by("annotation_set").iterator(chunk_size=ROWS))


def _link_rows(of_set: Q) -> Grouped:
    columns = ("type", "from_span", "to_span", "implicit", "cue", "negated", "group")
    rows = Link.objects.filter(of_set).values_list("annotation_set", "pk", "uid", *columns)
    return Grouped(rows.order_by("annotation_set", "pk").iterator(chunk_size=ROWS))


def _claim_rows(of_set: Q) -> Grouped:
    columns = ("allegation__uid", "project", "author", "warnings")
    rows = ClaimAnnotation.objects.filter(of_set).values_list("annotation_set", "pk", *columns)
    return Grouped(rows.order_by("annotation_set").iterator(chunk_size=ROWS))


def _faults_of_set(
    one: AnnotationSet,
    spans: Sequence[_SpanRow],
    links: Sequence[_LinkRow],
    claims: Sequence[_ClaimRow],
) -> Iterator[Fault]:
    if one.project_id != one.article.project_id:
        yield Fault(f"annotation set {one.uid}", "its article belongs to another project")
    zones = [Fragment(zone.start, zone.end) for zone in one.article.zones.all()]
    sound: list[SpanValue] = []
    for span in spans:
        value = _value_of(span)
        if isinstance(value, str):
            yield Fault(f"span {span.uid}", value)
            continue
        sound.append(value)
        for what in _faults_of_span(span, value, one.article.text, zones):
            yield Fault(f"span {span.uid}", what)
    uids = {span.pk: span.uid for span in spans}
    joined = []
    for link in links:
        if what := _fault_of_ends(link, uids):
            yield Fault(f"link {link.uid}", what)
        else:
            joined.append(link)
    reading = _reading(sound, joined)
    for finding in link_findings(reading):
        yield Fault(f"span {uids[finding.span.key]}", f"{finding.rule}: {finding.message}")
    yield from _faults_of_claims(one, reading, claims, uids)


def _value_of(row: _SpanRow) -> SpanValue | str:
    """The span as a value, or why it cannot be read."""
    try:
        fragments = fragments_from(row.fragments)
    except ValueError:
        return f"its fragments “{_short(row.fragments)}” cannot be read"
    attributes = row.attributes
    if not isinstance(attributes, dict) or not all(
        isinstance(value, str) for value in attributes.values()
    ):
        return "its attributes are not names with texts"
    return SpanValue(row.pk, row.tag, fragments, row.text, attributes, row.number)


def _faults_of_span(
    row: _SpanRow, value: SpanValue, text: str, zones: Iterable[Fragment]
) -> Iterator[str]:
    if fault := fault_of(value.fragments, length=len(text)):
        yield f"its fragments do not fit the text: {fault}"
    elif (quote := quote_of(text, value.fragments)) != row.text:
        yield f"it quotes “{_short(row.text)}”, but the text has “{_short(quote)}”"
    if (row.start, row.end) != envelope(value.fragments):
        yield f"its start and end [{row.start}, {row.end}) are not those of its fragments"
    if any(touches(value.fragments, zone) for zone in zones):
        yield "it lies in an active zone"
    if fault := fault_of_attributes(row.tag, dict(value.attributes)):
        yield f"V17: {fault}"


def _fault_of_ends(link: _LinkRow, uids: Mapping[int, UUID]) -> str:
    """Say which end of a link lies in another annotation set; "" when none does."""
    ends = {"start": link.from_span, "end": link.to_span, "cue": link.cue}
    away = [name for name, key in ends.items() if key is not None and key not in uids]
    return f"its {' and '.join(away)} lies in another annotation set" if away else ""


def _reading(spans: Iterable[SpanValue], links: Iterable[_LinkRow]) -> Reading:
    """What can be read of a set: sound spans, and the links between these."""
    ordered = sorted(spans, key=lambda one: (one.start, -one.end, one.key))
    known = {one.key for one in ordered} | {None}
    between = tuple(
        LinkValue(
            one.pk,
            one.type,
            one.from_span,
            one.to_span,
            one.implicit,
            one.cue,
            one.negated,
            one.group,
        )
        for one in links
        if {one.from_span, one.to_span, one.cue} <= known
    )
    return Reading(tuple(ordered), between)


def _faults_of_claims(
    one: AnnotationSet, reading: Reading, claims: Sequence[_ClaimRow], uids: Mapping[int, UUID]
) -> Iterator[Fault]:
    allegations = {span.key: span for span in reading.tagged("allegation")}
    for key in allegations.keys() - {claim.pk for claim in claims}:
        yield Fault(f"span {uids[key]}", "it is an allegation without a claim")
    for claim in claims:
        where = f"claim {claim.uid}"
        if claim.pk not in uids:
            yield Fault(where, "its allegation lies in another annotation set")
        elif claim.pk not in allegations and claim.pk in reading.span_of:
            yield Fault(where, "its span is not an allegation")
        if claim.author != one.annotator_id:
            yield Fault(where, "its author is not who annotated the set")
        if claim.project != one.project_id:
            yield Fault(where, "it belongs to another project than its annotation set")
        if claim.pk in allegations:
            found = " ".join(warnings_of(reading, allegations[claim.pk]))
            if found != claim.warnings:
                yield Fault(
                    where, f"its warnings are “{claim.warnings}”, but the rules say “{found}”"
                )


def _short(text: str) -> str:
    shown = repr(text)[1:-1]
    return shown if len(shown) <= LONGEST_SHOWN else shown[: LONGEST_SHOWN - 1] + "…"
