"""Who may do what, and why not: every role, state and verb written out."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from annotations import permissions
from annotations.models import AnnotationSet, ClaimAnnotation, Membership, Person
from annotations.states import ClaimState, Role, SetState
from tests.people import Cast, claim_of, make_cast, make_person, make_set, tag

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

take                 present         | withdrawn
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

see, blind project   open            | submitted         | reviewed
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


@dataclass(frozen=True)
class World:
    """A claim in a set in an article in a project, and the person who asks."""

    cast: Cast
    person: Person
    claim: ClaimAnnotation

    @property
    def annotation_set(self) -> AnnotationSet:
        return self.claim.annotation_set

    def ask(self, verb: str, state: str) -> str:
        """The reason this person is given for this verb, with the world in this state."""
        name, _, condition = verb.partition(", ")
        why_not = getattr(permissions, f"why_not_{name}")
        return str(why_not(self.person, self.object_of(name, state, condition)))

    def object_of(self, name: str, state: str, condition: str) -> object:
        """What the verb is done to, put into this state; nothing is stored, nothing need be."""
        self.cast.project.blind = condition == "blind project"
        if name in ("read", "manage"):
            return self.cast.project
        article = self.annotation_set.article
        if name == "take":
            article.withdrawn_at = timezone.now() if state == "withdrawn" else None
            return article
        if name in ("decide", "approve"):
            self.claim.state = ClaimState(state)
            self.claim.changed_by = self.person if condition else self.claim.author
            return self.claim
        self.annotation_set.state = SetState(state)
        self.annotation_set.project = self.cast.project
        return self.annotation_set


def make_world(role: str) -> World:
    cast = make_cast()
    kind, _, owner = role.partition(", ")
    person = {"outsider": cast.stranger, "editor": cast.egon, "deactivated": cast.egon}.get(
        kind, make_person("asker")
    )
    if kind in Role.values and person != cast.egon:
        Membership.objects.create(project=cast.project, person=person, role=kind)
    annotation_set = make_set(cast, by=person if owner else cast.edda)
    allegation = tag(annotation_set, "the dam had failed", "allegation")
    person.is_active = kind != "deactivated"
    return World(cast, person, claim_of(allegation))


@pytest.mark.django_db
@pytest.mark.parametrize("row", list(rows()), ids=lambda row: f"{row.verb} as {row.role}")
def test_each_role_is_told_just_this_in_each_state(row: Row) -> None:
    world = make_world(row.role)

    told = tuple(world.ask(row.verb, state) for state in row.states)

    assert told == tuple(REASONS[code] for code in row.expected)


@pytest.mark.django_db
@pytest.mark.parametrize("state", SetState.values)
def test_a_claim_is_decided_by_its_own_state_whatever_that_of_its_set(state: str) -> None:
    world = make_world("reviewer")
    world.claim.annotation_set.state = state

    told = {claim_state: world.ask("decide", claim_state) for claim_state in ClaimState.values}

    assert {one for one, reason in told.items() if not reason} == {ClaimState.PENDING}


def test_every_permission_stands_in_the_table_with_every_role_and_state() -> None:
    functions = {name for name, _one in inspect.getmembers(permissions, inspect.isfunction)}
    roles = {"outsider", "editor, owner", "editor", "reviewer", "reviewer, owner"} | {
        "manager",
        "manager, owner",
        "deactivated",
    }
    told = list(rows())

    asked = {f"why_not_{row.verb.partition(', ')[0]}" for row in told}
    whole = {row.verb for row in told} - {"approve, as changer"}

    assert asked == {name for name in functions if name.startswith("why_not_")}
    assert all({row.role for row in told if row.verb == verb} == roles for verb in whole)
    assert all(len(row.expected) == len(row.states) for row in told)
    assert {row.states for row in told} == {
        ("project",),
        ("present", "withdrawn"),
        tuple(SetState.values),
        tuple(ClaimState.values),
    }
    assert {code for row in told for code in row.expected} == set(REASONS)


@pytest.mark.django_db
def test_a_role_taken_away_counts_at_once() -> None:
    world = make_world("manager")
    before = world.ask("manage", "project")

    Membership.objects.filter(person=world.person).delete()

    assert (before, world.ask("manage", "project")) == ("", REASONS["outsider"])


@pytest.mark.django_db
def test_a_role_counts_in_its_own_project_only() -> None:
    world = make_world("manager")
    elsewhere = make_cast("elsewhere").project

    assert permissions.why_not_read(world.person, elsewhere) == REASONS["outsider"]
    assert permissions.role_of(world.person, world.cast.project.pk) is Role.MANAGER


@pytest.mark.django_db
@pytest.mark.parametrize(
    "why_not", [permissions.why_not_annotate, permissions.why_not_undo, permissions.why_not_submit]
)
def test_asking_costs_one_query(
    why_not: Callable[[Person, AnnotationSet], str],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    world = make_world("editor, owner")

    with django_assert_num_queries(1):
        assert why_not(world.person, world.annotation_set) == ""
