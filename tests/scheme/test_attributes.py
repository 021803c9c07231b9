"""Attributes and their values, literally as the design has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.scheme import (
    ATTRIBUTES,
    Attribute,
    attribute_of,
    attributes_of,
    fault_of_attributes,
)

# Written out from the design; the first value is the default, none means free text.
VALUES = {
    ("allegation", "quote_type"): "indirect direct mixed",
    ("allegation", "certainty"): "certain probable possible underspecified",
    ("allegation", "polarity"): "positive negative underspecified",
    ("allegation", "attitude"): "assertion belief knowledge intention",
    ("allegation", "about"): "",
    ("allegation", "claim_text"): "",
    ("allegation", "check_worthy"): "(unset) no unimportant yes",
    ("allegation", "sentiment"): "(unset) positive negative mixed neutral",
    ("allegation", "claim_date"): "",
    ("allegation", "claim_location"): "",
    ("allegation", "claim_medium"): "",
    ("allegation", "note"): "",
    ("source", "entity"): "",
    ("source", "kind"): "person organization group document unknown",
    ("source", "naming"): "named described anonymous",
    ("source", "role"): "",
    ("source", "affiliation"): "",
    ("source", "affiliation_type"): (
        "(unset) government corporate ngo academic media group individual witness victim"
    ),
    ("evidence", "type"): (
        "unspecified visual document testimony expert study statistic physical intelligence"
    ),
    ("evidence", "availability"): "claimed described shown withheld",
}


def test_attributes_take_just_the_values_of_the_design() -> None:
    told = {
        (one.tag, one.key): " ".join(value.key or "(unset)" for value in one.values)
        for one in ATTRIBUTES
    }

    assert told == VALUES


def test_core_attributes_stand_on_every_card_and_the_shared_ones_belong_to_the_entity() -> None:
    core = {one.key for one in ATTRIBUTES if one.core}
    shared = {(one.tag, one.key) for one in ATTRIBUTES if one.shared}

    assert core == {"certainty", "polarity", "kind", "naming", "type", "availability"}
    assert shared == {("source", "kind"), ("source", "naming")}


def test_a_note_has_several_lines_and_everything_else_one() -> None:
    assert [one.key for one in ATTRIBUTES if one.lines] == ["note"]
    assert all(not one.values for one in ATTRIBUTES if one.lines)


@pytest.mark.parametrize("attribute", ATTRIBUTES, ids=lambda one: f"{one.tag}.{one.key}")
def test_everything_in_the_codebook_has_words_for_a_person(attribute: Attribute) -> None:
    assert attribute.label
    assert attribute.help
    assert all(value.label for value in attribute.values)
    assert attribute.default == (attribute.values[0].key if attribute.values else "")


@pytest.mark.parametrize("attribute", ATTRIBUTES, ids=lambda one: f"{one.tag}.{one.key}")
def test_every_value_is_accepted_and_reads_as_its_label(attribute: Attribute) -> None:
    for value in attribute.values:
        assert fault_of_attributes(attribute.tag, {attribute.key: value.key}) == ""
        assert attribute.label_of(value.key) == value.label


def test_free_text_is_accepted_and_reads_as_itself() -> None:
    about = attribute_of("allegation", "about")

    assert about is not None
    assert about.label_of("the Syrian regime") == "the Syrian regime"
    assert fault_of_attributes("allegation", {"about": "anything 🙂 at all"}) == ""


def test_an_attribute_of_another_tag_is_refused_by_name() -> None:
    fault = fault_of_attributes("source", {"certainty": "certain"})

    assert fault == "“certainty” is not an attribute of source."


def test_a_value_outside_the_codebook_is_refused_with_those_that_fit() -> None:
    fault = fault_of_attributes("allegation", {"polarity": "maybe"})

    assert fault == (
        "“maybe” is not a value of polarity; choose one of positive, negative, underspecified."
    )


def test_a_tag_without_attributes_has_none() -> None:
    assert attributes_of("cue") == ()


@given(attribute=st.sampled_from(ATTRIBUTES), value=st.text(max_size=12))
def test_a_closed_attribute_takes_its_values_and_nothing_else(
    attribute: Attribute, value: str
) -> None:
    is_known = not attribute.values or value in {one.key for one in attribute.values}

    fault = fault_of_attributes(attribute.tag, {attribute.key: value})

    assert (fault == "") is is_known
