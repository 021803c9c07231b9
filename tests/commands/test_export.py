"""`manage.py export`: where it writes, what it chooses, what it refuses."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from annotations.exporters.rows import Selection
from annotations.states import ClaimState
from tests.commands.running import complaint, said
from tests.exporters.cases import APPROVED, EVERY, exported, filtered
from tests.people import make_cast

pytestmark = pytest.mark.django_db


def test_claims_go_to_standard_output() -> None:
    cast, _one = filtered()

    printed = said("export", "csv", "--project", "news")

    assert printed.encode() == exported(Selection(cast.project), "claims")


def test_bytes_go_out_as_they_are_whatever_the_terminal_speaks() -> None:
    cast, _one = filtered()
    terminal = io.TextIOWrapper(io.BytesIO(), "ascii")

    call_command("export", "csv", project="news", stdout=terminal)

    terminal.seek(0)
    assert terminal.buffer.read() == exported(Selection(cast.project), "claims")


@pytest.mark.parametrize(
    ("status", "states"),
    [("approved", APPROVED), ("all", EVERY), ("approved, draft", APPROVED)],
)
def test_states_choose_claims(status: str, states: frozenset[ClaimState]) -> None:
    cast, _one = filtered()

    printed = said("export", "csv", "--project", "news", "--status", status)

    assert printed.encode() == exported(Selection(cast.project, states), "claims")


def test_a_file_holds_one_table(tmp_path: Path) -> None:
    cast, _one = filtered()
    out = tmp_path / "links.csv"

    said("export", "csv", "--project", "news", "--table", "links", "--out", str(out))

    assert out.read_bytes() == exported(Selection(cast.project), "links")
    assert [path.name for path in tmp_path.iterdir()] == ["links.csv"]


def test_a_directory_holds_all_tables(tmp_path: Path) -> None:
    cast, _one = filtered()

    printed = said("export", "csv", "--project", "news", "--out", f"{tmp_path}/new/")

    tables = ["articles", "claims", "links", "spans", "zones"]
    found = sorted((tmp_path / "new").iterdir())
    assert [path.name for path in found] == [f"{table}.csv" for table in tables]
    assert [path.read_bytes() for path in found] == [
        exported(Selection(cast.project), table) for table in tables
    ]
    assert printed.count("wrote ") == 5


def test_twice_the_same_state_is_the_same_file(tmp_path: Path) -> None:
    filtered()

    for name in ("one.jsonl", "two.jsonl"):
        said("export", "jsonl", "--project", "news", "--out", str(tmp_path / name))

    one, two = (path.read_bytes() for path in sorted(tmp_path.iterdir()))
    assert one == two != b""


def test_a_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filtered()
    out = tmp_path / "claims.csv"
    out.write_text("the old one")
    monkeypatch.setattr(Selection, "articles", lambda _self: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        said("export", "csv", "--project", "news", "--out", str(out))

    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [
        ("claims.csv", "the old one")
    ]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["csv", "--project", "nix"], "There is no project “nix”. There is: news, sports."),
        (["xls", "--project", "news"], "There is no format “xls”. Choose one of csv, jsonl."),
        (
            ["csv", "--project", "news", "--status", "approved,done"],
            "There is no state “done”. Choose of draft, pending, approved, rejected, returned,",
        ),
        (
            ["csv", "--project", "news", "--table", "sources"],
            "CSV has no table “sources”. Choose one of claims, spans, links, articles, zones.",
        ),
        (["csv", "--project", "news", "--out", "/dev/null/x.csv"], "Cannot write: "),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(arguments: list[str], reason: str) -> None:
    make_cast("sports")
    make_cast("news")

    assert complaint("export", *arguments).startswith(reason)
