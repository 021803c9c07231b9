"""Zip archives: what comes out of good ones, and what hostile ones are refused for, at little cost."""

from __future__ import annotations

import gc
import io
import tracemalloc
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.importers import Rejection, Upload, held
from annotations.importers.archives import LARGEST_UPLOAD, _Unpacked, members, why_too_large
from tests.importers.zips import (
    STORY,
    bomb,
    flagged,
    linked,
    lying,
    many_bombs,
    overlapping,
    zipped,
)

MIB = 2**20


@pytest.fixture(autouse=True)
def _names_used_twice() -> Iterator[None]:
    """Making such archives warns; reading them is the subject."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Duplicate name", UserWarning)
        yield


def found_in(raw: bytes) -> list[Upload | Rejection]:
    return list(members(held("a.zip", raw)))


def read(upload: Upload | Rejection) -> bytes:
    assert isinstance(upload, Upload)
    with upload.open() as file:
        return file.read()


def why(raw: bytes) -> tuple[str, str]:
    """The one rejection, as file and reason."""
    (found,) = found_in(raw)
    assert isinstance(found, Rejection)
    return found.file, found.reason


def test_each_file_is_an_upload_that_knows_its_archive() -> None:
    chosen = Upload("a.zip", lambda: io.BytesIO(raw), "cp1252", columns={"text": "body"}, format="")
    raw = zipped(("text/a.txt", STORY), ("b.csv", b"text\n"), ("empty.txt", b""))

    found = [one for one in members(chosen) if isinstance(one, Upload)]

    assert [one.label for one in found] == ["a.zip/text/a.txt", "a.zip/b.csv", "a.zip/empty.txt"]
    assert [read(one) for one in found] == [STORY, b"text\n", b""]
    assert {(one.encoding, one.columns["text"], one.inside) for one in found} == {
        ("cp1252", "body", "a.zip")
    }


def test_members_are_read_in_any_order_as_often_as_one_likes() -> None:
    first, second = found_in(zipped(("a.txt", STORY), ("b.txt", STORY.upper())))
    assert isinstance(first, Upload)
    assert isinstance(second, Upload)

    with first.open() as one, second.open() as other:
        begin, others = one.read(4), other.read(4)
        rest = one.read()
        one.seek(-3, io.SEEK_END)

        assert (begin, others, begin + rest, one.read()) == (b"The ", b"THE ", STORY, b"t.\n")
    assert read(first) == STORY


def test_lines_are_read_as_from_a_file() -> None:
    (one,) = found_in(zipped(("a.txt", STORY * 3)))
    assert isinstance(one, Upload)

    with one.open() as file:
        assert list(file) == [STORY] * 3


def test_directories_are_left_out() -> None:
    (one,) = found_in(zipped(("b/", b""), ("b\\c.txt", STORY)))

    assert isinstance(one, Upload)
    assert (one.name, read(one)) == ("b/c.txt", STORY)


def test_nothing_is_written_by_the_name_of_a_member(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    raw = zipped(("../slip.txt", STORY), ("a.txt", STORY * 10_000), (f"{tmp_path}/b.txt", STORY))

    found = found_in(raw)

    assert [type(one) for one in found] == [Rejection, Upload, Rejection]
    assert list(tmp_path.iterdir()) == []
    assert not (tmp_path.parent / "slip.txt").exists()


@pytest.mark.parametrize(
    "name",
    [
        *("../a.txt", "a/../../b.txt", "/etc/a.txt", "C:\\a.txt", "c:a.txt", "..\\a.txt", "a/.."),
        *("\\\\host\\a", "a\x01.txt", "a\n.txt", " "),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    file, reason = why(zipped((name, STORY)))

    assert file == f"a.zip/{name}".replace("\\", "/")
    assert reason.startswith("Its name points out of the archive.")


SMALL = zipped(("a.txt", STORY * 100))
SMALL_BOMBS = zipped(*((f"{one}.txt", bytes(MIB)) for one in range(3)))


@pytest.mark.parametrize(
    ("raw", "file", "reason"),
    [
        (zipped((linked("a.txt", "x"), b"/etc/passwd")), "a.zip/a.txt", "It is a link or a device"),
        (flagged(SMALL, flags=1), "a.zip/a.txt", "It is encrypted. Pack it again without"),
        (flagged(SMALL, method=14), "a.zip/a.txt", "It is packed in an unusual way"),
        (zipped(("b.zip", SMALL)), "a.zip/b.zip", "It is an archive in an archive"),
        (lying(SMALL, size=10), "a.zip/a.txt", "It is damaged, or other than the directory"),
        (lying(SMALL, size=9000), "a.zip/a.txt", "It is damaged, or other than the directory"),
        (b"", "a.zip", "It is no intact zip archive"),
        (b"PK\x03\x04" * 9, "a.zip", "It is no intact zip archive"),
        (SMALL[:-9], "a.zip", "It is no intact zip archive"),
        (zipped(), "a.zip", "It holds no files."),
        (zipped(("b/", b"")), "a.zip", "It holds no files."),
        (SMALL_BOMBS, "a.zip", "It unpacks to more than a hundred times its size"),
        (SMALL + bytes(LARGEST_UPLOAD), "a.zip", "It is larger than 20 MiB."),
        (many_bombs(27, 10 * MIB), "a.zip", "Unpacked it is larger than 256 MiB."),
        (bomb(), "a.zip/zeros.txt", "Unpacked it is larger than 20 MiB."),
        (bomb(19 * MIB), "a.zip/zeros.txt", "It unpacks to more than a hundred times its size"),
        (lying(bomb(19 * MIB), packed=MIB), "a.zip/zeros.txt", "It is damaged, or other than the"),
        (overlapping(20_000), "a.zip", "It holds more than 10,000 files."),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else None,
)
def test_a_bad_archive_is_refused_with_what_to_do(raw: bytes, file: str, reason: str) -> None:
    told_file, told = why(raw)

    assert told_file == file
    assert told.startswith(reason)


def test_a_file_whose_sum_does_not_match_is_refused() -> None:
    raw = zipped(("a.txt", STORY), deflated=False).replace(b"dam broke", b"dam stood")

    assert why(raw)[1].startswith("It is damaged")


def test_a_name_used_twice_is_refused() -> None:
    good, bad = found_in(zipped(("a.txt", STORY), ("a.txt", b"Another.")))

    assert read(good) == STORY
    assert bad == Rejection(
        "Two files of the archive have this name. Rename one.", file="a.zip/a.txt"
    )


def test_entries_that_share_their_bytes_are_refused() -> None:
    found = found_in(overlapping(50))

    assert len(found) == 50
    assert all(isinstance(one, Rejection) for one in found)


def test_text_that_packs_well_is_no_bomb() -> None:
    chapter = STORY * 19_000

    (one,) = found_in(zipped(("a.txt", chapter)))

    assert len(chapter) < MIB
    assert read(one) == chapter


@pytest.mark.parametrize(
    "make",
    [
        bomb,
        lambda: bomb(19 * MIB),
        lambda: lying(bomb(19 * MIB), packed=MIB),
        lambda: lying(bomb(), size=19 * MIB, packed=MIB),
        lambda: many_bombs(27, 10 * MIB),
        lambda: overlapping(200_000),
        lambda: SMALL + bytes(2 * LARGEST_UPLOAD),
    ],
    ids=["bomb", "ratio", "ratio hidden", "size hidden", "many", "entries", "large"],
)
def test_a_bomb_costs_neither_memory_nor_time(make: object) -> None:
    assert callable(make)
    upload = held("a.zip", make())
    tracemalloc.start()
    began = process_time()

    found = list(members(upload))

    seconds, peak = process_time() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert all(isinstance(one, Rejection) for one in found)
    assert peak < 8 * MIB, f"{peak / MIB:.1f} MiB"
    assert seconds < 3


def test_memory_stays_flat_while_250_mib_are_unpacked() -> None:
    raw = many_bombs(25, 10 * MIB)
    tracemalloc.start()

    lengths = [len(read(one)) for one in members(held("a.zip", raw))]

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(lengths) == 250 * MIB
    assert peak < 28 * MIB, f"{peak / MIB:.1f} MiB"  # one member at a time, and the packed bytes


def test_the_unpacked_bytes_go_with_the_last_upload() -> None:
    before = {path.readlink() for path in Path("/proc/self/fd").iterdir() if path.is_symlink()}
    found = found_in(many_bombs(2, 5 * MIB))

    del found
    gc.collect()

    after = {path.readlink() for path in Path("/proc/self/fd").iterdir() if path.is_symlink()}
    assert [path for path in after - before if "deleted" in str(path)] == []


def test_size_is_told_without_reading() -> None:
    assert why_too_large(io.BytesIO(b"x" * 9)) == ""
    assert why_too_large(io.BytesIO(bytes(LARGEST_UPLOAD))) == ""
    assert why_too_large(io.BytesIO(bytes(LARGEST_UPLOAD + 1))).startswith("It is larger than 20")


GOOD = zipped(("a.txt", STORY), ("b/c.csv", b"text\nA\n" * 50), ("d.txt", b"x"), deflated=True)


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=6))
def test_a_damaged_archive_raises_nothing(changes: list[tuple[int, int]]) -> None:
    raw = bytearray(GOOD)
    for place, byte in changes:
        raw[place] = byte

    found = found_in(bytes(raw))

    assert found
    for one in found:
        if isinstance(one, Upload):
            read(one)


@pytest.mark.parametrize("size", [0, 2, 4])
def test_a_stream_of_another_size_is_not_kept(size: int) -> None:
    unpacked = _Unpacked()

    with pytest.raises(zipfile.BadZipFile, match=f"not {size} bytes"):
        unpacked.add(io.BytesIO(b"abc"), size=size)

    assert unpacked.add(io.BytesIO(b"def"), size=3) == 0
    assert unpacked.read(0, 3) == b"def"
