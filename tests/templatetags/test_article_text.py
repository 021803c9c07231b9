"""The paragraph renderer: whatever lies on a text, its words stay exactly the text's."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.models.span import Mark
from annotations.templatetags.article_text import (
    MOST_BARS,
    Paragraph,
    label_of,
    paragraph,
    ribbon,
    ribbon_part,
)
from annotations.text.blocks import Block
from annotations.text.offsets import Fragment
from tests.pages import Element, parse

WILD = st.text(
    st.sampled_from("<>&\"'=/ \n\t`{}%;#") | st.characters(exclude_categories=["Cs", "Cc"]),
    min_size=1,
    max_size=60,
)
TAGS = st.sampled_from(["allegation", "evidence", "source", "cue"])


def span(pk: int, tag: str, *fragments: tuple[int, int], number: int = 0) -> Mark:
    """A span as the renderer needs it."""
    return Mark(pk, tag, number or pk, 1, tuple(Fragment(*one) for one in fragments))


def drawn(text: str, *spans: Mark, start: int = 0) -> Element:
    """The `<p>` of a block of this text that begins at `start`."""
    block = Block(1, start, start + len(text))
    return parse(paragraph(Paragraph(block, text, "\n\n", spans))).one("p")


@st.composite
def readings(draw: st.DrawFn) -> tuple[str, int, list[Mark], list[Fragment]]:
    """A block somewhere in an article, spans that may overlap, run past it or be divided, zones."""
    text, start = draw(WILD), draw(st.integers(0, 50))
    places = st.integers(max(0, start - 5), start + len(text) + 5)
    spans = []
    for pk in range(1, draw(st.integers(0, 6)) + 1):
        cuts = sorted(draw(st.sets(places, min_size=2, max_size=6)))
        parts = list(zip(cuts[::2], cuts[1::2], strict=False))
        spans.append(span(pk, draw(TAGS), *parts))
    on_it = [one for one in spans if one.start < start + len(text) and one.end > start]
    cuts = sorted(draw(st.sets(st.integers(start, start + len(text)), max_size=4)))
    zones = [Fragment(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False)]
    return text, start, on_it, zones


@settings(max_examples=400, deadline=None)
@given(readings(), st.booleans())
def test_without_its_tags_a_paragraph_is_the_block(
    reading: tuple[str, int, list[Mark], list[Fragment]], out_of_band: bool
) -> None:
    text, start, spans, zones = reading
    block = Block(3, start, start + len(text))
    carded = {one.pk for one in spans if one.pk % 2}
    one = Paragraph(block, text, "\n \n", spans, zones, active={1}, carded=carded)

    root = parse(paragraph(one, out_of_band=out_of_band)).one("p")

    ids = Counter(root.ids)
    beginning = {one.pk for one in spans if start <= one.start < start + len(text)}
    details = {name for mark in root.all("mark") for name in mark_details(mark)}
    assert root.text == text
    assert all(mark.text for mark in root.all("mark"))
    assert ids == Counter(f"s{pk}" for pk in beginning)
    assert details == {f"c{pk}" for pk in beginning & carded}
    assert {one.tag for one in root.walk()} <= {"mark", "i"}
    assert (root["data-o"], root["data-gap"]) == (str(start), "\n \n")
    assert root.attributes.get("hx-swap-oob") == ("true" if out_of_band else None)


@settings(max_examples=200, deadline=None)
@given(readings())
def test_every_code_point_lies_in_a_mark_of_just_the_spans_that_cover_it(
    reading: tuple[str, int, list[Mark], list[Fragment]],
) -> None:
    text, start, spans, _zones = reading

    root = drawn(text, *spans, start=start)

    found: list[set[int]] = []
    for child in root.children:
        words = child if isinstance(child, str) else child.text
        keys = "" if isinstance(child, str) else child.attributes.get("data-a") or ""
        found += [{int(key) for key in keys.split()}] * len(words)
    expected = [
        {one.pk for one in spans if any(left <= place < right for left, right in one.fragments)}
        for place in range(start, start + len(text))
    ]
    assert found == expected


def mark_details(mark: Element) -> list[str]:
    return (mark.attributes.get("aria-details") or "").split()


def test_overlapping_spans_become_flat_marks() -> None:
    root = drawn("0123456789", span(1, "allegation", (0, 6)), span(2, "source", (4, 9)))

    assert [(one["class"], one.text, one["data-a"]) for one in root.all("mark")] == [
        ("a", "0123", "1"),
        ("a s", "45", "1 2"),
        ("s", "678", "2"),
    ]


def test_two_spans_that_begin_together_have_an_anchor_each() -> None:
    root = drawn("0123456789", span(1, "allegation", (2, 8)), span(2, "evidence", (2, 5)))

    first = root.all("mark")[0]
    further = root.one("i", id="s2")
    assert (first["id"], first["data-n"], first["data-v"]) == ("s1", "A1 E2", "1")
    assert (further.text, further["data-n"], further["data-v"]) == ("", "E2", "1")


def test_anchors_of_spans_that_begin_together_stand_before_the_mark_outermost_first() -> None:
    spans = [span(1, "cue", (2, 4)), span(2, "source", (2, 9)), span(3, "allegation", (2, 6))]

    root = drawn("0123456789", *spans)

    ids = [one["id"] for one in root.walk() if "id" in one.attributes]
    assert ids == ["s3", "s1", "s2"]
    assert root.one("mark", id="s2")["data-n"] == "S2 A3 C1"


def test_the_later_parts_of_a_divided_span_are_marked_where_they_begin() -> None:
    spans = [span(1, "allegation", (0, 2), (4, 9)), span(2, "source", (6, 7))]

    root = drawn("0123456789", *spans)

    marks = [(one["class"], one.text) for one in root.all("mark")]
    assert marks == [("a", "01"), ("a part", "45"), ("a s", "6"), ("a", "78")]


@pytest.mark.parametrize(
    ("parts", "anchored"),
    [([(8, 13)], True), ([(8, 9), (12, 14)], True), ([(7, 13)], False), ([(3, 13)], False)],
)
def test_a_span_that_begins_in_the_blank_lines_before_has_its_anchor_in_the_block(
    parts: list[tuple[int, int]], anchored: bool
) -> None:
    one = Paragraph(Block(2, 10, 20), "0123456789", "", [span(1, "source", *parts)], since=8)

    mark = parse(paragraph(one)).one("mark")

    assert ("id" in mark.attributes, mark.text[-1]) == (anchored, str(parts[-1][1] - 11))


def test_a_divided_span_has_its_name_at_its_first_part_only() -> None:
    root = drawn("0123456789", span(1, "allegation", (0, 2), (6, 8)))

    assert [one.attributes.get("data-n") for one in root.all("mark")] == ["A1", None]


def test_the_anchor_of_a_divided_span_says_where_its_last_part_ends() -> None:
    spans = [span(1, "allegation", (0, 4)), span(2, "source", (0, 2), (6, 8))]

    root = drawn("0123456789", *spans)

    anchors = {
        one["id"]: one.attributes.get("data-e") for one in root.walk() if "id" in one.attributes
    }
    assert anchors == {"s1": None, "s2": "8"}


def test_a_span_from_the_paragraph_before_has_its_name_there() -> None:
    root = drawn("0123456789", span(1, "allegation", (5, 14)), start=10)

    (mark,) = root.all("mark")
    assert (mark.text, mark.attributes.get("id"), mark["data-a"]) == ("0123", None, "1")


def test_the_open_claim_and_a_zone_show_in_the_classes() -> None:
    block = Block(1, 0, 10)
    spans = [span(1, "allegation", (0, 2)), span(2, "source", (2, 4))]
    one = Paragraph(block, "0123456789", "\n\n", spans, [Fragment(6, 9)], active={1})

    marks = parse(paragraph(one)).all("mark")

    assert [mark["class"] for mark in marks] == ["a on", "s", "zone"]
    assert marks[2].attributes.keys() == {"class"}


@pytest.mark.parametrize("gap", ["\n\n", "\n \t\n", '\n"><script>\n'])
def test_only_an_unusual_gap_is_written_down(gap: str) -> None:
    one = Paragraph(Block(1, 0, 2), "ab", gap, [])

    root = parse(paragraph(one)).one("p")

    assert root.attributes.get("data-gap") == (None if gap == "\n\n" else gap)


def test_the_ribbon_has_a_bar_for_each_part_in_the_lane_of_its_tag() -> None:
    spans = [
        span(1, "allegation", (0, 4), (8, 10)),
        span(2, "evidence", (4, 6)),
        span(3, "source", (6, 7)),
        span(4, "cue", (7, 8)),
    ]

    root = parse(ribbon(20, spans, [Fragment(15, 20)], 'a "label" & <more>')).one("svg")

    bars = [(one["class"], one["x"], one["width"], one["y"]) for one in root.all("rect")[1:]]
    assert root["aria-label"] == 'a "label" & <more>'
    assert root["viewBox".lower()] == "0 0 20 22"
    assert root.one("path")["d"] == "M15 0v22"
    assert bars == [
        ("a r1", "0", "4", "15"),
        ("a r1", "8", "2", "15"),
        ("e r2", "4", "2", "9"),
        ("s r3", "6", "1", "2"),
    ]


def test_a_ribbon_of_very_many_spans_is_a_path_for_each_lane() -> None:
    spans = [span(pk, "source", (10 * pk, 10 * pk + 9)) for pk in range(MOST_BARS)]
    few = parse(ribbon(20_000, spans, [], "")).one("svg")
    spans += [span(MOST_BARS, "allegation", (3, 5), (19_000, 19_001)), span(9999, "cue", (1, 2))]

    many = parse(ribbon(20_000, spans, [], "")).one("svg")

    lanes = {one["class"]: one["d"] for one in many.all("path") if one["class"] != "cut"}
    assert len(few.all("rect")) == MOST_BARS + 1
    assert (len(many.all("rect")), many.one("rect")["class"]) == (1, "base")
    assert lanes == {
        "s": "M0 2h15000v4h-15000z",
        "e": "",
        "a": "M0 15h20v5h-20zM19000 15h20v5h-20z",
    }


def test_an_empty_article_has_a_ribbon_that_can_be_drawn() -> None:
    root = parse(ribbon(0, [], [], "")).one("svg")

    assert root["viewbox"] == "0 0 1 22"


def test_a_bar_is_drawn_alone_too() -> None:
    assert ribbon_part(span(7, "source", (3, 5))) == (
        '<rect class="s r7" x="3" y="2" width="2" height="4"/>'
    )
    assert ribbon_part(span(8, "cue", (3, 5))) == ""


def test_a_label_bears_the_colour_of_its_tag() -> None:
    assert label_of(span(7, "source", (3, 5), number=2)) == '<span class="tag s">S2</span>'
