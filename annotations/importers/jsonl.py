"""JSON Lines: one article per line, as the exporter of the same name writes it.

    {"external_id": "a.txt", "title": "…", "byline": "…", "outlet": "…", "url": "https://…",
     "published_on": "2026-11-22", "language": "en", "text": "…",
     "zones": [{"start": 90, "end": 99, "active": false}],
     "annotations": [{"annotator": "amira",
       "spans": [{"id": "1", "tag": "source", "start": 0, "end": 5, "fragments": [[0, 5]],
                  "text": "Jones", "attributes": {"naming": "named"}}],
       "links": [{"id": "9", "type": "attributed_to", "from": "2", "to": "1", "implicit": "",
                  "cue": "3", "negated": false, "group": ""}]}]}

Only `text` must be there; of a span `tag`, `text` and either `fragments` or `start` and `end`; of a
link `type`, `from` and either `to` or `implicit`. `id` stands in for a missing `external_id`. Offsets
are 0-based, end exclusive and count code points of `text`, which therefore has LF line ends where it
is annotated. Of `zones` only those count that are not active: text after all. Ids as we export
them stay where they are free. What else stands in a line, such as `claims`, is left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from annotations.importers import Annotated, Arrival, Rejection, Upload, register
from annotations.text.intake import UnfitText, clean_text
from annotations.text.offsets import Fragment, Fragments
from annotations.workflow.importing import Passage, Relation
from annotations.workflow.intake import Manuscript

Told = Mapping[str, object]


class Malformed(ValueError):
    """A line that does not have the shape above; str() says what to change."""


@register("jsonl", label="JSON Lines", suffixes=(".jsonl", ".ndjson"))
def read(upload: Upload) -> Iterator[Arrival | Rejection]:
    """The articles of the file; blank lines count, but hold nothing."""
    for number, raw in enumerate(upload.file, start=1):
        if not raw.strip():
            continue
        try:
            yield _arrival(_told(raw), number)
        except Malformed as error:
            yield Rejection(str(error), number)


def _told(raw: bytes) -> Told:
    try:
        told = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Malformed(
            f"Byte {error.start + 1} of the line is not UTF-8. Save the file as UTF-8."
        ) from error
    except RecursionError as error:
        raise Malformed("It is nested too deeply to be an article.") from error
    except ValueError as error:
        raise Malformed(f"It is not valid JSON: {error}.") from error
    if not isinstance(told, dict):
        raise Malformed("A line must hold one JSON object: an article.")
    return told


def _arrival(told: Told, line: int) -> Arrival:
    text = _string(told, "text")
    annotated = tuple(_annotated(one) for one in _objects(told, "annotations"))
    if any(one.passages for one in annotated) and clean_text(text) != text:
        raise Malformed(
            "Its text has CR line ends or a byte order mark, which are not kept, and so its offsets "
            "would move. Remove them and count the offsets anew."
        )
    digest = _string(told, "text_sha256")
    if digest and digest != hashlib.sha256(text.encode()).hexdigest():
        raise Malformed("“text_sha256” is not that of the text: one of the two was changed.")
    manuscript = Manuscript(
        text=text,
        title=_string(told, "title"),
        byline=_string(told, "byline"),
        outlet=_string(told, "outlet"),
        url=_string(told, "url"),
        published_on=_date(told, "published_on"),
        language=_string(told, "language"),
        external_id=_id(told, "external_id" if "external_id" in told else "id") or "",
    )
    lifted = [
        Fragment(_integer(zone, "start"), _integer(zone, "end"))
        for zone in _objects(told, "zones")
        if zone.get("active") is False
    ]
    return Arrival(manuscript, line, annotated, tuple(lifted))


def _annotated(told: Told) -> Annotated:
    annotator = _string(told, "annotator")
    if not annotator:
        raise Malformed("“annotator” is missing: the user name of who annotated.")
    spans, links = _objects(told, "spans"), _objects(told, "links")
    return Annotated(
        annotator,
        tuple(_passage(span, number) for number, span in enumerate(spans, start=1)),
        tuple(_relation(link) for link in links),
    )


def _passage(told: Told, number: int) -> Passage:
    key = _id(told, "id") or f"span {number}"
    try:
        return Passage(
            key=key,
            tag=_string(told, "tag"),
            fragments=_fragments(told),
            quote=_string(told, "text"),
            attributes=_attributes(told),
            uid=_uid(key),
        )
    except Malformed as error:
        raise Malformed(f"{key}: {error}") from error


def _relation(told: Told) -> Relation:
    key = _id(told, "id")
    return Relation(
        type=_string(told, "type"),
        from_key=_id(told, "from") or "",
        to_key=_id(told, "to"),
        implicit=_string(told, "implicit"),
        cue_key=_id(told, "cue"),
        negated=_boolean(told, "negated"),
        group=_string(told, "group"),
        uid=_uid(key or ""),
    )


def _fragments(told: Told) -> Fragments:
    """The fragments, compared with start and end where both are given."""
    parts = told.get("fragments")
    if parts is None:
        return (Fragment(_integer(told, "start"), _integer(told, "end")),)
    if not isinstance(parts, list) or not parts:
        raise Malformed("“fragments” must be a list of pairs of numbers: [[30, 155], [160, 170]].")
    fragments = tuple(_fragment(part) for part in parts)
    ends = {"start": fragments[0].start, "end": fragments[-1].end}
    for name, expected in ends.items():
        if name in told and _integer(told, name) != expected:
            raise Malformed(f"“{name}” is {told[name]}, but its fragments say {expected}.")
    return fragments


def _fragment(part: object) -> Fragment:
    if not (isinstance(part, list) and [type(one) for one in part] == [int, int]):
        raise Malformed("“fragments” must be a list of pairs of numbers: [[30, 155], [160, 170]].")
    return Fragment(*part)


def _attributes(told: Told) -> dict[str, str]:
    attributes = told.get("attributes") or {}
    if not isinstance(attributes, dict):
        raise Malformed("“attributes” must be an object with texts as values.")
    return {key: _string(attributes, key) for key in attributes}


def _objects(told: Told, key: str) -> list[dict[str, object]]:
    found = told.get(key) or []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Malformed(f"“{key}” must be a list of objects.")
    return found


def _string(told: Told, key: str) -> str:
    """A text that the database can hold, "" where there is none."""
    found = told.get(key)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise Malformed(f"“{key}” must be a text in quotation marks.")
    try:
        clean_text(found)
    except UnfitText as error:
        raise Malformed(f"“{key}”: {error}") from error
    return found


def _id(told: Told, key: str) -> str | None:
    """An id, which other tools write as a number."""
    found = told.get(key)
    if type(found) is int:
        return str(found)
    return _string(told, key) or None


def _integer(told: Told, key: str) -> int:
    found = told.get(key)
    if type(found) is not int:
        raise Malformed(f"“{key}” must be a whole number: an offset in code points.")
    return found


def _boolean(told: Told, key: str) -> bool:
    found = told.get(key, False)
    if not isinstance(found, bool):
        raise Malformed(f"“{key}” must be true or false.")
    return found


def _date(told: Told, key: str) -> date | None:
    found = _string(told, key)
    try:
        return date.fromisoformat(found) if found else None
    except ValueError as error:
        raise Malformed(f"“{key}” must be a date such as 2026-11-22.") from error


def _uid(key: str) -> UUID | None:
    """The id of a span or link that we exported; None for those of others."""
    try:
        return UUID(key[2:]) if key[:2] in {"s_", "l_"} else None
    except ValueError:
        return None
