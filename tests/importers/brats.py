"""brat files for tests: a text that Ann and Bob are quoted in, and annotation lines about it."""

from __future__ import annotations

from annotations.importers import Upload, held
from annotations.importers.report import Report
from annotations.importers.run import run
from tests.people import Cast

TEXT = "Ann 🙂 said Bob said\nthe dam broke. It fell, she said."
"""Offsets: Ann 0, 🙂 4, said 6, Bob 11, said 15, the dam broke 20 to 33, It fell 35, she 44, said 48."""


def t(number: int, tag: str, *places: tuple[int, int], words: str | None = None) -> str:
    """A T line that quotes `TEXT` as brat does, unless other words are given."""
    quote = " ".join(TEXT[start:end] for start, end in places).replace("\n", " ")
    written = ";".join(f"{start} {end}" for start, end in places)
    return f"T{number}\t{tag} {written}\t{quote if words is None else words}"


SOURCE, CUE = t(1, "Source", (11, 14)), t(2, "Cue", (15, 19))
CONTENT, TRIGGER = t(3, "Content", (20, 33)), t(4, "Attribution", (15, 19))
EVENT = "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1"
WHOLE = (SOURCE, CUE, CONTENT, TRIGGER, EVENT)


def ann(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def brought(cast: Cast, *files: tuple[str, bytes], leave_out: bool = False) -> Report:
    """Import files in Mara's name."""
    uploads: list[Upload] = [held(name, raw) for name, raw in files]
    return run(cast.project, uploads, by=cast.mara, leave_out=leave_out)


def annotated(cast: Cast, *lines: str, text: bytes = TEXT.encode()) -> Report:
    """Import the text with these lines, of which Edda is the annotator."""
    return brought(cast, ("dam.txt", text), ("dam_edda.ann", ann(*lines)))


def rejections(report: Report) -> list[tuple[str, int, str]]:
    return [(entry.file, entry.line, entry.reason) for entry in report.of("rejected")]
