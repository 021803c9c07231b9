"""An export reads one state of the database, and keeps nobody from writing meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from annotations.exporters import csv
from annotations.exporters.rows import Selection
from annotations.exporters.snapshot import snapshot
from annotations.models import Article, Project
from tests.exporters.cases import EVERY, filtered
from tests.people import make_cast


def elsewhere(act: Callable[[], object]) -> list[object]:
    """Do something on a connection of its own; what it returned or raised."""
    outcome: list[object] = []

    def run() -> None:
        try:
            outcome.append(act())
        except DatabaseError as error:
            outcome.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=10)
    return outcome


def rename() -> int:
    return Project.objects.update(name="Renamed")


@pytest.mark.usefixtures("committed_db")
def test_what_is_written_meanwhile_is_not_seen_and_not_held_up() -> None:
    project = make_cast().project

    with snapshot():
        before = Project.objects.get(pk=project.pk).name
        outcome = elsewhere(rename)
        during = Project.objects.get(pk=project.pk).name

    assert (before, outcome, during) == ("News", [1], "News")
    assert Project.objects.get(pk=project.pk).name == "Renamed"


@pytest.mark.usefixtures("committed_db")
def test_a_snapshot_within_a_snapshot_is_the_same_one() -> None:
    project = make_cast().project

    with snapshot():
        before = Project.objects.get(pk=project.pk).name
        elsewhere(rename)
        with snapshot():
            within = Project.objects.get(pk=project.pk).name
        after = Project.objects.get(pk=project.pk).name

    assert (before, within, after) == ("News", "News", "News")


@pytest.mark.django_db
def test_within_a_transaction_it_reads_what_that_has_written() -> None:
    project = make_cast().project

    with transaction.atomic():
        rename()
        with snapshot():
            name = Project.objects.get(pk=project.pk).name

    assert name == "Renamed"


@pytest.mark.usefixtures("committed_db")
def test_a_download_that_is_broken_off_leaves_the_connection_free() -> None:
    cast, _one = filtered()
    rows = csv.write(Selection(cast.project, EVERY), "claims")
    assert [next(rows)[:8], next(rows)[:2]] == [b"claim_id", b"c_"]

    rows.close()  # type: ignore[attr-defined]  # an iterator that is a generator

    with transaction.atomic():
        assert rename() == 1


@pytest.mark.usefixtures("committed_db")
def test_an_error_ends_the_snapshot() -> None:
    cast, _one = filtered()

    def fail() -> None:
        with snapshot():
            raise ZeroDivisionError(Article.objects.count())

    with pytest.raises(ZeroDivisionError, match="1"):
        fail()

    with transaction.atomic():
        assert cast.project.articles.update(title="Free") == 1


@pytest.mark.usefixtures("committed_db")
def test_an_export_under_way_shows_one_state_throughout(monkeypatch: pytest.MonkeyPatch) -> None:
    cast, _one = filtered()
    monkeypatch.setattr(csv, "CHUNK", 1)
    selection = Selection(cast.project, EVERY)
    whole = b"".join(csv.write(selection, "claims"))
    rows = csv.write(selection, "claims")
    begun = next(rows) + next(rows)

    outcome = elsewhere(lambda: cast.project.claims.update(note="written meanwhile"))

    assert outcome == [2]
    assert begun + b"".join(rows) == whole
