"""Import formats, one file each: a new file that registers itself is a new format.

An importer turns a file into plain values, article by article, and says what it rejects and why; it
neither reads nor writes the database. `run` stores what it finds.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from annotations.text.offsets import Fragment
from annotations.workflow.importing import Passage, Relation
from annotations.workflow.intake import Manuscript


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to import; an encoding only where a person chose one."""

    name: str
    file: BinaryIO
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Annotated:
    """What one annotator, known by user name, marked in an article."""

    annotator: str
    passages: tuple[Passage, ...]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article found in a file, with its annotations and the zones that are text after all.

    `line` is the line it stands on, 0 where the file holds nothing else.
    """

    manuscript: Manuscript
    line: int = 0
    annotated: tuple[Annotated, ...] = ()
    lifted: tuple[Fragment, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejection:
    """A part of a file that cannot be imported, and what to do about it."""

    reason: str
    line: int = 0


Read = Callable[[Upload], Iterator[Arrival | Rejection]]


@dataclass(frozen=True, slots=True)
class Format:
    """A registered format, known by the endings of file names."""

    key: str
    label: str
    suffixes: tuple[str, ...]
    read: Read


FORMATS: dict[str, Format] = {}


def register(key: str, *, label: str, suffixes: tuple[str, ...]) -> Callable[[Read], Read]:
    """Make a function the `read` of a new format."""

    def registered(read: Read) -> Read:
        FORMATS[key] = Format(key, label, suffixes, read)
        return read

    return registered


def format_of(name: str) -> Format | None:
    """The format that a file's name announces."""
    found = (one for one in FORMATS.values() if name.lower().endswith(one.suffixes))
    return next(found, None)


for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
