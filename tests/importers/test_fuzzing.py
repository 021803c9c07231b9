"""Every importer with files that are nearly good: nothing is raised but our own refusals.

Good files are damaged byte by byte and part by part, pass the front door, are read, and what is read
is fitted to its text: 10,000 files with REQUIRE_ALL=1, as many as FUZZ says, else a few of each kind.
"""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.importers import FORMATS, Arrival, Question, Rejection, held
from annotations.importers.doorway import sorted_in
from annotations.importers.run import run
from annotations.models import Project
from annotations.text.intake import UnfitText
from annotations.workflow.fitting import fitted_to
from annotations.workflow.intake import article_of, text_of
from annotations.workflow.refusals import Refused
from tests.importers.accidents import EDITS, GOOD, MADE, Edit, Files, damaged, json_lines
from tests.importers.cases import TEXT, article
from tests.people import make_cast
from tests.rows import dump

FORMATS_FUZZED = 9
IS_THOROUGH = os.environ.get("REQUIRE_ALL") == "1"
# Reading knows no database, so that once is enough.
FEW_OR_MANY = 10_000 if IS_THOROUGH and connection.vendor == "sqlite" else 320
EXAMPLES = -(-int(os.environ.get("FUZZ") or FEW_OR_MANY) // FORMATS_FUZZED)
STORED = 100 if IS_THOROUGH else 8
ENCODINGS = ["", "", "", "", "cp1252", "utf-16-le", "utf-7", "klingon", "rot13", "idna", "hex"]

fuzzed = settings(
    max_examples=EXAMPLES,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def taken_in(files: Files, encoding: str = "") -> list[str]:
    """All the way of files but the database's part: what became of each, by name of its type."""
    became = []
    uploads = [replace(held(name, raw), encoding=encoding) for name, raw in files]
    for bundle in sorted_in(uploads):
        if isinstance(bundle, Rejection):
            assert bundle.reason
            became.append("Rejection")
            continue
        for found in bundle.format.read(bundle.upload):
            assert isinstance(found, Arrival | Rejection | Question)
            became.append(type(found).__name__)
            if isinstance(found, Arrival):
                _fit(found)
            else:
                assert found.reason
    return became


def _fit(arrival: Arrival) -> None:
    try:
        text = text_of(arrival.manuscript)
        article_of(Project(), arrival.manuscript, text)
        for annotated in arrival.annotated:
            fitted_to(text, annotated.passages, annotated.relations)
    except (Refused, UnfitText):
        return


def test_every_format_is_fuzzed() -> None:
    assert set(MADE) == {*FORMATS, "zip"}
    assert len(MADE) == FORMATS_FUZZED


@pytest.mark.parametrize("key", MADE)
def test_a_damaged_file_is_read_or_refused(key: str) -> None:
    tried = 0

    @fuzzed
    @given(MADE[key], EDITS, st.sampled_from(ENCODINGS))
    def whatever_it_holds(files: Files, edits: list[Edit], encoding: str) -> None:
        nonlocal tried
        tried += 1
        *rest, (name, raw) = files

        taken_in([*rest, (name, damaged(raw, edits))], encoding)

    whatever_it_holds()

    assert tried >= EXAMPLES


@pytest.mark.parametrize("key", MADE)
def test_what_is_damaged_was_good(key: str) -> None:
    """Else only the first refusal of each importer would be tried."""
    became = taken_in(GOOD[key])

    assert "Arrival" in became
    assert "Rejection" not in became


@pytest.mark.django_db
@pytest.mark.parametrize("key", MADE)
def test_what_is_read_of_a_damaged_file_is_stored_or_refused(key: str) -> None:
    cast = make_cast()
    before = dump()

    @settings(fuzzed, max_examples=STORED)
    @given(MADE[key], EDITS)
    def whatever_it_holds(files: Files, edits: list[Edit]) -> None:
        (name, raw), *rest = reversed(files)
        uploads = [held(*one) for one in (*rest, (name, damaged(raw, edits[:2])))]

        report = run(cast.project, uploads, by=cast.mara, dry_run=True, leave_out=True)

        assert all(entry.reason for entry in report.of("rejected"))

    whatever_it_holds()

    assert dump() == before


LONG = "x" * 5000


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["amira haddad", "a/b", LONG, "أميرة", "<b>", " ", "-", "a\nb", "\u202eb"]
)
def test_an_annotator_of_any_name_is_made_or_refused(name: str) -> None:
    cast = make_cast()
    told = article(annotations=[article()["annotations"][0] | {"annotator": name}])

    report = run(cast.project, [held("a.jsonl", json_lines(told))], by=cast.mara)

    assert report.stored or report.of("rejected")[0].reason


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", [f"{LONG}.txt", "🙂.txt", "a\nb.txt", "\ud800.txt", "../a.txt", ".txt"]
)
def test_a_file_of_any_name_is_stored_or_refused(name: str) -> None:
    cast = make_cast()

    report = run(cast.project, [held(name, b"The dam broke, he said.")], by=cast.mara)

    assert report.stored or report.of("rejected")[0].reason


@pytest.mark.django_db
@pytest.mark.parametrize("fact", ["title", "byline", "outlet", "url", "language", "external_id"])
@pytest.mark.parametrize("value", [LONG, "\n", "<b>", "🙂" * 300])
def test_a_fact_of_any_length_is_stored_or_refused(fact: str, value: str) -> None:
    cast = make_cast()
    raw = json_lines({"text": TEXT, fact: value})

    report = run(cast.project, [held("a.jsonl", raw)], by=cast.mara)

    assert report.stored or report.of("rejected")[0].reason
