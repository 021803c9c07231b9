"""Write a project's dataset in one of the formats, to a file, a directory or standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.exporters import FORMATS, Format
from annotations.exporters.rows import Selection
from annotations.exporters.snapshot import snapshot
from annotations.management.projects import project_named
from annotations.states import SUBMITTED_CLAIMS, ClaimState

EVERY = "all"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("format", help=f"one of {', '.join(FORMATS)}")
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument(
            "--status",
            default=",".join(state for state in ClaimState if state in SUBMITTED_CLAIMS),
            help=f"states of claims, separated by commas, out of {', '.join(ClaimState.values)}; "
            f"or “{EVERY}”, with the spans that no claim uses (default: %(default)s)",
        )
        parser.add_argument("--table", help="which table to write (default: the first)")
        parser.add_argument(
            "--out",
            metavar="PATH",
            help="a file for one table, or a directory (it exists or ends in “/”) for all of them",
        )

    def handle(self, *_args: object, **options: str | None) -> None:
        selection = Selection(
            project_named(options["project"] or ""), _states(options["status"] or "")
        )
        chosen = _format(options["format"] or "")
        table, out = options["table"], options["out"]
        if out and (out.endswith("/") or Path(out).is_dir()):
            tables = [_table(chosen, table)] if table else list(chosen.tables)
            files = {Path(out) / chosen.file_name(one): one for one in tables}
            _write_files(chosen, selection, files)
            self.stdout.write("\n".join(f"wrote {path}" for path in files))
        elif out:
            _write_files(chosen, selection, {Path(out): _table(chosen, table)})
            self.stdout.write(f"wrote {out}")
        else:
            self._pour(chosen.write(selection, _table(chosen, table)))

    def _pour(self, chunks: Iterable[bytes]) -> None:
        """Write to standard output, whose bytes must be ours whatever its encoding is."""
        raw = getattr(self.stdout, "buffer", None)
        try:
            for chunk in chunks:
                if raw:
                    raw.write(chunk)
                else:
                    self.stdout.write(chunk.decode(), ending="")
            self.stdout.flush()
        except BrokenPipeError:
            # The reader, such as `head`, has enough; Python would complain once more on exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _states(named: str) -> frozenset[ClaimState]:
    if named == EVERY:
        return frozenset(ClaimState)
    names = [name.strip() for name in named.split(",")]
    if unknown := [name for name in names if name not in ClaimState.values]:
        known = ", ".join(ClaimState.values)
        raise CommandError(f"There is no state “{unknown[0]}”. Choose of {known}, or “{EVERY}”.")
    return frozenset(ClaimState(name) for name in names)


def _format(key: str) -> Format:
    if key not in FORMATS:
        raise CommandError(f"There is no format “{key}”. Choose one of {', '.join(FORMATS)}.")
    return FORMATS[key]


def _table(chosen: Format, table: str | None) -> str:
    if table and table not in chosen.tables:
        known = ", ".join(chosen.tables)
        raise CommandError(f"{chosen.label} has no table “{table}”. Choose one of {known}.")
    return table or chosen.tables[0]


def _write_files(chosen: Format, selection: Selection, files: dict[Path, str]) -> None:
    """Write tables of one state of the database; each file appears whole or not at all."""
    parts = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in files}
    try:
        with snapshot():
            for path, table in files.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                with parts[path].open("wb") as file:
                    file.writelines(chosen.write(selection, table))
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        raise CommandError(f"Cannot write: {error}") from error
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink()
