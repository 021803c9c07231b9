"""The values beside their budgets. Budgets are those of the workspace's and the server's design."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from benchmarks.asking import Asked
from benchmarks.seeing import Seen

SIZES = ("S", "M", "L")


class Line(NamedTuple):
    """A measure: its name and unit, its values by size, and at most how much they may be."""

    name: str
    unit: str
    values: tuple[float, ...]
    budgets: tuple[float | None, ...]

    @property
    def is_met(self) -> tuple[bool | None, ...]:
        """Whether each value is within its budget; None where it has none."""
        pairs = zip(self.values, self.budgets, strict=True)
        return tuple(None if budget is None else value <= budget for value, budget in pairs)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was measured, and how busy the machine was with other things meanwhile."""

    asked: Mapping[str, Asked]
    seen: Mapping[str, Seen]
    load: float

    def lines(self) -> Iterator[Line]:
        """The rows of the table."""
        yield self._seen("key press to pending mark painted, p75", "ms", "pending_p75", 16, 16, 32)
        yield self._seen(
            "key press to confirmed save painted, median", "ms", "saved_median", 30, 40, 60
        )
        yield self._seen("first screen with all highlights", "ms", "first_screen", 150, 200, 300)
        yield self._seen("answer to a tag, gzip, median", "B", "answer_gzip", 2000, 2000, 2000)
        yield self._seen("answer to a tag, plain, median", "B", "answer_plain")
        yield self._seen("own JavaScript, gzip", "B", "scripts_gzip", 10_000, 10_000, 10_000)
        yield self._asked("tag request, p50", "ms", "tag_p50", 5, 5, 5)
        yield self._asked("tag request, p95", "ms", "tag_p95", 7.5, 7.5, 7.5)
        yield self._asked("queries of a tag request", "", "tag_queries")
        yield self._asked("open article, server alone", "ms", "open_ms")
        yield self._asked("queries of the page", "", "open_queries")
        yield self._asked("page, gzip", "B", "page_gzip")
        yield self._asked("page, plain", "B", "page_plain")

    def as_json(self) -> dict[str, object]:
        """The same as plain values."""
        return {
            "load": self.load,
            "cores": os.cpu_count(),
            "lines": [one._asdict() | {"is_met": one.is_met} for one in self.lines()],
        }

    def _seen(self, name: str, unit: str, key: str, *budgets: float) -> Line:
        values = tuple(float(getattr(self.seen[size], key)) for size in SIZES)
        return Line(name, unit, values, budgets or (None, None, None))

    def _asked(self, name: str, unit: str, key: str, *budgets: float) -> Line:
        values = tuple(float(getattr(self.asked[size], key)) for size in SIZES)
        return Line(name, unit, values, budgets or (None, None, None))


def printed(report: Report) -> str:
    """The table as Markdown, and a word on how far it can be trusted."""
    acts = min(one.acts for one in report.seen.values())
    rows = [("", *SIZES), ("---", *["---:"] * len(SIZES))]
    rows += [(line.name, *_cells(line)) for line in report.lines()]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return (
        f"{table}\n\n{acts} tags in the browser for each size; load of other work before: "
        f"{report.load:.1f} on {os.cpu_count()} cores{_caution(report.load)}"
    )


def _cells(line: Line) -> Iterator[str]:
    for value, budget, is_met in zip(line.values, line.budgets, line.is_met, strict=True):
        number = f"{value:,.0f}" if value >= 100 or line.unit != "ms" else f"{value:.1f}"
        verdict = "met" if is_met else "MISSED"
        measure = f"{number} {line.unit}".rstrip()
        yield f"{measure} (≤ {budget:,g}: {verdict})" if budget else measure


def _caution(load: float) -> str:
    is_busy = load > (os.cpu_count() or 1) / 4
    return ", too much for the milliseconds to be trusted." if is_busy else "."
