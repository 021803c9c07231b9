"""The rules V1 to V17: each with a reading that breaks it and one that does not."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from annotations.scheme import (
    MESSAGES,
    Reading,
    SpanValue,
    findings_of,
    warnings_of,
)
from annotations.text.blocks import blocks_of
from annotations.text.offsets import Fragment
from tests.scheme.small import TEXT, link, reading, span

DAM = span(1, "allegation", "the dam failed")


OFFICIALS = span(2, "source", "Officials")


JONES = span(3, "source", "Jones")


PHOTOS = span(4, "evidence", "Photographs")


SMITH = span(5, "source", "Smith")


DENIAL = span(6, "allegation", "denied that")


SAID = span(7, "cue", "said")


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
