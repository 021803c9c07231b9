"""The files of runs: kept under names of their own, for the owner only, and gone when they are not needed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from annotations.importers import uploads
from annotations.models import ImportRun
from annotations.workflow.refusals import Unfit

HOSTILE = (
    "../../etc/passwd",
    "/etc/passwd",
    "a\0b.txt",
    "\ud800.txt",
    "C:\\x.txt",
    "\u202etxt.exe",
)


@pytest.fixture
def run() -> ImportRun:
    return ImportRun(uid=uuid4())


def kept(run: ImportRun, **files: bytes) -> None:
    brought = [(name, "", ContentFile(raw)) for name, raw in files.items()]
    run.files = [*run.files, *uploads.keep(run.uid, brought)]


def home(run: ImportRun) -> Path:
    return Path(storages["imports"].path(run.uid.hex))


def test_files_come_back_as_they_were_in_their_order(run: ImportRun) -> None:
    kept(run, one=b"\xff\x00\r\n", two=b"")
    kept(run, three=b"3")

    found = []
    for upload in uploads.uploads_of(run):
        with upload.open() as file:
            found.append((upload.label, file.read()))

    assert found == [("one", b"\xff\x00\r\n"), ("two", b""), ("three", b"3")]
    assert [one["size"] for one in run.files] == [4, 0, 1]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_never_a_path(run: ImportRun, name: str) -> None:
    kept(run, **{name: b"x"})

    assert [path.name for path in home(run).iterdir()] == [run.files[0]["at"]]
    (upload,) = uploads.uploads_of(run)
    assert upload.name == name.replace("\0", "\ufffd").replace("\ud800", "\ufffd")


def test_a_long_name_keeps_its_end(run: ImportRun) -> None:
    kept(run, **{"x" * 500 + ".txt": b"x"})

    assert run.files[0]["name"] == "x" * 196 + ".txt"


def test_they_are_for_the_owner_only(run: ImportRun) -> None:
    kept(run, one=b"x")

    (file,) = home(run).iterdir()
    assert [one.stat().st_mode & 0o777 for one in (home(run), file)] == [0o700, 0o600]


def test_removed_twice_they_are_gone_once(run: ImportRun) -> None:
    kept(run, one=b"x")

    uploads.remove(run)
    uploads.remove(run)

    assert not home(run).exists()


def test_those_that_nobody_came_back_to_are_swept_away(run: ImportRun) -> None:
    other = ImportRun(uid=uuid4())
    kept(run, one=b"x")
    kept(other, one=b"x")
    long_ago = time.time() - uploads.KEPT_SECONDS - 60
    os.utime(home(run), (long_ago, long_ago))

    uploads.sweep()

    assert (home(run).exists(), home(other).exists()) == (False, True)


def test_dropped_files_are_gone_and_the_others_stay(run: ImportRun) -> None:
    kept(run, one=b"1", two=b"2")

    uploads.drop(run.uid, run.files[:1])
    left = [file.read_bytes() for file in home(run).iterdir()]
    uploads.drop(run.uid, run.files)

    assert (left, home(run).exists()) == ([b"2"], False)


def test_of_files_that_cannot_be_kept_none_is(run: ImportRun) -> None:
    class Broken(ContentFile):  # type: ignore[type-arg]  # cannot be subscripted when it runs
        def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        uploads.keep(run.uid, [("one", "", ContentFile(b"1")), ("two", "", Broken(b"2"))])

    assert not home(run).exists()


def test_files_that_were_removed_are_told_as_such(run: ImportRun) -> None:
    kept(run, one=b"x")
    uploads.remove(run)

    with pytest.raises(Unfit, match="The files were removed after 30 days"):
        uploads.uploads_of(run)[0].open()


def test_who_comes_back_to_files_has_them_for_another_month(run: ImportRun) -> None:
    kept(run, one=b"x")
    long_ago = time.time() - uploads.KEPT_SECONDS - 60
    os.utime(home(run), (long_ago, long_ago))

    uploads.hold(run)
    uploads.hold(ImportRun(uid=uuid4()))
    uploads.sweep()

    assert home(run).exists()


def test_a_sweep_does_not_mind_that_another_was_faster(
    run: ImportRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(run, one=b"x")
    gone = home(run).with_name("gone")
    monkeypatch.setattr(Path, "iterdir", lambda _self: iter([gone, home(run)]))

    uploads.sweep()

    assert home(run).exists()
