"""Every address by every person and method, against a matrix that is written out in full."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from annotations.models import (
    AnnotationSet,
    Article,
    ClaimAnnotation,
    ImportRun,
    Link,
    Person,
    Span,
    Zone,
)
from annotations.workflow import annotating, reviewing, zoning
from tests.pages import Values, everything, signed_in
from tests.people import Cast, claim_of, make_cast, make_set, passage_of, tag
from tests.runs import ready
from tests.who_gets_what import PEOPLE, ROWS

pytestmark = pytest.mark.django_db

OUTSIDE_THE_APP = {"healthz"}


@dataclass
class World:
    """A project and, of the set an address is about, one object of each kind."""

    cast: Cast
    annotation_set: AnnotationSet
    source: Span
    claim: ClaimAnnotation
    link: Link

    @property
    def article(self) -> Article:
        return self.annotation_set.article

    @cached_property
    def run(self) -> ImportRun:
        """An import that waits to be confirmed."""
        return ready(self.cast)

    @property
    def loose(self) -> Span:
        return Span.objects.get(text="Smith")

    def zone_for(self, name: str) -> Zone:
        """The zone that is active, or the one that has been lifted."""
        return Zone.objects.get(active=name != "zone_mark")

    def person(self, name: str) -> Person | None:
        cast = self.cast
        everybody = (None, cast.stranger, cast.edda, cast.egon, cast.rosa, cast.mara)
        return dict(zip(PEOPLE, everybody, strict=True))[name]


def make_world(state: str) -> World:
    """A claim of Edda's that two say, in a set that is open, submitted or reviewed."""
    cast = make_cast()
    annotation_set = make_set(cast)
    allegation = tag(annotation_set, "the dam had failed", "allegation")
    tag(annotation_set, "Officials", "source", claim=allegation)
    source = tag(annotation_set, "Jones", "source", claim=allegation)
    tag(annotation_set, "Smith", "source")
    for words in ("listened", "to the engineers"):
        passage = passage_of(annotation_set.article, words)
        zone = zoning.add_zone(annotation_set.article, by=cast.egon, passage=passage)
    zoning.lift_zone(zone, by=cast.egon, active=False)
    if state == "open":
        cue = tag(annotation_set, "said", "cue", claim=allegation)
        annotating.remove(cue, by=cast.edda, version=cue.version)
        signed_in(cast.edda).post(_path("annotation_set_undo", pk=annotation_set.pk))
    else:
        reviewing.submit(annotation_set, by=cast.edda)
    claim = claim_of(allegation)
    if state == "reviewed":
        reviewing.approve(claim, by=cast.rosa, version=claim.version)
    annotation_set.refresh_from_db()
    link = Link.objects.get(to_span=source)
    return World(cast, annotation_set, Span.objects.get(pk=source.pk), claim_of(allegation), link)


def selected(world: World, words: str) -> Values:
    """A selection of words as the browser sends it."""
    start = world.article.text.index(words)
    return {
        "start": str(start),
        "end": str(start + len(words)),
        "quote": words,
        "text_rev": world.article.text_rev,
    }


def version_of(row: Span | ClaimAnnotation | ImportRun) -> Values:
    return {"version": str(row.version)}


NEW = {"tag": "evidence", "uid": str(uuid4())}
FORMS: dict[str, Callable[[World], Values]] = {
    "span_create": lambda world: selected(world, "Photographs") | NEW,
    "span_find": lambda world: {"passage": "Photographs"} | NEW,
    "link_create": lambda world: {
        "type": "attributed_to",
        "from_span": str(world.claim.pk),
        "implicit": "author",
    },
    "span_retag": lambda world: {"tag": "cue"} | version_of(world.source),
    "span_resize": lambda world: selected(world, "to Jones") | version_of(world.source),
    "span_extend": lambda world: selected(world, "Photographs") | version_of(world.source),
    "annotation_set_submit": lambda _world: {"seen": "yes"},
    "span_attach": lambda world: {"claim": str(world.claim.pk)},
    "span_detach": lambda world: {"claim": str(world.claim.pk)},
    "zone_create": lambda world: selected(world, "Nobody"),
    "span_remove": lambda world: version_of(world.source),
    "span_describe": lambda world: {"role": "engineer"} | version_of(world.source),
    "link_negate": lambda _world: {"negated": "true"},
    "claim_approve": lambda world: version_of(world.claim),
    "claim_return": lambda world: {"reasons": "other"} | version_of(world.claim),
    "claim_reject": lambda world: {"note": "No."} | version_of(world.claim),
    "import_new": lambda _world: {"text": "A text that was pasted."},
    "import_settle": lambda world: version_of(world.run),
    "import_confirm": lambda world: version_of(world.run),
    "import_discard": lambda world: version_of(world.run),
}


def form_for(world: World, name: str) -> Values:
    """What to post to a route; nothing where it asks for nothing."""
    return FORMS[name](world) if name in FORMS else {}


def _path(name: str, **parts: object) -> str:
    return reverse(name if name in OUTSIDE_THE_APP else f"annotations:{name}", kwargs=parts or None)


def address(world: World, name: str) -> str:
    """Where a route leads in this world."""
    kind = name.split("_", maxsplit=1)[0]
    keys = {
        "article": {"pk": world.article.pk},
        "annotation": {"pk": world.annotation_set.pk},
        "claim": {"pk": world.claim.pk},
        "span": {"pk": world.source.pk},
        "project": {"slug": "news"},
        "review": {"slug": "news"},
        "dataset": {"slug": "news"},
        "demo": {"username": "edda"},
        "link": {"pk": world.link.pk},
        "zone": {"pk": world.zone_for(name).pk},
    }
    parts: dict[str, object] = {**keys.get(kind, {})}
    if name == "span_attach":
        parts = {"pk": world.loose.pk}
    if name in ("span_create", "span_find", "link_create"):
        parts = {"pk": world.annotation_set.pk}
    if name == "zone_create":
        parts = {"pk": world.article.pk}
    if kind == "import":
        parts = {"slug": "news"} if name == "import_new" else {"slug": "news", "pk": world.run.pk}
    if name == "dataset_download":
        parts["table"] = "claims"
    return _path(name, **parts)


def routes(resolver: URLResolver | None = None) -> Iterator[str]:
    """The names of all addresses but those of the admin, which has a test file of its own."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield str(pattern.name)
        elif pattern.app_name != "admin":
            yield from routes(pattern)


@contextmanager
def undone() -> Iterator[None]:
    """What happens within is taken back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_every_route_stands_in_the_matrix() -> None:
    assert {row.split()[0] for row in ROWS} == set(routes())


@pytest.mark.parametrize("row", ROWS)
def test_everybody_gets_the_answer_of_the_matrix(row: str) -> None:
    name, state = [*row.split(), "submitted"][:2]
    world = make_world(state)
    path, form = address(world, name), form_for(world, name)

    answers = []
    for person in map(world.person, PEOPLE):
        with undone():
            get = signed_in(person).get(path)
        with undone():
            post = signed_in(person).post(path, form)
        answers.append((get.status_code, post.status_code))

    assert dict(zip(PEOPLE, answers, strict=True)) == dict(zip(PEOPLE, ROWS[row], strict=True))


@pytest.mark.parametrize("name", sorted(set(routes())))
def test_reading_changes_nothing(name: str) -> None:
    world = make_world("submitted")
    clients = [signed_in(world.person(name)) for name in PEOPLE]
    path, before = address(world, name), everything()

    for client in clients:
        client.get(path)
        client.head(path)

    assert everything() == before


@pytest.mark.parametrize("name", sorted(set(routes())))
def test_a_post_without_the_token_is_refused(name: str) -> None:
    world = make_world("submitted")
    client = signed_in(world.cast.mara, enforce_csrf_checks=True)
    path, form, before = address(world, name), form_for(world, name), everything()

    response = client.post(path, form)

    assert (response.status_code, "form is out of date" in response.content.decode()) == (403, True)
    assert everything() == before


@pytest.mark.parametrize("name", sorted(set(routes())))
def test_no_route_takes_another_method(name: str) -> None:
    world = make_world("submitted")
    client, path = signed_in(world.cast.mara), address(world, name)

    answers = [client.generic(method, path) for method in ("PUT", "PATCH", "DELETE")]

    assert [answer.status_code for answer in answers] == [405, 405, 405]
