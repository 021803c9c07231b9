"""The ground all tests stand on: their database, what may be skipped, and the closed network."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from annotations.models import Event
from tests.conftest import emptied

ROOT = Path(__file__).resolve().parent.parent
TIMES_OF_TROUBLE = """
import pytest

def test_without_the_corpus():
    pytest.skip("ASCRIBE_CORPUS is not set")

def test_without_a_browser():
    pytest.skip("no browser")

@pytest.mark.xfail(reason="known")
def test_known_to_fail():
    raise ValueError
"""

FULL = 2
AS_SET_UP: dict[str, tuple[str, dict[str, str | int]]] = {
    "sqlite": (
        "PRAGMA",
        {"journal_mode": "wal", "synchronous": FULL, "foreign_keys": 1, "busy_timeout": 20_000},
    ),
    "postgresql": (
        "SHOW",
        {
            "statement_timeout": "30s",
            "lock_timeout": "5s",
            "idle_in_transaction_session_timeout": "1min",
            "TimeZone": "UTC",
        },
    ),
}


def an_event() -> Event:
    """Any row of the log."""
    return Event.objects.create(
        chain="article/1", number=1, project_uid=uuid4(), object_uid=uuid4(), verb="mark",
        actor="ida", at="2026-01-01T00:00:00Z", previous_hash="0" * 64, hash="1" * 64,
    )  # fmt: skip


def test_a_committed_database_is_emptied_and_keeps_its_triggers(committed_db: None) -> None:
    an_event()

    emptied()

    assert Event.objects.count() == 0
    event = an_event()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.delete()


def test_another_process_reaches_the_test_database(database_url: str) -> None:
    an_event()
    script = "import django; django.setup(); from annotations.models import Event; "

    other = subprocess.run(
        [sys.executable, "-c", script + "print(Event.objects.count())"],
        env={**os.environ, "DATABASE_URL": database_url},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert other.stdout == "1\n"


@pytest.mark.django_db
def test_the_database_runs_as_it_is_set_up() -> None:
    ask, expected = AS_SET_UP[connection.vendor]

    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"{ask} {name}").fetchone()[0] for name in expected}

    assert found == expected


@pytest.mark.parametrize(
    ("require_all", "corpus", "summary"),
    [
        ("0", "", "2 skipped, 1 xfailed"),
        ("1", "", "1 failed, 1 skipped, 1 xfailed"),
        ("1", "/a/corpus", "2 failed, 1 xfailed"),
    ],
)
def test_where_all_is_required_only_the_corpus_may_be_missing(
    tmp_path: Path, require_all: str, corpus: str, summary: str
) -> None:
    (tmp_path / "test_trouble.py").write_text(TIMES_OF_TROUBLE)

    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", tmp_path],
        env={**os.environ, "REQUIRE_ALL": require_all, "ASCRIBE_CORPUS": corpus},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.stdout.rstrip().split("\n")[-1].startswith(summary)


def test_nothing_leaves_this_machine() -> None:
    with (
        socket.socket() as outbound,
        pytest.raises(PermissionError, match="do not use the network"),
    ):
        outbound.connect(("192.0.2.1", 80))


def test_the_settings_of_the_tests_are_those_of_the_project() -> None:
    assert (settings.ROOT_URLCONF, settings.DEBUG) == ("config.urls", False)
