"""`python -m benchmarks`: measure, and print the values beside their budgets."""

from __future__ import annotations

import argparse
import os
import tempfile
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command

from benchmarks.serving import environment_in


def main() -> None:
    """Set Django up on a scratch database, then measure; `--json` writes the values too."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the values there too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ascribe-benchmarks-") as name:
        folder = Path(name)
        os.environ.update(environment_in(folder))
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        # It imports models, which only exist from here on.
        import_module("benchmarks.measuring").measure(folder, arguments.json)


main()
