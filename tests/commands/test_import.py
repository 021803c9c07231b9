"""`manage.py import`: files and directories, in whose name, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotations.models import Article, Event, Person
from annotations.states import Role
from annotations.workflow import organising
from tests.commands.running import complaint, said
from tests.importers.cases import article, line
from tests.people import make_cast
from tests.rows import dump

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "one.txt").write_text("The dam broke.")
    (tmp_path / "two.jsonl").write_bytes(line(article()))
    (tmp_path / "notes.md").write_text("not for import")
    return tmp_path


def test_a_directory_is_imported_whole(files: Path) -> None:
    make_cast()

    printed = said("import", str(files), "--project", "news")

    assert printed == (
        "one.txt: new: The dam broke.\n"
        "two.jsonl, line 1: new: The dam\n"
        "2 new, 0 already there, 0 rejected. Stored.\n"
    )
    assert sorted(Article.objects.values_list("external_id", flat=True)) == [
        "dam.txt",
        "one.txt",
    ]


def test_the_projects_first_manager_is_said_to_have_done_it(files: Path) -> None:
    cast = make_cast()
    organising.add_member(cast.project, person=cast.rosa, role=Role.MANAGER, by=cast.mara)

    said("import", str(files / "two.jsonl"), "--project", "news")
    said("import", str(files / "below"), "--project", "news", "--by", "mara")

    actors = Event.objects.filter(verb="import").values_list("actor", flat=True)
    assert set(actors) == {"rosa", "mara"}


def test_a_dry_run_stores_nothing(files: Path) -> None:
    make_cast()
    before = dump()

    printed = said("import", str(files), "--project", "news", "--dry-run")

    assert printed.endswith("A dry run: nothing was stored.\n")
    assert dump() == before


def test_again_changes_nothing(files: Path) -> None:
    make_cast()
    said("import", str(files), "--project", "news")
    before = dump()

    printed = said("import", str(files), "--project", "news")

    assert printed.endswith("0 new, 2 already there, 0 rejected. Stored.\n")
    assert dump() == before


def test_a_rejection_is_told_and_nothing_is_stored(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_cast()
    (files / "bad.txt").write_bytes(b"Zo\xeb")
    before = dump()

    with pytest.raises(CommandError, match=r"2 new, 0 already there, 1 rejected\. Nothing"):
        call_command("import", str(files), project="news")

    assert "bad.txt: rejected: The file is not valid utf-8." in capsys.readouterr().out
    assert dump() == before
    said("import", str(files), "--project", "news", "--encoding", "cp1252")
    assert Article.objects.filter(text="Zoë").exists()


def test_a_format_can_be_named(files: Path) -> None:
    make_cast()

    said("import", str(files / "notes.md"), "--project", "news", "--format", "text")

    assert Article.objects.get().text == "not for import"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["/proc/self/mem", "--project", "news", "--format", "text"], "Cannot read: "),
        (["nowhere", "--project", "news"], "There is no file nowhere."),
        (["notes.md", "--project", "news"], "notes.md ends in none of .jsonl, .ndjson, .txt."),
        (
            ["empty", "--project", "news"],
            "empty holds no file ending in .jsonl, .ndjson, .txt.",
        ),
        (["below", "--project", "nix"], "There is no project “nix”."),
        (["below", "--project", "news", "--format", "x"], "There is no format “x”. Choose one"),
        (["below", "--project", "news", "--by", "x"], "There is nobody called “x”."),
        (["below", "--project", "news", "--by", "edda"], "Only a manager of the project may"),
        (
            ["below", "--project", "bare"],
            "“bare” has no manager yet. Add one: manage.py adduser",
        ),
    ],
)
def test_what_cannot_be_imported_is_refused(
    files: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], reason: str
) -> None:
    make_cast()
    organising.create_project(slug="bare", name="Bare", by=Person(username="operator"))
    (files / "empty").mkdir()
    monkeypatch.chdir(files)

    assert complaint("import", *arguments).startswith(reason)
