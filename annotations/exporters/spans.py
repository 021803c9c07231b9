"""The tables of spans and links: what is tagged, and how it hangs together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from annotations.exporters.fetching import annotations_of
from annotations.exporters.rows import LinkRow, Selection, SpanRow
from annotations.exporters.tables import (
    Column,
    Table,
    article_id,
    link_id,
    span_id,
    value_of,
    values_of,
)
from annotations.models import Span
from annotations.models.span import written
from annotations.scheme import (
    ATTRIBUTES,
    IMPLICIT_SOURCES,
    LINK_TYPES,
    TAGS,
    Attribute,
)
from annotations.scheme.words import gettext_noop as _

SpanColumn: TypeAlias = Column[SpanRow]
LinkColumn: TypeAlias = Column[LinkRow]


def _span_rows(selection: Selection) -> Iterator[SpanRow]:
    for annotated in annotations_of(selection):
        yield from annotated.spans


def _link_rows(selection: Selection) -> Iterator[LinkRow]:
    for annotated in annotations_of(selection):
        yield from annotated.links


def _of(attribute: Attribute) -> SpanColumn:
    """A column for an attribute, empty for spans whose tag does not have it."""

    def value(row: SpanRow) -> str:
        return value_of(row.value, attribute) if row.value.tag == attribute.tag else ""

    return Column(attribute.key, "string", attribute.help, value, values_of(attribute))


SPAN_COLUMNS: Final[tuple[SpanColumn, ...]] = (
    Column(
        "span_id",
        "string",
        _("The span; behind the letter an allegation has the id of its claim."),
        lambda row: span_id(row.uid),
    ),
    Column(
        "article_id",
        "string",
        _("The article it stands in."),
        lambda row: article_id(row.annotation_set.article),
    ),
    Column(
        "annotator",
        "string",
        _("User name of who annotated."),
        lambda row: row.annotation_set.annotator,
    ),
    Column(
        "label",
        "string",
        _("Its short name within the annotator's annotations of the article."),
        lambda row: row.value.label,
    ),
    Column(
        "tag",
        "string",
        _("What it marks."),
        lambda row: row.value.tag,
        tuple(tag.key for tag in TAGS),
    ),
    Column(
        "text",
        "string",
        _("The words; the parts of a divided span are joined by a space."),
        lambda row: row.value.text,
    ),
    Column(
        "start",
        "integer",
        _("Where it starts, in code points of the article's text, counted from 0."),
        lambda row: row.value.start,
    ),
    Column(
        "end",
        "integer",
        _("Where it ends: the code point after its last one."),
        lambda row: row.value.end,
    ),
    Column(
        "fragments",
        "string",
        _("Start and end of each part, as brat writes them: “30 155;160 170”."),
        lambda row: written(row.value.fragments),
    ),
    Column(
        "origin",
        "string",
        _("Whether it was made by hand, imported or suggested."),
        lambda row: row.origin,
        tuple(Span.Origin.values),
    ),
    *(_of(attribute) for attribute in ATTRIBUTES),
    Column(
        "text_sha256",
        "string",
        _("SHA-256 of the text that the offsets count, as UTF-8."),
        lambda row: row.annotation_set.text_sha256,
    ),
)

LINK_COLUMNS: Final[tuple[LinkColumn, ...]] = (
    Column("link_id", "string", _("The link."), lambda row: link_id(row.uid)),
    Column(
        "article_id",
        "string",
        _("The article it stands in."),
        lambda row: article_id(row.annotation_set.article),
    ),
    Column(
        "annotator",
        "string",
        _("User name of who annotated."),
        lambda row: row.annotation_set.annotator,
    ),
    Column(
        "type",
        "string",
        _("How it joins the two spans."),
        lambda row: row.value.type,
        tuple(one.key for one in LINK_TYPES),
    ),
    Column(
        "from_span_id",
        "string",
        _("The span it starts from."),
        lambda row: span_id(row.from_span.uid),
    ),
    Column(
        "from_text",
        "string",
        _("The words of that span."),
        lambda row: row.from_span.value.text,
    ),
    Column(
        "to_span_id",
        "string",
        _("The span it points to; empty where the source is implicit."),
        lambda row: span_id(row.to_span.uid) if row.to_span else None,
    ),
    Column(
        "to_text",
        "string",
        _("The words of that span."),
        lambda row: row.to_span.value.text if row.to_span else None,
    ),
    Column(
        "implicit",
        "string",
        _("The implicit source it points to instead."),
        lambda row: row.value.implicit,
        tuple(one.key for one in IMPLICIT_SOURCES),
    ),
    Column(
        "cue_span_id",
        "string",
        _("The span of the words that signal it."),
        lambda row: span_id(row.cue.uid) if row.cue else None,
    ),
    Column(
        "cue_text",
        "string",
        _("Those words."),
        lambda row: row.cue.value.text if row.cue else None,
    ),
    Column(
        "negated",
        "boolean",
        _("Whether it is denied: the source did not say it."),
        lambda row: row.value.negated,
    ),
    Column(
        "group",
        "string",
        _("Links with the same group belong to one attribution."),
        lambda row: row.value.group,
    ),
)

SPANS: Final = Table(
    "spans",
    _("One row for each tagged passage of the selected claims."),
    SPAN_COLUMNS,
    _span_rows,
    lambda _selection: None,
)
LINKS: Final = Table(
    "links",
    _("One row for each link between those passages, in the order they were made in."),
    LINK_COLUMNS,
    _link_rows,
    lambda _selection: None,
)
