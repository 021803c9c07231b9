"""Jobs: done once at a time, seen to be at work and seen to be gone, and how far they say they are."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from annotations import jobs
from annotations.jobs import Progress

SLEEPER = "import time; time.sleep(60)"


@pytest.fixture
def work_dir(settings: LazySettings, tmp_path: Path) -> Path:
    settings.WORK_DIR = tmp_path
    return tmp_path


@pytest.fixture
def calls(work_dir: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a job called “probe” was called with."""
    called: list[str] = []
    monkeypatch.setitem(jobs.JOBS, "probe", called.append)
    return called


def test_inline_it_is_done_before_enqueue_returns(calls: list[str]) -> None:
    jobs.enqueue("probe", "one")

    assert calls == ["one"]
    assert not jobs.is_at_work("probe", "one")


def test_while_somebody_is_at_it_nobody_else_begins(
    calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []

    def nested(key: str) -> None:
        seen.append(jobs.is_at_work("probe", key))
        seen.append(jobs.is_at_work("probe", "another"))
        jobs.enqueue("probe", key)

    monkeypatch.setattr(jobs, "PATIENCE", 0.05)
    monkeypatch.setitem(jobs.JOBS, "probe", nested)
    jobs.enqueue("probe", "one")

    assert seen == [True, False]


def test_a_lock_is_given_back_when_the_job_fails(
    calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_key: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(jobs.JOBS, "failing", failing)
    with pytest.raises(ZeroDivisionError):
        jobs.enqueue("failing", "one")

    assert not jobs.is_at_work("failing", "one")


def test_work_that_is_just_ending_does_not_swallow_what_is_asked_for_now(
    calls: list[str], work_dir: Path
) -> None:
    place = jobs._place("probe", "one", "lock")
    ending = place.open("w+b")
    fcntl.flock(ending, fcntl.LOCK_EX)
    ended = wait_and(ending.close, seconds=0.5)

    jobs.enqueue("probe", "one")
    ended()

    assert calls == ["one"]


def test_a_process_gives_the_lock_back_before_it_ends(calls: list[str], work_dir: Path) -> None:
    place = jobs._place("probe", "one", "lock")
    begin = (
        "import fcntl, time; from annotations import jobs; jobs.JOBS['probe'] = lambda key: None;"
    )
    end = "jobs.perform('probe', 'one'); print('over', flush=True); time.sleep(60)"
    with place.open("w+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        child = subprocess.Popen(
            [sys.executable, "-c", f"import django; django.setup(); {begin} {end}"],
            stdin=lock,
            stdout=subprocess.PIPE,
        )
    with child:
        assert child.stdout is not None
        before = jobs.is_at_work("probe", "one")
        child.stdout.readline()
        after = jobs.is_at_work("probe", "one")
        child.kill()

    assert (before, after) == (True, False)


def test_a_process_holds_the_lock_until_it_ends_in_whatever_way(work_dir: Path) -> None:
    place = work_dir / "jobs" / "probe-one.lock"
    assert not jobs.is_at_work("probe", "one")
    with place.open("w+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        child = subprocess.Popen([sys.executable, "-c", SLEEPER], stdin=lock)

    held = jobs.is_at_work("probe", "one")
    os.kill(child.pid, signal.SIGKILL)
    child.wait()

    assert (held, jobs.is_at_work("probe", "one")) == (True, False)


def test_who_looks_at_the_lock_keeps_nobody_from_taking_it(calls: list[str]) -> None:
    jobs.enqueue("probe", "one")
    with (Path(str(jobs._home())) / "probe-one.lock").open("rb") as looking:
        fcntl.flock(looking, fcntl.LOCK_SH)
        until_free = wait_and(lambda: fcntl.flock(looking, fcntl.LOCK_UN), seconds=0.05)

        jobs.enqueue("probe", "one")
        until_free()

    assert calls == ["one", "one"]


def wait_and(act: Callable[[], object], *, seconds: float) -> Callable[[], None]:
    """Do something a little later, in another thread; calling what comes back waits for it."""
    timer = threading.Timer(seconds, act)
    timer.start()
    return timer.join


def test_progress_is_told_at_each_phase_and_not_at_each_step(work_dir: Path) -> None:
    told = []
    tell = jobs.teller("probe", "one")
    for phase, done in [("reading", 0), ("reading", 1), ("reading", 4), ("storing", 0)]:
        tell(phase, done, 4)
        told.append(jobs.progress_of("probe", "one"))

    assert told == [
        Progress("reading", 0, 4),
        Progress("reading", 0, 4),
        Progress("reading", 4, 4),
        Progress("storing", 0, 4),
    ]


@pytest.mark.parametrize(
    ("done", "total", "percent"), [(0, 0, 0), (1, 3, 33), (3, 3, 100), (9, 3, 100)]
)
def test_a_share_is_never_more_than_all(done: int, total: int, percent: int) -> None:
    assert Progress("reading", done, total).percent == percent


def test_without_a_word_from_the_job_nothing_is_known(work_dir: Path) -> None:
    before = jobs.progress_of("probe", "one")
    (work_dir / "jobs" / "probe-one.json").write_text("[half of")

    assert (before, jobs.progress_of("probe", "one")) == (None, None)


def test_what_is_old_is_swept_away(calls: list[str], work_dir: Path) -> None:
    jobs.enqueue("probe", "old")
    jobs.enqueue("probe", "new")
    long_ago = time.time() - jobs.KEPT_SECONDS - 60
    os.utime(work_dir / "jobs" / "probe-old.lock", (long_ago, long_ago))

    jobs.sweep()

    assert [one.name for one in (work_dir / "jobs").iterdir()] == ["probe-new.lock"]


def test_a_sweep_does_not_mind_that_another_was_faster(
    calls: list[str], work_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs.enqueue("probe", "one")
    gone = work_dir / "jobs" / "probe-gone.lock"
    there = list((work_dir / "jobs").iterdir())
    monkeypatch.setattr(Path, "iterdir", lambda _self: iter([gone, *there]))

    jobs.sweep()

    assert [one.exists() for one in there] == [True]


def test_its_files_are_for_the_owner_only(calls: list[str], work_dir: Path) -> None:
    jobs.enqueue("probe", "one")

    home = work_dir / "jobs"
    assert (home.stat().st_mode & 0o777, (home / "probe-one.lock").stat().st_mode & 0o777) == (
        0o700,
        0o600,
    )


def test_the_command_does_one_job(calls: list[str]) -> None:
    call_command("job", "probe", "one")

    assert calls == ["one"]


def test_the_command_knows_the_jobs_there_are(calls: list[str]) -> None:
    with pytest.raises(
        CommandError, match=r"There is no job “paint”\. Choose one of import_run, probe\."
    ):
        call_command("job", "paint", "one")
