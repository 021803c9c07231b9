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
from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.importers import Annotated, Arrival, Found, Rejection, Upload, register
from annotations.importers.told import (
    Malformed,
    Told,
    boolean,
    facts_of,
    integer,
    key_in,
    object_in,
    objects,
    string,
)
from annotations.text.intake import clean_text
from annotations.text.offsets import Fragment, Fragments
from annotations.workflow.importing import Passage, Relation
from annotations.workflow.intake import Manuscript


@register("jsonl", label="JSON Lines", suffixes=(".jsonl", ".ndjson"))
def read(upload: Upload) -> Iterator[Found]:
    """The articles of the file; blank lines count, but hold nothing."""
    with upload.open() as file:
        for number, raw in enumerate(file, start=1):
            if not raw.strip():
                continue
            try:
                yield _arrival(object_in(raw), number)
            except Malformed as error:
                yield Rejection(str(error), number)


def _arrival(told: Told, line: int) -> Arrival:
    text = string(told, "text")
    annotated = tuple(_annotated(one) for one in objects(told, "annotations"))
    if any(one.passages for one in annotated) and clean_text(text) != text:
        raise Malformed(
            _(
                "Its text has CR line ends or a byte order mark, which are not kept, and so its "
                "offsets would move. Remove them and count the offsets anew."
            )
        )
    digest = string(told, "text_sha256")
    if digest and digest != hashlib.sha256(text.encode()).hexdigest():
        raise Malformed(_("“text_sha256” is not that of the text: one of the two was changed."))
    manuscript = Manuscript(
        text=text,
        **facts_of(told),
        external_id=key_in(told, "external_id" if "external_id" in told else "id") or "",
    )
    lifted = [
        Fragment(integer(zone, "start"), integer(zone, "end"))
        for zone in objects(told, "zones")
        if zone.get("active") is False
    ]
    return Arrival(manuscript, line, annotated, tuple(lifted))


def _annotated(told: Told) -> Annotated:
    annotator = string(told, "annotator")
    if not annotator:
        raise Malformed(_("“annotator” is missing: the user name of who annotated."))
    spans, links = objects(told, "spans"), objects(told, "links")
    return Annotated(
        annotator,
        tuple(_passage(span, number) for number, span in enumerate(spans, start=1)),
        tuple(_relation(link) for link in links),
    )


def _passage(told: Told, number: int) -> Passage:
    key = key_in(told, "id") or f"span {number}"
    try:
        return Passage(
            key=key,
            tag=string(told, "tag"),
            fragments=_fragments(told),
            quote=string(told, "text"),
            attributes=_attributes(told),
            uid=_uid(key),
        )
    except Malformed as error:
        raise Malformed(f"{key}: {error}") from error


def _relation(told: Told) -> Relation:
    key = key_in(told, "id")
    return Relation(
        type=string(told, "type"),
        from_key=key_in(told, "from") or "",
        to_key=key_in(told, "to"),
        implicit=string(told, "implicit"),
        cue_key=key_in(told, "cue"),
        negated=boolean(told, "negated"),
        group=string(told, "group"),
        uid=_uid(key or ""),
    )


def _fragments(told: Told) -> Fragments:
    """The fragments, compared with start and end where both are given."""
    parts = told.get("fragments")
    if parts is None:
        return (Fragment(integer(told, "start"), integer(told, "end")),)
    if not isinstance(parts, list) or not parts:
        raise Malformed(
            _("“fragments” must be a list of pairs of numbers: [[30, 155], [160, 170]].")
        )
    fragments = tuple(_fragment(part) for part in parts)
    ends = {"start": fragments[0].start, "end": fragments[-1].end}
    for name, expected in ends.items():
        if name in told and integer(told, name) != expected:
            raise Malformed(
                _("“%(key)s” is %(told)s, but its fragments say %(expected)d.")
                % {"key": name, "told": told[name], "expected": expected}
            )
    return fragments


def _fragment(part: object) -> Fragment:
    if not (isinstance(part, list) and [type(one) for one in part] == [int, int]):
        raise Malformed(
            _("“fragments” must be a list of pairs of numbers: [[30, 155], [160, 170]].")
        )
    return Fragment(*part)


def _attributes(told: Told) -> dict[str, str]:
    attributes = told.get("attributes") or {}
    if not isinstance(attributes, dict):
        raise Malformed(_("“attributes” must be an object with texts as values."))
    return {key: string(attributes, key) for key in attributes}


def _uid(key: str) -> UUID | None:
    """The id of a span or link that we exported; None for those of others."""
    try:
        return UUID(key[2:]) if key[:2] in {"s_", "l_"} else None
    except ValueError:
        return None
