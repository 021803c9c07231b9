"""Text that would be markup stays text: every field, on every page and fragment that shows it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from annotations.models import AnnotationSet, Article, ClaimAnnotation, Person, Project, Span
from annotations.workflow import annotating, reviewing
from tests.pages import HTMX, Element, page_of, signed_in
from tests.people import make_cast, make_set, tag

PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "image": '<img src=x onerror="alert(1)">',
    "svg": "<svg/onload=alert(1)>",
    "closing tags": "</mark></p></title></textarea></script><b>bold</b>",
    "attribute": '" onmouseover="alert(1)" x="',
    "single quotes": "' autofocus onfocus='alert(1)",
    "htmx": '<div hx-get="/sign-out/" hx-trigger="load">x</div>',
    "out of band": '<p id="status" hx-swap-oob="true">gone</p>',
    "template": "{{ request.user.password }}{% debug %}${7*7}",
    "entities": "&lt;b&gt; &amp;amp; &#60;i&#62; &quot;",
    "comment": "<!-- --><![CDATA[ ]]><?php ?>",
    "address": "javascript:alert(1)//<a href=data:text/html,x>",
    "no quotes": "` = / > < & %s %(title)s {0}",
}
MARK = "Marker"
"""Stands before each payload, so that a test can tell where it ought to be."""


class World:
    """A submitted and returned claim in which every text a person gives is hostile."""

    def __init__(self, payload: str) -> None:
        self.payload = f"{MARK} {payload}"
        self.cast = make_cast()
        self.article_text = f"{self.payload}\n\nLee said {self.payload} today.\n"
        self.annotation_set = make_set(self.cast, self.article_text)
        self._name_everything()
        self._annotate()
        self.annotation_set = AnnotationSet.objects.get()

    def _name_everything(self) -> None:
        """What managers, importers and people themselves may call things."""
        Article.objects.update(
            title=self.payload, byline=self.payload, outlet=self.payload, external_id=self.payload
        )
        Project.objects.update(name=self.payload, guidelines=self.payload)
        Person.objects.update(name=self.payload)

    def _annotate(self) -> None:
        claim = tag(self.annotation_set, f"said {self.payload}", "allegation")
        source = tag(self.annotation_set, self.payload, "source", claim=claim)
        values = {"entity": self.payload, "role": self.payload}
        annotating.set_attributes(source, by=self.cast.edda, values=values, version=source.version)
        annotating.set_attributes(
            claim, by=self.cast.edda, values={"claim_text": self.payload}, version=1
        )
        reviewing.submit(self.annotation_set, by=self.cast.edda)
        row = ClaimAnnotation.objects.get()
        reviewing.return_claim(
            row, by=self.cast.rosa, version=row.version, reasons=[], note=self.payload
        )
        self.claim, self.source = Span.objects.get(pk=claim.pk), Span.objects.get(pk=source.pk)

    def browser(self, name: str) -> Client:
        return signed_in(getattr(self.cast, name))


Ask = Callable[[World], Any]


def _get(who: str, path: str) -> Ask:
    return lambda world: world.browser(who).get(
        path.format(
            set=world.annotation_set.pk,
            article=world.annotation_set.article_id,
            claim=world.claim.pk,
            source=world.source.pk,
        )
    )


def _post(path: str, **form: str) -> Ask:
    def ask(world: World) -> Any:
        place = path.format(
            set=world.annotation_set.pk, claim=world.claim.pk, source=world.source.pk
        )
        sent = form | {"claim": str(world.claim.pk), "span": str(world.claim.pk)}
        return world.browser("edda").post(place, sent, headers=HTMX)

    return ask


PAGES: dict[str, Ask] = {
    "work": _get("edda", "/"),
    "work of a reviewer": _get("rosa", "/"),
    "articles": _get("edda", "/projects/news/"),
    "queue": _get("rosa", "/projects/news/queue/"),
    "dataset": _get("rosa", "/projects/news/datasets/?status=submitted"),
    "dataset of spans": _get("rosa", "/projects/news/datasets/?status=submitted&table=spans"),
    "article": _get("edda", "/articles/{article}/"),
    "workspace": _get("edda", "/annotation-sets/{set}/?claim={claim}&edit={claim}"),
    "editor of the source": _get("edda", "/annotation-sets/{set}/?claim={claim}&edit={source}"),
    "shut cards": _get("edda", "/annotation-sets/{set}/"),
    "review": _get("rosa", "/annotation-sets/{set}/review/?claim={claim}"),
    "card": _get("edda", "/claims/{claim}/?edit={source}"),
    "verdict": _get("rosa", "/claims/{claim}/verdict/"),
    "changes": _post("/spans/{claim}/describe/", version="2", certainty="possible"),
    "conflict": _post("/spans/{claim}/describe/", version="1", certainty="possible"),
}


@cache
def harmless() -> dict[str, Any]:
    """What the pages say of a world without anything hostile."""
    return answers("harmless")


def answers(payload: str) -> dict[str, Any]:
    """What every page says of a world in which everything is called so; then the world ends."""
    with transaction.atomic():
        world = World(payload)
        found = {}
        for name, ask in PAGES.items():
            with transaction.atomic():
                found[name] = ask(world)
                transaction.set_rollback(True)
        transaction.set_rollback(True)
    return found


def shown(page: Element, payload: str) -> int:
    """How often a page holds the payload, word for word, in its text and its attributes."""
    words = f"{MARK} {payload}"
    values = [value for one in page.walk() for value in one.attributes.values() if value]
    return page.text.count(words) + sum(value.count(words) for value in values)


def begun(page: Element) -> int:
    """How often a payload begins on a page, whole or not."""
    values = [value for one in page.walk() for value in one.attributes.values() if value]
    return page.text.count(MARK) + sum(value.count(MARK) for value in values)


def skeleton(page: Element) -> list[tuple[str, frozenset[str]]]:
    """The elements of a page with the names of their attributes.

    Quotation marks in an allegation select another kind of quotation.
    """
    return [(one.tag, frozenset(one.attributes) - {"selected"}) for one in page.walk()]


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAYLOADS)
def test_hostile_text_is_shown_as_it_is_and_makes_nothing(name: str) -> None:
    hostile = answers(PAYLOADS[name])

    for page, calm in harmless().items():
        found, plain = page_of(hostile[page]), page_of(calm)
        assert hostile[page].status_code == calm.status_code
        assert (page, skeleton(found)) == (page, skeleton(plain))
        assert (page, begun(found)) == (page, begun(plain))
        assert shown(found, PAYLOADS[name]) > 0, f"{page} does not show it"
