"""Import runs as rows: which are unfinished, and how people call them."""

from __future__ import annotations

import pytest

from annotations.models import ImportRun
from annotations.states import RunState
from tests.people import Cast
from tests.runs import begun


def test_a_run_is_unfinished_until_it_is_stored_or_discarded(cast: Cast) -> None:
    runs = {}
    for state in RunState:
        runs[state] = begun(cast)
        ImportRun.objects.filter(pk=runs[state].pk).update(state=state, report={})

    unfinished = list(ImportRun.objects.unfinished())

    assert [run.state for run in unfinished] == ["failed", "storing", "ready", "reading"]


@pytest.mark.parametrize(
    ("state", "is_working"),
    [
        (RunState.READING, True),
        (RunState.READY, False),
        (RunState.STORING, True),
        (RunState.STORED, False),
        (RunState.FAILED, False),
        (RunState.DISCARDED, False),
    ],
)
def test_a_job_works_on_a_run_that_is_read_or_stored(state: RunState, is_working: bool) -> None:
    assert ImportRun(state=state).is_working is is_working


def test_people_know_a_run_by_its_files() -> None:
    assert str(ImportRun(files=[{"name": "a.txt"}, {"name": "b.csv"}])) == "a.txt, b.csv"
