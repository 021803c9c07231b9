"""Files to import, and an import of them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from annotations.importers import held
from annotations.importers.report import Report
from annotations.importers.run import run
from tests.people import Cast
from tests.rows import dump

TEXT = "Ann said Bob said the dam broke.\n\nLeave a Reply"


def article(**changes: object) -> dict[str, Any]:
    """An article as JSON: what Edda marked in `TEXT`; the last line is boilerplate."""
    return {
        "external_id": "dam.txt",
        "title": "The dam",
        "text": TEXT,
        "annotations": [marked()],
    } | changes


def marked(**changes: object) -> dict[str, Any]:
    return {
        "annotator": "edda",
        "spans": [
            span("A1", "allegation", "the dam broke"),
            span("S1", "source", "Ann"),
            span("S2", "source", "Bob"),
            span("C1", "cue", "said"),
        ],
        "links": [
            {"id": "L1", "type": "attributed_to", "from": "A1", "to": "S2", "cue": "C1"},
            {"id": "L2", "type": "relayed_by", "from": "S2", "to": "S1"},
        ],
    } | changes


def span(key: str, tag: str, words: str, **changes: object) -> dict[str, Any]:
    start = TEXT.index(words)
    return {
        "id": key,
        "tag": tag,
        "start": start,
        "end": start + len(words),
        "text": words,
        "attributes": {},
    } | changes


A1, S1, S2 = (
    span(key, tag, words)
    for key, tag, words in (
        ("A1", "allegation", "the dam broke"),
        ("S1", "source", "Ann"),
        ("S2", "source", "Bob"),
    )
)


def line(told: object) -> bytes:
    return json.dumps(told).encode() + b"\n"


def imported(
    cast: Cast, name: str, raw: bytes, *, dry_run: bool = False, encoding: str = ""
) -> Report:
    """Import one file in Mara's name, as the format that the doorway finds."""
    upload = replace(held(name, raw), encoding=encoding)
    return run(cast.project, [upload], by=cast.mara, dry_run=dry_run)


def link(
    key: str, link_type: str, start: str, end: str | None, **more: object
) -> dict[str, object]:
    return {"id": key, "type": link_type, "from": start, "to": end} | more


def rejection(cast: Cast, raw: bytes) -> str:
    """Why a file is rejected, once it is sure that nothing was stored."""
    before = dump()

    report = imported(cast, "dam.jsonl", raw)

    assert (report.stored, dump()) == (False, before)
    (entry,) = report.of("rejected")
    return f"line {entry.line}: {entry.reason}"
