"""`manage.py import`: files and directories, in whose name, and what it refuses."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotations.models import Article, Event, Person, Zone
from annotations.states import Role
from annotations.workflow import organising
from tests.commands.running import complaint, said
from tests.importers.cases import article, line, marked, span
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
        "below/one.txt: new: The dam broke.\n"
        "two.jsonl, line 1: new: The dam (4 spans, 2 links by edda) [boilerplate from 34]\n"
        "2 new, 0 already there, 0 rejected. Stored.\n"
    )
    assert sorted(Article.objects.values_list("external_id", flat=True)) == [
        "below/one.txt",
        "dam.txt",
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

    with pytest.raises(CommandError, match=r"0 rejected, 1 to be answered\. Nothing was stored"):
        call_command("import", str(files), project="news")

    printed = capsys.readouterr().out
    assert "bad.txt: to be answered: The file is not valid utf-8." in printed
    assert "  bad.txt, line 1: Zoë\n  Answer with --encoding, such as cp1252.\n" in printed
    assert dump() == before
    said("import", str(files), "--project", "news", "--encoding", "cp1252")
    assert Article.objects.filter(text="Zoë").exists()


def test_the_report_as_json_stands_alone_on_standard_output(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_cast()

    call_command("import", str(files), "--project", "news", "--json")

    told = json.loads(capsys.readouterr().out)
    assert [(one["file"], one["line"], one["outcome"]) for one in told["entries"]] == [
        ("below/one.txt", 0, "new"),
        ("two.jsonl", 1, "new"),
    ]
    assert (told["stored"], told["people"]) == (True, [])


def test_what_is_rejected_is_in_the_json_too_and_in_the_exit_status(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_cast()
    (files / "bad.jsonl").write_text("{")

    with pytest.raises(CommandError) as caught:
        call_command("import", str(files), "--project", "news", "--json")

    told = json.loads(capsys.readouterr().out)
    assert (caught.value.returncode, told["stored"]) == (1, False)
    assert [one["file"] for one in told["entries"] if one["outcome"] == "rejected"] == ["bad.jsonl"]


def test_which_column_is_which_can_be_said(files: Path) -> None:
    make_cast()
    (files / "rows.csv").write_text("a,b\nOne,The bridge fell.\n")

    said("import", str(files / "rows.csv"), "--project", "news", *("--column", "text=b"))

    assert Article.objects.get().text == "The bridge fell."


def test_files_of_several_directories_are_named_from_where_these_lie(
    files: Path,
) -> None:
    make_cast()
    (files / "beside").mkdir()
    (files / "beside" / "three.txt").write_text("The bridge fell.")

    paths = (str(files / "beside"), str(files / "below"))
    printed = said("import", *paths, "--project", "news", "--json")

    names = [entry["file"] for entry in json.loads(printed)["entries"]]
    assert names == ["beside/three.txt", "below/one.txt"]


class Terminal(io.StringIO):
    """What a person at a terminal sees."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_how_far_it_is_and_then_takes_it_away(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_cast()
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)

    said("import", str(files), "--project", "news")

    shown = terminal.getvalue().split("\r\x1b[K")
    assert f"Reading  [{'#' * 15}{'.' * 15}] 1/2" in shown
    assert shown[-1] == ""


def test_elsewhere_nothing_is_drawn(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_cast()

    said("import", str(files), "--project", "news")

    assert capsys.readouterr().err == ""


def test_the_rule_for_the_name_it_is_done_in_stands_in_the_help(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        call_command("import", "--help")

    printed = " ".join(capsys.readouterr().out.split())
    assert "without it, whoever became a manager of the project first and is still" in printed


def test_a_format_can_be_named(files: Path) -> None:
    make_cast()

    said("import", str(files / "notes.md"), "--project", "news", "--format", "text")

    assert Article.objects.get().text == "not for import"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["/proc/self/mem", "--project", "news", "--format", "text"], "Cannot read: "),
        (["nowhere", "--project", "news"], "There is no file nowhere."),
        (["notes.md", "--project", "news"], "0 new, 0 already there, 1 rejected. Nothing"),
        (["empty", "--project", "news"], "empty holds no file ending in .txt, "),
        (["below", "--project", "news", "--column", "text"], "--column text: write it as text="),
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


def test_boilerplate_that_is_annotated_is_imported_as_text_where_one_says_so(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_cast()
    spans = [span("Z", "cue", "Leave")]
    raw = line(article(annotations=[marked(spans=spans, links=[])]))
    (files / "two.jsonl").write_bytes(raw)

    with pytest.raises(CommandError, match="1 rejected"):
        call_command("import", str(files), project="news")
    assert "import its file again with --all-text" in capsys.readouterr().out

    said("import", str(files), "--project", "news", "--all-text")
    assert not Zone.objects.filter(active=True).exists()
