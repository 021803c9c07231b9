"""doccano's JSON Lines, of projects with relations and of plain sequence labelling.

    {"id": 7, "text": "…", "entities": [{"id": 1, "label": "Source", "start_offset": 0,
     "end_offset": 5}], "relations": [{"id": 9, "from_id": 2, "to_id": 1, "type": "attributed to"}]}
    {"id": 7, "text": "…", "label": [[0, 5, "Source"]]}

Labels are our tags or PolNeAR's names, types of relations our links, in any case. doccano does not
quote, so offsets cannot be compared with words: where an emoji, CR line ends or a byte order mark let
them be counted in several ways that differ, the line is rejected. It does not name annotators either: the annotations are those of who imports, or, in a zip with one file for each user
as doccano exports it, of the user the file is named after. Facts of the article may stand beside the
text under our names; `comments` are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.importers import Annotated, Arrival, Found, LeftOut, Rejection, Upload, register
from annotations.importers.countings import countings_of, proved
from annotations.importers.told import (
    Malformed,
    Told,
    facts_of,
    integer,
    key_in,
    object_in,
    objects,
    string,
)
from annotations.importers.vocabulary import link_named, merged, tag_named
from annotations.text.intake import clean_text
from annotations.text.offsets import Fragment, Fragments, quote_of
from annotations.workflow.importing import Passage, Relation
from annotations.workflow.intake import Manuscript

MARKS = (b'"entities"', b'"label"', b'"labels"')
NOBODY = {"all", "unknown"}  # files that doccano does not name after a user
COMMENTS = ("comments", "Comments")


class Label(NamedTuple):
    """A labelled stretch, its offsets as the file has them."""

    key: str
    places: Fragments
    name: str


def _is_doccano(_name: str, head: bytes) -> bool:
    line = head.lstrip().partition(b"\n")[0]
    return any(mark in line for mark in MARKS) and b'"annotations"' not in line


@register(
    "doccano",
    label="doccano JSON Lines",
    suffixes=(".jsonl", ".json"),
    sniff=_is_doccano,
    help=gettext_lazy("What doccano exports: labels and, if there are any, relations."),
)
def read(upload: Upload) -> Iterator[Found]:
    """The articles of the file; blank lines count, but hold nothing."""
    annotator = _annotator(upload)
    with upload.open() as file:
        for number, raw in enumerate(file, start=1):
            if not raw.strip():
                continue
            try:
                yield _arrival(object_in(raw), number, annotator)
            except Malformed as error:
                yield Rejection(str(error), number)


def _annotator(upload: Upload) -> str:
    name = PurePosixPath(upload.name).stem
    return name if upload.inside and name not in NOBODY else ""


def _arrival(told: Told, line: int, annotator: str) -> Arrival:
    raw = string(told, "text")
    passages, relations = merged(
        _passages(list(_labels(told)), raw),
        [_relation(one) for one in objects(told, "relations")],
    )
    manuscript = Manuscript(text=raw, external_id=key_in(told, "id") or "", **facts_of(told))
    said = [one for name in COMMENTS for one in _list(told, name)]
    left_out = tuple(LeftOut(_("A comment, which there is no place for."), line) for _one in said)
    annotated = Annotated(annotator, passages, relations)
    has_set = bool(passages or relations or annotator)
    return Arrival(manuscript, line, (annotated,) if has_set else (), left_out=left_out)


def _labels(told: Told) -> Iterator[Label]:
    """What is labelled, in either shape."""
    for number, one in enumerate(objects(told, "entities"), start=1):
        key = key_in(one, "id") or f"entity {number}"
        start, end = integer(one, "start_offset"), integer(one, "end_offset")
        yield _label(key, start, end, string(one, "label"))
    for name in ("label", "labels"):
        for number, label in enumerate(_list(told, name), start=1):
            if not (isinstance(label, list) and [type(one) for one in label] == [int, int, str]):
                reason = _(
                    "“%(key)s” must be a list of a start, an end and a label each: %(shape)s."
                )
                raise Malformed(reason % {"key": name, "shape": '[[0, 5, "Source"]]'})
            yield _label(f"{name} {number}", *label)


def _label(key: str, start: int, end: int, label: str) -> Label:
    if start < 0 or end < 0:
        reason = _("%(key)s: [%(start)d, %(end)d) begins before the text. Correct its offsets.")
        raise Malformed(reason % {"key": key, "start": start, "end": end})
    return Label(key, (Fragment(start, end),), label)


def _passages(labels: Sequence[Label], raw: str) -> Iterator[Passage]:
    """The labels in code points of the stored text; Malformed where these cannot be proved."""
    countings = list(dict.fromkeys([*countings_of(raw), *countings_of(raw, utf16=True)]))
    counting, is_doubtful = proved(raw, [(one.places, None) for one in labels], countings)
    if is_doubtful:
        raise Malformed(
            _(
                "Its offsets can be counted in several ways, and doccano quotes no words that tell "
                "which is meant: an emoji counts as one or two, a CR or a byte order mark or not. "
                "Write the line as our own JSON Lines, with the words of each span."
            )
        )
    text = clean_text(raw)
    for one in labels:
        try:
            fragments = counting.fragments(one.places)
        except ValueError as error:
            raise Malformed(f"{one.key}: {error}") from error
        yield Passage(
            one.key, tag_named(one.name) or one.name, fragments, quote_of(text, fragments)
        )


def _relation(told: Told) -> Relation:
    name = string(told, "type")
    ends = [key_in(told, end) for end in ("from_id", "to_id")]
    return Relation(link_named(name) or name, ends[0] or "", ends[1])


def _list(told: Told, key: str) -> list[object]:
    found = told.get(key) or []
    if not isinstance(found, list):
        raise Malformed(_("“%(key)s” must be a list.") % {"key": key})
    return found
