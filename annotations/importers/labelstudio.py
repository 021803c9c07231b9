"""Label Studio's JSON export: a list of tasks, each with its text and everybody's annotations.

    [{"id": 1, "data": {"text": "…"}, "annotations": [{"completed_by": {"email": "a@example.org"},
      "result": [
        {"id": "x", "type": "labels", "value": {"start": 0, "end": 5, "text": "Jones",
         "labels": ["Source"]}},
        {"type": "relation", "from_id": "y", "to_id": "x", "labels": ["attributed to"]},
        {"id": "y", "type": "choices", "from_name": "certainty", "value": {"choices": ["probable"]}}
      ]}]}]

Labels are our tags or PolNeAR's names, labels of relations our links, names of choices and text areas
of a region our attributes, in any case. Offsets are JavaScript's, UTF-16 units, and become code
points; where a quotation shows that they were counted otherwise, `countings` proves it or the task is
rejected. Each annotation belongs to who completed it, by e-mail address, or `labelstudio-7` where
only a number is told; without either, to who imports. Cancelled annotations, predictions and what is
not about passages are left out. The article's line is that on which its task begins.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.importers import Annotated, Arrival, Found, LeftOut, Rejection, Upload, register
from annotations.importers.countings import countings_of, proved, quotes_as
from annotations.importers.told import (
    Malformed,
    Told,
    facts_of,
    integer,
    key_in,
    objects,
    string,
)
from annotations.importers.vocabulary import attribute_named, link_named, merged, tag_named
from annotations.text.intake import UnfitText, clean_text
from annotations.text.offsets import Fragment, quote_of
from annotations.workflow.fitting import difference
from annotations.workflow.importing import Passage, Relation
from annotations.workflow.intake import Manuscript

_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Region:
    """A labelled stretch as the file has it: UTF-16 units, and its words if it quotes them."""

    key: str
    labels: tuple[str, ...]
    start: int
    end: int
    quote: str | None


@dataclass(slots=True)
class Result:
    """What one annotation of a task holds."""

    regions: list[Region] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def _is_label_studio(_name: str, head: bytes) -> bool:
    return b'"annotations"' in head and b'"data"' in head and head.lstrip()[:1] in (b"[", b"{")


@register(
    "labelstudio",
    label="Label Studio JSON",
    suffixes=(".json",),
    sniff=_is_label_studio,
    help=gettext_lazy("What Label Studio exports as JSON (not JSON-MIN)."),
)
def read(upload: Upload) -> Iterator[Found]:
    """The articles of the file, task by task."""
    with upload.open() as file:
        raw = file.read()
    try:
        told = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        reason = _("Byte %(byte)d is not UTF-8. Save the file as UTF-8.")
        yield Rejection(reason % {"byte": error.start + 1}, line)
        return
    for line, task in _tasks(told):
        if isinstance(task, Rejection):
            yield task
            continue
        try:
            yield _arrival(task, line)
        except (Malformed, UnfitText) as error:
            yield Rejection(str(error), line)


def _tasks(told: str) -> Iterator[tuple[int, Told | Rejection]]:
    """The tasks of a list, or those that follow each other, each with the line it begins on."""
    decoder = json.JSONDecoder()
    place, line = _blank(told, 0), 1
    is_list = told.startswith("[", place)
    if is_list:
        place = _blank(told, place + 1)
    counted = 0
    while place < len(told) and not (is_list and told.startswith("]", place)):
        line, counted = line + told.count("\n", counted, place), place
        try:
            task, end = decoder.raw_decode(told, place)
        except RecursionError:
            yield line, Rejection(_("It is nested too deeply to be a task."), line)
            return
        except json.JSONDecodeError as error:
            yield line, Rejection(_not_json(error), error.lineno)
            return
        except ValueError as error:
            yield line, Rejection(_not_json(error), line)
            return
        yield (
            line,
            task
            if isinstance(task, dict)
            else Rejection("A task must be a JSON object with “data” and “annotations”.", line),
        )
        place = _blank(told, end)
        if is_list and told.startswith(",", place):
            place = _blank(told, place + 1)
        elif is_list and place < len(told) and not told.startswith("]", place):
            yield _broken_off(told, place, _("a comma or “]” is missing"))
            return
    if is_list and place >= len(told):
        yield _broken_off(told, place, _("the list of tasks does not end"))
    elif is_list and told[place + 1 :].strip():
        yield _broken_off(told, place, _("something follows the list of tasks"))


def _broken_off(told: str, place: int, why: str) -> tuple[int, Rejection]:
    line = told.count("\n", 0, place) + 1
    return line, Rejection(_not_json(why), line)


def _not_json(why: object) -> str:
    return _("It is not valid JSON: %(why)s.") % {"why": why}


def _blank(told: str, place: int) -> int:
    """The place after white space."""
    found = _SPACE.match(told, place)
    return found.end() if found else place


def _arrival(task: Told, line: int) -> Arrival:
    found = task.get("data")
    if not isinstance(found, dict):
        raise Malformed(_("“data” is missing: an object with the text of the article."))
    raw = _text(found)
    annotated, cancelled = [], []
    for one in objects(task, "annotations"):
        if one.get("was_cancelled") is True:
            cancelled.append(LeftOut(_("An annotation that was cancelled."), line))
        else:
            annotated.append(_annotated(one, raw, line))
    manuscript = Manuscript(text=raw, external_id=key_in(task, "id") or "", **facts_of(found))
    return Arrival(manuscript, line, tuple(annotated), left_out=tuple(cancelled))


def _text(found: Told) -> str:
    """The text of a task: the value called so, or else the only text there is."""
    texts = [key for key, value in found.items() if isinstance(value, str)]
    key = "text" if "text" in found or len(texts) != 1 else texts[0]
    return string(found, key)


def _annotated(told: Told, raw: str, line: int) -> Annotated:
    result = Result()
    for one in objects(told, "result"):
        _take(result, one, line)
    passages = _passages(result, raw)
    kept, relations = merged(_with_attributes(result, passages, line), result.relations)
    return Annotated(_annotator(told), kept, relations, left_out=tuple(result.left_out))


def _annotator(told: Told) -> str:
    by = told.get("completed_by")
    if isinstance(by, dict):
        return string(by, "email") or string(by, "username") or _numbered(by.get("id"))
    return string(told, "completed_by") if isinstance(by, str) else _numbered(by)


def _numbered(number: object) -> str:
    return f"labelstudio-{number}" if type(number) is int else ""


def _take(result: Result, told: Told, line: int) -> None:
    """Put one part of a result where it belongs."""
    value, kind = told.get("value"), string(told, "type")
    if kind == "relation":
        result.relations += _relations(told)
    elif not isinstance(value, dict):
        result.left_out.append(LeftOut(_odd(kind), line))
    elif kind == "labels" or "labels" in value:
        result.regions.append(_region(told, value))
    elif kind in {"choices", "textarea"} and (key := key_in(told, "id")):
        said = value.get("choices" if kind == "choices" else "text") or []
        words = said if isinstance(said, list) else [said]
        result.attributes.append((key, string(told, "from_name"), "\n".join(map(str, words))))
    else:
        result.left_out.append(LeftOut(_odd(kind), line))


def _odd(kind: str) -> str:
    return _("A part of type “%(type)s”.") % {"type": kind[:50]}


def _relations(told: Told) -> Iterator[Relation]:
    start, end = key_in(told, "from_id") or "", key_in(told, "to_id") or ""
    if told.get("direction") == "left":
        start, end = end, start
    names = told.get("labels") or []
    if not isinstance(names, list) or not names:
        reason = _("The relation %(start)s → %(end)s has no label that says what it is.")
        raise Malformed(reason % {"start": start, "end": end})
    for name in map(str, names):
        yield Relation(link_named(name) or name, start, end)


def _region(told: Told, value: Told) -> Region:
    key = key_in(told, "id")
    labels = value.get("labels")
    if not key or not isinstance(labels, list) or not labels:
        raise Malformed(_("A region needs an “id” and, in its “value”, “labels”."))
    quote = string(value, "text") or None
    start, end = integer(value, "start"), integer(value, "end")
    if start < 0 or end < 0:
        reason = _("%(key)s: [%(start)d, %(end)d) begins before the text.")
        raise Malformed(reason % {"key": key, "start": start, "end": end})
    return Region(key, tuple(map(str, labels)), start, end, quote)


def _passages(result: Result, raw: str) -> Sequence[Passage]:
    """The regions in code points of the stored text; Malformed where that cannot be proved."""
    countings = countings_of(raw, utf16=True)
    if all(one.quote is not None for one in result.regions):
        plain = countings_of(raw)
        countings += [one for one in plain if one not in countings]
    quoted = [((Fragment(one.start, one.end),), _broken(one.quote)) for one in result.regions]
    counting, is_doubtful = proved(raw, quoted, countings)
    if is_doubtful:
        raise Malformed(
            _(
                "Its offsets can be counted in several ways, and its quotations do not tell which "
                "is meant. Export the text with LF line ends, and with the words of each region."
            )
        )
    text, passages = clean_text(raw), list[Passage]()
    for one, (places, quote) in zip(result.regions, quoted, strict=True):
        try:
            fragments = counting.fragments(places)
        except ValueError as error:
            raise Malformed(f"{one.key}: {error}") from error
        words = quote_of(text, fragments)
        if quote is not None and not quotes_as(text, fragments, quote):
            raise Malformed(difference(one.key, quote, words))
        for number, label in enumerate(one.labels):
            key = f"{one.key} {label}" if number else one.key
            passages.append(Passage(key, tag_named(label) or label, fragments, words))
    return passages


def _broken(quote: str | None) -> str | None:
    """A quotation with its line breaks, which Label Studio writes as a backslash and an n."""
    return quote and quote.replace("\\n", "\n")


def _with_attributes(result: Result, passages: Sequence[Passage], line: int) -> Iterator[Passage]:
    given: dict[str, dict[str, str]] = {}
    tags = {one.key: one.tag for one in passages}
    for key, name, value in result.attributes:
        named = attribute_named(tags.get(key, ""), name, value)
        if named and named[1]:
            given.setdefault(key, {})[named[0]] = named[1]
        else:
            result.left_out.append(LeftOut(_no_attribute(key, name), line))
    for one in passages:
        yield replace(one, attributes=given[one.key]) if one.key in given else one


def _no_attribute(key: str, name: str) -> str:
    return _("%(key)s: “%(name)s” is no attribute here.") % {"key": key, "name": name[:50]}
