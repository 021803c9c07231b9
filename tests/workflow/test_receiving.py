"""Import runs: who moves them, from which state, on which version, and what the log keeps."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from annotations.models import Event, ImportRun, Person
from annotations.states import RUN_TRANSITIONS, RunState
from annotations.workflow import receiving
from annotations.workflow.refusals import Forbidden, Stale, Unfit
from tests.people import Cast
from tests.rows import refused
from tests.runs import fresh

FIT, UNFIT = {"is_fit": True, "entries": []}, {"is_fit": False, "entries": []}
FILES = [{"name": "one.txt", "size": 3, "format": ""}]

Verb = Callable[[ImportRun, Person], ImportRun]
VERBS: dict[str, Verb] = {
    "settle": lambda run, by: receiving.settle(run, by=by, version=run.version, choices={"a": 1}),
    "confirm": lambda run, by: receiving.confirm(run, by=by, version=run.version, choices={}),
    "discard": lambda run, by: receiving.discard(run, by=by, version=run.version),
}


def a_run(cast: Cast, state: str = "reading") -> ImportRun:
    run = receiving.begin(cast.project, uid=uuid4(), files=FILES, by=cast.mara)
    ImportRun.objects.filter(pk=run.pk).update(state=state, report=FIT)
    return fresh(run)


def test_a_run_begins_with_files_to_be_read(cast: Cast) -> None:
    run = receiving.begin(cast.project, uid=uuid4(), files=FILES, by=cast.mara)

    assert (run.state, run.files, run.manager, run.version) == ("reading", FILES, cast.mara, 1)


def test_without_files_there_is_no_run(cast: Cast) -> None:
    with refused(Unfit, "Choose a file, or paste a text."):
        receiving.begin(cast.project, uid=uuid4(), files=[], by=cast.mara)


@pytest.mark.parametrize("state", RunState.values)
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_moves_a_run_as_the_table_says(cast: Cast, verb: str, state: str) -> None:
    run, after = a_run(cast, state), RUN_TRANSITIONS[RunState(state)].get(verb)

    if after is None:
        with refused(Stale, "This import has gone on since."):
            VERBS[verb](run, cast.mara)
    else:
        moved = VERBS[verb](run, cast.mara)
        assert (moved.state, moved.version) == (after, run.version + 1)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("name", ["edda", "rosa", "stranger"])
def test_only_a_manager_moves_a_run(cast: Cast, verb: str, name: str) -> None:
    run = a_run(cast, "ready")

    with refused(Forbidden):
        VERBS[verb](run, getattr(cast, name))


@pytest.mark.parametrize("name", ["edda", "rosa", "stranger"])
def test_only_a_manager_begins_a_run(cast: Cast, name: str) -> None:
    with refused(Forbidden):
        receiving.begin(cast.project, uid=uuid4(), files=FILES, by=getattr(cast, name))


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_rests_on_what_was_seen(cast: Cast, verb: str) -> None:
    seen = a_run(cast, "ready")
    ImportRun.objects.filter(pk=seen.pk).update(version=2)

    with refused(Stale, "This import has gone on since."):
        VERBS[verb](seen, cast.mara)


def test_every_verb_of_a_person_leaves_one_event(cast: Cast) -> None:
    before = Event.objects.count()
    run = receiving.begin(cast.project, uid=uuid4(), files=FILES, by=cast.mara)
    receiving.conclude(run, "found", report=FIT)
    run = VERBS["settle"](fresh(run), cast.mara)
    receiving.conclude(run, "found", report=FIT)
    run = VERBS["confirm"](fresh(run), cast.mara)
    VERBS["discard"](run, cast.mara)

    events = Event.objects.of_project(cast.project.uid)[before:]

    assert [(event.verb, event.actor) for event in events] == [
        ("begin_import", "mara"),
        ("settle_import", "mara"),
        ("confirm_import", "mara"),
        ("discard_import", "mara"),
    ]
    assert events[2].after == {"import_run": str(run.uid), "state": "storing", "files": 1}


def test_settling_keeps_answers_and_takes_more_files(cast: Cast) -> None:
    run, more = a_run(cast, "ready"), [{"name": "two.txt", "size": 5, "format": ""}]

    receiving.settle(run, by=cast.mara, version=1, choices={"lifted": []}, files=more)

    after = fresh(run)
    assert (after.choices, after.files, after.report) == ({"lifted": []}, FILES + more, None)


def test_a_mended_file_replaces_its_namesake_with_what_was_said_of_it(cast: Cast) -> None:
    run, mended = a_run(cast, "ready"), [{"name": "one.txt", "size": 5, "format": ""}]
    said = {"one.txt": {"encoding": "cp1252"}, "one.txt.txt": {"encoding": "cp1252"}}
    choices = {
        "settled": {**said, "one.txt/in.txt": {"encoding": "cp1252"}},
        "without": ["one.txt", "b"],
    }

    receiving.settle(run, by=cast.mara, version=1, choices=choices, files=mended)

    after = fresh(run)
    assert after.files == mended
    assert after.choices == {
        "settled": {"one.txt.txt": {"encoding": "cp1252"}},
        "without": ["b"],
    }


def test_what_is_begun_twice_is_one_run(cast: Cast) -> None:
    uid = uuid4()

    first, again = (
        receiving.begin(cast.project, uid=uid, files=FILES, by=cast.mara) for _time in range(2)
    )

    assert (again, ImportRun.objects.count()) == (first, 1)
    assert Event.objects.filter(verb="begin_import").count() == 1


def test_what_is_not_fit_is_not_confirmed(cast: Cast) -> None:
    run = a_run(cast, "ready")
    ImportRun.objects.filter(pk=run.pk).update(report=UNFIT)

    with refused(Unfit, "There is nothing to import yet."):
        VERBS["confirm"](run, cast.mara)


def test_it_is_stored_in_the_name_of_who_confirmed_it(cast: Cast) -> None:
    run = a_run(cast, "ready")
    cast.rosa.memberships.update(role="manager")

    VERBS["confirm"](run, cast.rosa)

    assert fresh(run).manager == cast.rosa


def test_the_job_notes_what_it_came_to_and_why(cast: Cast) -> None:
    run = a_run(cast, "storing")

    happened = receiving.conclude(run, "differ", report=UNFIT, reason="It has changed.")

    after = fresh(run)
    assert (happened, after.state, after.report, after.reason) == (
        True,
        "ready",
        UNFIT,
        "It has changed.",
    )


def test_the_job_leaves_a_run_alone_that_is_not_at_work(cast: Cast) -> None:
    run = a_run(cast, "discarded")

    happened = receiving.conclude(run, "store", report=UNFIT)

    assert (happened, fresh(run).state, fresh(run).report) == (False, "discarded", FIT)
