"""Progress of a set as a bar: approved, returned and rejected shares of what was submitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django import template

register = template.Library()


class Counts(Protocol):
    """Whatever counts claims by state: a tally, or an annotation set with its counts."""

    @property
    def approved(self) -> int: ...
    @property
    def returned(self) -> int: ...
    @property
    def rejected(self) -> int: ...
    @property
    def pending(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of the bar, in percent of its width."""

    kind: str
    start: float
    width: float


@register.filter
def bars(counts: Counts) -> list[Bar]:
    """The parts of the bar that are decided, from the left."""
    total = counts.approved + counts.returned + counts.rejected + counts.pending
    parts, start = [], 0.0
    for kind, count in (
        ("ok", counts.approved),
        ("back", counts.returned),
        ("no", counts.rejected),
    ):
        width = round(100 * count / total, 3) if total else 0.0
        if width:
            parts.append(Bar(kind, round(start, 3), width))
        start += width
    return parts


@register.filter
def decided(counts: Counts) -> int:
    """How many claims have a decision."""
    return counts.approved + counts.returned + counts.rejected
