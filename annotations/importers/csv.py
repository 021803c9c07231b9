"""Tables: one article per row, as spreadsheets save them (CSV, with commas, semicolons or tabs).

The first line names the columns; which one holds which fact is proposed by `columns` and may be
chosen. Fields in quotation marks hold line ends and separators; quotation marks in them are doubled.
A first line such as `sep=;` is taken at its word. Bytes are read as those of plain text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.importers import Arrival, Found, Rejection, Upload, register
from annotations.importers.archives import LARGEST_UPLOAD
from annotations.importers.columns import (
    PREVIEW_ROWS,
    Misfit,
    chosen_of,
    manuscript_of,
    proposed,
    question,
)
from annotations.importers.text import Words, words_of

SEPARATORS = ",;\t|"
MOST_COLUMNS = 1000

_NAMED = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)

csv.field_size_limit(LARGEST_UPLOAD)  # one for the whole process; 131,072 by default


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of a row, and the line it begins on."""

    line: int
    fields: list[str]


@register(
    "csv",
    label="Spreadsheet (CSV)",
    suffixes=(".csv", ".tsv", ".tab"),
    help=gettext_lazy("One article per row, and names of columns in the first line."),
)
def read(upload: Upload) -> Iterator[Found]:
    """The articles of the table, after the question which column is which."""
    words = words_of(upload)
    if not isinstance(words, Words):
        yield words
        return
    rows = _rows_of(words.text)
    header = next(rows, None)
    if header is None or isinstance(header, Rejection):
        yield header or Rejection(_("The file is empty. Its first line must name the columns."))
        return
    names = [name.strip() for name in header.fields]
    if len(names) > MOST_COLUMNS:
        yield Rejection(_("It has more than 1,000 columns: this is no table of articles."), 1)
        return
    first = list(islice(rows, PREVIEW_ROWS))
    shown = [(one.line, " | ".join(one.fields)) for one in first if isinstance(one, Row)]
    asked = question(names, shown, upload.columns)
    yield asked
    if asked.is_open:
        return
    digest = words.sha256
    chosen = chosen_of(names, upload.columns)
    for row in chain(first, rows):
        found = row if isinstance(row, Rejection) else _article(row, names, chosen)
        if isinstance(found, Arrival):
            kept = replace(found.manuscript, file_encoding=words.encoding, file_sha256=digest)
            found = replace(found, manuscript=kept)
        yield found


def _rows_of(text: str) -> Iterator[Row | Rejection]:
    """The rows that are not blank; a Rejection, and no more, where quotation marks are amiss."""
    text = text.removeprefix("\ufeff")
    skipped = 0
    if named := _NAMED.match(text):
        separator, skipped = named[1], 1
        text = text[named.end() :]
    else:
        separator = _separator_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            fields = next(reader, None)
        except csv.Error as error:
            yield Rejection(
                _(
                    "The quotation marks of this row do not fit (%(error)s). A field with marks in "
                    "it is put in marks, and those in it are doubled."
                )
                % {"error": error},
                line + skipped,
            )
            return
        if fields is None:
            return
        if any(field.strip() for field in fields):
            yield Row(line + skipped, fields)
        line = reader.line_num + 1


def _separator_of(text: str) -> str:
    """The separator by which the first line has most names that are known, else most names."""
    first = re.match(r"[\r\n]*([^\r\n]{0,10000})", text)
    line = first[1] if first else ""

    def fit(separator: str) -> tuple[int, int]:
        names = next(csv.reader([line], delimiter=separator), [])
        return (len(proposed(names)), len(names))

    return max(SEPARATORS, key=fit)


def _article(row: Row, names: list[str], chosen: dict[str, str]) -> Arrival | Rejection:
    """The article of a row."""
    if any(field.strip() for field in row.fields[len(names) :]):
        return Rejection(
            _(
                "It has %(fields)d fields, but the first line names %(names)d columns. Put fields "
                "that hold a separator in quotation marks."
            )
            % {"fields": len(row.fields), "names": len(names)},
            row.line,
        )
    try:
        told = manuscript_of(dict(zip(names, row.fields, strict=False)), chosen)
    except Misfit as misfit:
        return Rejection(str(misfit), row.line)
    return Arrival(told, row.line)
