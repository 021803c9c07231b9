"""What a table is, and what its cells have in common: ids, several values in one, how one is written.

Offsets are 0-based, end exclusive and count Unicode code points of the article's text, which the
table of articles holds. An empty cell means that there is no value. Where a cell has several values
they are joined by " | "; the tables of spans and links hold the same without joining.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, Generic, Literal, TypeAlias, TypeVar
from uuid import UUID

from annotations.exporters.rows import Selection
from annotations.scheme import Attribute, SpanValue

JOINT: Final = " | "

Cell: TypeAlias = str | int | bool | date | datetime | None
Type = Literal["string", "integer", "boolean", "date", "datetime"]
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its name, what it says, the values it may have, if these are few."""

    name: str
    type: Type
    help: str
    value: Callable[[Row], Cell]
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """A table: what one row of it is, its columns, its rows and how many there are.

    `count` is None for a selection whose rows cannot be counted without reading them.
    """

    key: str
    help: str
    columns: tuple[Column[Row], ...]
    rows: Callable[[Selection], Iterator[Row]]
    count: Callable[[Selection], int | None]

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def lines(self, selection: Selection) -> Iterator[tuple[str, ...]]:
        """The rows as they are written, a cell a string."""
        values = [column.value for column in self.columns]
        for row in self.rows(selection):
            yield tuple([cell_text(value(row)) for value in values])


def cell_text(cell: Cell) -> str:
    """A value as CSV holds it."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(cell)


def joined(values: Iterable[str]) -> str:
    """Several values in one cell, empty when all of them are."""
    values = tuple(values)
    return JOINT.join(values) if any(values) else ""


def article_id(uid: UUID) -> str:
    """An article's id in files; the letter keeps readers from taking any id for a number."""
    return f"a_{uid}"


def claim_id(uid: UUID) -> str:
    """A claim's id in files; behind the letter it is that of its allegation."""
    return f"c_{uid}"


def span_id(uid: UUID) -> str:
    """A span's id in files."""
    return f"s_{uid}"


def link_id(uid: UUID) -> str:
    """A link's id in files."""
    return f"l_{uid}"


def value_of(span: SpanValue, attribute: Attribute) -> str:
    """An attribute, its default where nobody set it; an entity without a name is its words."""
    if attribute.key == "entity":
        return span.entity
    return span.attributes.get(attribute.key) or attribute.default


def values_of(attribute: Attribute) -> tuple[str, ...]:
    """The values an attribute may have; none for free text."""
    return tuple(value.key for value in attribute.values if value.key)
