"""Import formats, one file each: a new file that registers itself is a new format.

An importer turns a file into plain values, article by article, and says what it rejects and why; it
neither reads nor writes the database. `doorway` finds out which format a file has, `run` stores.
"""

from __future__ import annotations

import importlib
import io
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Literal, TypeAlias

from django.utils.functional import Promise

from annotations.text.offsets import Fragment
from annotations.workflow.importing import Passage, Relation
from annotations.workflow.intake import Manuscript


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to import, opened anew by each call of `open`, so that few are open at a time.

    `name` may have directories, written with "/"; `inside` is the archive it lies in; `beside` are
    the other files of its bundle. Format, encoding and columns (our field → the file's column) are
    there only where a person chose them.
    """

    name: str
    open: Callable[[], BinaryIO]
    encoding: str = ""
    beside: tuple[Upload, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    format: str = ""
    inside: str = ""

    @property
    def label(self) -> str:
        """What people know it by: its name, after that of its archive."""
        return f"{self.inside}/{self.name}" if self.inside else self.name


def held(name: str, raw: bytes) -> Upload:
    """A file whose bytes are at hand, such as a text that was pasted."""
    return Upload(name, lambda: io.BytesIO(raw))


@dataclass(frozen=True, slots=True)
class Settled:
    """What a person said of a file; "" and {} where they said nothing."""

    encoding: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    format: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that an article comes without, as our model has no place for what it says."""

    reason: str
    line: int
    file: str = ""


@dataclass(frozen=True, slots=True)
class Annotated:
    """What one annotator, known by user name, marked in an article; "" is who imports.

    `file` is where it stands if that is not where its article does; then it stands or falls by
    itself. `left_out` is what does not come along. `lines` counts what was read by kind, such as T
    and E, and what became of it: no line of a file goes unaccounted.
    """

    annotator: str
    passages: tuple[Passage, ...]
    relations: tuple[Relation, ...]
    file: str = ""
    left_out: tuple[LeftOut, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article found in a file, with its annotations and the zones that are text after all.

    `line` is the line it stands on, 0 where the file holds nothing else; `notes` tell a person what
    to look at before it is stored, such as that a text was extracted from a web page. `left_out` is
    what does not come along and belongs to no annotator.
    """

    manuscript: Manuscript
    line: int = 0
    annotated: tuple[Annotated, ...] = ()
    lifted: tuple[Fragment, ...] = ()
    notes: tuple[str, ...] = ()
    file: str = ""
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejection:
    """A part of a file that cannot be imported, and what to do about it."""

    reason: str
    line: int = 0
    file: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can say of a file: its encoding, or which of its columns is which.

    One that `is_open` has to be answered; the others may be, as the answer in `chosen` was guessed.
    `preview` has telling lines, by number; `columns` are those of the file, in order.
    """

    ask: Literal["encoding", "columns"]
    reason: str
    is_open: bool = True
    preview: tuple[tuple[int, str], ...] = ()
    columns: tuple[str, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    file: str = ""


Found: TypeAlias = Arrival | Rejection | Question
Read: TypeAlias = Callable[[Upload], Iterator[Found]]
Sniff: TypeAlias = Callable[[str, bytes], bool]
"""Whether a file of this name that begins with these bytes is of the format."""


@dataclass(frozen=True, slots=True)
class Format:
    """A registered format, known by the endings of file names and by how files begin."""

    key: str
    label: str
    suffixes: tuple[str, ...]
    read: Read
    sniff: Sniff | None = None
    help: str | Promise = ""


FORMATS: dict[str, Format] = {}


def register(
    key: str,
    *,
    label: str,
    suffixes: tuple[str, ...],
    sniff: Sniff | None = None,
    help: str | Promise = "",  # noqa: A002 -- the name that forms and commands give it too
) -> Callable[[Read], Read]:
    """Make a function the `read` of a new format."""

    def registered(read: Read) -> Read:
        FORMATS[key] = Format(key, label, suffixes, read, sniff, help)
        return read

    return registered


for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
