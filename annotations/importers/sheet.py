"""One brat annotation file on its way into our terms: what is kept, left out and wrong so far."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from annotations.importers import LeftOut
from annotations.importers.standoff import Standoff, Textbound
from annotations.text.offsets import Fragments, quote_of
from annotations.workflow.fitting import Fault, Passage, Relation


@dataclass(slots=True)
class Sheet:
    """What becomes of a file's lines.

    `places` are the fragments of T lines in the stored text; `key_of` names the passage that a T
    line became, `contents` those of an event, `used_by` the events of a passage, `given` the
    attributes of passages. `lines` counts what became of the lines.
    """

    text: str
    standoff: Standoff
    places: dict[str, Fragments]
    passages: dict[str, Passage] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    key_at: dict[tuple[str, Fragments], str] = field(default_factory=dict)
    key_of: dict[str, str] = field(default_factory=dict)
    contents: dict[str, list[str]] = field(default_factory=dict)
    used_by: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    given: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    negated: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    lines: Counter[str] = field(default_factory=Counter)

    def mark(self, one: Textbound, tag: str) -> str:
        """The key of the passage of a T line, which may be there already."""
        place = (tag, self.places[one.id])
        key = self.key_at.setdefault(place, one.id)
        if key == one.id:
            words = quote_of(self.text, place[1])
            self.passages[key] = Passage(key, tag, place[1], words, line=one.line)
        self.lines["T:span" if key == one.id else "T:twice"] += 1
        self.key_of[one.id] = key
        return key

    def fault(self, reason: str, line: int) -> None:
        """Note what is wrong with a line."""
        self.faults.append(Fault(reason, line))

    def leave_out(self, reason: str, line: int) -> None:
        """Note a line that does not come along."""
        self.left_out.append(LeftOut(reason, line))


def missing(key: str, target: str) -> str:
    reason = _("%(key)s names %(target)s, which is not in the file or cannot stand there.")
    return reason % {"key": key[:50], "target": target[:50]}
