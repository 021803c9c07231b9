"""What the database itself refuses, whoever asks: each named constraint violated in raw SQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from annotations.models import (
    AnnotationSet,
    Article,
    ClaimAnnotation,
    Event,
    ImportRun,
    Link,
    Membership,
    Project,
    Span,
    Zone,
)
from annotations.workflow import receiving
from tests.people import Cast, make_article, make_submitted_set
from tests.seed import seed_text

Value = str | int | None
Changes = dict[str, Value]


@dataclass(frozen=True)
class World:
    """One row of each kind."""

    cast: Cast
    annotation_set: AnnotationSet
    zone: Zone

    @property
    def claim(self) -> ClaimAnnotation:
        return self.annotation_set.claims.order_by("pk")[0]

    @property
    def span(self) -> Span:
        return self.annotation_set.spans.get(number=1, tag="allegation")

    @property
    def link(self) -> Link:
        return self.annotation_set.links.order_by("pk")[0]


@pytest.fixture
def world(cast: Cast) -> World:
    zone = make_article(cast, seed_text()).zones.get()
    return World(cast, make_submitted_set(cast), zone)


def update(row: models.Model, **changes: Value) -> None:
    """Change a row in SQL; a value that begins with = is SQL itself."""
    told = ", ".join(f'"{name}" = {_sql(value)}' for name, value in changes.items())
    where = f'WHERE "{_key(row)}" = %s'
    _execute(f'UPDATE "{row._meta.db_table}" SET {told} {where}', [*_values(changes), row.pk])


def insert_copy(row: models.Model, **changes: Value) -> None:
    """Insert in SQL a copy of a row with these columns changed."""
    columns = [one.column for one in row._meta.concrete_fields if one.column != "id"]
    told = ", ".join(_sql(changes[one]) if one in changes else f'"{one}"' for one in columns)
    named = ", ".join(f'"{one}"' for one in columns)
    ordered = {one: changes[one] for one in columns if one in changes}
    table = row._meta.db_table
    _execute(
        f'INSERT INTO "{table}" ({named}) SELECT {told} FROM "{table}" WHERE "{_key(row)}" = %s',
        [*_values(ordered), row.pk],
    )


def _key(row: models.Model) -> str:
    return str(row._meta.pk.column)


def _sql(value: Value) -> str:
    return value[1:] if isinstance(value, str) and value.startswith("=") else "%s"


def _values(changes: Changes) -> list[Value]:
    return [value for value in changes.values() if _sql(value) == "%s"]


def _execute(sql: str, values: list[Value]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def import_run(world: World) -> ImportRun:
    uid = uuid4()
    return receiving.begin(world.cast.project, uid=uid, files=[{"name": "a"}], by=world.cast.mara)


def new_uid() -> str:
    return uuid4().hex


def membership(world: World) -> Membership:
    return Membership.objects.get(project=world.cast.project, person=world.cast.edda)


def link_to_author_twice(world: World) -> None:
    update(world.link, to_span_id=None, implicit="author")
    insert_copy(world.link, uid=new_uid())


VIOLATIONS: dict[str, Callable[[World], None]] = {
    "project_has_annotators": lambda w: update(w.cast.project, annotators_per_article=0),
    "membership_once": lambda w: insert_copy(membership(w)),
    "membership_role_known": lambda w: update(membership(w), role="owner"),
    "article_once": lambda w: insert_copy(w.annotation_set.article, uid=new_uid()),
    "article_text_clean": lambda w: update(w.annotation_set.article, text="two\r\nlines"),
    "zone_has_length": lambda w: update(w.zone, start=2232),
    "zone_once": lambda w: insert_copy(w.zone),
    "annotation_set_once": lambda w: insert_copy(w.annotation_set, uid=new_uid()),
    "annotation_set_state_known": lambda w: update(w.annotation_set, state="lost"),
    "span_uid_once": lambda w: insert_copy(w.span, fragments="0 1", number=77),
    "span_once": lambda w: insert_copy(w.span, uid=new_uid(), number=77),
    "span_number_once": lambda w: insert_copy(w.span, uid=new_uid(), fragments="0 1"),
    "span_has_length": lambda w: update(w.span, start='="end"'),
    "span_tag_known": lambda w: update(w.span, tag="rumour"),
    "claim_state_known": lambda w: update(w.claim, state="doubted"),
    "claim_decision_whole": lambda w: update(
        w.claim, state="approved", decided_by_id=w.cast.rosa.pk, decided_at=None
    ),
    "claim_decided_by_whom": lambda w: update(
        w.claim, state="pending", decided_by_id=w.cast.rosa.pk, decided_at="2026-01-01 00:00:00+00"
    ),
    "claim_not_decided_by_author": lambda w: update(
        w.claim,
        state="approved",
        decided_by_id="=author_id",
        decided_at="2026-01-01 00:00:00+00",
        changed_by_id=w.cast.rosa.pk,
    ),
    "claim_not_approved_by_changer": lambda w: update(
        w.claim,
        state="approved",
        decided_by_id=w.cast.rosa.pk,
        decided_at="2026-01-01 00:00:00+00",
        changed_by_id=w.cast.rosa.pk,
    ),
    "link_has_one_target": lambda w: update(w.link, implicit="author"),
    "link_not_to_itself": lambda w: update(w.link, to_span_id="=from_span_id"),
    "link_type_known": lambda w: update(w.link, type="praises"),
    "link_once": lambda w: insert_copy(w.link, uid=new_uid()),
    "link_implicit_once": link_to_author_twice,
    "import_run_state_known": lambda w: update(import_run(w), state="lost"),
    "import_run_reported": lambda w: update(import_run(w), state="ready"),
    "event_once": lambda w: insert_copy(Event.objects.order_by("pk")[0]),
    "event_numbered": lambda w: insert_copy(Event.objects.order_by("pk")[0], number=0),
}


@pytest.mark.parametrize("name", VIOLATIONS)
def test_the_database_refuses_what_a_named_constraint_forbids(name: str, world: World) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        VIOLATIONS[name](world)

    if connection.vendor == "postgresql":
        assert f'"{name}"' in str(caught.value)


def test_every_named_constraint_is_violated_by_a_test() -> None:
    named = {
        constraint.name
        for model in apps.get_app_config("annotations").get_models()
        for constraint in model._meta.constraints
    }

    assert set(VIOLATIONS) == named


@pytest.mark.parametrize(
    ("reviewer", "is_refused"), [("edda", True), ("rosa", False), ("mara", False)]
)
def test_nobody_approves_their_own_claim_not_even_in_sql(
    world: World, reviewer: str, is_refused: bool
) -> None:
    person = getattr(world.cast, reviewer)
    try:
        with transaction.atomic():
            update(
                world.claim,
                state="approved",
                decided_by_id=person.pk,
                decided_at="2026-01-01 00:00:00+00",
            )
        happened = True
    except IntegrityError:
        happened = False

    assert happened is not is_refused
    assert (world.claim.state == "approved") is happened


@pytest.mark.parametrize("target", ["author", "unspecified"])
def test_the_same_link_may_stand_once_for_each_group(world: World, target: str) -> None:
    update(world.link, to_span_id=None, implicit=target)

    insert_copy(world.link, uid=new_uid(), group="another attribution")

    assert Link.objects.filter(implicit=target).count() == 2


def test_people_projects_and_articles_with_work_on_them_cannot_be_deleted(world: World) -> None:
    rows: list[models.Model] = [
        world.cast.edda,
        world.cast.project,
        world.annotation_set.article,
    ]

    for row in rows:
        with pytest.raises(models.ProtectedError):
            row.delete()

    assert Project.objects.filter(pk=world.cast.project.pk).exists()
    assert Article.objects.filter(pk=world.annotation_set.article_id).exists()
