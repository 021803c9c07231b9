"""Whether annotations made elsewhere fit: every fault is named with its line, and what a digest tells."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from annotations.text.offsets import Fragment
from annotations.workflow.fitting import (
    Misfits,
    Passage,
    Relation,
    fitted_to,
    zone_faults,
)

TEXT = "Ann said: “It broke.” It did."
ANN = Passage("s", "source", (Fragment(0, 3),), "Ann", line=3)
BROKE = Passage("a", "allegation", (Fragment(10, 21),), "“It broke.”", line=5)
SAID = Relation("attributed_to", "a", "s", line=7)


def test_every_fault_is_named_with_its_line() -> None:
    wrong = [
        replace(ANN, quote="Eve"),
        replace(BROKE, tag="rumour"),
        replace(BROKE, key="s", line=9),
        replace(ANN, key="t", line=11),
    ]

    with pytest.raises(Misfits) as caught:
        fitted_to(TEXT, wrong, [])

    assert [(one.line, one.reason) for one in caught.value.faults] == [
        (3, "s quotes “Eve”, but the text has “Ann” at its offsets."),
        (5, "a: There is no tag “rumour”. Choose one of allegation, evidence, source, cue."),
        (9, "The id s is used twice. Give one of the two another id."),
        (11, "t: Two passages have the same tag and the same offsets. Leave one out."),
    ]
    assert str(caught.value) == caught.value.faults[0].reason


def test_every_link_that_cannot_be_is_named_with_its_line() -> None:
    wrong = [
        replace(SAID, to_key="x", line=1),
        replace(SAID, group="\0", line=2),
    ]

    with pytest.raises(Misfits) as caught:
        fitted_to(TEXT, [ANN, BROKE], wrong)

    assert [one.line for one in caught.value.faults] == [1, 2]
    with pytest.raises(Misfits) as caught:
        fitted_to(TEXT, [ANN, BROKE], [replace(SAID, type="likes"), replace(SAID, type="supports")])
    assert [one.reason for one in caught.value.faults] == [
        "likes a → s: There is no such link.",
        "supports a → s: These tags cannot be joined by this kind of link.",
    ]


def test_a_long_quotation_is_not_told_in_full() -> None:
    with pytest.raises(Misfits) as caught:
        fitted_to(TEXT, [replace(ANN, quote="x" * 100_000)], [])

    assert len(str(caught.value)) < 300


def test_what_fits_is_a_reading_in_text_order_with_the_ids_it_came_with() -> None:
    uid = uuid4()

    fitted = fitted_to(TEXT, [replace(BROKE, uid=uid), ANN], [SAID])

    assert [(one.label, one.text) for one in fitted.reading.spans] == [
        ("S1", "Ann"),
        ("A1", "“It broke.”"),
    ]
    assert fitted.span_uids == (None, uid)
    assert fitted.reading.spans[1].attributes == {"quote_type": "direct"}


def digest(passages: list[Passage], relations: list[Relation]) -> str:
    return fitted_to(TEXT, passages, relations).digest


@pytest.mark.parametrize(
    ("passages", "relations"),
    [
        ([BROKE, ANN], [SAID]),
        ([replace(ANN, key="x"), BROKE], [replace(SAID, to_key="x")]),
        ([replace(ANN, uid=uuid4(), line=99), BROKE], [replace(SAID, uid=uuid4())]),
        ([ANN, replace(BROKE, attributes={"quote_type": "direct", "about": " "})], [SAID]),
    ],
    ids=["order", "keys", "ids and lines", "what the text says by itself"],
)
def test_a_digest_tells_what_was_brought_not_how(
    passages: list[Passage], relations: list[Relation]
) -> None:
    assert digest(passages, relations) == digest([ANN, BROKE], [SAID])


@pytest.mark.parametrize(
    ("passages", "relations"),
    [
        ([ANN, BROKE], []),
        ([ANN, BROKE], [replace(SAID, negated=True)]),
        ([ANN, BROKE], [replace(SAID, group="E1")]),
        ([ANN, BROKE], [replace(SAID, to_key=None, implicit="author")]),
        ([replace(ANN, tag="cue"), BROKE], []),
        ([ANN, replace(BROKE, attributes={"quote_type": "mixed"})], [SAID]),
        ([ANN, replace(BROKE, attributes={"about": "it"})], [SAID]),
    ],
)
def test_a_digest_tells_everything_that_was_brought(
    passages: list[Passage], relations: list[Relation]
) -> None:
    assert digest(passages, relations) != digest([ANN, BROKE], [SAID])


def test_what_touches_a_zone_is_named() -> None:
    found = list(zone_faults([ANN, BROKE], [Fragment(2, 10)]))

    (fault,) = found
    assert fault.line == 3
    assert fault.reason.startswith("s lies in boilerplate, from 2 to 10 of the text. Say that it ")
