"""JSON Lines: what is read, what is rejected with which words, and the way there and back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.importers import Arrival, Rejection, held, jsonl
from annotations.models import Article, ClaimAnnotation, Link, Span
from annotations.states import ClaimState
from tests.importers.cases import (
    A1,
    S1,
    S2,
    TEXT,
    article,
    imported,
    line,
    link,
    marked,
    rejection,
    span,
)
from tests.people import make_cast
from tests.rows import dump

pytestmark = pytest.mark.django_db

EVERY = frozenset(ClaimState)


def test_a_line_brings_an_article_and_its_annotations() -> None:
    cast = make_cast()
    told = article(
        byline="Cy", outlet="The Herald", url="https://example.org/1", published_on="2026-11-22"
    )

    report = imported(cast, "dam.jsonl", b"\n" + line(told))

    one = Article.objects.get()
    assert [(entry.line, entry.outcome) for entry in report.entries] == [(2, "new")]
    assert (one.title, one.byline, one.outlet) == ("The dam", "Cy", "The Herald")
    assert (one.url, one.published_on) == ("https://example.org/1", date(2026, 11, 22))
    assert sorted(Span.objects.values_list("tag", "text")) == [
        ("allegation", "the dam broke"),
        ("cue", "said"),
        ("source", "Ann"),
        ("source", "Bob"),
    ]
    assert list(Link.objects.order_by("pk").values_list("type", "cue__text")) == [
        ("attributed_to", "said"),
        ("relayed_by", None),
    ]
    assert ClaimAnnotation.objects.get().author == cast.edda


def test_ids_may_be_numbers_and_stand_in_for_the_external_id() -> None:
    cast = make_cast()
    told = {
        "id": 17,
        "text": TEXT,
        "annotations": [
            {
                "annotator": "edda",
                "spans": [span("1", "allegation", "the dam broke") | {"id": 1}],
                "links": [{"type": "attributed_to", "from": 1, "implicit": "author"}],
            }
        ],
    }

    imported(cast, "dam.jsonl", line(told))

    assert Article.objects.get().external_id == "17"
    assert Link.objects.get().implicit == "author"


@pytest.mark.parametrize("key", ["s_1", "L_00000000-0000-0000-0000-000000000007", "x"])
def test_an_id_of_others_is_good_enough_within_the_file(key: str) -> None:
    cast = make_cast()
    told = marked(spans=[A1 | {"id": key}], links=[link("1", "supports", key, key)])

    reason = rejection(cast, line(article(annotations=[told])))

    assert f"supports {key} → {key}" in reason


def test_fragments_stand_for_start_and_end() -> None:
    cast = make_cast()
    parts = span("A1", "allegation", "the dam", fragments=[[18, 25], [26, 31]], end=31)
    told = marked(spans=[parts | {"text": "the dam broke"}], links=[])

    imported(cast, "dam.jsonl", line(article(annotations=[told])))

    assert Span.objects.get().fragments == ((18, 25), (26, 31))


DEEP = b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (line(article()) + b'{"text": \n', "line 2: It is not valid JSON: Expecting value"),
        (b"\n\n[1]\n", "line 3: A line must hold one JSON object"),
        (b'{"text": "Zo\xeb"}\n', "line 1: Byte 13 of the line is not UTF-8. Save the file as"),
        (DEEP, "line 1: It is nested too deeply"),
        (b'{"text": ' + b"9" * 5000 + b"}\n", "line 1: It is not valid JSON"),
        (line({}), "line 1: The text is empty. Leave it out, or put the words in."),
        (line({"text": " \n"}), "line 1: The text is empty. Leave it out, or put the words in."),
        (line({"text": 7}), "line 1: “text” must be a text in quotation marks."),
        (line({"text": "A\0"}), "“text”: Line 1, character 2 (code point 1 of the text) is a NUL"),
        (line({"text": "A \ud800"}), "is a lone surrogate (U+D800)"),
        (line({"text": "A", "title": "\ud800"}), "“title”: Line 1, character 1"),
        (line({"text": "A", "title": "x" * 301}), "title: Ensure this value has at most 300"),
        (line({"text": "A", "url": "javascript:alert(1)"}), "url: Enter a valid URL."),
        (line({"text": "A", "published_on": "May"}), "“published_on” must be a date such as"),
        (line({"text": "A", "text_sha256": "0" * 64}), "“text_sha256” is not that of the text"),
        (line({"text": "A", "annotations": {}} | {"annotations": 1}), "“annotations” must be a li"),
        (line({"text": "A", "zones": [{"start": 0, "active": False}]}), "“end” must be a whole nu"),
        (line(article(text=TEXT.replace("\n", "\r\n"))), "CR line ends or a byte order mark"),
        (line(article(text="\ufeff" + TEXT)), "CR line ends or a byte order mark"),
    ],
)
def test_a_bad_line_is_rejected_and_changes_nothing(raw: bytes, reason: str) -> None:
    assert reason in rejection(make_cast(), raw)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"annotator": None}, "“annotator” is missing"),
        (
            {"annotator": "no body", "links": []},
            "“no body” cannot be a user name: it has up to 150 letters",
        ),
        (
            {"annotator": "stranger", "links": []},
            "manage.py adduser stranger --project news --role editor",
        ),
        ({"spans": [A1 | {"text": "the dam brake"}]}, "A1 quotes “the dam brake”, but the text"),
        ({"spans": [A1 | {"end": 30}]}, "A1 quotes “the dam broke”, but the text has “the dam br"),
        ({"spans": [A1 | {"end": 3000}]}, "A1: [18, 3000) lies outside a text of 47 code points"),
        ({"spans": [A1 | {"start": -1}]}, "A1: [-1, 31) lies outside"),
        ({"spans": [A1 | {"end": 18}]}, "A1: [18, 18) is empty or reversed"),
        ({"spans": [A1 | {"start": "18"}]}, "A1: “start” must be a whole number"),
        ({"spans": [A1 | {"start": True}]}, "A1: “start” must be a whole number"),
        ({"spans": [A1 | {"start": 18.0}]}, "A1: “start” must be a whole number"),
        ({"spans": [A1 | {"fragments": []}]}, "A1: “fragments” must be a list of pairs"),
        ({"spans": [A1 | {"fragments": [[18]]}]}, "A1: “fragments” must be a list of pairs"),
        ({"spans": [A1 | {"fragments": [[18, 25]]}]}, "A1: “end” is 31, but its fragments say 25"),
        ({"spans": [A1 | {"tag": "claim"}]}, "A1: There is no tag “claim”."),
        ({"spans": [A1 | {"tag": None}]}, "A1: There is no tag “”."),
        ({"spans": [A1 | {"attributes": {"colour": "red"}}]}, "“colour” is not an attribute of"),
        ({"spans": [A1 | {"attributes": {"certainty": "high"}}]}, "“high” is not a value of cert"),
        ({"spans": [A1 | {"attributes": {"about": 7}}]}, "A1: “about” must be a text"),
        ({"spans": [A1 | {"attributes": ["about"]}]}, "A1: “attributes” must be an object"),
        ({"spans": [A1 | {"attributes": {"about": "\0"}}]}, "A1: “about”: Line 1, character 1"),
        (
            {"spans": [A1, S1 | {"id": "A1"}]},
            "The id A1 is used twice. Give one of the two another id.",
        ),
        ({"spans": [A1, A1 | {"id": "A2"}]}, "Two passages have the same tag and the same offsets"),
        ({"spans": [span("Z", "cue", "Leave a Reply")]}, "Z lies in boilerplate"),
        ({"spans": [7]}, "“spans” must be a list of objects."),
        (
            {"links": [link("L", "attributed_to", "A1", "S9")]},
            "A link names S9, which is not among",
        ),
        ({"links": [link("L", "said_by", "A1", "S1")]}, "said_by A1 → S1: There is no such link."),
        (
            {"links": [link("L", "supports", "S1", "A1")]},
            "These tags cannot be joined by this kind",
        ),
        ({"links": [link("L", "attributed_to", "A1", None)]}, "A link needs exactly one end"),
        ({"links": [link("L", "attributed_to", "A1", None, implicit="God")]}, "exactly one end"),
        ({"links": [link("L", "relayed_by", "S1", "S1")]}, "cannot be linked to itself"),
        ({"links": [link("L", "supports", "A1", "A1", negated="no")]}, "must be true or false"),
        (
            {"links": [link("1", "relayed_by", "S1", "S2"), link("2", "relayed_by", "S2", "S1")]},
            "S1: The links run in a circle.",
        ),
        ({"links": [link(key, "attributed_to", "A1", "S1") for key in "12"]}, "A1: "),
        ({"links": [link("L", "attributed_to", "A1", "S1", group="x" * 51)]}, "is too long"),
    ],
)
def test_a_bad_annotation_is_rejected_by_name_and_changes_nothing(
    told: dict[str, Any], reason: str
) -> None:
    cast = make_cast()
    alone = {"links": []} if "spans" in told else {"spans": [A1, S1, S2]}

    told_why = rejection(cast, line(article(annotations=[marked(**alone | told)])))

    assert told_why.startswith("line 1: ")
    assert reason in told_why


def test_one_bad_line_keeps_all_the_others_out() -> None:
    cast = make_cast()
    raw = b"".join(line(article(text=f"{TEXT} {number}")) for number in range(3))
    before = dump()

    report = imported(cast, "dam.jsonl", raw + line({"text": ""}))

    assert [entry.outcome for entry in report.entries] == ["new", "new", "new", "rejected"]
    assert [entry.line for entry in report.entries] == [1, 2, 3, 4]
    assert dump() == before


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*article(), *marked(), *A1, "zones"]), inner)
    ),
    max_leaves=12,
)


@given(
    raw=st.binary(max_size=60)
    | JSON.map(line)
    | JSON.map(lambda told: line(article(annotations=[told])))
)
def test_whatever_a_file_holds_is_an_arrival_or_a_rejection(raw: bytes) -> None:
    found = list(jsonl.read(held("any.jsonl", raw)))

    assert {type(one) for one in found} <= {Arrival, Rejection}
