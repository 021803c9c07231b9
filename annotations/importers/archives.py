"""Archives: the files of a zip, each as an upload of its own; whatever a hostile zip may do is refused.

Everything is unpacked at once into one nameless temporary file, byte by byte against the limits, so
that headers may lie and memory stays flat; a member's name is never a path. Directories are left out.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO
from weakref import finalize

from django.utils.translation import gettext as _

from annotations.importers import Rejection, Upload

MIB = 2**20
LARGEST_UPLOAD = 20 * MIB
LARGEST_UNPACKED = 256 * MIB
LARGEST_RATIO = 100  # of what is unpacked to what is packed, once it is more than a MiB
MOST_MEMBERS = 10_000

_IN_MEMORY = 4 * MIB
_CHUNK = 64 * 1024
_ENTRY = b"PK\x01\x02"  # begins each entry of the directory
_ODD_NAME = re.compile(r"^/|^[a-z]:|(^|/)\.\.(/|$)|[\x00-\x1f\x7f]|^\s*$", re.IGNORECASE)
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error),  # BadZipFile also for sizes and sums that lie
    *(EOFError, NotImplementedError, OSError, OverflowError, RuntimeError, ValueError),
)


class _Refused(Exception):
    """An archive that is refused as a whole; str() says why and what to do."""


class _Unpacked:
    """A nameless file that members lie in one after the other; gone with its last upload."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 -- closed below
        self.size = 0
        finalize(self, self._file.close)

    def add(self, stream: IO[bytes], *, size: int) -> int:
        """Copy a stream to the end and return its place; raise BadZipFile for another size."""
        self._file.seek(self.size)
        length = 0
        while chunk := stream.read(_CHUNK):
            length += len(chunk)
            if length > size:
                break
            self._file.write(chunk)
        if length != size:
            raise zipfile.BadZipFile(f"not {size} bytes")
        self.size += length
        return self.size - length

    def read(self, start: int, length: int) -> bytes:
        self._file.seek(start)
        return self._file.read(length)


class _Slice(io.RawIOBase):
    """One member to be read, at its own pace."""

    def __init__(self, unpacked: _Unpacked, start: int, length: int) -> None:
        self._unpacked, self._start, self._length, self._at = unpacked, start, length, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence]
        self._at = max(0, origin + offset)
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # as io calls it
        wanted = max(0, min(len(buffer), self._length - self._at))
        buffer[:wanted] = self._unpacked.read(self._start + self._at, wanted)
        self._at += wanted
        return wanted


def members(upload: Upload) -> Iterator[Upload | Rejection]:
    """The files of an archive in its order; a Rejection alone where it is refused as a whole."""
    with upload.open() as file:
        try:
            _check_size(file)
            with zipfile.ZipFile(file) as archive:
                yield from _unpacked(upload, archive, _entries_of(archive))
        except _Refused as refused:
            yield Rejection(str(refused), file=upload.label)
        except _BROKEN:
            reason = _("It is no intact zip archive. Pack it again, or import its files singly.")
            yield Rejection(reason, file=upload.label)


def why_too_large(file: BinaryIO) -> str:
    """Why a file is not even opened, "" where it is small enough; it is left at its start."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    return _("It is larger than 20 MiB. Divide it.") if size > LARGEST_UPLOAD else ""


def _check_size(file: BinaryIO) -> None:
    """Refuse what is too large, or has so many entries that listing them would take the memory."""
    if reason := why_too_large(file):
        raise _Refused(reason)
    found, rest = 0, b""
    while chunk := file.read(MIB):
        found += (rest + chunk).count(_ENTRY)
        rest = chunk[-len(_ENTRY) + 1 :]
    if found > MOST_MEMBERS:
        raise _Refused(_("It holds more than 10,000 files. Divide it into several archives."))
    file.seek(0)


def _entries_of(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of an archive, by what its directory says of them."""
    entries = [one for one in archive.infolist() if not _name_of(one).endswith("/")]
    if not entries:
        raise _Refused(_("It holds no files."))
    if sum(one.file_size for one in entries) > LARGEST_UNPACKED:
        raise _Refused(_("Unpacked it is larger than 256 MiB. Divide it into several archives."))
    # Those that are refused themselves are not unpacked, and named one by one.
    taken = [one for one in entries if not _why_not(one)]
    if _is_bomb(sum(one.file_size for one in taken), sum(one.compress_size for one in taken)):
        raise _Refused(_bomb())
    return entries


def _unpacked(
    upload: Upload, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> Iterator[Upload | Rejection]:
    unpacked, names = _Unpacked(), set[str]()
    for entry in entries:
        name = _name_of(entry)
        reason = _why_not(entry)
        if name in names:
            reason = _("Two files of the archive have this name. Rename one.")
        names.add(name)
        if reason:
            yield Rejection(reason, file=f"{upload.label}/{name}")
            continue
        try:
            with archive.open(entry) as stream:
                start = unpacked.add(stream, size=entry.file_size)
        except _BROKEN:
            reason = _(
                "It is damaged, or other than the directory of the archive says. Pack it again."
            )
            yield Rejection(reason, file=f"{upload.label}/{name}")
            continue
        yield _member(upload, name, unpacked, start, entry.file_size)


def _member(upload: Upload, name: str, unpacked: _Unpacked, start: int, length: int) -> Upload:
    """A member as an upload, with what a person chose for the archive."""

    def opened() -> BinaryIO:
        return io.BufferedReader(_Slice(unpacked, start, length))

    return replace(upload, name=name, open=opened, inside=upload.label)


def _name_of(entry: zipfile.ZipInfo) -> str:
    """A member's name as Unix writes it, whichever system packed it."""
    return entry.orig_filename.replace("\\", "/")


def _why_not(entry: zipfile.ZipInfo) -> str:
    """What is wrong with a member by what the directory says of it; "" where nothing is."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if _ODD_NAME.search(_name_of(entry)):
        return _("Its name points out of the archive. Pack the files again, with plain names.")
    if kind not in {0, stat.S_IFREG}:
        return _("It is a link or a device, no file. Pack the file itself.")
    if entry.flag_bits & 0x1:
        return _("It is encrypted. Pack it again without a password.")
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return _("It is packed in an unusual way. Pack it as an ordinary zip archive.")
    if _name_of(entry).lower().endswith(".zip"):
        return _("It is an archive in an archive. Unpack it first.")
    if entry.file_size > LARGEST_UPLOAD:
        return _("Unpacked it is larger than 20 MiB. Divide it.")
    return _bomb() if _is_bomb(entry.file_size, entry.compress_size) else ""


def _is_bomb(size: int, packed: int) -> bool:
    return size > max(MIB, LARGEST_RATIO * packed)


def _bomb() -> str:
    return _("It unpacks to more than a hundred times its size, as no text does. Pack it anew.")
