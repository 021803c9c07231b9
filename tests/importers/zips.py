"""Zip archives as nobody should make them, made when a test asks for them."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from functools import cache
from random import Random

STORY = b"The dam broke in May, said the engineers who built it.\n"


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes], deflated: bool = True) -> bytes:
    """An archive of these files, in this order, whatever they are called."""
    made = io.BytesIO()
    kind = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
    with zipfile.ZipFile(made, "w", kind) as archive:
        for name, raw in files:
            archive.writestr(name, raw)
    return made.getvalue()


def linked(name: str, target: str) -> zipfile.ZipInfo:
    """A member that says it is a symbolic link."""
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    entry.comment = target.encode()
    return entry


@cache
def bomb(size: int = 200 * 2**20) -> bytes:
    """A small archive with one large file of zeros: 200 MB in 195 kB."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("zeros.txt", "w", force_zip64=True) as file,
    ):
        for _ in range(size // 2**20):
            file.write(bytes(2**20))
    return made.getvalue()


@cache
def many_bombs(number: int, size: int) -> bytes:
    """Files that are each small enough, but not together."""
    chance = Random(number)
    chunk = b"".join(chance.randbytes(24) + bytes(1000) for _ in range(size // 1024))
    return zipped(*((f"{one}.txt", chunk) for one in range(number)))


def lying(raw: bytes, *, size: int | None = None, packed: int | None = None) -> bytes:
    """An archive whose headers say that its last file unpacks to, or is packed in, so many bytes."""
    changed = bytearray(raw)
    for signature, at in ((b"PK\x01\x02", 20), (b"PK\x03\x04", 18)):
        place = changed.rindex(signature) + at
        old_packed, old_size = struct.unpack_from("<LL", changed, place)
        new = (old_packed if packed is None else packed, old_size if size is None else size)
        struct.pack_into("<LL", changed, place, *new)
    return bytes(changed)


def flagged(raw: bytes, *, flags: int = 0, method: int | None = None) -> bytes:
    """An archive whose last file bears these flags, such as 1 for encrypted, or this method."""
    changed = bytearray(raw)
    for signature, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = changed.rindex(signature) + at
        old_flags, old_method = struct.unpack_from("<HH", changed, place)
        struct.pack_into("<HH", changed, place, old_flags | flags, method or old_method)
    return bytes(changed)


@cache
def overlapping(copies: int) -> bytes:
    """Many entries of the directory that all point to the same bytes."""
    raw = zipped(("one.txt", STORY))
    start = raw.index(b"PK\x01\x02")
    entry, end = raw[start:-22], bytearray(raw[-22:])
    entries = b"".join(entry.replace(b"one.txt", b"%07d" % one) for one in range(copies))
    struct.pack_into("<HHL", end, 8, min(copies, 0xFFFF), min(copies, 0xFFFF), len(entries))
    return raw[:start] + entries + bytes(end)
