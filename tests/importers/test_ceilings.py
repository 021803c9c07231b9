"""Ceilings of a run: however much is brought, little is read, kept and told."""

from __future__ import annotations

import tracemalloc

import pytest

from annotations.importers import Upload, ceilings, held
from annotations.importers.report import Entry, Report
from annotations.importers.run import run
from tests.importers.cases import article, line, marked, span
from tests.importers.zips import many_bombs
from tests.people import Cast, make_cast
from tests.rows import dump

pytestmark = pytest.mark.django_db
MIB = 2**20


def tried(cast: Cast, *uploads: Upload) -> Report:
    before = dump()
    report = run(cast.project, uploads, by=cast.mara)
    assert (report.stored, dump()) == (False, before)
    return report


def told(entry: Entry) -> tuple[str, int, str]:
    return entry.file, entry.line, entry.reason.partition(":")[0].partition(".")[0]


def test_all_files_of_a_run_have_one_ceiling_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ceilings, "MOST_BYTES", 5 * MIB)
    raw = many_bombs(2, 2 * MIB)
    uploads = [held(f"{number}.zip", raw) for number in range(8)]
    cast = make_cast()
    tracemalloc.start()

    report = tried(cast, *uploads)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert report.entries[-1].file == "1.zip/0.txt"
    assert report.entries[-1].reason.startswith("From here on nothing was read")
    assert len({entry.file for entry in report.entries}) == 3
    assert peak < 40 * MIB, f"{peak / MIB:.1f} MiB"


def test_a_run_has_a_ceiling_for_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ceilings, "MOST_ARTICLES", 3)
    raw = b"".join(line({"text": f"The dam {number} broke."}) for number in range(2))
    files = [held(name, raw.replace(b"dam", name.encode())) for name in ("a.jsonl", "b.jsonl")]

    report = tried(make_cast(), *files, held("c.txt", b"One more."))

    assert [entry.outcome for entry in report.entries] == ["new"] * 3 + ["rejected"]
    assert told(report.entries[-1]) == ("b.jsonl", 2, "From here on nothing was read")


def test_of_a_file_with_many_faults_the_first_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ceilings, "MOST_FAULTS", 3)

    report = tried(make_cast(), held("a.jsonl", b"[]\n" * 9), held("b.txt", b"\0"))

    assert [told(entry)[:2] for entry in report.entries] == [
        *(("a.jsonl", number) for number in range(1, 5)),
        ("b.txt", 0),
    ]
    assert report.entries[3].reason == "And so on: mend these first."


def test_of_annotations_with_many_faults_the_first_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ceilings, "MOST_FAULTS", 3)
    spans = [{"tag": "cue", "start": 900, "end": 901 + one, "text": "a"} for one in range(9)]

    report = tried(
        make_cast(), held("a.jsonl", line(article(annotations=[marked(spans=spans, links=[])])))
    )

    assert len(report.entries) == 4
    assert report.entries[3].reason == "And so on: mend these first."


def test_of_many_annotations_in_boilerplate_the_first_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ceilings, "MOST_FAULTS", 3)
    spans = [span(f"S{end}", "cue", "Leave a Reply"[:end]) for end in range(3, 12)]
    raw = line(article(annotations=[marked(spans=spans, links=[])]))

    report = tried(make_cast(), held("a.jsonl", raw))

    assert len(report.entries) == 4
    assert report.entries[0].zones
    assert report.entries[3].reason == "And so on: mend these first."


def test_a_million_bad_lines_cost_little() -> None:
    upload = held("a.jsonl", b"[]\n" * MIB)
    cast = make_cast()
    tracemalloc.start()

    report = run(cast.project, [upload], by=cast.mara, dry_run=True)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(report.entries) == ceilings.MOST_FAULTS + 1
    assert peak < 12 * MIB, f"{peak / MIB:.1f} MiB"
