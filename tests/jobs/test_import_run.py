"""The job of an import run: reads, stores just what was confirmed, and survives being killed."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest
from django.conf import LazySettings

from annotations import jobs
from annotations.importers import uploads
from annotations.jobs.import_run import NAME
from annotations.models import Article, Event, ImportRun
from annotations.states import RunState
from annotations.workflow import intake, receiving
from tests.people import Cast, make_cast
from tests.runs import ONE, begun, confirmed, fresh, ready, worked, zipped
from tests.seed import seed_text

SECONDS = 60
CP1252 = "Zoë said so at the café.\n".encode("cp1252")


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def outcomes(run: ImportRun) -> list[tuple[str, int, str]]:
    assert run.report is not None
    return [(one["file"], one["line"], one["outcome"]) for one in run.report["entries"]]


def test_reading_stores_nothing_and_tells_all(cast: Cast) -> None:
    run = ready(cast, {"one.txt": ONE, "two.docx": b"PK", "seed.txt": seed_text().encode()})

    assert outcomes(run) == [
        ("one.txt", 0, "new"),
        ("two.docx", 0, "rejected"),
        ("seed.txt", 0, "new"),
    ]
    assert not Article.objects.exists()
    assert run.report is not None
    (zone,) = run.report["entries"][2]["zones"]
    assert (zone["start"], zone["end"]) == (2129, 2232)
    assert zone["before"].endswith("in response to a chemical weapons attack\n\n")
    assert zone["text"].startswith("Categories: News")


def test_storing_leaves_out_what_the_report_rejected(cast: Cast) -> None:
    run = worked(confirmed(cast, {"one.txt": ONE, "two.docx": b"PK"}))

    assert run.state == RunState.STORED
    (article,) = Article.objects.all()
    assert article.text == ONE.decode()
    assert run.report is not None
    assert [one["article_id"] for one in run.report["entries"]] == [article.pk, 0]
    assert not Path(uploads._storage().path(run.uid.hex)).exists()
    assert Event.objects.filter(verb="import").get().actor == "mara"


def test_what_somebody_else_brought_meanwhile_is_confirmed_anew(cast: Cast) -> None:
    run = confirmed(cast, {"one.txt": ONE, "two.txt": b"Another story.\n"})
    intake.take_in(cast.project, intake.Manuscript(ONE.decode()), by=cast.mara)

    again = worked(run)

    assert (again.state, Article.objects.count()) == (RunState.READY, 1)
    assert outcomes(again) == [("one.txt", 0, "known"), ("two.txt", 0, "new")]
    assert again.reason.startswith("What would be stored is not what you confirmed")


def test_a_file_that_is_left_out_stays_out(cast: Cast) -> None:
    run = ready(cast, {"one.txt": ONE, "two.txt": b"Another story.\n"})
    choices = {"settled": {}, "lifted": [], "without": ["two.txt"]}
    receiving.confirm(run, by=cast.mara, version=run.version, choices=choices)

    stored = worked(run)

    assert stored.state == RunState.STORED
    assert Article.objects.get().text == ONE.decode()


def test_a_zone_that_is_part_of_the_article_comes_in_lifted(cast: Cast) -> None:
    run = ready(cast, {"seed.txt": seed_text().encode()})
    assert run.report is not None
    sha = run.report["entries"][0]["sha256"]
    choices = {"settled": {}, "lifted": [[sha, 2129, 2232]], "without": []}
    receiving.confirm(run, by=cast.mara, version=run.version, choices=choices)

    worked(run)

    (zone,) = Article.objects.get().zones.all()
    assert (zone.start, zone.end, zone.active) == (2129, 2232, False)


@pytest.mark.parametrize(
    ("files", "label"),
    [
        ({"zoe.txt": CP1252}, "zoe.txt"),
        ({"all.zip": zipped({"zoe.txt": CP1252})}, "all.zip/zoe.txt"),
    ],
)
def test_an_encoding_is_asked_for_with_previews_and_then_used(
    cast: Cast, files: dict[str, bytes], label: str
) -> None:
    asked = ready(cast, files)
    assert asked.report is not None
    (question,) = asked.report["questions"]
    previews = dict(question["previews"])

    assert (question["file"], asked.report["is_fit"]) == (label, False)
    assert previews["cp1252"] == [[1, "Zoë said so at the café."]]
    assert previews["cp1251"] == [[1, "Zoл said so at the cafй."]]

    choices = {"settled": {label: {"encoding": "cp1252"}}, "lifted": [], "without": []}
    receiving.settle(asked, by=cast.mara, version=asked.version, choices=choices)
    answered = worked(asked)

    assert answered.report is not None
    assert (outcomes(answered), answered.report["is_fit"]) == ([(label, 0, "new")], True)


def test_what_no_database_holds_is_replaced_in_a_report(cast: Cast) -> None:
    run = ready(cast, {"bad.txt": b"Zo\xeb\x00 said"})

    assert run.report is not None
    assert "\0" not in json.dumps(run.report, ensure_ascii=False)


def test_who_is_no_manager_any_more_imports_nothing(cast: Cast) -> None:
    run = confirmed(cast)
    cast.mara.memberships.all().delete()

    failed = worked(run)

    assert (failed.state, failed.reason) == (
        RunState.FAILED,
        "You are not a member of this project.",
    )
    assert not Article.objects.exists()


@pytest.mark.parametrize("state", ["ready", "stored", "discarded", "failed"])
def test_it_leaves_alone_what_does_not_wait_for_it(cast: Cast, state: str) -> None:
    run = ready(cast)
    ImportRun.objects.filter(pk=run.pk).update(state=state)

    worked(run)

    after = fresh(run)
    assert (after.state, after.version, Article.objects.count()) == (state, run.version, 0)


def test_a_run_that_was_discarded_meanwhile_stores_nothing(cast: Cast) -> None:
    run = confirmed(cast)
    receiving.discard(run, by=cast.mara, version=run.version)

    worked(run)

    assert (fresh(run).state, Article.objects.count()) == (RunState.DISCARDED, 0)


def test_nothing_is_done_for_a_run_that_is_not_there(db: None) -> None:
    jobs.JOBS[NAME]("00000000-0000-0000-0000-000000000000")

    assert not ImportRun.objects.exists()


MANY = 1500


def many_articles() -> bytes:
    """A file that takes a while to store."""
    tail = seed_text()[300:]
    lines = (
        {"text": f"Story {number}. {tail}", "title": f"Story {number}"} for number in range(MANY)
    )
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


@pytest.mark.slow
def test_a_killed_job_leaves_nothing_half_and_can_be_started_again(
    database_url: str, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.JOBS = "process"
    monkeypatch.setenv("DATABASE_URL", database_url)
    run = begun(make_cast(), {"many.jsonl": many_articles()})
    key, hits = str(run.uid), []

    kill_in(key, "reading", after=0.02)
    assert (fresh(run).state, jobs.is_at_work(NAME, key)) == (RunState.READING, False)

    jobs.enqueue(NAME, key)
    wait_for(run, RunState.READY)
    run = fresh(run)
    receiving.confirm(run, by=run.manager, version=run.version, choices={})
    for after in (0.0, 0.1, 0.2, 0.3):
        hits.append(kill_in(key, "storing", after=after))
        state, count = fresh(run).state, Article.objects.count()
        assert (state, count) in ((RunState.STORING, 0), (RunState.STORED, MANY))
        assert not jobs.is_at_work(NAME, key)
    assert any(hits), "no kill hit the middle of storing"

    jobs.enqueue(NAME, key)
    wait_for(run, RunState.STORED)
    assert Article.objects.count() == MANY
    assert Event.objects.filter(verb="import").count() == MANY


def kill_in(key: str, phase: str, *, after: float) -> bool:
    """Start the job and kill it so many seconds into a phase; whether it was in the midst of it."""
    jobs.enqueue(NAME, key)
    deadline = time.monotonic() + SECONDS
    while jobs.is_at_work(NAME, key) and time.monotonic() < deadline:
        progress = jobs.progress_of(NAME, key)
        if progress and progress.phase == phase:
            break
        time.sleep(0.002)
    time.sleep(after)
    was_at_work = jobs.is_at_work(NAME, key)
    pid = int((jobs._home() / f"{NAME}-{key}.lock").read_text())
    if was_at_work:
        os.kill(pid, signal.SIGKILL)
    while jobs.is_at_work(NAME, key) and time.monotonic() < deadline:
        time.sleep(0.002)
    progress = jobs.progress_of(NAME, key)
    return was_at_work and progress is not None and progress.phase == phase


def wait_for(run: ImportRun, state: RunState) -> None:
    """Wait until the job has brought the run to a state and is gone."""
    deadline = time.monotonic() + SECONDS
    while fresh(run).state != state or jobs.is_at_work(NAME, str(run.uid)):
        assert time.monotonic() < deadline, f"it is still {fresh(run).state}: {fresh(run).reason}"
        time.sleep(0.02)
