"""The one door through which text comes in: bytes to text, text to clean text.

It refuses what cannot be stored and changes nothing but line ends and a leading byte order mark:
no NFC, no stripping, NBSP and soft hyphens stay. DEL and C1 controls (U+0085 among them) stay
too: databases, JSON and XML all hold them. No offset may exist before `clean_text` has run.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Literal, NamedTuple

PREVIEW_LINES = 5
PREVIEW_WIDTH = 160  # characters

Unfitness = Literal["nul", "surrogate", "control"]


class UnfitText(ValueError):
    """A character that no text may hold.

    `kind` says which sort, `character` which one, `position` where, in code points of the text
    with normalised line ends; `line` counts from 1.
    """

    def __init__(self, text: str, position: int) -> None:
        self.position = position
        self.character = text[position]
        self.line = text.count("\n", 0, position) + 1
        self.kind = _kind_of(self.character)
        column = position - text.rfind("\n", 0, position)
        super().__init__(
            f"Line {self.line}, character {column} (code point {position} of the text) is "
            f"{_name_of(self.character)}, which cannot be kept. {_ADVICE[self.kind]}"
        )


class Decoded(NamedTuple):
    """Text as decoded, not yet clean, and the name of the codec that fitted."""

    text: str
    encoding: str


class PreviewLine(NamedTuple):
    """A line with non-ASCII characters as one encoding would show it; numbers from 1."""

    number: int
    text: str


class UnknownEncoding(ValueError):
    """Bytes that do not decode; `preview` shows their telling lines read as cp1252."""

    def __init__(self, raw: bytes, encoding: str) -> None:
        self.preview = _preview_of(raw)
        super().__init__(
            f"The file is not valid {encoding}. Choose its encoding: the preview shows how "
            "its special characters look when it is read as Windows-1252."
        )


def clean_text(raw: str) -> str:
    """Return the text as it will be stored, with LF line ends and no leading BOM.

    Cleaning twice is cleaning once; hence a BOM after a BOM goes as well. Raises UnfitText for
    NUL, lone surrogates and C0 controls other than TAB and LF.
    """
    text = raw.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    unfit = _UNFIT.search(text)
    if unfit:
        raise UnfitText(text, unfit.start())
    return text


def decode(raw: bytes, *, encoding: str = "") -> Decoded:
    """Decode bytes by their BOM, else as UTF-8, else as the encoding a person chose.

    A choice never overrides what bytes say of themselves: other text is no valid UTF-8, but for
    encodings made of NUL or escape characters, which no text may hold. Encodings are never guessed:
    detectors take cp1252 for cp1250. Raises UnknownEncoding when the bytes do not fit, and when
    `encoding` is the name of no text encoding.
    """
    announced = _announced_encoding(raw)
    for codec in dict.fromkeys((announced or "utf-8", "utf-8", encoding or "utf-8")):
        try:
            text = raw.decode(codec)
        except (ValueError, LookupError):
            continue
        is_chosen = codec in {announced, encoding} or not encoding
        if is_chosen or not _UNFIT.search(text.replace("\r", "")):
            return Decoded(text, codecs.lookup(codec).name)
    raise UnknownEncoding(raw, encoding or announced or "utf-8")


_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL_NAMES = {
    "\x08": "a backspace",
    "\x0b": "a vertical tab",
    "\x0c": "a form feed",
    "\x1a": "an end-of-file mark",
    "\x1b": "an escape character",
}
_ADVICE: dict[Unfitness, str] = {
    "nul": "Is the file really text? If so, save it as UTF-8 and import it again.",
    "surrogate": "It is half of a broken character, often an emoji: restore or remove it.",
    "control": "Remove it, or put a line break or a space in its place.",
}


def _kind_of(character: str) -> Unfitness:
    if character == "\0":
        return "nul"
    return "surrogate" if unicodedata.category(character) == "Cs" else "control"


def _name_of(character: str) -> str:
    names = {"nul": "a NUL character", "surrogate": "a lone surrogate"}
    fallback = names.get(_kind_of(character), "a control character")
    return f"{_CONTROL_NAMES.get(character, fallback)} (U+{ord(character):04X})"


def _announced_encoding(raw: bytes) -> str:
    return next((codec for bom, codec in _BOMS if raw.startswith(bom)), "")


def _preview_of(raw: bytes) -> tuple[PreviewLine, ...]:
    lines = re.split(rb"\r\n|\r|\n", raw)
    telling = [number for number, line in enumerate(lines, 1) if not line.isascii()]
    return tuple(
        PreviewLine(number, _telling_part(lines[number - 1].decode("cp1252", "replace")))
        for number in telling[:PREVIEW_LINES]
    )


def _telling_part(line: str) -> str:
    first = next(place for place, character in enumerate(line) if not character.isascii())
    start = max(0, min(first - PREVIEW_WIDTH // 2, len(line) - PREVIEW_WIDTH))
    return line[start : start + PREVIEW_WIDTH]
