"""The rules V1 to V17: each with a reading that breaks it and one that does not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.scheme import (
    LINK_TYPES,
    MESSAGES,
    LinkValue,
    Reading,
    SpanValue,
    claim_findings,
    claim_of,
    fault_of_link,
    findings_of,
    leads_back,
    warnings_of,
)
from annotations.text.blocks import blocks_of
from annotations.text.offsets import Fragment, Fragments
from tests.scheme.small import TEXT, link, reading, span
from tests.scheme.test_claims import readings
from tests.seed import gold_reading, seed_text

DAM = span(1, "allegation", "the dam failed")
OFFICIALS = span(2, "source", "Officials")
JONES = span(3, "source", "Jones")
PHOTOS = span(4, "evidence", "Photographs")
SMITH = span(5, "source", "Smith")
DENIAL = span(6, "allegation", "denied that")
SAID = span(7, "cue", "said")
NOBODY = span(8, "source", "Nobody")

BY_OFFICIALS = link("attributed_to", 1, 2)
BY_JONES = link("attributed_to", 1, 3)
BY_AUTHOR = link("attributed_to", 1, "author")
SHOWN = link("supports", 4, 1)
ANONYMOUS = replace(OFFICIALS, attributes={"naming": "anonymous"})


def placed(one: SpanValue, *fragments: tuple[int, int]) -> SpanValue:
    return replace(one, fragments=tuple(Fragment(*part) for part in fragments))


def certain(available: str, certainty: str = "certain") -> Reading:
    return reading(
        replace(DAM, attributes={"certainty": certainty}),
        JONES,
        replace(PHOTOS, attributes={"availability": available}),
        BY_JONES,
        SHOWN,
    )


@dataclass(frozen=True)
class Case:
    """A rule, a reading that breaks it and one, as near as can be, that does not."""

    rule: str
    level: str
    broken: Reading
    sound: Reading
    about: str = ""


WHOLE = reading(DAM, JONES, BY_JONES)
RELAYED = reading(DAM, OFFICIALS, JONES, SMITH, BY_OFFICIALS, link("relayed_by", 2, 3))
GROUND = link("supports", 6, 1)

CASES = [
    Case("V1", "E", reading(replace(DAM, text="the dam broke"), JONES, BY_JONES), WHOLE, "quote"),
    Case("V1", "E", reading(placed(DAM, (15, 999)), JONES, BY_JONES), WHOLE, "past the end"),
    Case(
        "V1",
        "E",
        reading(placed(replace(DAM, text="failed the dam"), (23, 29), (15, 22)), JONES, BY_JONES),
        reading(placed(replace(DAM, text="the dam failed"), (15, 22), (23, 29)), JONES, BY_JONES),
        "order",
    ),
    Case(
        "V2",
        "E",
        reading(span(1, "allegation", "."), JONES, BY_JONES),
        WHOLE,
        "only punctuation",
    ),
    Case("V3", "E", reading(DAM, replace(DAM, key=9), JONES, BY_JONES), WHOLE),
    Case("V4", "E", reading(DAM, JONES), WHOLE, "no source"),
    Case("V4", "E", reading(DAM), reading(DAM, BY_AUTHOR), "the author will do"),
    Case(
        "V4",
        "E",
        reading(DAM),
        reading(DAM, link("attributed_to", 1, "unspecified")),
        "so will nobody",
    ),
    Case("V5", "E", reading(PHOTOS), reading(PHOTOS, DAM, SHOWN)),
    Case(
        "V5", "E", reading(PHOTOS), reading(PHOTOS, DAM, link("refutes", 4, 1)), "refuting is use"
    ),
    Case("V6", "W", reading(JONES), WHOLE),
    Case("V6", "W", reading(SMITH), reading(SMITH, JONES, link("relayed_by", 5, 3)), "relayed"),
    Case(
        "V7",
        "W",
        reading(SAID, DAM, JONES, BY_JONES),
        reading(SAID, DAM, JONES, link("attributed_to", 1, 3, cue=7)),
    ),
    Case("V8", "E", reading(DAM, JONES, link("supports", 3, 1)), WHOLE, "tags"),
    Case("V8", "E", reading(DAM, JONES, link("attributed_to", 1, 99)), WHOLE, "dangling"),
    Case("V8", "E", reading(DAM, JONES, link("attributed_to", 98, 99)), WHOLE, "wholly dangling"),
    Case("V8", "E", reading(DAM, JONES, BY_JONES, link("attributed_to", 1, 3)), WHOLE, "twice"),
    Case(
        "V8",
        "E",
        reading(DAM, JONES, BY_JONES, link("attributed_to", 1, 3)),
        reading(DAM, JONES, BY_JONES, link("attributed_to", 1, 3, group="another attribution")),
        "another group is another attribution",
    ),
    Case(
        "V8",
        "E",
        reading(*RELAYED.spans, *RELAYED.links, link("relayed_by", 2, 5)),
        RELAYED,
        "passed on by two",
    ),
    Case("V8", "E", reading(DAM, link("supports", 1, 1)), reading(DAM, DENIAL, GROUND), "itself"),
    Case(
        "V9",
        "E",
        reading(*RELAYED.spans, *RELAYED.links, link("relayed_by", 3, 2)),
        reading(*RELAYED.spans, *RELAYED.links, link("relayed_by", 3, 5)),
        "sources",
    ),
    Case(
        "V9",
        "E",
        reading(DAM, DENIAL, GROUND, link("refutes", 1, 6)),
        reading(DAM, DENIAL, GROUND),
        "grounds, of either side",
    ),
    Case(
        "V10",
        "E",
        reading(DAM, PHOTOS, SHOWN, link("refutes", 4, 1)),
        reading(DAM, DENIAL, PHOTOS, SHOWN, link("refutes", 4, 6)),
    ),
    Case("V11", "W", reading(DAM, JONES, BY_JONES, BY_AUTHOR), reading(DAM, BY_AUTHOR)),
    Case("V12", "W", reading(DAM, ANONYMOUS, BY_OFFICIALS), reading(DAM, OFFICIALS, BY_OFFICIALS)),
    Case(
        "V12",
        "W",
        reading(DAM, ANONYMOUS, BY_OFFICIALS, JONES),
        reading(DAM, ANONYMOUS, BY_OFFICIALS, JONES, BY_JONES),
        "a name beside it",
    ),
    Case(
        "V12",
        "W",
        reading(DAM, ANONYMOUS, BY_OFFICIALS),
        reading(DAM, ANONYMOUS, BY_OFFICIALS, BY_AUTHOR),
        "the author beside it",
    ),
    Case(
        "V12",
        "W",
        reading(DAM, ANONYMOUS, BY_OFFICIALS, PHOTOS, link("refutes", 4, 1)),
        reading(DAM, ANONYMOUS, BY_OFFICIALS, PHOTOS, SHOWN),
        "evidence for it",
    ),
    Case(
        "V12",
        "W",
        reading(DAM, ANONYMOUS, BY_OFFICIALS, DENIAL, GROUND),
        reading(DAM, ANONYMOUS, BY_OFFICIALS, DENIAL, GROUND, PHOTOS, SHOWN),
        "an allegation is no evidence",
    ),
    Case("V13", "W", certain("claimed"), certain("described"), "claimed"),
    Case("V13", "W", certain("withheld"), certain("shown"), "withheld"),
    Case("V13", "W", certain("claimed"), certain("claimed", "probable"), "only of the certain"),
    Case(
        "V14",
        "E",
        reading(JONES, replace(SMITH, attributes={"entity": "Jones", "kind": "group"})),
        reading(JONES, replace(SMITH, attributes={"entity": "Jones", "kind": "person"})),
        "kind; the default counts",
    ),
    Case(
        "V14",
        "E",
        reading(JONES, replace(SMITH, attributes={"entity": "Jones", "naming": "described"})),
        reading(JONES, replace(SMITH, attributes={"naming": "described"})),
        "naming",
    ),
    Case(
        "V15",
        "W",
        reading(span(1, "allegation", "denied that.\n\nNobody"), JONES, BY_JONES),
        WHOLE,
    ),
    Case(
        "V16",
        "W",
        reading(span(1, "allegation", "according to Jones"), JONES, BY_JONES),
        reading(span(1, "allegation", "according to"), JONES, BY_JONES),
    ),
    Case(
        "V17",
        "E",
        reading(replace(DAM, attributes={"certainty": "sure"}), JONES, BY_JONES),
        reading(replace(DAM, attributes={"certainty": "possible"}), JONES, BY_JONES),
    ),
]


def found_in(whole: Reading) -> list[tuple[str, str]]:
    """The rules a reading breaks, each once, with their levels."""
    found = findings_of(whole, text=TEXT, blocks=blocks_of(TEXT))
    return sorted({(one.rule, one.level) for one in found})


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule} {case.about}".strip())
def test_each_rule_finds_what_breaks_it_and_lets_pass_what_does_not(case: Case) -> None:
    broken, sound = found_in(case.broken), found_in(case.sound)

    assert (case.rule, case.level) in broken
    assert case.rule not in {rule for rule, _level in sound}


def test_every_rule_has_a_case_and_a_sentence() -> None:
    assert {case.rule for case in CASES} == {f"V{number}" for number in range(1, 18)}
    assert set(MESSAGES) == {f"V{number}" for number in range(1, 18)}
    assert all(MESSAGES.values())


@pytest.mark.parametrize("certainty", ["certain", "probable", "possible", "underspecified"])
def test_a_lone_anonymous_source_is_warned_of_whatever_the_certainty(certainty: str) -> None:
    allegation = replace(DAM, attributes={"certainty": certainty})
    whole = reading(allegation, ANONYMOUS, BY_OFFICIALS)

    assert warnings_of(whole, allegation) == ("V12",)


def test_a_sound_reading_raises_nothing() -> None:
    shown = replace(PHOTOS, attributes={"availability": "shown"})
    whole = reading(DAM, JONES, shown, SAID, SHOWN, link("attributed_to", 1, 3, cue=7))

    assert found_in(whole) == []


def test_findings_come_errors_first_and_then_in_text_order() -> None:
    whole = reading(NOBODY, DENIAL, DAM, SMITH)

    found = findings_of(whole, text=TEXT)

    assert [(one.rule, one.span) for one in found] == [
        ("V4", DAM),
        ("V4", DENIAL),
        ("V6", SMITH),
        ("V6", NOBODY),
    ]


def test_without_blocks_paragraph_breaks_are_not_looked_at() -> None:
    whole = reading(span(1, "allegation", "denied that.\n\nNobody"), JONES, BY_JONES)

    rules = {one.rule for one in findings_of(whole, text=TEXT)}

    assert "V15" not in rules


def test_the_gold_annotation_can_be_submitted_and_warns_where_the_design_says() -> None:
    text = seed_text()
    found = findings_of(gold_reading(), text=text, blocks=blocks_of(text))

    told = [(one.rule, one.level, one.span.label) for one in found]

    assert told == [
        ("V13", "W", "A1"),
        ("V13", "W", "A2"),
        ("V12", "W", "A9"),
        ("V12", "W", "A10"),
    ]


ENDS = {
    tag: span(key, tag, words)
    for key, (tag, words) in enumerate(
        [
            ("allegation", "the dam failed"),
            ("evidence", "Photographs"),
            ("source", "Jones"),
            ("cue", "said"),
        ],
        start=1,
    )
}
OTHERS = {
    tag: replace(one, key=one.key + 10, fragments=(Fragment(0, 1),), text="O")
    for tag, one in ENDS.items()
}
JOINED = {
    *(("attributed_to", origin, "source") for origin in ("allegation", "evidence")),
    *(("supports", origin, "allegation") for origin in ("allegation", "evidence")),
    *(("refutes", origin, "allegation") for origin in ("allegation", "evidence")),
    ("relayed_by", "source", "source"),
    *(("same_as", tag, tag) for tag in ("allegation", "evidence", "source")),
}


@pytest.mark.parametrize("link_type", [one.key for one in LINK_TYPES])
def test_a_link_joins_just_the_tags_it_may(link_type: str) -> None:
    whole = reading(*ENDS.values(), *OTHERS.values())

    joined = {
        (link_type, origin, target)
        for origin, target in product(ENDS, OTHERS)
        if not fault_of_link(whole, LinkValue(0, link_type, ENDS[origin].key, OTHERS[target].key))
    }

    assert joined == {one for one in JOINED if one[0] == link_type}


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (LinkValue(0, "praises", 1, 3), "There is no such link."),
        (LinkValue(0, "attributed_to", 99, 3), "There is no such link."),
        (LinkValue(0, "attributed_to", 1, 99), "There is no such link."),
        (LinkValue(0, "attributed_to", 1, 99, "author"), "There is no such link."),
        (LinkValue(0, "attributed_to", 1, 3, cue_key=99), "There is no such link."),
        (LinkValue(0, "attributed_to", 1), "A link needs exactly one end"),
        (LinkValue(0, "attributed_to", 1, 3, "author"), "A link needs exactly one end"),
        (LinkValue(0, "attributed_to", 1, None, "the reader"), "A link needs exactly one end"),
        (LinkValue(0, "supports", 2, None, "author"), "A link needs exactly one end"),
        (LinkValue(0, "supports", 1, 1), "A passage cannot be linked to itself."),
        (LinkValue(0, "attributed_to", 3, 1), "These tags cannot be joined"),
        (LinkValue(0, "attributed_to", 3, None, "author"), "These tags cannot be joined"),
        (LinkValue(0, "same_as", 1, 12), "Only passages with the same tag"),
        (LinkValue(0, "attributed_to", 1, 3, cue_key=2), "cannot be the cue"),
        (LinkValue(0, "same_as", 1, 11, cue_key=4), "cannot be the cue"),
    ],
)
def test_a_link_that_cannot_be_is_refused_with_its_reason(value: LinkValue, reason: str) -> None:
    fault = fault_of_link(reading(*ENDS.values(), *OTHERS.values()), value)

    assert fault.startswith(reason) or reason in fault


@pytest.mark.parametrize("implicit", ["author", "unspecified"])
@pytest.mark.parametrize("origin", ["allegation", "evidence"])
def test_an_implicit_source_is_an_end_of_its_own(origin: str, implicit: str) -> None:
    value = LinkValue(0, "attributed_to", ENDS[origin].key, None, implicit, cue_key=4)

    assert fault_of_link(reading(*ENDS.values()), value) == ""


graphs = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14)


@given(edges=graphs)
def test_a_circle_is_found_just_where_a_walk_comes_back(edges: list[tuple[int, int]]) -> None:
    targets = {origin: {end for start, end in edges if start == origin} for origin, _end in edges}
    reached = set(edges)
    for _step in range(7):
        reached |= {
            (start, end) for start, middle in reached for other, end in edges if middle == other
        }

    circling = {node for node in range(7) if leads_back(targets, node)}

    assert circling == {start for start, end in reached if start == end}


@given(whole=readings())
def test_any_reading_is_judged_and_every_finding_is_about_one_of_its_spans(whole: Reading) -> None:
    text = "w0 w1 w2 w3 w4 w5 w6 w7"

    found = findings_of(whole, text=text, blocks=blocks_of(text))

    assert [one.level for one in found] == sorted(one.level for one in found)
    assert all(one.span in whole.spans for one in found)
    assert all(one.message == MESSAGES[one.rule] for one in found)


@given(whole=readings())
def test_without_links_each_span_lacks_just_what_its_tag_needs(whole: Reading) -> None:
    lacking = {"allegation": "V4", "evidence": "V5", "source": "V6", "cue": "V7"}

    found = findings_of(Reading(whole.spans, ()), text="")

    told = sorted((one.rule, one.span.key) for one in found if one.rule in lacking.values())
    assert told == sorted((lacking[one.tag], one.key) for one in whole.spans)


@given(whole=readings())
def test_warnings_of_a_claim_are_its_findings_of_level_w(whole: Reading) -> None:
    for allegation in whole.tagged("allegation"):
        found = claim_findings(claim_of(whole, allegation))

        told = tuple(one.rule for one in found if one.level == "W")

        assert warnings_of(whole, allegation) == told


@given(starts=st.lists(st.integers(0, 90), min_size=1, max_size=4))
def test_a_span_fits_just_when_its_fragments_are_ordered_and_apart(starts: list[int]) -> None:
    fragments: Fragments = tuple(Fragment(start, start + 3) for start in starts)
    quoted = " ".join(TEXT[start:end] for start, end in fragments)
    fits = all(one.end <= other.start for one, other in pairwise(fragments))

    found = findings_of(reading(SpanValue(1, "cue", fragments, quoted)), text=TEXT)

    assert ("V1" in {one.rule for one in found}) is not fits
