"""How much one run takes: what is more is not read, and the report says where that begins."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from annotations.importers import Rejection, Upload
from annotations.importers.archives import LARGEST_UNPACKED
from annotations.importers.report import Entry

MOST_BYTES = LARGEST_UNPACKED  # of all files together, unpacked
MOST_ARTICLES = 10_000
MOST_FAULTS = 100  # that are told of one file


def within_bytes(found: Iterable[Upload | Rejection]) -> Iterator[Upload | Rejection]:
    """The files up to the ceiling for their sizes; then one Rejection, and nothing is unpacked."""
    total = 0
    for one in found:
        if isinstance(one, Upload):
            with one.open() as file:
                total += file.seek(0, io.SEEK_END)
        if total > MOST_BYTES:
            reason = _(
                "From here on nothing was read: unpacked, the files of one import are larger than "
                "256 MiB together. Import the rest by itself."
            )
            yield Rejection(reason, file=one.label if isinstance(one, Upload) else one.file)
            return
        yield one


@dataclass(slots=True)
class Ceilings:
    """What a run has taken so far."""

    articles: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    def is_full(self, file: str) -> bool:
        """Whether nothing more of a file is told."""
        return self.faults[file] > MOST_FAULTS

    def article(self) -> str:
        """Count an article; say why it is one too many, "" where it is not."""
        self.articles += 1
        if self.articles <= MOST_ARTICLES:
            return ""
        return _(
            "From here on nothing was read: an import has at most 10,000 articles. Divide the "
            "files, and import the rest by itself."
        )

    def fault(self, entry: Entry) -> Iterator[Entry]:
        """A fault, or that there are more of its file, or nothing once that was said."""
        self.faults[entry.file] += 1
        if self.faults[entry.file] <= MOST_FAULTS:
            yield entry
        elif self.faults[entry.file] == MOST_FAULTS + 1:
            yield replace(entry, reason=_("And so on: mend these first."))
