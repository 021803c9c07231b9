"""What the forms take and what they refuse: every field at its limits."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from annotations.forms import (
    HALF_CHARACTER,
    MAX_KEY,
    MAX_NOTE,
    MAX_OFFSET,
    AttributesForm,
    DatasetForm,
    DecisionForm,
    LinkForm,
    ResizeForm,
    RetagForm,
    SearchForm,
    TagForm,
    TypedPassageForm,
    VersionForm,
)
from annotations.models import Span
from annotations.scheme import LINK_TYPES, REASONS, TAGS, attributes_of
from annotations.text.offsets import Fragment
from annotations.workflow.passages import Passage
from tests.pages import Values

UID = str(uuid4())
PASSAGE: Values = {"start": "0", "end": "3", "quote": "Lee", "text_rev": "0123456789ab"}
HUGE = [str(number) for number in (2**31, 2**63, 10**30)] + ["9" * 5000]
NO_NUMBERS = ["", "x", "1.5", "-1", "1e3", "0x1", "\0", "٣x"]


def sent(values: Values) -> QueryDict:
    """Values as a browser posts them."""
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, [value] if isinstance(value, str) else value)
    return data


def span_of(tag: str, **attributes: str) -> Span:
    parts = (Fragment(0, 3),)
    return Span(tag=tag, fragments=parts, start=0, end=3, text="Lee", attributes=attributes)


def tag_form(**changes: str | list[str]) -> TagForm:
    return TagForm(sent(PASSAGE | {"tag": "source", "uid": UID} | changes))


def test_a_selection_becomes_a_passage() -> None:
    form = tag_form()

    assert form.is_valid()
    assert form.passage() == Passage((Fragment(0, 3),), ("Lee",), "0123456789ab")
    assert form.cleaned_data["claim"] is None


def test_the_parts_of_a_passage_are_paired_in_order() -> None:
    form = tag_form(start=["0", "9"], end=["3", "12"], quote=["Lee", "Kim"])

    assert form.is_valid()
    assert form.passage().fragments == (Fragment(0, 3), Fragment(9, 12))
    assert form.passage().quotes == ("Lee", "Kim")


def test_line_ends_in_a_quote_are_those_of_the_stored_text() -> None:
    form = tag_form(quote="Lee\r\nsaid")

    assert form.is_valid()
    assert form.passage().quotes == ("Lee\nsaid",)


@pytest.mark.parametrize(
    "changes",
    [
        *({"start": number} for number in [*HUGE, *NO_NUMBERS]),
        *({"end": number} for number in [*HUGE, *NO_NUMBERS]),
        *({"claim": number} for number in [*HUGE[1:], "x", "-1", "0"]),
        {"start": []},
        {"end": []},
        {"quote": []},
        {"start": ["0", "1"]},
        {"quote": ["Lee", "Kim"]},
        {"text_rev": ""},
        {"text_rev": "0123456789abc"},
        {"tag": "rumour"},
        {"tag": ""},
        {"uid": ""},
        {"uid": "no uuid"},
        {"uid": "\0"},
        {"quote": "\ud800"},
        {"tag": "\udfff"},
    ],
    ids=lambda changes: str(changes)[:40],
)
def test_a_selection_that_does_not_fit_is_refused(changes: dict[str, str]) -> None:
    assert not tag_form(**changes).is_valid()


def test_the_largest_numbers_that_fit_are_taken() -> None:
    form = tag_form(start=str(MAX_OFFSET - 1), end=str(MAX_OFFSET), claim=str(MAX_KEY))

    assert form.is_valid()


@pytest.mark.parametrize("form_class", [RetagForm, ResizeForm, VersionForm, DecisionForm])
@pytest.mark.parametrize("version", ["", "0", "-1", "x", "1.5"])
def test_the_version_that_was_seen_is_a_positive_number(
    form_class: type[forms.Form], version: str
) -> None:
    form = form_class(sent(PASSAGE | {"tag": "cue", "note": "No.", "version": version}))

    assert list(form.errors) == ["version"]


@pytest.mark.parametrize("tag", [tag.key for tag in TAGS])
def test_each_tag_of_the_codebook_is_a_choice(tag: str) -> None:
    assert RetagForm(sent({"tag": tag, "version": "1"})).is_valid()


@pytest.mark.parametrize("link_type", [one.key for one in LINK_TYPES])
def test_each_link_of_the_codebook_is_a_choice(link_type: str) -> None:
    assert LinkForm(sent({"type": link_type, "from_span": "1", "to_span": "2"})).is_valid()


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "likes"},
        {"type": ""},
        {"from_span": ""},
        {"from_span": "0"},
        {"to_span": "x"},
        {"implicit": "nobody"},
        {"implicit": "\0"},
    ],
)
def test_a_link_that_does_not_exist_is_refused(changes: Values) -> None:
    assert not LinkForm(sent({"type": "supports", "from_span": "1"} | changes)).is_valid()


def test_the_fields_of_a_span_are_the_attributes_of_its_tag() -> None:
    for tag in TAGS:
        fields = AttributesForm(span_of(tag.key)).fields

        assert list(fields) == ["version", *(one.key for one in attributes_of(tag.key))]


def test_only_what_was_sent_and_differs_is_a_value() -> None:
    span = span_of("source", kind="group", role="engineer")

    form = AttributesForm(
        span, sent({"version": "1", "kind": "group", "naming": "anonymous", "role": " "})
    )

    assert form.is_valid()
    assert form.values() == {"naming": "anonymous", "role": ""}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "Nothing was changed."),
        ({"kind": "person"}, "Nothing was changed."),
        ({"certainty": "possible"}, "Nothing was changed."),
        ({"kind": "martian"}, "Select a valid choice. martian is not one of the available"),
        ({"role": "x" * 501}, "Ensure this value has at most 500 characters (it has 501)."),
        ({"entity": "a\0b"}, "Null characters are not allowed."),
        ({"entity": "a\ud800b"}, "This text holds half of a broken character."),
    ],
)
def test_attributes_that_change_nothing_or_do_not_exist_are_refused(
    values: Values, message: str
) -> None:
    form = AttributesForm(span_of("source"), sent({"version": "1"} | values))

    (errors,) = form.errors.values()
    assert str(errors[0]).startswith(message)


@pytest.mark.parametrize(
    ("values", "is_valid"),
    [
        ({"note": "No."}, True),
        ({"note": "x" * MAX_NOTE}, True),
        ({"reasons": [reason.key for reason in REASONS]}, True),
        ({}, False),
        ({"note": "  \r\n "}, False),
        ({"note": "x" * (MAX_NOTE + 1)}, False),
        ({"note": "\0"}, False),
        ({"note": "\ud83d"}, False),
        ({"reasons": ["other", "boredom"]}, False),
        ({"reasons": "boredom", "note": "No."}, False),
    ],
)
def test_a_decision_says_why(values: Values, is_valid: bool) -> None:
    assert DecisionForm(sent({"version": "1"} | values)).is_valid() == is_valid


@pytest.mark.parametrize("start", [*HUGE, "-1", "x"])
def test_a_chosen_place_is_an_offset(start: str) -> None:
    values = {"passage": "Lee", "tag": "source", "uid": UID, "start": start}

    assert list(TypedPassageForm(sent(values)).errors) == ["start"]


def test_half_a_character_is_shown_as_a_replacement() -> None:
    form = TypedPassageForm(sent({"passage": "a\ud800b", "tag": "source", "uid": UID}))

    assert form["passage"].value() == "a\ufffdb"
    assert form.non_field_errors() == ["This text holds half of a broken character."]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whole_characters_are_never_taken_for_halves(text: str) -> None:
    data = sent({"q": text})

    assert SearchForm(data).data is data
    assert HALF_CHARACTER.search(text) is None


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, ("", "")),
        ({"q": "  dam "}, ("dam", "")),
        ({"q": "x" * 300, "stage": "new"}, ("x" * 200, "new")),
        ({"q": "a\0b"}, None),
        ({"q": "\ud800"}, None),
        ({"stage": "old"}, None),
    ],
)
def test_a_search_is_short_and_at_a_known_stage(
    values: Values, found: tuple[str, str] | None
) -> None:
    form = SearchForm(sent(values))

    assert form.is_valid() == (found is not None)
    if found:
        assert (form.cleaned_data["q"], form.cleaned_data["stage"]) == found


@pytest.mark.parametrize(
    ("values", "chosen"),
    [
        ({}, ("approved", "claims")),
        ({"status": "submitted", "table": "links"}, ("submitted", "links")),
        ({"status": "draft"}, None),
        ({"table": "people"}, None),
    ],
)
def test_a_dataset_is_of_a_known_status_and_table(
    values: Values, chosen: tuple[str, str] | None
) -> None:
    form = DatasetForm(sent(values))

    assert form.is_valid() == (chosen is not None)
    if chosen:
        assert (form.cleaned_data["status"], form.cleaned_data["table"]) == chosen
