"""Plain text: one file is one article, its title the first words, its external id the file's name.

Bytes are read by their byte order mark, else as UTF-8, else as the encoding a person chose;
encodings are never guessed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from annotations.importers import Arrival, Found, Question, Rejection, Upload, register
from annotations.text.intake import Decoded, UnknownEncoding, decode
from annotations.workflow.intake import Manuscript


@dataclass(frozen=True, slots=True)
class Words:
    """What a file holds, the codec that fitted, and the SHA-256 of its bytes."""

    raw: bytes
    text: str
    encoding: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()


@register("text", label="Plain text", suffixes=(".txt",))
def read(upload: Upload) -> Iterator[Found]:
    """The article of the file."""
    found = words_of(upload)
    if not isinstance(found, Words):
        yield found
        return
    yield Arrival(
        Manuscript(
            text=found.text,
            external_id=upload.name,
            file_encoding=found.encoding,
            file_sha256=found.sha256,
        )
    )


def words_of(
    upload: Upload, decoded: Callable[..., Decoded] = decode
) -> Words | Question | Rejection:
    """What a file holds, or what to ask or say where its encoding is not known."""
    with upload.open() as file:
        raw = file.read()
    try:
        return Words(raw, *decoded(raw, encoding=upload.encoding))
    except UnknownEncoding as error:
        return undecoded(upload, error)


def undecoded(upload: Upload, error: UnknownEncoding) -> Question | Rejection:
    """Ask for the encoding of a file; say that the one chosen does not fit."""
    shown = tuple((number, line) for number, line in error.preview)
    if upload.encoding:
        told = (f"line {number} would read “{line}”" for number, line in shown)
        return Rejection("; ".join((str(error), *told)))
    return Question("encoding", str(error), preview=shown)
