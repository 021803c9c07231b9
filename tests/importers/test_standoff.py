"""Lines of brat as values."""

from __future__ import annotations

import time

import pytest

from annotations.importers.standoff import (
    Happening,
    Joining,
    Part,
    Saying,
    Textbound,
    read_standoff,
)
from annotations.text.offsets import Fragment

FILE = (
    "T1\tSource 0 3;5 9\tAnn said\r\n"
    "\n"
    "T2\tCue 5 9\tsa\tid \n"
    "E1\tAttribution:T2 Content2:T3  Source:T1 \n"
    "R1\tsupports Arg1:T3 Arg2:T1\t\n"
    "A1\tNegated E1\n"
    "M2\tcertainty T3 more or  less \n"
    "#1\tAnnotatorNotes T3\tCheck\tthis.\n"
    "#2\tAnnotatorNotes T3\n"
    "*\tEquiv T1 T2 T3\n"
    "N1\tReference T1 Wikipedia:1\tBarack Obama\n"
)


def test_every_kind_of_line_is_read_with_its_number() -> None:
    found = read_standoff(FILE)

    assert list(found.textbounds.values()) == [
        Textbound("T1", "Source", (Fragment(0, 3), Fragment(5, 9)), "Ann said", 1),
        Textbound("T2", "Cue", (Fragment(5, 9),), "sa\tid ", 3),
    ]
    parts = (Part("Content", "T3"), Part("Source", "T1"))
    assert list(found.events.values()) == [Happening("E1", "Attribution", "T2", parts, 4)]
    assert found.relations == [
        Joining("R1", "supports", "T3", "T1", 5),
        Joining("*", "Equiv", "T1", "T2", 10),
        Joining("*", "Equiv", "T1", "T3", 10),
    ]
    assert found.attributes == [
        Saying("A1", "Negated", "E1", "", 6),
        Saying("M2", "certainty", "T3", "more or  less ", 7),
    ]
    assert found.notes == [
        Saying("#1", "AnnotatorNotes", "T3", "Check\tthis.", 8),
        Saying("#2", "AnnotatorNotes", "T3", "", 9),
    ]
    assert found.references == [Saying("N1", "Wikipedia:1", "T1", "Barack Obama", 11)]
    assert found.faults == []
    assert dict(found.lines) == {"T": 2, "E": 1, "R": 1, "A": 1, "M": 1, "#": 2, "*": 1, "N": 1}


def test_an_id_names_one_thing() -> None:
    found = read_standoff("T1\tCue 0 1\ta\nT1\tCue 1 2\tb\n*\tEquiv T1 T2\n*\tEquiv T3 T4\n")

    assert [(one.line, one.reason[:27]) for one in found.faults] == [
        (2, "The id T1 is used twice. Gi")
    ]


@pytest.mark.parametrize("character", ["\x0b", "\x1c", "\x85", "\u2028"])
def test_only_lf_ends_a_line(character: str) -> None:
    found = read_standoff(f"T1\tCue 0 3\ta{character}b\n")

    assert found.textbounds["T1"].quote == f"a{character}b"


@pytest.mark.parametrize(
    "line",
    [
        "E1\tA:B" + " a:b" * 50_000 + "\t!",
        "E1\tA:B" + " " * 100_000 + "!",
        "E1\t" + "a:" * 50_000 + " !",
        "R1\tx" + " " * 100_000 + "!",
        "A1\tx y" + " " * 100_000 + "!",
        "T1\tx " + "1 2;" * 50_000 + "!",
        "*\tx" + " y" * 50_000 + "\x00 \t!" + " " * 50_000,
        "N1\t" + "x " * 50_000,
    ],
    ids=lambda line: repr(line[:8]),
)
def test_a_line_made_to_take_long_does_not(line: str) -> None:
    begun = time.perf_counter()

    read_standoff(line)

    assert time.perf_counter() - begun < 1
