"""How other tools count: offsets into a text as it was become offsets into the text as it is stored.

`clean_text` drops a byte order mark and the CR of every CRLF. A tool may have counted them, or not;
it may count UTF-16 units. Which of these it did is never guessed: a counting holds only if every
passage lies in the text by it, with the words that the file quotes, and if no other one that holds
puts any of them elsewhere. So an offset moves only where that is proved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.translation import gettext as _

from annotations.text.intake import clean_text
from annotations.text.offsets import Fragment, Fragments, quote_of

BOM = "\ufeff"


@dataclass(frozen=True)
class Counting:
    """One way to count a text: `wide` are astral characters, `dropped` what is not stored.

    Both are places in code points of the text as it was counted; `wide` is empty where astral
    characters count once.
    """

    text: str
    dropped: tuple[int, ...] = ()
    wide: tuple[int, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether offsets are those of the stored text as they are."""
        return not (self.dropped or self.wide)

    def place(self, offset: int) -> int:
        """The offset in the stored text, past its end for one past the end.

        Raises ValueError inside a surrogate pair.
        """
        if self.wide:
            offset = self._code_points(offset)
        return offset - bisect_left(self.dropped, offset)

    def fragments(self, fragments: Fragments) -> Fragments:
        """Fragments in the stored text; raises ValueError inside a surrogate pair."""
        if self.is_plain:
            return fragments
        return tuple(Fragment(self.place(start), self.place(end)) for start, end in fragments)

    def _code_points(self, units: int) -> int:
        """UTF-16 units as code points; the n-th astral character begins n units late."""
        low, high = 0, len(self.wide)
        while low < high:
            middle = (low + high) // 2
            if self.wide[middle] + middle < units:
                low = middle + 1
            else:
                high = middle
        if low and self.wide[low - 1] + low - 1 == units - 1:
            raise ValueError(
                _(
                    "Offset %(offset)d lies in the middle of a character that UTF-16 counts as "
                    "two, such as an emoji. Begin or end the passage beside it."
                )
                % {"offset": units}
            )
        return units - low


def countings_of(raw: str, *, bom: bool = False, utf16: bool = False) -> list[Counting]:
    """The ways in which a text may have been counted, the likeliest first.

    `raw` is as it was decoded; `bom` says that a byte order mark preceded it.
    """
    marked = BOM + raw.lstrip(BOM) if bom or raw.startswith(BOM) else raw
    variants = [marked, marked.lstrip(BOM)]
    variants += [one.replace("\r\n", "\n").replace("\r", "\n") for one in variants]
    return [_counting(one, utf16=utf16) for one in dict.fromkeys(variants)]


def _counting(text: str, *, utf16: bool) -> Counting:
    return Counting(text, tuple(_dropped(text)), tuple(_wide(text)) if utf16 else ())


def _dropped(text: str) -> Iterator[int]:
    yield from range(len(text) - len(text.lstrip(BOM)))
    place = text.find("\r\n")
    while place >= 0:
        yield place
        place = text.find("\r\n", place + 2)


def _wide(text: str) -> Iterator[int]:
    if not text.isascii() and max(text) > "\uffff":
        yield from (place for place, character in enumerate(text) if character > "\uffff")


def quotes_as(text: str, fragments: Fragments, quote: str) -> bool:
    """Whether a stored text has these words there, line breaks being as good as spaces."""
    if any(not 0 <= start < end <= len(text) for start, end in fragments):
        return False
    found = quote_of(text, fragments)
    return found == quote or _flat(found) == _flat(quote)


def _flat(words: str) -> str:
    return words.replace("\r\n", " ").replace("\r ", " ").replace("\n", " ").replace("\r", " ")


Quoted: TypeAlias = Sequence[tuple[Fragments, str | None]]
"""Offsets as a file has them, each with the words that stand there, None where it does not say."""


def proved(raw: str, quoted: Quoted, countings: Sequence[Counting]) -> tuple[Counting, bool]:
    """The counting by which all passages hold, and whether another would put them elsewhere.

    Without one, the first that the fewest passages speak against, so that these can be named.
    """
    if len(countings) == 1:
        return countings[0], False
    text = clean_text(raw)
    held = [one for one in countings if not _against(one, text, quoted)]
    if held:
        places = [[one.fragments(fragments) for fragments, _quote in quoted] for one in held]
        return held[0], any(other != places[0] for other in places[1:])
    return min(countings, key=lambda one: _against(one, text, quoted)), False


def _against(counting: Counting, text: str, quoted: Quoted) -> int:
    """How many passages do not stand where this counting puts them."""
    return sum(not _holds(counting, text, fragments, quote) for fragments, quote in quoted)


def _holds(counting: Counting, text: str, fragments: Fragments, quote: str | None) -> bool:
    try:
        places = counting.fragments(fragments)
    except ValueError:
        return False
    if quote is None:
        return all(0 <= start < end <= len(text) for start, end in places)
    return quotes_as(text, places, quote)
