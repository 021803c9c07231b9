"""CSV files as their readers see them, against golden files and against the articles' texts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotations.exporters import csv
from annotations.exporters.rows import Selection
from annotations.models.span import fragments_from
from annotations.states import ClaimState
from annotations.text.offsets import quote_of
from tests.exporters.cases import APPROVED, CASES, EVERY, exported, read_back, seed, table_of, wild

pytestmark = pytest.mark.django_db

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("table", csv.TABLES)
@pytest.mark.parametrize(("name", "states"), [("approved", APPROVED), ("all", EVERY)])
def test_the_seed_is_exported_as_in_the_golden_file(
    table: str, name: str, states: frozenset[ClaimState]
) -> None:
    """With GOLDEN=write the files are written anew; look at the difference before keeping it."""
    golden = GOLDEN / f"{table}-{name}.csv"

    raw = exported(Selection(seed(), states), table)

    if os.environ.get("GOLDEN") == "write":
        golden.write_bytes(raw)
    assert raw == golden.read_bytes()


@pytest.mark.parametrize("case", CASES)
def test_every_span_and_claim_quotes_the_text_at_its_offsets(case: str) -> None:
    project = CASES[case]()

    texts = {row["article_id"]: row["text"] for row in table_of(project, "articles")}

    quoted = [
        (row["article_id"], row["text"], row["start"], row["end"], row["fragments"])
        for row in table_of(project, "spans")
    ] + [
        (
            row["article_id"],
            *(row[f"allegation_{name}"] for name in ("text", "start", "end", "fragments")),
        )
        for row in table_of(project, "claims")
    ]
    assert bool(quoted) is (case != "empty")
    for article, words, start, end, written in quoted:
        fragments = fragments_from(written)
        assert quote_of(texts[article], fragments) == words
        assert (int(start), int(end)) == (fragments[0].start, fragments[-1].end)
        if len(fragments) == 1:
            assert texts[article][int(start) : int(end)] == words


def test_an_empty_project_is_a_header() -> None:
    project = CASES["empty"]()

    raw = {table: exported(Selection(project), table) for table in csv.TABLES}

    assert raw == {
        table: (",".join(one.header) + "\r\n").encode() for table, one in csv.TABLES.items()
    }


def test_marks_commas_and_line_breaks_come_back_as_they_were() -> None:
    project = wild()

    claims = table_of(project, "claims")

    assert [row["allegation_text"] for row in claims] == ['the dam,\n"it" broke', "=1+1"]
    assert [row["source"] for row in claims] == ['Ann, who "knew",', "Bob"]
    assert claims[0]["note"] == 'First, "this".\r\nThen that;\n| and so on'
    assert claims[0]["reasons"] == "wrong_source | other"


def test_rows_end_in_crlf_and_there_is_no_byte_order_mark() -> None:
    raw = exported(Selection(wild(), EVERY), "links")

    assert raw.startswith(b"link_id,")
    assert raw.count(b"\r\n") == len(read_back(raw)) + 1


def test_ids_are_no_numbers() -> None:
    project = seed()

    ids = {
        letter: {row[column][:2] for row in table_of(project, table)}
        for letter, table, column in (
            ("c_", "claims", "claim_id"),
            ("a_", "claims", "article_id"),
            ("s_", "spans", "span_id"),
            ("l_", "links", "link_id"),
        )
    }

    assert ids == {letter: {letter} for letter in ids}


def test_the_header_comes_before_anything_is_read() -> None:
    chunks = csv.write(Selection(seed()), "claims")

    assert next(chunks) == (",".join(csv.TABLES["claims"].header) + "\r\n").encode()


def test_a_long_table_comes_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    selection = Selection(seed(), EVERY)
    monkeypatch.setattr(csv, "CHUNK", 1000)

    chunks = list(csv.write(selection, "spans"))

    assert len(chunks) > 10
    assert b"".join(chunks) == (GOLDEN / "spans-all.csv").read_bytes()


def test_a_table_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        exported(Selection(CASES["empty"]()), "sources")


def test_a_preview_is_the_first_rows_of_the_table() -> None:
    selection = Selection(seed(), EVERY)

    rows = csv.preview(selection, "claims", limit=3)

    whole = [tuple(row.values()) for row in read_back(exported(selection, "claims"))]
    assert rows == whole[:3]


@pytest.mark.parametrize("case", ["seed", "empty", "wild"])
@pytest.mark.parametrize("states", [APPROVED, EVERY])
def test_a_count_is_that_of_the_rows_where_there_is_one(
    case: str, states: frozenset[ClaimState]
) -> None:
    selection = Selection(CASES[case](), states)

    counted = {table: csv.count(selection, table) for table in csv.TABLES}

    rows = {table: len(read_back(exported(selection, table))) for table in csv.TABLES}
    assert counted == rows | {"spans": None, "links": None}


@pytest.mark.parametrize("table", csv.TABLES)
def test_every_column_has_a_name_of_its_own_and_an_explanation(table: str) -> None:
    columns = csv.columns(table)

    assert len({column.name for column in columns}) == len(columns)
    assert [column.name for column in columns if not column.help] == []


@pytest.mark.parametrize("table", csv.TABLES)
def test_cells_keep_to_the_values_their_column_names(table: str) -> None:
    rows = table_of(seed(), table)

    strange = [
        (column.name, value)
        for column in csv.columns(table)
        if column.values
        for row in rows
        for value in row[column.name].split(" | ")
        if value not in {*column.values, ""}
    ]
    assert strange == []
