"""Export formats, one file each: a new file that registers itself is a new format.

Formats turn rows into bytes; what they read comes from `fetching`, and they never write. A format
writes one or several files, its *tables*; the first is what one gets without asking for another.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from annotations.exporters.rows import Selection

Write = Callable[[Selection, str], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """A registered format. `write` streams the table of the selection that is named."""

    key: str
    label: str
    suffix: str
    media_type: str
    tables: tuple[str, ...]
    write: Write

    def file_name(self, table: str) -> str:
        """The name of a table's file, such as claims.csv."""
        return f"{table}.{self.suffix}"


FORMATS: dict[str, Format] = {}


def register(
    key: str, *, label: str, suffix: str, media_type: str, tables: tuple[str, ...]
) -> Callable[[Write], Write]:
    """Make a function the `write` of a new format."""

    def registered(write: Write) -> Write:
        FORMATS[key] = Format(key, label, suffix, media_type, tables, write)
        return write

    return registered


for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
