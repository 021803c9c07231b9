"""The tables of articles and their zones: the texts that all offsets count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from annotations.exporters.fetching import articles_of
from annotations.exporters.rows import ArticleRow, Selection, ZoneRow
from annotations.exporters.tables import Column, Table, article_id
from annotations.models import Zone
from annotations.scheme.words import gettext_noop as _

ArticleColumn: TypeAlias = Column[ArticleRow]
ZoneColumn: TypeAlias = Column[ZoneRow]


def _zone_rows(selection: Selection) -> Iterator[ZoneRow]:
    for article in articles_of(selection):
        yield from article.zones


def _count_zones(selection: Selection) -> int:
    return Zone.objects.filter(article__in=selection.articles().order_by()).count()


ARTICLE_COLUMNS: Final[tuple[ArticleColumn, ...]] = (
    Column("article_id", "string", _("The article."), lambda row: article_id(row.uid)),
    Column(
        "external_id",
        "string",
        _("What the article was called where it came from, such as the name of its file."),
        lambda row: row.external_id,
    ),
    Column("title", "string", _("Its title, or its first words."), lambda row: row.title),
    Column("byline", "string", _("Who wrote it."), lambda row: row.byline),
    Column("outlet", "string", _("Where it appeared."), lambda row: row.outlet),
    Column("url", "string", _("Its address."), lambda row: row.url),
    Column("published_on", "date", _("The day it appeared."), lambda row: row.published_on),
    Column("language", "string", _("Its language, as a BCP 47 tag."), lambda row: row.language),
    Column(
        "word_count",
        "integer",
        _("How many words it has between white space."),
        lambda row: row.word_count,
    ),
    Column("length", "integer", _("How many code points the text has."), lambda row: len(row.text)),
    Column(
        "text_sha256", "string", _("SHA-256 of the text as UTF-8."), lambda row: row.text_sha256
    ),
    Column(
        "text",
        "string",
        _("The text that all offsets count, with LF line ends."),
        lambda row: row.text,
    ),
)

ZONE_COLUMNS: Final[tuple[ZoneColumn, ...]] = (
    Column(
        "article_id",
        "string",
        _("The article it lies in."),
        lambda row: article_id(row.article),
    ),
    Column(
        "start",
        "integer",
        _("Where it starts, in code points of the article's text, counted from 0."),
        lambda row: row.start,
    ),
    Column(
        "end",
        "integer",
        _("Where it ends: the code point after its last one."),
        lambda row: row.end,
    ),
    Column("kind", "string", _("What it is."), lambda row: row.kind, tuple(Zone.Kind.values)),
    Column("reason", "string", _("What gave it away."), lambda row: row.reason),
    Column(
        "origin",
        "string",
        _("Whether the rule found it or a person marked it."),
        lambda row: row.origin,
        tuple(Zone.Origin.values),
    ),
    Column(
        "active",
        "boolean",
        _("False where a person said that it is text after all."),
        lambda row: row.active,
    ),
    Column("text", "string", _("The words in it."), lambda row: row.text),
)

ARTICLES: Final = Table(
    "articles",
    _("One row for each article with a selected claim, with its text."),
    ARTICLE_COLUMNS,
    articles_of,
    lambda selection: selection.articles().count(),
)
ZONES: Final = Table(
    "zones",
    _("One row for each stretch of those articles that is not the story."),
    ZONE_COLUMNS,
    _zone_rows,
    _count_zones,
)
