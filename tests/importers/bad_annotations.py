"""Files whose annotations cannot be, each with what is said of it."""

from __future__ import annotations

import json

from tests.importers.bad import Bad, Files
from tests.importers.cases import A1, S1, S2, TEXT, article, line, link, marked, span


def annotated(**changes: object) -> bytes:
    """A good JSON line, but for what is changed in its annotations."""
    return line(article(annotations=[marked(**changes)]))


def brat(*lines: str, text: bytes = b"Ann said Bob said the dam broke.\n") -> Files:
    """A text and what somebody annotated in it with brat."""
    return {"dam.txt": text, "dam.ann": "".join(f"{one}\n" for one in lines).encode()}


def studio(**value: object) -> Files:
    """A task of Label Studio with one passage."""
    result = {"id": "x", "type": "labels", "value": {"start": 0, "end": 3, "labels": ["Source"]}}
    result["value"] = {"start": 0, "end": 3, "text": "Ann", "labels": ["Source"]} | value
    task = {"id": 1, "data": {"text": TEXT}, "annotations": [{"result": [result]}]}
    return {"tasks.json": json.dumps([task]).encode()}


T1, T2, T3 = "T1\tSource 0 3\tAnn", "T2\tCue 4 8\tsaid", "T3\tContent 18 31\tthe dam broke"
E1 = "E1\tAttribution:T2 Content:T3 Cue:T2 Source:T1"
DEEP = b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"
CIRCLE = [link("1", "relayed_by", "S1", "S2"), link("2", "relayed_by", "S2", "S1")]

BAD_ANNOTATIONS: dict[str, Bad] = {
    "lone surrogate": (
        {"a.jsonl": b'{"text": "A \\ud83d story"}\n'},
        "a.jsonl",
        1,
        "“text”: Line 1, character 3 (code point 2 of the text) is a lone surrogate (U+D83D)",
    ),
    "JSON malformed at line 17": (
        {
            "a.jsonl": b"".join(line({"text": f"Story {one}."}) for one in range(16))
            + b'{"text": \n'
        },
        "a.jsonl",
        17,
        "It is not valid JSON: Expecting value",
    ),
    "JSON nested too deeply": ({"a.jsonl": DEEP}, "a.jsonl", 1, "It is nested too deeply to be"),
    "JSON that is no object": ({"a.jsonl": b"[1]\n"}, "a.jsonl", 1, "A line must hold one JSON"),
    "JSON without a text": (
        {"a.jsonl": b"\n{}\n"},
        "a.jsonl",
        2,
        "The text is empty. Leave it out, or put the words in.",
    ),
    "JSON with a wrong hash": (
        {"a.jsonl": line({"text": "A", "text_sha256": "0" * 64})},
        "a.jsonl",
        1,
        "“text_sha256” is not that of the text",
    ),
    "JSON that is not UTF-8": (
        {"a.jsonl": b'{"text": "Zo\xeb"}\n'},
        "a.jsonl",
        1,
        "Byte 13 of the line is not UTF-8. Save the file as UTF-8.",
    ),
    "a bad address": (
        {"a.jsonl": line({"text": "A", "url": "javascript:alert(1)"})},
        "a.jsonl",
        1,
        "url: Enter a valid URL.",
    ),
    "offsets past the end": (
        {"a.jsonl": annotated(spans=[A1 | {"end": 3000}], links=[])},
        "a.jsonl",
        1,
        "A1: [18, 3000) lies outside a text of 47 code points",
    ),
    "offsets reversed": (
        {"a.jsonl": annotated(spans=[A1 | {"end": 3}], links=[])},
        "a.jsonl",
        1,
        "A1: [18, 3) is empty or reversed",
    ),
    "quote mismatch": (
        {"a.jsonl": annotated(spans=[A1 | {"text": "the dam brake"}], links=[])},
        "a.jsonl",
        1,
        "A1 quotes “the dam brake”, but the text has “the dam broke”",
    ),
    "duplicate ids": (
        {"a.jsonl": annotated(spans=[A1, S1 | {"id": "A1"}], links=[])},
        "a.jsonl",
        1,
        "The id A1 is used twice. Give one of the two another id.",
    ),
    "cyclic links": (
        {"a.jsonl": annotated(spans=[A1, S1, S2], links=CIRCLE)},
        "a.jsonl",
        1,
        "S1: The links run in a circle.",
    ),
    "unknown tag": (
        {"a.jsonl": annotated(spans=[A1 | {"tag": "rumour"}], links=[])},
        "a.jsonl",
        1,
        "A1: There is no tag “rumour”.",
    ),
    "unknown value": (
        {"a.jsonl": annotated(spans=[A1 | {"attributes": {"certainty": "high"}}], links=[])},
        "a.jsonl",
        1,
        "A1: “high” is not a value of certainty",
    ),
    "a link to nowhere": (
        {"a.jsonl": annotated(links=[link("L", "attributed_to", "A1", "S9")])},
        "a.jsonl",
        1,
        "A link names S9, which is not among the spans.",
    ),
    "annotated boilerplate": (
        {"a.jsonl": annotated(spans=[span("Z", "cue", "Leave a Reply")], links=[])},
        "a.jsonl",
        1,
        "Z lies in boilerplate, from 34 to 47 of the text. Say that it is part",
    ),
    "doccano past the end": (
        {"a.jsonl": line({"text": TEXT, "label": [[0, 3000, "Source"]]})},
        "a.jsonl",
        1,
        "label 1: [0, 3000) lies outside a text of 47 code points",
    ),
    "doccano of a wrong shape": (
        {"a.jsonl": line({"text": TEXT, "label": [["Source", 0, 3]]})},
        "a.jsonl",
        1,
        "“label” must be a list of a start, an end and a label each",
    ),
    "Label Studio with other words": (
        studio(text="Bob"),
        "tasks.json",
        1,
        "x quotes “Bob”, but the text has “Ann”",
    ),
    "Label Studio cut off": (
        {"tasks.json": studio()["tasks.json"][:-9]},
        "tasks.json",
        1,
        "It is not valid JSON: Unterminated string starting at: line 1 column",
    ),
    "brat event to a missing id": (
        brat(T1, T2, T3, E1.replace("T3", "T7")),
        "dam.ann",
        4,
        "E1 names T7, which is not in the file or cannot stand there.",
    ),
    "brat past the end": (brat("T1\tSource 0 300\tAnn"), "dam.ann", 1, "T1: [0, 300) lies outside"),
    "brat with other words": (
        brat(T2, "T1\tSource 0 3\tAnna"),
        "dam.ann",
        2,
        "T1 quotes “Anna”, but the text has “Ann”",
    ),
    "brat with an id twice": (
        brat(T1, T2, T1),
        "dam.ann",
        3,
        "The id T1 is used twice. Give one of the two another id.",
    ),
    "brat with an unknown tag": (
        brat(T1.replace("Source", "Rumour")),
        "dam.ann",
        1,
        "T1: There is no tag “Rumour”. It may be one of allegation, content, cue, evidence, source",
    ),
    "brat with a broken line": (
        brat(T1, "T2 Cue 4 8 said"),
        "dam.ann",
        2,
        "The line does not have the shape of its kind, which is: T1<tab>Source 110 112<tab>we",
    ),
    "brat that is not UTF-8": (
        {**brat(T1), "dam.ann": b"T1\tSource 0 3\tZo\xeb\n"},
        "dam.ann",
        0,
        "The file is not valid utf-8. Choose its encoding",
    ),
    "brat without its text": ({"dam.ann": b"T1\tSource 0 3\tAnn\n"}, "dam.ann", 0, "There is no"),
}
