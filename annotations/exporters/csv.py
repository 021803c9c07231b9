"""CSV by RFC 4180: UTF-8, CRLF between rows, a header, one file for each table.

The bytes are faithful: nothing is escaped against spreadsheets that take a cell for a formula.
Line breaks within a cell stay as they are; an empty cell means that there is no value. Ids carry a
letter (`c_…`), so that no reader takes one for a number.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Final, TypeAlias

from annotations.exporters import register
from annotations.exporters.articles import ARTICLES, ZONES
from annotations.exporters.claims import CLAIMS
from annotations.exporters.rows import ArticleRow, ClaimRow, LinkRow, Selection, SpanRow, ZoneRow
from annotations.exporters.snapshot import snapshot
from annotations.exporters.spans import LINKS, SPANS
from annotations.exporters.tables import Column, Table

AnyTable: TypeAlias = (
    Table[ClaimRow] | Table[SpanRow] | Table[LinkRow] | Table[ArticleRow] | Table[ZoneRow]
)
AnyColumns: TypeAlias = (
    tuple[Column[ClaimRow], ...]
    | tuple[Column[SpanRow], ...]
    | tuple[Column[LinkRow], ...]
    | tuple[Column[ArticleRow], ...]
    | tuple[Column[ZoneRow], ...]
)

TABLES: Final[dict[str, AnyTable]] = {
    table.key: table for table in (CLAIMS, SPANS, LINKS, ARTICLES, ZONES)
}
CHUNK = 64 * 1024
"""Code points collected before they are passed on."""


@register(
    "csv",
    label="CSV",
    suffix="csv",
    media_type="text/csv; charset=utf-8",
    tables=tuple(TABLES),
)
def write(selection: Selection, table: str) -> Iterator[bytes]:
    """Stream a table: the header at once, then rows as they are read. KeyError if unknown."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(TABLES[table].header)
    yield _emptied(buffer)
    with snapshot():
        for line in TABLES[table].lines(selection):
            writer.writerow(line)
            if buffer.tell() >= CHUNK:
                yield _emptied(buffer)
    if buffer.tell():
        yield _emptied(buffer)


def columns(table: str) -> AnyColumns:
    """The columns of a table, with name, type and what each says."""
    return TABLES[table].columns


def preview(selection: Selection, table: str, *, limit: int) -> list[tuple[str, ...]]:
    """The first rows of a table as they would be written, without the header."""
    with snapshot():
        return list(islice(TABLES[table].lines(selection), limit))


def count(selection: Selection, table: str) -> int | None:
    """How many rows a table would have; None where only writing it would tell."""
    return TABLES[table].count(selection)


def _emptied(buffer: io.StringIO) -> bytes:
    written = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return written
