"""What the forms of the single verbs take: notes, parts, claims, and the set a form names."""

from __future__ import annotations

import pytest
from django import forms

from annotations.forms import AttributesForm, ClaimForm, ResizeForm, SubmitForm, named_set
from annotations.models import Span
from tests.test_forms import HUGE, NO_NUMBERS, PASSAGE, sent, span_of


def test_a_note_has_lines_that_count_as_the_browser_counts_them() -> None:
    long = "\r\n".join(["🙂" * 999] * 4)  # 3,999 code points once its line ends are normal

    form = AttributesForm(span_of("allegation"), sent({"version": "1", "note": long}))

    assert form.is_valid()
    assert form.values() == {"note": long.replace("\r\n", "\n")}
    assert isinstance(form.fields["note"].widget, forms.Textarea)
    assert not AttributesForm(
        span_of("allegation"), sent({"version": "1", "note": f"{long}ab"})
    ).is_valid()


def test_the_attributes_of_what_is_gone_are_nobodys_fault() -> None:
    form = AttributesForm(Span(), sent({"version": "1", "kind": "group"}))

    assert (form.is_valid(), form.values()) == (True, {})


@pytest.mark.parametrize(
    ("named", "expected"),
    [("7", 7), ("", None), ("0", None), ("x", None), (str(2**63), None), ("9" * 5000, None)],
)
def test_a_form_may_name_the_set_whose_page_it_comes_from(named: str, expected: int | None) -> None:
    assert named_set(sent({"annotation_set": named})) == expected
    assert named_set(sent({})) is None


@pytest.mark.parametrize(("value", "expected"), [("yes", True), ("", False), ("false", False)])
def test_warnings_have_been_seen_or_not(value: str, expected: bool) -> None:
    form = SubmitForm(sent({"seen": value}))

    assert (form.is_valid(), form.cleaned_data) == (True, {"seen": expected})


@pytest.mark.parametrize(("part", "expected"), [("", None), ("0", 0), ("19", 19)])
def test_new_edges_are_those_of_all_or_of_one_part(part: str, expected: int | None) -> None:
    form = ResizeForm(sent(PASSAGE | {"version": "1", "part": part}))

    assert (form.is_valid(), form.cleaned_data["part"]) == (True, expected)


@pytest.mark.parametrize("part", [number for number in NO_NUMBERS if number] + HUGE)
def test_a_part_starts_at_a_number(part: str) -> None:
    assert not ResizeForm(sent(PASSAGE | {"version": "1", "part": part})).is_valid()


@pytest.mark.parametrize("claim", NO_NUMBERS + HUGE[1:] + ["0"])
def test_a_claim_is_named_by_a_key(claim: str) -> None:
    assert not ClaimForm(sent({"claim": claim})).is_valid()
