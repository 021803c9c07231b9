#!/usr/bin/env python
"""The command line of the project: `python manage.py <command>`.

Where `make run` has made a key for this folder, the commands use it, too.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

KEY = Path(__file__).resolve().parent / "var" / "secret_key"


def main() -> None:
    """Run the command given on the command line with the project's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if "SECRET_KEY" not in os.environ and KEY.is_file():
        os.environ.setdefault("SECRET_KEY_FILE", str(KEY))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
