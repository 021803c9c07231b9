"""One state of the database for as long as an export reads it.

The transaction is opened where the rows are made, inside the generator: a transaction around a
request ends before a streamed body begins. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# A slow download keeps the transaction idle between two chunks; the settings' limits are for pages.
LONGEST = "10min"


@contextmanager
def snapshot() -> Iterator[None]:
    """Read one state until the end of the block; within a transaction, read what that reads.

    On PostgreSQL the rows then come through a server-side cursor, which Django would otherwise
    materialise. On SQLite the transaction is a deferred one, because Django's own begin IMMEDIATE
    here and would keep every writer out.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with _repeatable_read():
            yield
    else:
        with _deferred():
            yield


@contextmanager
def _repeatable_read() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute(f"SET LOCAL statement_timeout = '{LONGEST}'")
            cursor.execute(f"SET LOCAL idle_in_transaction_session_timeout = '{LONGEST}'")
        yield


@contextmanager
def _deferred() -> Iterator[None]:
    connection.ensure_connection()
    if connection.connection.in_transaction:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
