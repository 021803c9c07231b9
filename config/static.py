"""Static files as they are collected: our own scripts stripped, our style sheets in one, compressed.

Sources stay readable, and are what tests and developers are served; names and code are not touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.contrib.staticfiles.finders import find
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from rjsmin import jsmin
from whitenoise.storage import CompressedStaticFilesStorage

OWN_SCRIPTS = "js/"
OWN_SHEET = "css/all.css"
IMPORT = re.compile(r'@import "([a-z]+\.css)";\n')


class StrippedStaticFilesStorage(CompressedStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise carries no types
    """Strips our own scripts and joins our style sheets; other packages' files stay as they are."""

    def _save(self, name: str, content: File[bytes]) -> str:
        if name.replace("\\", "/").startswith(OWN_SCRIPTS) and name.endswith(".js"):
            content = ContentFile(stripped(content.read()), name=name)
        saved: str = super()._save(name, content)
        return saved

    def post_process(
        self,
        paths: dict[str, tuple[Storage, str]],
        dry_run: bool = False,  # noqa: FBT001, FBT002 -- as Django calls it
        **options: object,
    ) -> Iterator[tuple[str, str, bool]]:
        """Join anew each time: a sheet may have changed where the one that imports it has not."""
        if not dry_run and OWN_SHEET in paths:
            storage, path = paths[OWN_SHEET]
            with storage.open(path) as sheet:
                Path(self.path(OWN_SHEET)).write_bytes(joined(sheet.read()))
        yield from super().post_process(paths, dry_run, **options)


def stripped(script: bytes) -> bytes:
    """A script without comments and needless white space. Strings and patterns stay as they are."""
    found: bytes = jsmin(script)
    return found


def joined(sheet: bytes) -> bytes:
    """A style sheet with those it imports written into it: one request instead of one for each."""
    return IMPORT.sub(lambda found: _source(found[1]), sheet.decode()).encode()


def _source(name: str) -> str:
    path = find(f"css/{name}")
    if path is None:
        raise FileNotFoundError(f"{OWN_SHEET} imports {name}, which is not there.")
    return Path(path).read_text(encoding="utf-8")
