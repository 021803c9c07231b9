"""The files of import runs, kept in a private storage until they are imported or discarded.

A file lies under the run's id by a name that is made up for it: its own name is shown to people and
never used as a path.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import UUID, uuid4

from django.core.files import File
from django.core.files.storage import FileSystemStorage, storages
from django.utils.translation import gettext as _

from annotations.importers import Upload
from annotations.models import ImportRun
from annotations.text.intake import UnfitText, clean_text
from annotations.workflow.refusals import Unfit

KEPT_SECONDS = 30 * 24 * 60 * 60
"""How long files wait for somebody to confirm or discard them."""

LONGEST_NAME = 200


def keep(uid: UUID, files: Iterable[tuple[str, str, File[bytes]]]) -> list[Mapping[str, Any]]:
    """Store files, each with its name and its format ("" to find out); what a run notes of them.

    All are stored or none. Whoever then does not note them in a run has to drop them.
    """
    noted: list[Mapping[str, Any]] = []
    try:
        for name, key, file in files:
            at = uuid4().hex
            noted.append({"name": _fit(name), "size": file.size, "format": key, "at": at})
            _storage().save(f"{uid.hex}/{at}", file)
    except BaseException:
        drop(uid, noted)
        raise
    return noted


def drop(uid: UUID, noted: Iterable[Mapping[str, Any]]) -> None:
    """Delete some of the files under an id, and its directory with the last of them."""
    home = home_of(uid)
    for one in noted:
        (home / str(one["at"])).unlink(missing_ok=True)
    with suppress(OSError):  # others are there, or it never was
        home.rmdir()


def uploads_of(run: ImportRun) -> list[Upload]:
    """The files of a run, ready to be read."""
    return [
        Upload(
            str(one["name"]),
            partial(_opened, home_of(run.uid) / str(one["at"])),
            format=str(one["format"]),
        )
        for one in run.files
    ]


def remove(run: ImportRun) -> None:
    """Delete the files of a run."""
    shutil.rmtree(home_of(run.uid), ignore_errors=True)


def home_of(uid: UUID) -> Path:
    """The directory that the files of a run lie in, as long as there are any."""
    return Path(_storage().path(uid.hex))


def hold(run: ImportRun) -> None:
    """Have the files of a run wait anew: somebody came back to them."""
    with suppress(FileNotFoundError):
        os.utime(home_of(run.uid))


def sweep() -> None:
    """Delete the files of runs that nobody has come back to."""
    home = Path(_storage().location)
    if not home.is_dir():
        return
    for directory in home.iterdir():
        with suppress(FileNotFoundError):  # somebody else was faster
            if time.time() - directory.stat().st_mtime > KEPT_SECONDS:
                shutil.rmtree(directory, ignore_errors=True)


def _opened(place: Path) -> BinaryIO:
    """The file; Unfit where it has been swept away."""
    try:
        return place.open("rb")
    except FileNotFoundError as error:
        reason = _(
            "The files were removed after 30 days. Discard this import and bring them again."
        )
        raise Unfit(reason) from error


def _storage() -> FileSystemStorage:
    return cast(FileSystemStorage, storages["imports"])  # by the settings


def _fit(name: str) -> str:
    """A name that a page and a database can hold."""
    try:
        clean_text(name)
    except UnfitText as unfit:
        return _fit(name.replace(unfit.character, "\ufffd"))
    return name[-LONGEST_NAME:]
