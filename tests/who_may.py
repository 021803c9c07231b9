"""Who may do what, and why not: every role, state and verb, written out as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

REASONS = {
    "yes": "",
    "outsider": "You are not a member of this project.",
    "manager only": "Only a manager of the project may do this.",
    "withdrawn": "This article has been withdrawn.",
    "annotator only": "Only its annotator may change this annotation set.",
    "in review": "It is in review and cannot be changed until it comes back.",
    "reviewed": "It has been reviewed. A manager can reopen it.",
    "not in review": "A reviewer may amend an annotation set only while it is in review.",
    "not your undo": "Only its annotator may undo changes of this annotation set.",
    "not your submit": "Only its annotator may submit this annotation set.",
    "submitted already": "It has been submitted already.",
    "reviewer only": "Only a reviewer may decide claims.",
    "own work": "This is your own work: somebody else has to decide it.",
    "draft": "This claim is not waiting for a decision: it is “Draft”.",
    "approved": "This claim is not waiting for a decision: it is “Approved”.",
    "rejected": "This claim is not waiting for a decision: it is “Rejected”.",
    "returned": "This claim is not waiting for a decision: it is “Returned”.",
    "changed last": "You changed this claim last: somebody else has to approve it.",
    "not reviewed": "Only a reviewed annotation set can be reopened.",
    "not submitted": "Its annotator has not submitted it yet.",
    "blind": "In this project editors see their own work only.",
    "approved only": "In this project editors download approved claims only.",
    "rewritten": "Claims that are being rewritten are for reviewers and managers.",
}

# Role, then one reason for each state, in the order of the heading.
TABLE = """
read                 project
  outsider           outsider
  editor, owner      yes
  editor             yes
  reviewer           yes
  reviewer, owner    yes
  manager            yes
  manager, owner     yes
  deactivated        outsider

manage               project
  outsider           outsider
  editor, owner      manager only
  editor             manager only
  reviewer           manager only
  reviewer, owner    manager only
  manager            yes
  manager, owner     yes
  deactivated        outsider

download             draft         | pending       | approved      | rejected      | returned
  outsider           outsider      | outsider      | outsider      | outsider      | outsider
  editor, owner      rewritten     | yes           | yes           | yes           | rewritten
  editor             rewritten     | yes           | yes           | yes           | rewritten
  reviewer           yes           | yes           | yes           | yes           | yes
  reviewer, owner    yes           | yes           | yes           | yes           | yes
  manager            yes           | yes           | yes           | yes           | yes
  manager, owner     yes           | yes           | yes           | yes           | yes
  deactivated        outsider      | outsider      | outsider      | outsider      | outsider

download, blind      draft         | pending       | approved      | rejected      | returned
  outsider           outsider      | outsider      | outsider      | outsider      | outsider
  editor, owner      approved only | approved only | yes           | approved only | approved only
  editor             approved only | approved only | yes           | approved only | approved only
  reviewer           yes           | yes           | yes           | yes           | yes
  reviewer, owner    yes           | yes           | yes           | yes           | yes
  manager            yes           | yes           | yes           | yes           | yes
  manager, owner     yes           | yes           | yes           | yes           | yes
  deactivated        outsider      | outsider      | outsider      | outsider      | outsider

take                 present         | withdrawn
  outsider           outsider        | outsider
  editor, owner      yes             | withdrawn
  editor             yes             | withdrawn
  reviewer           yes             | withdrawn
  reviewer, owner    yes             | withdrawn
  manager            yes             | withdrawn
  manager, owner     yes             | withdrawn
  deactivated        outsider        | outsider

zone                 present         | withdrawn
  outsider           outsider        | outsider
  editor, owner      yes             | withdrawn
  editor             yes             | withdrawn
  reviewer           yes             | withdrawn
  reviewer, owner    yes             | withdrawn
  manager            yes             | withdrawn
  manager, owner     yes             | withdrawn
  deactivated        outsider        | outsider

see                  open            | submitted         | reviewed
  outsider           outsider        | outsider          | outsider
  editor, owner      yes             | yes               | yes
  editor             not submitted   | yes               | yes
  reviewer           yes             | yes               | yes
  reviewer, owner    yes             | yes               | yes
  manager            yes             | yes               | yes
  manager, owner     yes             | yes               | yes
  deactivated        outsider        | outsider          | outsider

see, blind           open            | submitted         | reviewed
  outsider           outsider        | outsider          | outsider
  editor, owner      yes             | yes               | yes
  editor             not submitted   | blind             | blind
  reviewer           yes             | yes               | yes
  reviewer, owner    yes             | yes               | yes
  manager            yes             | yes               | yes
  manager, owner     yes             | yes               | yes
  deactivated        outsider        | outsider          | outsider

annotate             open            | submitted         | reviewed
  outsider           outsider        | outsider          | outsider
  editor, owner      yes             | in review         | reviewed
  editor             annotator only  | annotator only    | annotator only
  reviewer           not in review   | yes               | not in review
  reviewer, owner    yes             | in review         | reviewed
  manager            not in review   | yes               | not in review
  manager, owner     yes             | in review         | reviewed
  deactivated        outsider        | outsider          | outsider

undo                 open            | submitted         | reviewed
  outsider           outsider        | outsider          | outsider
  editor, owner      yes             | in review         | reviewed
  editor             not your undo   | not your undo     | not your undo
  reviewer           not your undo   | not your undo     | not your undo
  reviewer, owner    yes             | in review         | reviewed
  manager            not your undo   | not your undo     | not your undo
  manager, owner     yes             | in review         | reviewed
  deactivated        outsider        | outsider          | outsider

submit               open            | submitted         | reviewed
  outsider           outsider        | outsider          | outsider
  editor, owner      yes             | submitted already | submitted already
  editor             not your submit | not your submit   | not your submit
  reviewer           not your submit | not your submit   | not your submit
  reviewer, owner    yes             | submitted already | submitted already
  manager            not your submit | not your submit   | not your submit
  manager, owner     yes             | submitted already | submitted already
  deactivated        outsider        | outsider          | outsider

review               open            | submitted         | reviewed
  outsider           outsider        | outsider          | outsider
  editor, owner      reviewer only   | reviewer only     | reviewer only
  editor             reviewer only   | reviewer only     | reviewer only
  reviewer           yes             | yes               | yes
  reviewer, owner    own work        | own work          | own work
  manager            yes             | yes               | yes
  manager, owner     own work        | own work          | own work
  deactivated        outsider        | outsider          | outsider

reopen               open            | submitted         | reviewed
  outsider           outsider        | outsider          | outsider
  editor, owner      manager only    | manager only      | manager only
  editor             manager only    | manager only      | manager only
  reviewer           manager only    | manager only      | manager only
  reviewer, owner    manager only    | manager only      | manager only
  manager            not reviewed    | not reviewed      | yes
  manager, owner     not reviewed    | not reviewed      | yes
  deactivated        outsider        | outsider          | outsider

decide               draft         | pending       | approved      | rejected      | returned
  outsider           outsider      | outsider      | outsider      | outsider      | outsider
  editor, owner      reviewer only | reviewer only | reviewer only | reviewer only | reviewer only
  editor             reviewer only | reviewer only | reviewer only | reviewer only | reviewer only
  reviewer           draft         | yes           | approved      | rejected      | returned
  reviewer, owner    own work      | own work      | own work      | own work      | own work
  manager            draft         | yes           | approved      | rejected      | returned
  manager, owner     own work      | own work      | own work      | own work      | own work
  deactivated        outsider      | outsider      | outsider      | outsider      | outsider

approve              draft         | pending       | approved      | rejected      | returned
  outsider           outsider      | outsider      | outsider      | outsider      | outsider
  editor, owner      reviewer only | reviewer only | reviewer only | reviewer only | reviewer only
  editor             reviewer only | reviewer only | reviewer only | reviewer only | reviewer only
  reviewer           draft         | yes           | approved      | rejected      | returned
  reviewer, owner    own work      | own work      | own work      | own work      | own work
  manager            draft         | yes           | approved      | rejected      | returned
  manager, owner     own work      | own work      | own work      | own work      | own work
  deactivated        outsider      | outsider      | outsider      | outsider      | outsider

approve, as changer  draft         | pending       | approved      | rejected      | returned
  outsider           outsider      | outsider      | outsider      | outsider      | outsider
  editor             reviewer only | reviewer only | reviewer only | reviewer only | reviewer only
  reviewer           draft         | changed last  | approved      | rejected      | returned
  manager            draft         | changed last  | approved      | rejected      | returned
  deactivated        outsider      | outsider      | outsider      | outsider      | outsider
"""


@dataclass(frozen=True)
class Row:
    """What one person is told, for each state of the verb's heading."""

    verb: str
    role: str
    states: tuple[str, ...]
    expected: tuple[str, ...]


def rows() -> Iterator[Row]:
    verb, states = "", tuple[str, ...]()
    for line in TABLE.splitlines():
        first, cells = line[:21].rstrip(), tuple(cell.strip() for cell in line[21:].split("|"))
        if first.startswith("  "):
            yield Row(verb, first.strip(), states, cells)
        elif first:
            verb, states = first, cells
