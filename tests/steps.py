"""Run the named groups of checks, show each as it runs, and sum them up at the end.

`python tests/steps.py check sqlite postgres` is what `make test` does. All steps run, also after
one has failed; pytest's own closing lines stand last.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent
PYTEST = [PYTHON, "-m", "pytest", "-n", "2", "--dist", "loadgroup"]
CLOSING_LINE = re.compile(r"(\x1b\[\d+m)*=+ .*\bin \d.*=+")

# They touch no database, so a second database teaches nothing about them.
DATABASE_FREE = [
    *("tests/text", "tests/scheme", "tests/agreement"),
    *("tests/browser/test_textmap.py", "tests/browser/test_textmap_fuzz.py"),
    "tests/browser/test_drawn_fuzz.py",
    *("tests/test_floors.py", "tests/test_layout.py", "tests/test_quality.py"),
    "tests/test_settings.py",
]

NO_POSTGRES = 77
"""The exit status of `tests/postgres.py` where it finds no PostgreSQL."""


class Step(NamedTuple):
    """A command and the name it has in the summary."""

    name: str
    command: list[str]


class Outcome(NamedTuple):
    """What became of a step: `word` is ok, FAILED or SKIPPED."""

    step: Step
    word: str
    seconds: float
    closing_line: str


def steps_of(group: str) -> list[Step]:
    """The steps of one group, in order."""
    templates = sorted(str(path) for path in (ROOT / "templates").rglob("*.html"))
    ignored = [f"--ignore={path}" for path in DATABASE_FREE]
    return {
        "check": [
            Step("ruff check", [str(BIN / "ruff"), "check", "."]),
            Step("ruff format", [str(BIN / "ruff"), "format", "--check", "."]),
            Step("mypy", [str(BIN / "mypy")]),
            Step("djade", [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates]),
            Step("migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
        ],
        "sqlite": [Step("pytest on SQLite", PYTEST)],
        "postgres": [
            Step(
                "pytest on PostgreSQL",
                [PYTHON, "tests/postgres.py", "--", *PYTEST, *ignored],
            )
        ],
    }[group]


def run(step: Step) -> Outcome:
    """Run one step with its output passed through."""
    print(f"\n--- {step.name}", flush=True)  # noqa: T201 -- this is the step's headline
    begun = time.monotonic()
    closing_line = ""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    # A person's own database is not for tests; `tests/postgres.py` names the one that is.
    environment.pop("DATABASE_URL", None)
    with subprocess.Popen(
        step.command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            if CLOSING_LINE.match(line):
                closing_line = line.rstrip("\n")
    return Outcome(step, _word(process.returncode), time.monotonic() - begun, closing_line)


def main(groups: list[str]) -> int:
    """Run the groups; 0 when nothing failed."""
    outcomes = [run(step) for group in groups for step in steps_of(group)]
    lines = [f"  {o.word:<8}{o.step.name:<24}{o.seconds:6.1f} s" for o in outcomes]
    closing = [o.closing_line for o in outcomes if o.closing_line]
    print("\n--- summary", *lines, *closing, sep="\n")  # noqa: T201 -- the summary is the product
    return int(any(outcome.word == "FAILED" for outcome in outcomes))


def _word(status: int) -> str:
    if status == NO_POSTGRES and os.environ.get("REQUIRE_ALL") != "1":
        return "SKIPPED"
    return "FAILED" if status else "ok"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
