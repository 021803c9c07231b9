"""Looks for damage: recomputes what the rows say and tells where they disagree. Writes nothing.

It streams: rows come in the order of annotation sets and of event chains, so that memory holds a
few sets at a time whatever the size of the database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import groupby

from django.db.models import Q

from annotations.models import AnnotationSet, Article, ClaimAnnotation, Event, Link, Project, Span
from annotations.models.event import GENESIS
from annotations.workflow.checking_sets import CHUNK, Fault, faults_of_sets


def faults(project: Project | None = None) -> Iterator[Fault]:
    """Every fault of a project, or of all of them.

    The caller sees to it that all is read from one state of the database.
    """
    yield from _faults_of_articles(project)
    yield from faults_of_sets(project)
    yield from _faults_of_chains(project)


def counts(project: Project | None = None) -> dict[str, int]:
    """How many rows of each kind there are to check."""
    of_set = Q(annotation_set__project=project) if project else Q()
    return {
        "articles": Article.objects.filter(_of(project)).count(),
        "annotation sets": AnnotationSet.objects.filter(_of(project)).count(),
        "spans": Span.objects.filter(of_set).count(),
        "links": Link.objects.filter(of_set).count(),
        "claims": ClaimAnnotation.objects.filter(of_set).count(),
        "events": Event.objects.filter(_of_uid(project)).count(),
    }


def _of(project: Project | None) -> Q:
    return Q(project=project) if project else Q()


def _of_uid(project: Project | None) -> Q:
    return Q(project_uid=project.uid) if project else Q()


def _faults_of_articles(project: Project | None) -> Iterator[Fault]:
    """Digests of texts, zones past the end, and articles the log does not know."""
    articles = Article.objects.filter(_of(project)).order_by("pk").prefetch_related("zones")
    batch: list[Article] = []
    for article in articles.iterator(chunk_size=CHUNK):
        where = f"article {article.uid}"
        if hashlib.sha256(article.text.encode()).hexdigest() != article.text_sha256:
            yield Fault(where, "its text does not have the SHA-256 that is stored")
        for zone in article.zones.all():
            if zone.end > len(article.text):
                yield Fault(where, f"its zone [{zone.start}, {zone.end}) ends past the text")
        batch.append(article)
        if len(batch) == CHUNK:
            yield from _faults_of_logging(batch)
            batch = []
    yield from _faults_of_logging(batch)


def _faults_of_logging(articles: Iterable[Article]) -> Iterator[Fault]:
    chains = {f"article/{article.uid}": article for article in articles}
    logged = Event.objects.filter(chain__in=list(chains), number=1).values_list("chain", flat=True)
    for chain in chains.keys() - set(logged):
        yield Fault(f"article {chains[chain].uid}", "the log has no event of it")


def _faults_of_chains(project: Project | None) -> Iterator[Fault]:
    """Numbers without gaps, each hash over its event and the hash before."""
    events = Event.objects.filter(_of_uid(project)).order_by("chain", "number")
    stream = events.iterator(chunk_size=1000)
    for chain, links in groupby(stream, key=lambda event: event.chain):
        number, previous = 0, GENESIS
        for event in links:
            where = f"event {event.number} of {chain}"
            if event.number != number + 1:
                yield Fault(where, f"it follows event {number}: what lies between is missing")
            elif event.previous_hash != previous:
                yield Fault(where, "it does not carry the hash of the event before it")
            if event.computed_hash() != event.hash:
                yield Fault(where, "its hash is not that of what it says")
            number, previous = event.number, event.hash
