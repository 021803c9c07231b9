"""Load the project "Demo": the seed article with its gold annotation, and four people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from annotations.models import AnnotationSet, Article, ClaimAnnotation, Person, Project
from annotations.states import Role
from annotations.text.offsets import Fragment
from annotations.workflow import importing, intake, organising, reviewing

PEOPLE = (
    ("amira", "Amira Haddad", Role.EDITOR),
    ("ben", "Ben Okafor", Role.EDITOR),
    ("rosa", "Rosa Lindqvist", Role.REVIEWER),
    ("max", "Max Adeyemi", Role.MANAGER),
)
GUIDELINES = """\
# What to mark

An **allegation** is what someone is said to assert, believe, know or intend. Mark *who says it* as
its source and *what is offered for it* as evidence. Quotation marks and a leading “that” belong to
the span, the final full stop does not.
"""
APPROVED = ("A1", "A3", "A5", "A6", "A7", "A8")


class Command(BaseCommand):
    help = __doc__

    def handle(self, *_args: object, **_options: object) -> None:
        with transaction.atomic():
            _loaded, is_new = _project()
        if is_new:
            self.stdout.write("The project “Demo” is loaded.")
        else:
            self.stdout.write("The project “Demo” is here already; nothing was changed.")


def _project() -> tuple[Project, bool]:
    known = Project.objects.filter(slug="demo").first()
    if known:
        return known, False
    operator = Person(username="operator")
    project = organising.create_project(slug="demo", name="Demo", by=operator)
    project.guidelines, project.annotators_per_article = GUIDELINES, 2
    project.save(update_fields=["guidelines", "annotators_per_article"])
    amira, ben, rosa, manager = (
        _member(project, username=username, name=name, role=role) for username, name, role in PEOPLE
    )
    article, _is_new = intake.take_in(project, _manuscript(), by=manager)
    annotation_set = _gold(article, annotator=amira, by=manager)
    reviewing.submit(annotation_set, by=amira)
    _decide(annotation_set, by=rosa)
    organising.take(article, by=ben)
    return project, True


def _member(project: Project, *, username: str, name: str, role: Role) -> Person:
    person, is_new = Person.objects.get_or_create(username=username, defaults={"name": name})
    if is_new:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    organising.add_member(project, person=person, role=role, by=Person(username="operator"))
    return person


def _manuscript() -> intake.Manuscript:
    return intake.Manuscript(
        text=(_seeds() / "seed_article.txt").read_bytes().decode(),
        external_id="seed_article.txt",
    )


def _gold(article: Article, *, annotator: Person, by: Person) -> AnnotationSet:
    gold = json.loads((_seeds() / "seed_gold.json").read_text(encoding="utf-8"))
    return importing.bring_in(
        article,
        annotator=annotator,
        passages=[_passage(span) for span in gold["spans"]],
        relations=[_relation(link) for link in gold["links"]],
        by=by,
    )


def _passage(span: dict[str, Any]) -> importing.Passage:
    return importing.Passage(
        key=span["id"],
        tag=span["tag"],
        fragments=tuple(Fragment(*part) for part in span["fragments"]),
        quote=span["text"],
        attributes=span["attributes"],
        uid=_uid(span["id"]),
    )


def _relation(link: dict[str, Any]) -> importing.Relation:
    return importing.Relation(
        type=link["type"],
        from_key=link["from"],
        to_key=link["to"],
        cue_key=link.get("cue"),
        negated=link["attributes"].get("negated", False),
        uid=_uid(link["id"]),
    )


def _uid(key: str) -> UUID:
    """The same id in every demo, so that what it exports can be compared."""
    return uuid5(NAMESPACE_URL, f"ascribe:demo/{key}")


def _decide(annotation_set: AnnotationSet, *, by: Person) -> None:
    claims = {
        claim.allegation.label: claim
        for claim in ClaimAnnotation.objects.filter(annotation_set=annotation_set).select_related(
            "allegation", "annotation_set__project"
        )
    }
    for label in APPROVED:
        reviewing.approve(claims[label], by=by, version=claims[label].version)


def _seeds() -> Path:
    return Path(settings.BASE_DIR) / "seeds"
