"""Places in a text: fragments, their checks, trimming, and the border to UTF-16.

The one unit of the project is the Unicode code point, counted from the start of the article's
text, end exclusive. UTF-16 units exist only at the border to browsers and foreign formats.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

ZERO_WIDTH_SPACES = "\u200b\u2060\ufeff"  # ZWSP, word joiner, byte order mark


class Fragment(NamedTuple):
    """A stretch of text: code points, 0-based, end exclusive."""

    start: int
    end: int


Fragments: TypeAlias = tuple[Fragment, ...]


def fault_of(fragments: Fragments, *, length: int) -> str:
    """Say what is wrong with a span's fragments, or "" when nothing is (rule V1).

    They must be non-empty, inside a text of `length` code points, in order and disjoint.
    Fragments may touch: brat writes such spans, and nothing is lost by keeping them.
    """
    if not fragments:
        return "there is no fragment"
    previous_end = 0
    for start, end in fragments:
        if start < 0 or end > length:
            return f"[{start}, {end}) lies outside a text of {length} code points"
        if start >= end:
            return f"[{start}, {end}) is empty or reversed"
        if start < previous_end:
            return f"[{start}, {end}) begins before the previous fragment ends"
        previous_end = end
    return ""


def is_white(character: str) -> bool:
    """Tell whether a character only takes room: `str.isspace` or of zero width."""
    return character.isspace() or character in ZERO_WIDTH_SPACES


def trimmed(text: str, start: int, end: int) -> Fragment | None:
    """Return the stretch without white space at its ends, or None if nothing is left."""
    while start < end and is_white(text[start]):
        start += 1
    while start < end and is_white(text[end - 1]):
        end -= 1
    return Fragment(start, end) if start < end else None


def is_blank(text: str) -> bool:
    """Tell whether a text has nothing but white space and punctuation (rule V2).

    Control and format characters (soft hyphen, joiners, direction marks) do not count as words;
    digits, symbols, emoji and currency signs do.
    """
    return all(
        is_white(character) or unicodedata.category(character) in _WORDLESS for character in text
    )


def quote_of(text: str, fragments: Fragments) -> str:
    """Return the words of a span, fragments joined by one space as brat does."""
    return " ".join(text[start:end] for start, end in fragments)


def envelope(fragments: Fragments) -> Fragment:
    """Return the stretch from the first start to the last end of ordered fragments."""
    return Fragment(fragments[0].start, fragments[-1].end)


def joined(text: str, fragments: Iterable[Fragment]) -> Fragments:
    """Put fragments in order and make one of those that overlap or are neighbours.

    Neighbours are those with at most white space of one line between them: quoted, they read the
    same either way.
    """
    done: list[Fragment] = []
    for one in sorted(fragments):
        gap = text[done[-1].end : one.start] if done else "\n"
        if "\n" in gap or not all(is_white(character) for character in gap):
            done.append(one)
        else:
            done[-1] = Fragment(done[-1].start, max(done[-1].end, one.end))
    return tuple(done)


def overlaps(a: Fragment, b: Fragment) -> bool:
    """Tell whether two stretches share a code point; mere neighbours do not."""
    return max(a.start, b.start) < min(a.end, b.end)


def touches(fragments: Fragments, fragment: Fragment) -> bool:
    """Tell whether any of the fragments shares a code point with the stretch."""
    return any(overlaps(own, fragment) for own in fragments)


def utf16_offset(text: str, code_points: int) -> int:
    """Convert an offset in code points to one in UTF-16 units.

    Raises ValueError for an offset that is negative or past the end of the text.
    """
    if not 0 <= code_points <= len(text):
        raise ValueError(f"offset {code_points} lies outside a text of {len(text)} code points")
    return len(text[:code_points].encode("utf-16-le")) // 2


def code_point_offset(text: str, utf16_units: int) -> int:
    """Convert an offset in UTF-16 units to one in code points.

    Raises ValueError past the end of the text and in the middle of a surrogate pair.
    """
    if utf16_units < 0:
        raise ValueError(f"offset {utf16_units} is negative")
    prefix = text[:utf16_units].encode("utf-16-le")[: 2 * utf16_units]
    if len(prefix) < 2 * utf16_units:
        raise ValueError(f"offset {utf16_units} lies past the end of the text")
    try:
        return len(prefix.decode("utf-16-le"))
    except UnicodeDecodeError:
        raise ValueError(f"offset {utf16_units} lies inside a surrogate pair") from None


_WORDLESS = {"Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Cc", "Cf"}
