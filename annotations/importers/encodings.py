"""The encodings a person may choose from, and how the telling lines of a file look in each.

A guess is never taken: detectors take cp1252 for cp1250. The eye does not.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ENCODINGS: tuple[tuple[str, str | Promise], ...] = (
    ("cp1252", _("Western European (Windows-1252)")),
    ("mac_roman", _("Western European (Mac Roman)")),
    ("cp1250", _("Central European (Windows-1250)")),
    ("cp1251", _("Cyrillic (Windows-1251)")),
    ("koi8_r", _("Cyrillic (KOI8-R)")),
    ("cp1253", _("Greek (Windows-1253)")),
    ("cp1254", _("Turkish (Windows-1254)")),
    ("cp1255", _("Hebrew (Windows-1255)")),
    ("cp1256", _("Arabic (Windows-1256)")),
    ("gb18030", _("Chinese (GB 18030)")),
    ("big5", _("Chinese, traditional (Big5)")),
    ("shift_jis", _("Japanese (Shift JIS)")),
    ("euc_kr", _("Korean (EUC-KR)")),
    ("utf-16-le", _("UTF-16 without a byte order mark")),
)

OF_THE_WEB = (
    {"utf-8", "cp1252", "cp1257", "cp1258", "cp874", "koi8-u", "euc_jp", "iso2022_jp"}
    | {f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)}
    | {codecs.lookup(key).name for key, _label in ENCODINGS if not key.startswith("utf-16")}
)
"""Codecs that a web page may name; what else Python knows, such as punycode, is no text of a page."""

SIZE = 256 * 1024  # bytes that are looked at
MOST_LINES = 3
WIDTH = 120  # characters
UNLIKELY = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff]")


class Preview(NamedTuple):
    """How the first lines that are not plain ASCII read in one encoding; numbers from 1."""

    encoding: str
    lines: list[tuple[int, str]]


def previews_of(file: BinaryIO) -> list[Preview]:
    """The encodings that a file could be in, each that reads unlike those before it."""
    raw = file.read(SIZE)
    found: list[Preview] = []
    for encoding, _label in ENCODINGS:
        lines = list(_telling(raw, encoding))
        if lines and all(lines != one.lines for one in found):
            found.append(Preview(encoding, lines))
    return found


def _telling(raw: bytes, encoding: str) -> Iterator[tuple[int, str]]:
    """The telling lines; none where the bytes are no text in this encoding."""
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        if error.end < len(raw) - 4 or len(raw) < SIZE:
            return
        text = raw[: error.start].decode(encoding)  # a character was cut in two at the end
    if UNLIKELY.search(text.replace("\x0c", "")):
        return
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1)]
    telling = [(number, line) for number, line in lines if not line.isascii()]
    yield from ((number, _around(line)) for number, line in telling[:MOST_LINES])


def _around(line: str) -> str:
    """The part of a long line around its first character that tells."""
    first = next(place for place, character in enumerate(line) if not character.isascii())
    start = max(0, min(first - WIDTH // 2, len(line) - WIDTH))
    return line[start : start + WIDTH].strip()
