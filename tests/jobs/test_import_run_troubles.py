"""What an import's job does when something is in its way: gone files, a busy database, much to ask."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import Never

import pytest
from django.db import OperationalError

from annotations.importers import Rejection, Upload, uploads
from annotations.importers.archives import members
from annotations.importers.report import MOST_ASKED
from annotations.jobs import import_run
from annotations.models import Article
from annotations.states import RunState
from annotations.workflow import receiving
from tests.people import Cast, make_cast
from tests.runs import ONE, begun, ready, worked, zipped

CP1252 = "Zoë said so at the café.\n".encode("cp1252")


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def failing(error: Exception) -> Callable[..., Never]:
    """Something that raises."""

    def fail(*_args: object, **_options: object) -> Never:
        raise error

    return fail


def test_a_fault_of_ours_is_told_and_can_be_tried_again(
    cast: Cast, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begun(cast)
    monkeypatch.setattr(import_run, "run", failing(ZeroDivisionError()))

    failed = worked(run)

    assert (failed.state, Article.objects.count()) == (RunState.FAILED, 0)
    assert failed.reason.startswith("Something unforeseen happened. Nothing was stored")
    assert f"The import run {run.pk} failed" in caplog.text


def test_files_that_are_gone_are_told_as_such(cast: Cast) -> None:
    run = begun(cast)
    uploads.remove(run)

    failed = worked(run)

    assert (failed.state, failed.reason) == (
        RunState.FAILED,
        "The files were removed after 30 days. Discard this import and bring them again.",
    )


def test_a_busy_database_is_told_and_can_be_tried_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = failing(OperationalError("database is locked"))
    with monkeypatch.context() as patch:
        patch.setattr(import_run, "run", busy)
        failed = worked(begun(cast))
    run = begun(cast)
    with monkeypatch.context() as patch:
        patch.setattr(import_run, "run", busy)
        patch.setattr(receiving, "conclude", busy)
        untold = worked(run)

    assert (failed.state, untold.state) == (RunState.FAILED, RunState.READING)
    assert failed.reason == ("Somebody else is importing or the database is busy; start it again.")
    assert worked(run).state == RunState.READY


def test_an_archive_is_unpacked_once_for_all_its_previews(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked: list[str] = []

    def counted(upload: Upload) -> Iterator[Upload | Rejection]:
        unpacked.append(upload.label)
        return members(upload)

    monkeypatch.setattr(import_run, "members", counted)
    many = {f"{number:02}.txt": CP1252 for number in range(MOST_ASKED + 2)}

    run = ready(cast, {"all.zip": zipped(many), "other.zip": zipped({"a.txt": ONE})})

    previews = [one.get("previews") for one in (run.report or {})["questions"]]
    assert [bool(one) for one in previews] == [True] * MOST_ASKED + [False] * 2
    assert unpacked == ["all.zip"]


def test_work_sweeps_what_others_left_and_holds_its_own(cast: Cast) -> None:
    run, other = begun(cast), begun(cast)
    long_ago = time.time() - uploads.KEPT_SECONDS - 60
    for one in (run, other):
        os.utime(uploads.home_of(one.uid), (long_ago, long_ago))

    assert worked(run).state == RunState.READY

    assert [uploads.home_of(one.uid).exists() for one in (run, other)] == [True, False]
