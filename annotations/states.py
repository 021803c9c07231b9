"""States of annotation sets, claims and import runs: tables of transitions, and whose turn it is.

The diagram in docs/states.md is generated from these tables. Nothing here writes; `workflow` does.
"""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a member of a project may do; each role may all that the one before may."""

    EDITOR = "editor", _("Editor")
    REVIEWER = "reviewer", _("Reviewer")
    MANAGER = "manager", _("Manager")


class SetState(TextChoices):
    """Where one annotator's work on one article stands."""

    OPEN = "open", _("In progress")
    SUBMITTED = "submitted", _("In review")
    REVIEWED = "reviewed", _("Reviewed")


class ClaimState(TextChoices):
    """Where one claim stands."""

    DRAFT = "draft", _("Draft")
    PENDING = "pending", _("To decide")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    RETURNED = "returned", _("Returned")


class RunState(TextChoices):
    """Where an import stands."""

    READING = "reading", _("Being read")
    READY = "ready", _("To confirm")
    STORING = "storing", _("Being stored")
    STORED = "stored", _("Imported")
    FAILED = "failed", _("Failed")
    DISCARDED = "discarded", _("Discarded")


class Turn(TextChoices):
    """Who moves next."""

    ANNOTATOR = "annotator", _("Annotator")
    REVIEWER = "reviewer", _("Reviewer")
    NOBODY = "nobody", _("Nobody")


REVIEWING: Final = frozenset({Role.REVIEWER, Role.MANAGER})
DECIDED: Final = frozenset({ClaimState.APPROVED, ClaimState.REJECTED, ClaimState.RETURNED})
SUBMITTED_CLAIMS: Final = DECIDED | {ClaimState.PENDING}

# state → verb → next state. "finish" happens by itself with the last decision. "change" is any
# change of a claim's spans, attributes or links in an open set; the same in a submitted set, by a
# reviewer, is "amend": what nobody has seen as it is now waits for a decision again.
SET_TRANSITIONS: Final[dict[SetState, dict[str, SetState]]] = {
    SetState.OPEN: {"submit": SetState.SUBMITTED},
    SetState.SUBMITTED: {"return": SetState.OPEN, "finish": SetState.REVIEWED},
    SetState.REVIEWED: {"reopen": SetState.OPEN},
}
CLAIM_TRANSITIONS: Final[dict[ClaimState, dict[str, ClaimState]]] = {
    ClaimState.DRAFT: {"submit": ClaimState.PENDING, "change": ClaimState.DRAFT},
    ClaimState.PENDING: {
        "approve": ClaimState.APPROVED,
        "reject": ClaimState.REJECTED,
        "return": ClaimState.RETURNED,
        "change": ClaimState.DRAFT,
        "amend": ClaimState.PENDING,
    },
    ClaimState.APPROVED: {"change": ClaimState.DRAFT, "amend": ClaimState.PENDING},
    ClaimState.REJECTED: {"change": ClaimState.DRAFT, "amend": ClaimState.PENDING},
    ClaimState.RETURNED: {"submit": ClaimState.PENDING, "change": ClaimState.RETURNED},
}
# "found", "store", "differ" and "fail" are the job's, which works while a run is read or stored. It
# differs when what was confirmed is no longer what would be stored.
RUN_TRANSITIONS: Final[dict[RunState, dict[str, RunState]]] = {
    RunState.READING: {
        "found": RunState.READY,
        "fail": RunState.FAILED,
        "discard": RunState.DISCARDED,
    },
    RunState.READY: {
        "settle": RunState.READING,
        "confirm": RunState.STORING,
        "discard": RunState.DISCARDED,
    },
    RunState.STORING: {
        "store": RunState.STORED,
        "differ": RunState.READY,
        "fail": RunState.FAILED,
        "discard": RunState.DISCARDED,
    },
    RunState.STORED: {},
    RunState.FAILED: {"settle": RunState.READING, "discard": RunState.DISCARDED},
    RunState.DISCARDED: {},
}
WORKING: Final = frozenset({RunState.READING, RunState.STORING})
CLOSED: Final = frozenset({RunState.STORED, RunState.DISCARDED})
SET_TURN: Final[dict[SetState, Turn]] = {
    SetState.OPEN: Turn.ANNOTATOR,
    SetState.SUBMITTED: Turn.REVIEWER,
    SetState.REVIEWED: Turn.NOBODY,
}
CLAIM_TURN: Final[dict[ClaimState, Turn]] = {
    ClaimState.DRAFT: Turn.ANNOTATOR,
    ClaimState.RETURNED: Turn.ANNOTATOR,
    ClaimState.PENDING: Turn.REVIEWER,
    ClaimState.APPROVED: Turn.NOBODY,
    ClaimState.REJECTED: Turn.NOBODY,
}


def mermaid() -> str:
    """The tables as one Mermaid diagram, for docs/states.md."""
    lines = ["stateDiagram-v2"]
    tables = (
        ("annotation set", SET_TRANSITIONS),
        ("claim", CLAIM_TRANSITIONS),
        ("import run", RUN_TRANSITIONS),
    )
    for title, table in tables:
        lines.append(f'  state "{title}" as {title.replace(" ", "_")} {{')
        for state, verbs in table.items():
            lines += [
                f"    {state.value} --> {after.value}: {verb}" for verb, after in verbs.items()
            ]
        lines.append("  }")
    return "\n".join(lines) + "\n"
