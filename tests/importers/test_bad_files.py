"""Bad files: each is refused with its name, its line and what to do, and the database stays as it is."""

from __future__ import annotations

import tracemalloc
import warnings
from collections.abc import Callable, Iterator
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from annotations.importers import Upload, held
from annotations.importers.archives import LARGEST_UPLOAD
from annotations.importers.run import run
from annotations.models import Article
from tests.importers.bad import BAD_FILES, MIB, Files, table
from tests.importers.bad_annotations import BAD_ANNOTATIONS, E1, T1, T2, T3, brat, studio
from tests.importers.cases import article, line
from tests.importers.zips import STORY, zipped
from tests.pages import page_of, signed_in
from tests.people import make_cast

pytestmark = pytest.mark.django_db

BAD = BAD_FILES | BAD_ANNOTATIONS


@pytest.fixture(autouse=True)
def _names_used_twice() -> Iterator[None]:
    """Making such archives warns; reading them is the subject."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Duplicate name", UserWarning)
        yield


def checksum() -> str:
    """One number for every row of every table, read past the models."""
    found = sha256()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.update(repr((table, sorted(map(repr, cursor.fetchall())))).encode())
    return found.hexdigest()


def brought(files: Files | Callable[[], Files]) -> list[Upload]:
    return [held(name, raw) for name, raw in (files() if callable(files) else files).items()]


def test_the_table_is_long_enough() -> None:
    assert len(BAD) >= 60


@pytest.mark.parametrize(("files", "file", "number", "reason"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_and_changes_nothing(
    files: Files | Callable[[], Files], file: str, number: int, reason: str
) -> None:
    cast = make_cast()
    good = held("good.txt", b"A good story comes with the bad one, and stays out with it.")
    before = checksum()

    tried = run(cast.project, [good, *brought(files)], by=cast.mara, dry_run=True)
    report = run(cast.project, [good, *brought(files)], by=cast.mara)

    assert (tried.entries, tried.questions) == (report.entries, report.questions)
    assert (report.stored, checksum()) == (False, before)
    assert not report.is_fit
    told = [one for one in report.entries if one.outcome in {"rejected", "question"}]
    assert (told[0].file, told[0].line) == (file, number)
    assert told[0].reason.startswith(reason)


@pytest.mark.parametrize(("files", "file", "number", "reason"), BAD.values(), ids=BAD)
def test_the_page_tells_it_and_never_breaks(
    files: Files | Callable[[], Files], file: str, number: int, reason: str
) -> None:
    mara = signed_in(make_cast().mara)
    named = [SimpleUploadedFile(one.name, one.open().read()) for one in brought(files)]

    response = mara.post("/projects/news/import/", {"uploads": named}, follow=True)

    assert response.status_code in {200, 413, 422}
    assert not Article.objects.exists()
    if response.status_code == 200:
        told = page_of(response).one("main").words
        asked = "encoding" if reason.startswith("The file is not valid") else reason
        assert " ".join(asked.split()) in told
        assert number == 0 or f"ine {number}" in told
    else:
        assert file.startswith("large")


@pytest.mark.parametrize(
    "make",
    [one[0] for one in BAD.values() if callable(one[0])],
    ids=[name for name, one in BAD.items() if callable(one[0])],
)
def test_a_bomb_is_refused_at_little_cost(make: Callable[[], Files]) -> None:
    cast = make_cast()
    uploads = brought(make)
    size = sum(len(one.open().read()) for one in uploads)
    tracemalloc.start()

    report = run(cast.project, uploads, by=cast.mara)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert not report.stored
    assert peak < 8 * MIB + 6 * min(size, LARGEST_UPLOAD), f"{peak / MIB:.0f} MiB"
    if size > LARGEST_UPLOAD:
        assert peak < 8 * MIB, f"{peak / MIB:.0f} MiB"


def test_good_files_of_every_kind_are_stored() -> None:
    """Else the table would prove nothing."""
    cast = make_cast()
    good = {
        "a.zip": zipped(("x.txt", STORY), ("y/z.txt", STORY.upper())),
        "b.jsonl": line(article()),
        **table("text,title", "One.,A"),
        **brat(T1, T2, T3, E1, text=b"Ann said Bob said the dam broke."),
        **studio(),
    }
    before = checksum()
    uploads = [held(*one) for one in good.items()]
    tried = run(cast.project, uploads, by=cast.mara, dry_run=True)
    assert (tried.is_fit, checksum()) == (True, before)

    report = run(cast.project, uploads, by=cast.mara)

    assert [entry.reason for entry in report.entries if entry.outcome != "new"] == []
    assert report.stored
    assert checksum() != before
