"""The report of an import as its page shows it: by file, with what is asked and what to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from django.utils.functional import Promise

from annotations.importers import FORMATS, Format
from annotations.importers.encodings import ENCODINGS
from annotations.importers.report import MOST_ASKED
from annotations.models import ImportRun
from annotations.views.import_forms import (
    FIELDS,
    MOST_ROWS,
    extracts_in,
    files_in,
    may_leave_out,
    zones_in,
)

Told: TypeAlias = Mapping[str, Any]
Verdict = Literal["asked", "bad", "partly", "ready", "known"]

MOST_FAULTS = 20
MOST_LINKS = 200
FORMATLESS = (".zip", ".ann")  # what is in it has a format, or what it stands beside
VERDICTS: tuple[Verdict, ...] = ("asked", "bad", "partly", "ready", "known")


@dataclass
class FileRow:
    """One file: how many articles of it are new or there already, and what is wrong with it."""

    name: str
    number: int = 0
    size: int | None = None
    format: str = ""
    new: int = 0
    known: int = 0
    asked: int = 0
    spans: int = 0
    words: int = 0
    zones: int = 0
    annotators: list[str] = field(default_factory=list)
    faults: list[Told] = field(default_factory=list)
    left_out: list[Told] = field(default_factory=list)
    known_as: list[Told] = field(default_factory=list)
    chosen: str = ""

    @property
    def verdict(self) -> Verdict:
        """What to say of the file as a whole."""
        if self.asked:
            return "asked"
        if self.faults:
            return "partly" if self.new or self.known else "bad"
        return "ready" if self.new else "known"

    @property
    def formats(self) -> list[Choice]:
        """The formats it can be read by; the one that was proposed stands for finding out."""
        if self.name.lower().endswith(FORMATLESS):
            return []
        return [Choice(one.key, one.label, one.key == self.chosen) for one in FORMATS.values()]

    @property
    def first_faults(self) -> list[Told]:
        return self.faults[:MOST_FAULTS]

    @property
    def more_faults(self) -> int:
        return max(0, len(self.faults) - MOST_FAULTS)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its value, how it is called, whether it is chosen, and how the file would read."""

    value: str
    label: str | Promise
    is_chosen: bool
    lines: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a file: one field for its encoding, or one for each of our fields."""

    name: str
    file: str
    ask: str
    reason: str
    is_open: bool
    choices: tuple[Choice, ...] = ()
    columns: tuple[tuple[str, str | Promise, tuple[Choice, ...]], ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ZoneAsked:
    """Where an article may end."""

    name: str
    file: str
    title: str
    start: int
    before: str
    text: str
    why: str
    is_tail: bool
    is_article: bool


@dataclass(frozen=True, slots=True)
class Extract:
    """A text that was taken out of something, such as a web page."""

    name: str
    file: str
    title: str
    notes: tuple[str, ...]
    text: str
    words: int
    may_leave: bool
    is_out: bool


@dataclass(frozen=True, slots=True)
class ReportPage:
    """All that the page of a report shows."""

    rows: list[FileRow]
    hidden: int
    files: int
    has_left_out: bool
    formats: list[Format]
    counts: Mapping[str, int]
    asked: list[Asked]
    hidden_asked: int
    asked_for_all: str
    zones: list[ZoneAsked]
    extracts: list[Extract]
    people: list[str]
    stored: list[Told]
    hidden_stored: int
    is_fit: bool


def page_of(run: ImportRun) -> ReportPage:
    """The page of a run that has a report."""
    report: Told = run.report or {}
    rows = _rows(run, report)
    counts = Counter(str(entry["outcome"]) for entry in report["entries"])
    stored = [one for one in report["entries"] if one["outcome"] == "new" and one["article_id"]]
    asked = list(_asked(report, run.choices))
    return ReportPage(
        rows=rows[:MOST_ROWS],
        hidden=len(rows) - len(rows[:MOST_ROWS]),
        files=len(rows),
        has_left_out=any(row.faults or row.left_out for row in rows),
        formats=[one for one in FORMATS.values() if one.help],
        counts={name: counts[name] for name in ("new", "known", "rejected", "question")},
        asked=asked[:MOST_ASKED],
        hidden_asked=len(asked) - len(asked[:MOST_ASKED]),
        asked_for_all=_first_of_several(asked),
        zones=list(_zones(report, run.choices)),
        extracts=list(_extracts(run, report)),
        people=list(report["people"]),
        stored=stored[:MOST_LINKS],
        hidden_stored=len(stored) - len(stored[:MOST_LINKS]),
        is_fit=bool(report["is_fit"]),
    )


def _first_of_several(asked: list[Asked]) -> str:
    """The name of the question whose answer may count for others; "" where it stands alone."""
    encodings = [one.name for one in asked if one.ask == "encoding"]
    return encodings[0] if len(encodings) > 1 else ""


def _rows(run: ImportRun, report: Told) -> list[FileRow]:
    """The files in their order; of many, those with a question or a fault come first."""
    sizes = {str(one["name"]): int(one["size"]) for one in run.files}
    settled = run.choices.get("settled", {})
    rows = {
        name: FileRow(name, number, sizes.get(name), chosen=settled.get(name, {}).get("format", ""))
        for number, name in enumerate(files_in(report))
    }
    for entry in report["entries"]:
        _count(rows[str(entry["file"])], entry)
    found = list(rows.values())
    if len(found) > MOST_FAULTS:
        found.sort(key=lambda row: (VERDICTS.index(row.verdict), not row.left_out))
    return found


def _count(row: FileRow, entry: Told) -> None:
    """Add one article, one fault or one question to its file."""
    known_format = FORMATS.get(str(entry["format"]))
    row.format = known_format.label if known_format else row.format
    row.spans += int(entry["spans"])
    row.annotators += [one for one in entry["annotators"] if one not in row.annotators]
    row.left_out += entry["left_out"]
    if entry["outcome"] == "new":
        row.new += 1
        row.words += int(entry["words"])
        row.zones += len(entry["zones"])
    elif entry["outcome"] == "known":
        row.known += 1
        row.known_as.append(entry)
    elif entry["outcome"] == "question":
        row.asked += 1
    else:
        row.faults.append(entry)


def _asked(report: Told, choices: Told) -> Iterator[Asked]:
    for number, question in enumerate(report["questions"]):
        settled = choices.get("settled", {}).get(question["file"], {})
        is_encoding = question["ask"] == "encoding"
        yield Asked(
            name=f"{'encoding' if is_encoding else 'column'}-{number}",
            file=str(question["file"]),
            ask=str(question["ask"]),
            reason=str(question["reason"]),
            is_open=bool(question["is_open"]),
            choices=tuple(_encodings(question, settled)) if is_encoding else (),
            columns=() if is_encoding else tuple(_columns(number, question, settled)),
            heads=tuple(question["columns"]),
            rows=tuple((int(line), str(text)) for line, text in question["preview"]),
        )


def _encodings(question: Told, settled: Told) -> Iterator[Choice]:
    labels = dict(ENCODINGS)
    previews = question.get("previews") or []
    chosen = settled.get("encoding") or (previews[0][0] if previews else ENCODINGS[0][0])
    for encoding, lines in previews or ((key, ()) for key in labels):
        shown = tuple((int(number), str(text)) for number, text in lines)
        yield Choice(encoding, labels[encoding], encoding == chosen, shown)


def _columns(
    number: int, question: Told, settled: Told
) -> Iterator[tuple[str, str | Promise, tuple[Choice, ...]]]:
    chosen = settled.get("columns") or question["chosen"]
    for name, label in FIELDS:
        yield (
            f"column-{number}-{name}",
            label,
            tuple(Choice(one, one, chosen.get(name) == one) for one in question["columns"]),
        )


def _zones(report: Told, choices: Told) -> Iterator[ZoneAsked]:
    lifted = choices.get("lifted", ())
    for number, (entry, zone) in enumerate(zones_in(report)):
        yield ZoneAsked(
            name=f"zone-{number}",
            file=str(entry["file"]),
            title=str(entry["title"]),
            start=int(zone["start"]),
            before=str(zone["before"]).strip(),
            text=str(zone["text"]),
            why=str(zone["why"]),
            is_tail=zone == entry["zones"][-1],
            is_article=[entry["sha256"], zone["start"], zone["end"]] in lifted,
        )


def _extracts(run: ImportRun, report: Told) -> Iterator[Extract]:
    for number, entry in enumerate(extracts_in(report)):
        yield Extract(
            name=f"without-{number}",
            file=str(entry["file"]),
            title=str(entry["title"]),
            notes=tuple(entry["notes"]),
            text=str(entry["extract"]),
            words=int(entry["words"]),
            may_leave=may_leave_out(run, entry),
            is_out=entry["file"] in run.choices.get("without", ()),
        )
