"""How a cell is written, whatever its column."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest

from annotations.exporters import tables
from annotations.exporters.tables import Cell
from annotations.scheme import SpanValue, attribute_of
from annotations.text.offsets import Fragment


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("words", "words"),
        ("", ""),
        (None, ""),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (155, "155"),
        (date(2026, 11, 22), "2026-11-22"),
        (datetime(2026, 11, 22, 10, 30, 5, 999, tzinfo=UTC), "2026-11-22T10:30:05Z"),
        (
            datetime(2026, 11, 22, 0, 30, tzinfo=timezone(timedelta(hours=2))),
            "2026-11-21T22:30:00Z",
        ),
    ],
)
def test_a_cell_is_written_in_one_way(cell: Cell, written: str) -> None:
    assert tables.cell_text(cell) == written


@pytest.mark.parametrize(
    ("values", "cell"),
    [
        ([], ""),
        (["Ann"], "Ann"),
        (["Ann", "Bob"], "Ann | Bob"),
        (["", "Bob"], " | Bob"),
        (["", ""], ""),
    ],
)
def test_several_values_keep_their_places_in_a_cell(values: list[str], cell: str) -> None:
    assert tables.joined(values) == cell


def test_an_id_carries_the_letter_of_what_it_names() -> None:
    uid = UUID(int=7)

    ids = [one(uid) for one in (tables.article_id, tables.claim_id, tables.span_id, tables.link_id)]

    assert ids == [f"{letter}_00000000-0000-0000-0000-000000000007" for letter in "acsl"]


@pytest.mark.parametrize(
    ("given", "key", "value"),
    [
        ({}, "kind", "person"),
        ({"kind": "group"}, "kind", "group"),
        ({}, "role", ""),
        ({}, "entity", "Jones"),
        ({"entity": "Stuart Jones"}, "entity", "Stuart Jones"),
    ],
)
def test_an_attribute_that_nobody_set_has_its_default(
    given: dict[str, str], key: str, value: str
) -> None:
    span = SpanValue(1, "source", (Fragment(0, 5),), "Jones", given, 1)
    attribute = attribute_of("source", key)

    assert attribute is not None
    assert tables.value_of(span, attribute) == value
