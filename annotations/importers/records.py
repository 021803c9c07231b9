"""JSON Lines that others made: one object per line, one article per object.

    {"id": 7, "headline": "The dam", "authors": ["A. Haddad", "B. Okafor"], "date": "4 May 2017",
     "body": "It broke, he said."}

The keys of objects are like the columns of a table: which one holds which fact is proposed by
`columns` and may be chosen. Lists of texts become one text with commas; what else is no text, number
or truth value is no column. Files in our own shape, with `text` and `annotations`, are for `jsonl`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.importers import Arrival, Found, Rejection, Upload, register
from annotations.importers.columns import (
    PREVIEW_ROWS,
    Misfit,
    chosen_of,
    manuscript_of,
    proposed,
    question,
)
from annotations.importers.told import Malformed, Told, object_in

ROWS_FOR_NAMES = 50
MOST_NAMES = 1000
OURS = {"annotations", "zones", "text_sha256", "entities", "label", "labels"}


def is_foreign(_name: str, head: bytes) -> bool:
    """Whether the first object has its facts under other names than ours, and no annotations."""
    line = head.lstrip(b"\xef\xbb\xbf\r\n ").partition(b"\n")[0]
    try:
        first = json.loads(line)
    except (ValueError, RecursionError):
        return False
    if not isinstance(first, dict) or not first or OURS & first.keys():
        return False
    found = proposed(list(first))
    return "text" not in first or any(name not in {field, "id"} for field, name in found.items())


@register(
    "records",
    label="JSON Lines with other names",
    suffixes=(".jsonl", ".ndjson"),
    sniff=is_foreign,
    help=gettext_lazy("One JSON object per line and article; which key is which can be chosen."),
)
def read(upload: Upload) -> Iterator[Found]:
    """The articles of the file, after the question which key is which."""
    with upload.open() as file:
        first = list(islice(_rows_of(file), ROWS_FOR_NAMES))
    told = [(line, row) for line, row in first if not isinstance(row, Rejection)]
    names = list(dict.fromkeys(name for _line, row in told for name in row))
    if not told:
        yield from (row for _line, row in first if isinstance(row, Rejection))
        yield Rejection(_("The file holds no JSON object with a text in it."))
        return
    if len(names) > MOST_NAMES:
        yield Rejection(_("It has more than 1,000 keys: these are no articles."), told[0][0])
        return
    shown = [(line, " | ".join(row.values())) for line, row in told[:PREVIEW_ROWS]]
    asked = question(names, shown, upload.columns)
    yield asked
    if asked.is_open:
        return
    chosen = chosen_of(names, upload.columns)
    with upload.open() as file:
        for line, row in _rows_of(file):
            yield row if isinstance(row, Rejection) else _article(line, row, chosen)


def _rows_of(file: BinaryIO) -> Iterator[tuple[int, Mapping[str, str] | Rejection]]:
    """Each object by its line, as columns with texts; blank lines count, but hold nothing."""
    for number, raw in enumerate(file, start=1):
        if not raw.strip():
            continue
        try:
            yield number, _columns_of(object_in(raw))
        except Malformed as error:
            yield number, Rejection(str(error), number)


def _columns_of(told: Told) -> dict[str, str]:
    found = {}
    for name, value in told.items():
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            found[name] = ", ".join(value)
        elif isinstance(value, str | int | float):
            found[name] = str(value)
        elif value is None:
            found[name] = ""
    return found


def _article(line: int, row: Mapping[str, str], chosen: Mapping[str, str]) -> Arrival | Rejection:
    try:
        return Arrival(manuscript_of(row, chosen), line)
    except Misfit as misfit:
        return Rejection(str(misfit), line)
