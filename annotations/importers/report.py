"""What a run found and what became of it: plain values that a page, a command and JSON can tell."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from annotations.importers import LeftOut, Question
from annotations.models import Article, Zone

Outcome = Literal["new", "known", "rejected", "question"]
ZoneAt: TypeAlias = tuple[str, int, int]
"""A zone of a text that may not be stored yet: the text's SHA-256, start, end (code points)."""

MOST_ASKED = 50
"""Questions, zones and extracts that are asked about at a time; zones stay as they were found."""

LONGEST_TITLE = 300
LONGEST_BEFORE, LONGEST_ZONE, LONGEST_EXTRACT = 240, 600, 1500  # code points
WORDS_SHOWN = 12
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class ZoneShown:
    """A zone found by rule (code points), why, its first words, and the text around its start."""

    start: int
    end: int
    why: str
    words: str
    before: str
    text: str
    active: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one article, or of one part of a file; `line` is 0 where that is the file.

    Spans and links are those that are new. `words` counts the article's; `extract` begins its text
    where `notes` say that somebody should look at it. `article_id` is 0 for one that is not stored;
    `twin` is the file of the same import that brought its text first. A rejected article has zones
    where annotations lie in them, so that somebody can say that they are text.
    """

    file: str
    line: int
    outcome: Outcome
    title: str
    reason: str = ""
    format: str = ""
    sha256: str = ""
    article_id: int = 0
    twin: str = ""
    words: int = 0
    spans: int = 0
    links: int = 0
    annotators: tuple[str, ...] = ()
    zones: tuple[ZoneShown, ...] = ()
    notes: tuple[str, ...] = ()
    extract: str = ""
    left_out: tuple[LeftOut, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found, in the order of the files, and whether it was stored.

    `people` are the user names it makes or adds, of annotators who cannot sign in.
    """

    entries: tuple[Entry, ...]
    questions: tuple[Question, ...]
    people: tuple[str, ...]
    stored: bool

    def of(self, outcome: Outcome) -> tuple[Entry, ...]:
        """The entries with this outcome."""
        return tuple(entry for entry in self.entries if entry.outcome == outcome)

    @property
    def is_answered(self) -> bool:
        """Whether no question is left that has to be answered."""
        return not any(question.is_open for question in self.questions)

    @property
    def is_fit(self) -> bool:
        """Whether all of it can be stored."""
        return self.is_answered and not self.of("rejected")


def zone_shown(article: Article, zone: Zone) -> ZoneShown:
    """A zone with as much text as it takes to judge it."""
    text = article.text[zone.start : zone.end]
    words = text.split(maxsplit=WORDS_SHOWN)
    return ZoneShown(
        zone.start,
        zone.end,
        zone.reason,
        " ".join(words[:WORDS_SHOWN]),
        article.text[max(0, zone.start - LONGEST_BEFORE) : zone.start],
        text[:LONGEST_ZONE],
        zone.active,
    )


def is_lifted(article: Article, zone: Zone, lifted: Collection[ZoneAt]) -> bool:
    """Whether somebody said that this zone is part of the article."""
    return (article.text_sha256, zone.start, zone.end) in lifted


def shown(text: str) -> str:
    """A text that any terminal or page can show: what would steer them is spelled out.

    These are control characters, surrogates, separators of lines, and what turns the direction of
    writing. Spaces of all widths and joiners of letters and emoji stay.
    """
    if text.isprintable():
        return text
    return "".join(one.encode("unicode_escape").decode() if _steers(one) else one for one in text)


def _steers(character: str) -> bool:
    is_control = unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
    return is_control or character in TURNING
