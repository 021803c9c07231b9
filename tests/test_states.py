"""The tables of states, literally; and that they hang together."""

from __future__ import annotations

from pathlib import Path

from annotations.states import (
    CLAIM_TRANSITIONS,
    CLAIM_TURN,
    CLOSED,
    DECIDED,
    REVIEWING,
    RUN_TRANSITIONS,
    SET_TRANSITIONS,
    SET_TURN,
    SUBMITTED_CLAIMS,
    WORKING,
    ClaimState,
    Role,
    RunState,
    SetState,
    Turn,
    mermaid,
)

DIAGRAM = Path(__file__).parents[1] / "docs" / "states.md"

SET_TABLE = {
    "open": {"submit": "submitted"},
    "submitted": {"return": "open", "finish": "reviewed"},
    "reviewed": {"reopen": "open"},
}
CLAIM_TABLE = {
    "draft": {"submit": "pending", "change": "draft"},
    "pending": {
        "approve": "approved",
        "reject": "rejected",
        "return": "returned",
        "change": "draft",
        "amend": "pending",
    },
    "approved": {"change": "draft", "amend": "pending"},
    "rejected": {"change": "draft", "amend": "pending"},
    "returned": {"submit": "pending", "change": "returned"},
}


RUN_TABLE = {
    "reading": {"found": "ready", "fail": "failed", "discard": "discarded"},
    "ready": {"settle": "reading", "confirm": "storing", "discard": "discarded"},
    "storing": {
        "store": "stored",
        "differ": "ready",
        "fail": "failed",
        "discard": "discarded",
    },
    "stored": {},
    "failed": {"settle": "reading", "discard": "discarded"},
    "discarded": {},
}


def test_annotation_sets_move_as_the_design_says() -> None:
    assert SET_TRANSITIONS == SET_TABLE


def test_claims_move_as_the_design_says() -> None:
    assert CLAIM_TRANSITIONS == CLAIM_TABLE


def test_import_runs_move_as_the_design_says() -> None:
    assert RUN_TRANSITIONS == RUN_TABLE
    assert list(RUN_TRANSITIONS) == list(RunState)
    assert {state for state, verbs in RUN_TABLE.items() if not verbs} == set(CLOSED)
    assert {state for state, verbs in RUN_TABLE.items() if "fail" in verbs} == set(WORKING)


def test_every_state_has_transitions_and_a_turn() -> None:
    assert list(SET_TRANSITIONS) == list(SetState)
    assert list(CLAIM_TRANSITIONS) == list(ClaimState)
    assert set(SET_TURN) == set(SetState)
    assert set(CLAIM_TURN) == set(ClaimState)
    assert all(SET_TRANSITIONS.values())
    assert all(CLAIM_TRANSITIONS.values())


def test_every_state_can_be_reached_from_the_first() -> None:
    reached_sets = {SetState.OPEN, *(end for verbs in SET_TABLE.values() for end in verbs.values())}
    reached_claims = {
        ClaimState.DRAFT,
        *(end for verbs in CLAIM_TABLE.values() for end in verbs.values()),
    }

    assert reached_sets == set(SetState)
    assert reached_claims == set(ClaimState)


def test_it_is_the_turn_of_who_can_move() -> None:
    assert {state for state, turn in SET_TURN.items() if turn is Turn.ANNOTATOR} == {SetState.OPEN}
    assert {state for state, turn in CLAIM_TURN.items() if turn is Turn.ANNOTATOR} == {
        state for state, verbs in CLAIM_TRANSITIONS.items() if "submit" in verbs
    }
    assert {state for state, turn in CLAIM_TURN.items() if turn is Turn.REVIEWER} == {
        state for state, verbs in CLAIM_TRANSITIONS.items() if "approve" in verbs
    }


def test_a_decision_does_not_outlive_a_change_of_what_was_decided() -> None:
    approved = CLAIM_TRANSITIONS[ClaimState.APPROVED]

    assert approved["change"] not in DECIDED
    assert approved["amend"] not in DECIDED


def test_groups_of_states_and_roles_are_named() -> None:
    assert {"approved", "rejected", "returned"} == DECIDED
    assert {"approved", "rejected", "returned", "pending"} == SUBMITTED_CLAIMS
    assert {Role.REVIEWER, Role.MANAGER} == REVIEWING


def test_the_diagram_in_the_docs_is_the_one_of_the_tables() -> None:
    drawn = DIAGRAM.read_text(encoding="utf-8")

    assert f"```mermaid\n{mermaid()}```\n" in drawn, "write annotations.states.mermaid() into it"
