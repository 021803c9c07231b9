"""Running a command as an operator does."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from tests.rows import dump


def said(*arguments: str) -> str:
    """What a command prints."""
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def complaint(*arguments: str) -> str:
    """Why a command refuses, once it is sure that it changed nothing."""
    before = dump()
    with pytest.raises(CommandError) as caught:
        said(*arguments)
    assert caught.value.returncode == 1
    assert dump() == before
    return str(caught.value)
