"""Who may do what, and why not: every role, state and verb written out."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from annotations import permissions
from annotations.models import AnnotationSet, ClaimAnnotation, Membership, Person
from annotations.states import ClaimState, Role, SetState
from tests.pages import signed_in
from tests.people import Cast, claim_of, make_cast, make_person, make_set, tag
from tests.who_may import REASONS, Row, rows


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
        states = [{ClaimState(state)}] if name == "download" else []
        return str(why_not(self.person, self.object_of(name, state, condition), *states))

    def object_of(self, name: str, state: str, condition: str) -> object:
        """What the verb is done to, put into this state; nothing is stored, nothing need be."""
        self.cast.project.blind = condition == "blind"
        if name in ("read", "manage", "download"):
            return self.cast.project
        article = self.annotation_set.article
        if name in ("take", "zone"):
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
@pytest.mark.parametrize(
    ("states", "open_reason", "blind_reason"),
    [
        ({"approved", "pending"}, "yes", "approved only"),
        ({"approved", "returned"}, "rewritten", "approved only"),
        (set(ClaimState.values), "rewritten", "approved only"),
        (set(), "yes", "yes"),
    ],
)
def test_a_download_of_several_states_is_judged_by_the_worst_of_them(
    states: set[str], open_reason: str, blind_reason: str
) -> None:
    world = make_world("editor")
    asked = {ClaimState(state) for state in states}
    told = []

    for is_blind in (False, True):
        world.cast.project.blind = is_blind
        told.append(permissions.why_not_download(world.person, world.cast.project, asked))

    assert told == [REASONS[open_reason], REASONS[blind_reason]]


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


@pytest.mark.django_db
def test_the_person_of_a_request_is_asked_for_their_role_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    world = make_world("manager")
    elsewhere = make_cast("elsewhere").project
    world.person.known_roles = {}

    with django_assert_num_queries(2):
        for _ in range(3):
            assert permissions.why_not_manage(world.person, world.cast.project) == ""
            assert permissions.why_not_read(world.person, elsewhere) == REASONS["outsider"]


@pytest.mark.django_db
def test_a_role_taken_away_counts_from_the_next_request_on() -> None:
    world = make_world("editor, owner")
    browser = signed_in(world.person)
    address = f"/annotation-sets/{world.annotation_set.pk}/"

    before = browser.get(address)
    Membership.objects.filter(person=world.person).delete()
    after = browser.get(address)
    world.person.is_active = False
    world.person.known_roles = {world.cast.project.pk: Role.MANAGER}

    assert (before.status_code, after.status_code) == (200, 404)
    assert permissions.role_of(world.person, world.cast.project.pk) is None
