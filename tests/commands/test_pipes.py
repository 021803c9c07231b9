"""Commands whose output goes to another program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.exporters.cases import filtered

ROOT = Path(__file__).parents[2]


def test_a_reader_that_has_enough_is_no_error(database_url: str) -> None:
    filtered()
    command = [sys.executable, "manage.py", "export", "csv", "--project", "news", "--skip-checks"]
    environment = {**os.environ, "DATABASE_URL": database_url}

    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        process.stdout.close()
        errors = process.stderr.read() if process.stderr else b""

    assert (process.returncode, errors) == (0, b"")
