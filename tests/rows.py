"""What stands in the database, read past the models; and the refusal that leaves it as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from annotations.workflow.refusals import Refused

Dump = dict[str, list[str]]


def dump() -> Dump:
    """Every row of every table of ours, as text and in order."""
    tables = [one for one in connection.introspection.table_names() if one.startswith("annotat")]
    found: Dump = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(str, cursor.fetchall()))
    return found


@contextmanager
def refused(kind: type[Refused], reason: str = "") -> Iterator[pytest.ExceptionInfo[Refused]]:
    """Expect a refusal of just this kind, with this in its reason, that leaves no trace."""
    before = dump()

    with pytest.raises(kind) as caught:
        yield caught

    assert type(caught.value) is kind
    assert reason in str(caught.value)
    assert dump() == before
