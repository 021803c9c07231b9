"""Plain text: one file is one article, its title the first words, its external id the file's name.

Bytes are read by their byte order mark, else as UTF-8, else as the encoding a person chose;
encodings are never guessed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from annotations.importers import Arrival, Rejection, Upload, register
from annotations.text.intake import UnknownEncoding, decode
from annotations.workflow.intake import Manuscript


@register("text", label="Plain text", suffixes=(".txt",))
def read(upload: Upload) -> Iterator[Arrival | Rejection]:
    """The article of the file."""
    raw = upload.file.read()
    try:
        text, encoding = decode(raw, encoding=upload.encoding)
    except UnknownEncoding as error:
        shown = (f"line {number} would read “{line}”" for number, line in error.preview)
        yield Rejection("; ".join((str(error), *shown)))
        return
    yield Arrival(
        Manuscript(
            text=text,
            external_id=upload.name,
            file_encoding=encoding,
            file_sha256=hashlib.sha256(raw).hexdigest(),
        )
    )
