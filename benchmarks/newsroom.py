"""What is measured on: a project with an article of each size, annotated by several people.

Written through the app's own verbs; needs Django set up on a scratch database. Every kind of
measurement has an annotator of its own, so that none finds what another has left behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.test import Client

from annotations.models import AnnotationSet, Article, Person, Project
from annotations.states import Role
from annotations.workflow import importing, intake, organising
from benchmarks.articles import SIZES, MadeArticle, made

ANNOTATORS = ("server", "desk", "reader")
TAGS = ("allegation", "source", "evidence")


@dataclass(frozen=True, slots=True)
class Bench:
    """An annotation set to measure on: its size, address, article and the cookie that opens it.

    `taken` are the tags and places of its spans: the same words cannot get the same tag again.
    """

    size: str
    pk: int
    text: str
    text_rev: str
    session: str
    taken: frozenset[tuple[str, int, int]]

    @property
    def path(self) -> str:
        """The workspace's address."""
        return f"/annotation-sets/{self.pk}/"


@dataclass(frozen=True, slots=True)
class Act:
    """Words to tag (code points), and with which tag."""

    tag: str
    start: int
    end: int
    quote: str


def furnish() -> dict[tuple[str, str], Bench]:
    """Make everything; the benches by size and annotator."""
    operator = Person(username="operator")
    project = organising.create_project(slug="bench", name="Bench", by=operator)
    manager = _member(project, "manager", Role.MANAGER, by=operator)
    people = [_member(project, name, Role.EDITOR, by=operator) for name in ANNOTATORS]
    benches = {}
    for size in SIZES:
        sample = made(size)
        article, _is_new = intake.take_in(project, intake.Manuscript(sample.text), by=manager)
        for person in people:
            annotation_set = _annotated(article, sample, annotator=person, by=manager)
            benches[size.name, person.username] = _bench(size.name, annotation_set, person)
    return benches


def acts_on(bench: Bench, number: int) -> Iterator[Act]:
    """So many linked claims, spread over the whole article: allegation, source, evidence each.

    Each takes three words of one paragraph that are not tagged so yet.
    """
    starts = [at for at in range(len(bench.text)) if _is_word_start(bench.text, at)]
    step = len(starts) // (number + 1)
    for claim in range(1, number + 1):
        words = iter(_word_at(bench.text, at) for at in starts[claim * step :])
        for tag in TAGS:
            free = (one for one in words if len(one[2]) > 4 and (tag, *one[:2]) not in bench.taken)
            yield Act(tag, *next(free))


def _is_word_start(text: str, at: int) -> bool:
    return text[at].isalpha() and (at == 0 or text[at - 1] == " ")


def _word_at(text: str, start: int) -> tuple[int, int, str]:
    end = start
    while end < len(text) and text[end].isalpha():
        end += 1
    return start, end, text[start:end]


def _member(project: Project, name: str, role: Role, *, by: Person) -> Person:
    person = Person.objects.create(username=name, name=name.title())
    organising.add_member(project, person=person, role=role, by=by)
    return person


def _annotated(
    article: Article, sample: MadeArticle, *, annotator: Person, by: Person
) -> AnnotationSet:
    passages = [
        importing.Passage(one.key, one.tag, one.fragments, one.quote, one.attributes)
        for one in sample.spans
    ]
    relations = [
        importing.Relation(one.type, one.from_key, one.to_key, cue_key=one.cue_key)
        for one in sample.links
    ]
    return importing.bring_in(
        article, annotator=annotator, passages=passages, relations=relations, by=by
    )


def _bench(size: str, annotation_set: AnnotationSet, person: Person) -> Bench:
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return Bench(
        size=size,
        pk=annotation_set.pk,
        text=annotation_set.article.text,
        text_rev=annotation_set.article.text_rev,
        session=client.cookies[settings.SESSION_COOKIE_NAME].value,
        taken=frozenset(annotation_set.spans.values_list("tag", "start", "end")),
    )
