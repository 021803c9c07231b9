"""What every registered format does, whatever it writes: a new one is tested here by itself."""

from __future__ import annotations

import pytest

from annotations.exporters import FORMATS
from annotations.exporters.rows import Selection
from annotations.states import SUBMITTED_CLAIMS
from tests.exporters.cases import APPROVED, CASES, EVERY, exported
from tests.rows import dump

pytestmark = pytest.mark.django_db

TABLES = [(key, table) for key, one in FORMATS.items() for table in one.tables]


def test_the_formats_are_found_by_themselves() -> None:
    assert sorted(FORMATS) == ["csv", "jsonl"]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("key", "table"), TABLES)
def test_the_same_state_gives_the_same_bytes(key: str, table: str, case: str) -> None:
    project = CASES[case]()
    selections = [Selection(project, states) for states in (APPROVED, SUBMITTED_CLAIMS, EVERY)]

    first = [exported(one, table, key=key) for one in selections]

    assert [exported(one, table, key=key) for one in selections] == first
    assert [one.decode("utf-8") for one in first]


@pytest.mark.parametrize(("key", "table"), TABLES)
def test_an_export_changes_nothing(key: str, table: str) -> None:
    project = CASES["seed"]()
    before = dump()

    exported(Selection(project, EVERY), table, key=key)

    assert dump() == before


@pytest.mark.parametrize("key", FORMATS)
def test_a_file_is_named_for_its_table(key: str) -> None:
    one = FORMATS[key]

    assert [one.file_name(table) for table in one.tables] == [
        f"{table}.{one.suffix}" for table in one.tables
    ]
