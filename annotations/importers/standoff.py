"""Lines of a brat annotation file (.ann) as plain values, each with its number.

    T1<tab>Source 110 112;120 124<tab>we said    a passage: fragments in code points, its words
    E1<tab>Attribution:T4 Content:T3 Cue:T2      an event: its trigger, then who plays which part
    R1<tab>supports Arg1:T5 Arg2:T3              a relation
    A1<tab>certainty T3 probable                 an attribute (M1 in old files); without a value: it holds
    #1<tab>AnnotatorNotes T3<tab>Check this.         a note
    *<tab>same_as T1 T6                          things that are the same
    N1<tab>Reference T1 Wikipedia:534366<tab>Obama    what it is called elsewhere

It only reads; what lines mean is for `brat` to say. A line that cannot be read is a fault.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from annotations.text.offsets import Fragment, Fragments
from annotations.workflow.fitting import Fault

MOST_FAULTS = 50  # of one file; the rest is counted


class Textbound(NamedTuple):
    """A passage with the words it is said to have."""

    id: str
    tag: str
    fragments: Fragments
    quote: str
    line: int


class Part(NamedTuple):
    """Who plays a part: "Content" of "Content2:T3", and T3."""

    role: str
    target: str


class Happening(NamedTuple):
    """An event: its type, its trigger, its parts."""

    id: str
    type: str
    trigger: str
    parts: tuple[Part, ...]
    line: int


class Joining(NamedTuple):
    """A relation between two things."""

    id: str
    type: str
    start: str
    end: str
    line: int


class Saying(NamedTuple):
    """An attribute or a note of a thing."""

    id: str
    name: str
    target: str
    value: str
    line: int


@dataclass(slots=True)
class Standoff:
    """What the lines of a file say, by kind and in order, and what is wrong with them."""

    textbounds: dict[str, Textbound] = field(default_factory=dict)
    events: dict[str, Happening] = field(default_factory=dict)
    relations: list[Joining] = field(default_factory=list)
    attributes: list[Saying] = field(default_factory=list)
    notes: list[Saying] = field(default_factory=list)
    references: list[Saying] = field(default_factory=list)
    lines: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)


_TEXTBOUND = re.compile(r"(T\S*)\t(\S+) (\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)\t(.*)", re.DOTALL)
_EVENT = re.compile(r"(E\S*)\t([^\s:]+):(\S+)((?: +[^\s:]+:\S+)*)\s*")
_PART = re.compile(r"([^\s:]+?)\d*:(\S+)")
_RELATION = re.compile(r"(R\S*)\t(\S+) +[^\s:]+:(\S+) +[^\s:]+:(\S+)\s*")
_ATTRIBUTE = re.compile(r"([AM]\S*)\t(\S+) +(\S+)(?:\s+(.*))?")
_NOTE = re.compile(r"(#\S*)\t(\S+) +(\S+)(?:\t(.*))?", re.DOTALL)
_SAME = re.compile(r"\*\t(\S+)((?: +\S+)+)\s*")
_REFERENCE = re.compile(r"(N\S*)\t(\S+) +(\S+) +(\S+)(?:\t(.*))?", re.DOTALL)

_SHAPES = {
    "T": "T1<tab>Source 110 112<tab>we",
    "E": "E1<tab>Attribution:T4 Content:T3 Cue:T2 Source:T1",
    "R": "R1<tab>supports Arg1:T5 Arg2:T3",
    "A": "A1<tab>certainty T3 probable",
    "M": "M1<tab>Negated E1",
    "#": "#1<tab>AnnotatorNotes T3<tab>Check this.",
    "*": "*<tab>same_as T1 T6",
    "N": "N1<tab>Reference T1 Wikipedia:534366<tab>Obama",
}


def read_standoff(text: str) -> Standoff:
    """The lines of a file; its ids name one thing each."""
    found = Standoff()
    seen: set[str] = set()
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.removesuffix("\r")
        if not line.strip():
            continue
        kind = line[0]
        found.lines[kind if kind in _SHAPES else "?"] += 1
        name = line.partition("\t")[0]
        if kind != "*" and name in seen:
            reason = _("The id %(key)s is used twice. Give one of the two another id.")
            found.faults.append(Fault(reason % {"key": name[:50]}, number))
        elif not _is_read(found, kind, line, number):
            found.faults.append(Fault(_misshapen(kind), number))
        seen.add(name)
    return found


def _is_read(found: Standoff, kind: str, line: str, number: int) -> bool:
    """Put what a line says among the values; tell whether it could be read."""
    if kind == "T" and (told := _TEXTBOUND.fullmatch(line)):
        key, tag, places, quote = told.groups()
        found.textbounds[key] = Textbound(key, tag, _fragments(places), quote, number)
    elif kind == "E" and (told := _EVENT.fullmatch(line)):
        key, event_type, trigger, rest = told.groups()
        parts = tuple(Part(*part) for part in _PART.findall(rest))
        found.events[key] = Happening(key, event_type, trigger, parts, number)
    elif kind == "R" and (told := _RELATION.fullmatch(line)):
        key, name, start, end = told.groups()
        found.relations.append(Joining(key, name, start, end, number))
    elif kind in "AM" and (told := _ATTRIBUTE.fullmatch(line)):
        key, name, target, value = told.groups("")
        found.attributes.append(Saying(key, name, target, value, number))
    elif kind == "#" and (told := _NOTE.fullmatch(line)):
        key, name, target, value = told.groups("")
        found.notes.append(Saying(key, name, target, value, number))
    elif kind == "*" and (told := _SAME.fullmatch(line)):
        first, *others = told[2].split()
        found.relations += (Joining("*", told[1], first, other, number) for other in others)
        return bool(others)
    elif kind == "N" and (told := _REFERENCE.fullmatch(line)):
        key, _kind, target, reference, words = told.groups("")
        found.references.append(Saying(key, reference, target, words, number))
    else:
        return False
    return True


def _fragments(places: str) -> Fragments:
    if ";" not in places:  # nearly always
        start, _blank, end = places.partition(" ")
        return (Fragment(int(start), int(end)),)
    return tuple(one for place in places.split(";") for one in _fragments(place))


def _misshapen(kind: str) -> str:
    if kind in _SHAPES:
        reason = _("The line does not have the shape of its kind, which is: %(shape)s")
        return reason % {"shape": _SHAPES[kind]}
    return _("The line begins with none of %(kinds)s. Is it part of the line before?") % {
        "kinds": " ".join(_SHAPES)
    }
