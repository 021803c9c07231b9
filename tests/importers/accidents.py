"""Good files of every format, and accidents that befall them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.importers.cases import TEXT, article
from tests.importers.zips import zipped

Files = list[tuple[str, bytes]]

ODD = [
    *(b"\0", b"\r", b"\n", b"\t", b'"', b"'", b"<", b">", b"&#0;", b"{", b"}", b"[", b",", b";"),
    *(b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\\ud800", b"\xed\xa0\x80", b"\xc2\x85", b"\x1a"),
    *(b"-1", b"99999999999999999999", b"1e999", b"NaN", b"null", b"PK\x03\x04", b"PK\x01\x02"),
    *("🙂".encode(), "\u2028".encode(), b"<script>", b"</p>", b"<!--", b"T1", b"E1\t", b" "),
]
Edit = tuple[str, float, int, bytes]
EDIT = st.tuples(
    st.sampled_from(["put", "cut", "over", "twice", "end"]),
    st.floats(0, 1, exclude_max=True),
    st.integers(1, 30),
    st.sampled_from(ODD) | st.binary(max_size=4),
)
EDITS = st.lists(EDIT, max_size=4)


def damaged(raw: bytes, edits: list[Edit]) -> bytes:
    """A file after a few accidents, each at a place given as a part of its length."""
    for kind, place, length, odd in edits:
        at = int(place * len(raw))
        match kind:
            case "put":
                raw = raw[:at] + odd + raw[at:]
            case "over":
                raw = raw[:at] + odd + raw[at + len(odd) :]
            case "cut":
                raw = raw[:at] + raw[at + length :]
            case "twice":
                raw = raw[: at + length] + raw[at:]
            case _:
                raw = raw[: max(at, len(raw) // 2)]
    return raw


ATOMS = (
    st.none()
    | st.booleans()
    | st.integers(-5, 60)
    | st.sampled_from([2**31, 2**63, -1, 10**30, 1.5, float("inf"), "", "0", "\0", "\ud800", "A1"])
    | st.text(max_size=5)
)
JSON: st.SearchStrategy[Any] = st.recursive(
    ATOMS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
CHANGE = st.tuples(st.integers(0, 200), st.sampled_from(["swap", "drop", "copy"]), JSON)


def changed(told: Any, changes: list[tuple[int, str, Any]]) -> Any:
    """A JSON value with some of its parts swapped, dropped or copied."""
    told = json.loads(json.dumps(told))
    for number, kind, value in changes:
        places = list(_places(told))
        if not places:
            break
        home, key = places[number % len(places)]
        if kind == "swap":
            home[key] = value
        elif kind == "drop":
            del home[key]
        elif isinstance(home, list):
            home.append(home[key])
        else:
            home[f"{key}2"] = home[key]
    return told


def _places(told: Any) -> Any:
    """Where values stand in a JSON value, as pairs of a container and a key."""
    if isinstance(told, dict | list):
        for key in list(told) if isinstance(told, dict) else range(len(told)):
            yield told, key
            yield from _places(told[key])


RECORD = {"id": 7, "headline": "A", "authors": ["B", "C"], "date": "4 May 2017", "body": "It is."}
DOCCANO = {
    "id": 7,
    "text": TEXT,
    "entities": [
        {"id": 1, "label": "Source", "start_offset": 0, "end_offset": 3},
        {"id": 2, "label": "Content", "start_offset": 18, "end_offset": 31},
    ],
    "relations": [{"id": 9, "from_id": 2, "to_id": 1, "type": "attributed to"}],
    "label": [[4, 8, "Cue"]],
    "comments": ["x"],
}
STUDIO = [
    {
        "id": 1,
        "data": {"text": TEXT, "title": "A"},
        "annotations": [
            {
                "id": 3,
                "completed_by": {"email": "a@example.org"},
                "result": [
                    {
                        "id": key,
                        "type": "labels",
                        "value": {"start": start, "end": end, "text": words, "labels": [label]},
                    }
                    for key, start, end, words, label in (
                        ("x", 0, 3, "Ann", "Source"),
                        ("y", 18, 31, "the dam broke", "Content"),
                    )
                ]
                + [
                    {"type": "relation", "from_id": "y", "to_id": "x", "labels": ["attributed to"]},
                    {
                        "id": "y",
                        "type": "choices",
                        "from_name": "certainty",
                        "value": {"choices": ["probable"]},
                    },
                ],
            }
        ],
    }
]
ANN = [
    "T1\tSource 0 3\tAnn",
    "T2\tCue 4 8\tsaid",
    "T3\tContent 18 21;22 31\tthe dam broke",
    "T4\tAttribution 4 8\tsaid",
    "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1",
    "R1\tsupports Arg1:T3 Arg2:T3",
    "A1\tcertainty T3 probable",
    "A2\tNegated E1",
    "#1\tAnnotatorNotes T3\tCheck this.",
    "*\tsame_as T1 T1",
    "N1\tReference T1 Wikipedia:5\tAnn",
]
ROWS = [
    ["id", "Titel", "Datum", "text", "url"],
    ["1", "The dam", "2026-03-04", "It broke, he said.", "https://example.org/1"],
    ["2", 'A "quoted"\r\ntitle', "4.3.2026", "It held; she said.", ""],
]
SENTENCE = "<p>The minister denied it on Monday, according to two officials of the town.</p>"
TAGS = [
    *("<p>", "</p>", "<div>", "</div>", "<article>", "<table>", "<tr>", "<td>", "<ul>", "<li>"),
    *("<script>x", "</script>", "<!--", "-->", "<br>", "<h1>T</h1>", "<a href='x'>", "</a>"),
    *("<meta name=author content='A; B'>", "<title>T | S</title>", "<meta charset=x>", "<svg>"),
    *("<link rel=canonical href='//['>", "<time datetime='2017-13-45'>", "<math>", "<base href=x>"),
    *('<script type="application/ld+json">{"@type":"NewsArticle","author":[{}]}</script>',),
    *(
        "&#55357;",
        "&#x0;",
        "&nbsp;",
        "<?xml version='1.0' encoding='x'?>",
        "<html lang=e>",
        SENTENCE,
    ),
    *(
        "<blockquote>Q</blockquote>",
        "<figure>",
        "<noscript>",
        "<template>",
        "\x0c",
        "]]>",
        "<p a=1 a>",
    ),
]


def csv_of(rows: list[list[str]], separator: str) -> bytes:
    quoted = (
        separator.join('"' + cell.replace('"', '""') + '"' if "," in cell else cell for cell in row)
        for row in rows
    )
    return "\n".join(quoted).encode("utf-8", "surrogatepass")


def json_lines(told: Any) -> bytes:
    return json.dumps(told).encode() + b"\n"


def one(name: str) -> Callable[[bytes], Files]:
    return lambda raw: [(name, raw)]


CHANGES = st.lists(CHANGE, max_size=4)
TEXTS = st.lists(st.text() | st.sampled_from(["\r\n", "\ufeff", "Leave a Reply", "\0"])).map(
    "".join
)
MADE: dict[str, st.SearchStrategy[Files]] = {
    "text": st.one_of(
        st.binary(max_size=200),
        st.builds(
            lambda text, codec: text.encode(codec, "replace"),
            TEXTS,
            st.sampled_from(["utf-8", "utf-16", "utf-8-sig", "cp1252", "utf-16-be"]),
        ),
    ).map(one("a.txt")),
    "html": st.lists(st.sampled_from(TAGS), max_size=30)
    .map(lambda tags: f"<html><body>{''.join(tags)}{SENTENCE * 4}".encode())
    .map(one("a.html")),
    "csv": st.builds(
        lambda rows, separator, extra: csv_of([*rows, *extra], separator),
        st.permutations(ROWS),
        st.sampled_from(",;\t|"),
        st.lists(st.lists(st.text(max_size=6), max_size=6), max_size=3),
    ).map(one("a.csv")),
    "jsonl": CHANGES.map(lambda made: json_lines(changed(article(), made))).map(one("a.jsonl")),
    "records": CHANGES.map(lambda made: json_lines(changed(RECORD, made))).map(one("r.jsonl")),
    "doccano": CHANGES.map(lambda made: json_lines(changed(DOCCANO, made))).map(one("d.jsonl")),
    "labelstudio": CHANGES.map(lambda made: json_lines(changed(STUDIO, made))).map(one("s.json")),
    "brat": st.lists(st.sampled_from(ANN) | st.text(max_size=12), max_size=14).map(
        lambda lines: [
            ("a.txt", TEXT.encode()),
            ("a_amira.ann", "\n".join(lines).encode("utf-8", "surrogatepass")),
        ]
    ),
    "zip": st.lists(
        st.tuples(
            st.sampled_from(
                ["a.txt", "b/c.jsonl", "../d.txt", "e.zip", "a.ann", "f.csv", "é.html"]
            ),
            st.sampled_from([b"", TEXT.encode(), json_lines(article()), b"T1\tSource 0 3\tAnn"]),
        ),
        max_size=4,
        unique_by=lambda member: member[0],
    )
    .map(lambda members: zipped(*members))
    .map(one("a.zip")),
}


GOOD: dict[str, Files] = {
    "text": [("a.txt", TEXT.encode())],
    "html": [("a.html", f"<html><body>{SENTENCE * 4}".encode())],
    "csv": [("a.csv", csv_of(ROWS[:2], ","))],
    "jsonl": [("a.jsonl", json_lines(article()))],
    "records": [("r.jsonl", json_lines(RECORD))],
    "doccano": [("d.jsonl", json_lines(DOCCANO))],
    "labelstudio": [("s.json", json_lines(STUDIO))],
    "brat": [("a.txt", TEXT.encode()), ("a.ann", "\n".join(ANN[:5]).encode())],
    "zip": [("a.zip", zipped(("a.txt", TEXT.encode())))],
}
