"""Keys: their defaults, a person's own choice, and what may not be chosen."""

from __future__ import annotations

import pytest

from annotations.keymap import ACTIONS, choice_of, faults_of, keys_of


def test_the_defaults_are_without_fault_and_each_action_is_there_once() -> None:
    names = [action.name for action in ACTIONS]

    assert faults_of({}) == {}
    assert sorted(names) == sorted(set(names))


def test_the_defaults_are_those_of_the_manual() -> None:
    assert "".join(keys_of("annotate", is_on=True, own={}).values()) == "jkoaescnplrtfdzZg s?"
    assert keys_of("review", is_on=True, own={}) == {
        "next_claim": "j",
        "previous_claim": "k",
        "approve": "a",
        "return": "r",
        "reject": "x",
    }


def test_an_own_key_takes_the_place_of_the_default_and_an_empty_one_switches_it_off() -> None:
    keys = keys_of("annotate", is_on=True, own={"allegation": "q", "submit": "x", "link": ""})

    assert (keys["allegation"], keys["submit"], keys["link"], keys["cue"]) == ("q", "g x", "", "c")


def test_who_switches_the_keys_off_has_none() -> None:
    assert set(keys_of("annotate", is_on=False, own={"allegation": "q"}).values()) == {""}


@pytest.mark.parametrize("own", [{"unheard_of": "q"}, {"allegation": 7}, {"allegation": None}])
def test_a_stored_choice_that_makes_no_sense_counts_as_none(own: dict[str, str]) -> None:
    assert keys_of("annotate", is_on=True, own=own)["allegation"] == "a"


def test_only_what_differs_from_the_defaults_is_worth_storing() -> None:
    chosen = {"allegation": "a", "evidence": "x", "cue": ""}

    assert choice_of(chosen) == {"evidence": "x", "cue": ""}


@pytest.mark.parametrize(
    ("own", "faults"),
    [
        (
            {"allegation": "e"},
            {
                "allegation": "“e” already means: tag as evidence.",
                "evidence": "“e” already means: tag as allegation.",
            },
        ),
        ({"link": "g"}, {"link": "“g” already announces the key that submits."}),
        ({"link": "7"}, {"link": "The digits set values. Choose another key."}),
        ({"link": "\u200e"}, {"link": "This is no character to press."}),
        (
            {"link": "Enter"},
            {
                "link": "One character, or one of: End, F1, F10, F11, F12, F2, F3, F4, F5, F6, F7,"
                " F8, F9, Home, Insert, PageDown, PageUp."
            },
        ),
    ],
)
def test_a_key_that_cannot_be_is_refused_with_the_reason(
    own: dict[str, str], faults: dict[str, str]
) -> None:
    assert faults_of(own) == faults


@pytest.mark.parametrize(
    "own",
    [
        {"allegation": "e", "evidence": "a"},
        {"allegation": "F2", "cue": "é", "help": "-"},
        {"link": "", "relay": ""},
        {"approve": "e", "reject": "g"},
        {"submit": "a"},
        {"undo": "Z", "redo": "z"},
    ],
    ids=["swapped", "named", "two off", "another page", "after the prefix", "case"],
)
def test_a_choice_without_a_clash_is_allowed(own: dict[str, str]) -> None:
    assert faults_of(own) == {}
