"""Imports a brat corpus into an empty SQLite file, and again, and says how long that took.

    python benchmarks/import_corpus.py /path/to/polnear/dev [--copies 10] [--rounds 5]

Each round imports into a project of its own: first a dry run, then for good, then once more, when
all of it is there already. It prints the median and the range of the wall time of a whole run, from
opening the files to the commit, and the processor time, which other work on the machine hardly
changes. With `--copies` each text comes so many times, told apart by a last
line, so that offsets stay as they are. Settings are those of production.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Set Django up on a scratch database, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    files = {
        path.relative_to(given.corpus).as_posix(): path.read_bytes()
        for path in sorted(given.corpus.rglob("*"))
        if path.suffix in {".txt", ".ann"}
    }
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/benchmark.sqlite3"
        os.environ["SECRET_KEY"] = "of a database that is thrown away " * 2
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        django.setup()
        call_command("migrate", verbosity=0)
        # It imports models, which only exist from here on.
        measure = import_module("benchmarks.importing").measure
        measure(list(_copied(files, given.copies).items()), given.rounds)


def _copied(files: dict[str, bytes], copies: int) -> dict[str, bytes]:
    """Every file in a directory for each copy; the first is the corpus as it is."""
    return {
        f"{copy}/{name}": raw + f"\n{copy}\n".encode() if copy and name.endswith(".txt") else raw
        for copy in range(copies)
        for name, raw in files.items()
    }


if __name__ == "__main__":
    main()
