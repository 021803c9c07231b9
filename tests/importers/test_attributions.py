"""PolNeAR's events in our terms: spans, links, groups, triggers; and that no line is lost."""

from __future__ import annotations

import pytest

from annotations.importers.report import Entry
from annotations.models import Link, Span
from tests.importers.brats import (
    CONTENT,
    CUE,
    EVENT,
    SOURCE,
    TRIGGER,
    WHOLE,
    annotated,
    rejections,
    t,
)
from tests.people import make_cast

pytestmark = pytest.mark.django_db

ANN, SHE = t(11, "Source", (0, 3)), t(12, "Source", (44, 47))
FELL = t(13, "Content", (35, 42))
SAID = t(14, "Cue", (6, 10))


def links() -> list[tuple[str, str, str, str, bool]]:
    """From, to or implicit, cue, group, negated."""
    return [
        (
            one.from_span.text,
            one.to_span.text if one.to_span else one.implicit,
            one.cue.text if one.cue else "",
            one.group,
            one.negated,
        )
        for one in Link.objects.order_by("pk")
    ]


def entry_of(*lines: str) -> Entry:
    report = annotated(make_cast(), *lines)
    assert rejections(report) == []
    return report.entries[0]


def test_an_event_is_a_link_from_content_to_source_with_its_cue() -> None:
    entry = entry_of(*WHOLE)

    assert links() == [("the dam broke", "Bob", "said", "E1", False)]
    assert (entry.spans, entry.links, entry.left_out) == (3, 1, ())
    assert dict(entry.lines) == {"T": 4, "E": 1, "T:span": 3, "T:trigger": 1, "E:links": 1}


def test_several_contents_and_sources_are_linked_each_with_each() -> None:
    event = "E1\tAttribution:T4 Content:T3 Content2:T13 Cue:T2 Source:T1 Source2:T11"

    entry_of(*WHOLE[:4], ANN, FELL, event)

    assert sorted(one[:4] for one in links()) == [
        ("It fell", "Ann", "said", "E1"),
        ("It fell", "Bob", "said", "E1"),
        ("the dam broke", "Ann", "said", "E1"),
        ("the dam broke", "Bob", "said", "E1"),
    ]


def test_a_second_cue_is_kept_in_a_group_of_its_own() -> None:
    entry_of(*WHOLE[:4], SAID, "E1\tAttribution:T4 Content:T3 Cue:T2 Cue2:T14 Source:T1")

    assert [(cue, group) for _from, _to, cue, group, _negated in links()] == [
        ("said", "E1"),
        ("said", "E1/2"),
    ]
    assert [one.cue and one.cue.start for one in Link.objects.order_by("pk")] == [15, 6]


@pytest.mark.parametrize(
    ("event", "ends"),
    [
        ("E1\tAttribution-no-source:T4 Content:T3 Cue:T2", ["unspecified"]),
        ("E1\tAttribution:T4 Content:T3 Cue:T2", ["unspecified"]),
        ("E1\tAttribution-no-source:T4 Content:T3 Cue:T2 Source:T1 ", ["Bob", "unspecified"]),
    ],
)
def test_an_event_without_a_source_has_the_unspecified_one(event: str, ends: list[str]) -> None:
    entry_of(*WHOLE[:4], event)

    assert [one[1] for one in links()] == ends


def test_the_same_words_are_one_span_in_however_many_events() -> None:
    again = [t(21, "Source", (11, 14)), t(22, "Cue", (15, 19)), FELL]

    entry = entry_of(*WHOLE, *again, "E2\tAttribution:T4 Content:T13 Cue:T22 Source:T21")

    assert Span.objects.filter(tag="source").count() == 1
    assert [one[:4] for one in links()] == [
        ("the dam broke", "Bob", "said", "E1"),
        ("It fell", "Bob", "said", "E2"),
    ]
    assert (entry.lines["T:span"], entry.lines["T:twice"]) == (4, 2)


def test_nested_contents_stay_nested() -> None:
    outer = t(23, "Content", (11, 33))

    entry_of(*WHOLE, outer, ANN, SAID, "E2\tAttribution:T14 Content:T23 Cue:T14 Source:T11")

    assert [one[:3] for one in links()] == [
        ("the dam broke", "Bob", "said"),
        ("Bob said\nthe dam broke", "Ann", "said"),
    ]


def test_a_trigger_is_the_cue_of_an_event_that_names_none() -> None:
    entry = entry_of(SOURCE, CONTENT, TRIGGER, "E1\tAttribution:T4 Content:T3 Source:T1")

    assert links() == [("the dam broke", "Bob", "said", "E1", False)]
    assert entry.lines["T:span"] == 3


def test_a_trigger_that_nothing_uses_stays_as_a_cue() -> None:
    entry = entry_of(TRIGGER)

    assert (Span.objects.get().tag, entry.lines["T:span"]) == ("cue", 1)


def test_a_trigger_that_differs_from_the_cue_is_left_out_by_its_line() -> None:
    entry = entry_of(SOURCE, CUE, CONTENT, t(4, "Attribution", (15, 18)), EVENT)

    ((reason, line, file),) = [(one.reason, one.line, one.file) for one in entry.left_out]
    assert (line, file) == (4, "dam_edda.ann")
    assert reason.startswith("T4 has other words than the cue of its event")


@pytest.mark.parametrize("parts", ["", " Cue:T2", " Cue:T2 Source:T1"])
def test_an_event_without_content_is_left_out_by_its_line_and_its_words_stay(parts: str) -> None:
    entry = entry_of(SOURCE, CUE, TRIGGER, f"E1\tAttribution:T4{parts}")

    assert [(one.line, one.reason[:24]) for one in entry.left_out] == [
        (4, "E1 has no content to att")
    ]
    assert sorted(one.tag for one in Span.objects.all()) == ["cue", "source"]
    assert links() == []


def test_an_event_may_deny() -> None:
    entry = entry_of(*WHOLE, "A1\tNegated E1")

    assert [one[4] for one in links()] == [True]
    assert entry.lines["A:set"] == 1


def test_relations_are_links_of_their_name_and_an_event_stands_for_its_content() -> None:
    evidence = t(24, "Evidence", (35, 42))

    entry = entry_of(
        *WHOLE, evidence, SHE, ANN, "R1\tSupports Arg1:T24 Arg2:E1", "*\tEquiv T11 T12"
    )

    assert [one[:2] for one in links()[1:]] == [("It fell", "the dam broke"), ("Ann", "she")]
    assert [one.type for one in Link.objects.order_by("pk")][1:] == ["supports", "same_as"]
    assert entry.lines["R:links"] == 2


def test_a_link_that_the_codebook_does_not_know_is_rejected_with_its_line() -> None:
    report = annotated(make_cast(), *WHOLE, "R1\tsupports Arg1:T1 Arg2:T3")

    ((_file, line, reason),) = rejections(report)
    assert (line, reason) == (
        6,
        "supports T1 → T3: These tags cannot be joined by this kind of link.",
    )
