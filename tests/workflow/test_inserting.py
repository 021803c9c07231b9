"""Rows by plain SQL are the rows that models would have written."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from annotations.models import ClaimAnnotation, Link, Span
from annotations.text.offsets import Fragment
from annotations.workflow.importing import CLAIM_FIELDS, LINK_FIELDS, SPAN_FIELDS
from annotations.workflow.inserting import insert
from tests.people import Cast, make_set, tag


def span_row(set_id: int, number: int, **changes: object) -> tuple[object, ...]:
    row = {
        "uid": uuid4(),
        "annotation_set_id": set_id,
        "tag": "allegation",
        "number": number,
        "fragments": (Fragment(0, 4), Fragment(6, 9 + number)),
        "start": 0,
        "end": 9 + number,
        "text": "“🙂” 100 %s",
        "attributes": {"about": 'it\'s "%s"'},
        "origin": "import",
        "version": 1,
    } | changes
    return tuple(row[name] for name in SPAN_FIELDS)


@pytest.mark.parametrize(
    ("model", "names"), [(Span, SPAN_FIELDS), (Link, LINK_FIELDS), (ClaimAnnotation, CLAIM_FIELDS)]
)
def test_every_column_that_needs_a_value_gets_one(
    model: type[Span | Link | ClaimAnnotation], names: tuple[str, ...]
) -> None:
    needed = {
        field.attname
        for field in model._meta.concrete_fields
        if not field.null and not (field.primary_key and field.remote_field is None)
    }

    assert needed <= set(names)


def test_a_row_reads_back_as_it_was_given(cast: Cast) -> None:
    annotation_set = make_set(cast)
    first, second = span_row(annotation_set.pk, 1), span_row(annotation_set.pk, 2)

    insert(Span, SPAN_FIELDS, [first, second])

    rows = Span.objects.order_by("number").values_list(*SPAN_FIELDS)
    assert [tuple(row) for row in rows] == [first, second]


def test_it_writes_what_saving_writes(cast: Cast) -> None:
    saved = tag(make_set(cast), "the dam had failed", "allegation")
    row = [getattr(saved, name) for name in SPAN_FIELDS]
    columns = [name for name in SPAN_FIELDS if name != "uid"]
    before = Span.objects.values_list(*columns).get()
    claim = [getattr(saved.claim, name) for name in CLAIM_FIELDS]
    saved_claim = ClaimAnnotation.objects.values_list(*CLAIM_FIELDS[1:]).get()
    saved.delete()

    insert(Span, SPAN_FIELDS, [row])
    insert(ClaimAnnotation, CLAIM_FIELDS, [[Span.objects.get().pk, *claim[1:]]])

    assert Span.objects.values_list(*columns).get() == before
    assert ClaimAnnotation.objects.values_list(*CLAIM_FIELDS[1:]).get() == saved_claim


def test_no_rows_are_no_statement(cast: Cast) -> None:
    insert(Span, SPAN_FIELDS, [])

    assert not Span.objects.exists()


def test_the_database_refuses_what_it_always_refuses(cast: Cast) -> None:
    annotation_set = make_set(cast)

    for wrong in ({"tag": "rumour"}, {"start": 9, "end": 3}, {"text": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            insert(Span, SPAN_FIELDS, [span_row(annotation_set.pk, 1, **wrong)])

    assert not Span.objects.exists()
