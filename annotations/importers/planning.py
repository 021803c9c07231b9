"""Compares what has been read with what is there: what is new, what is known, what clashes.

It reads the database and writes nothing; the caller holds the lock of the project.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.importers import Annotated, Arrival, LeftOut
from annotations.importers.ceilings import Ceilings
from annotations.importers.report import (
    LONGEST_EXTRACT,
    Entry,
    Outcome,
    ZoneShown,
    shown,
    zone_shown,
)
from annotations.models import AnnotationSet, Article, Event, Membership, Person, Project, Zone
from annotations.text.offsets import Fragment
from annotations.workflow.fitting import Fault, Fitted, zone_faults
from annotations.workflow.importing import Lot, annotated_already, taken_ids
from annotations.workflow.organising import MADE_BY_IMPORT, fault_of_name

PORTION = 500  # values that are looked up by one query

Value = TypeVar("Value")
Place: TypeAlias = tuple[str, str]
"""An annotation set of the project: the text's SHA-256 and the annotator's user name."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article that has been read, with its zones and annotation sets, not compared yet."""

    file: str
    format: str
    arrival: Arrival
    article: Article
    zones: tuple[Zone, ...]
    sets: tuple[tuple[Annotated, Fitted], ...]


@dataclass(slots=True)
class Known:
    """What is there of what has been read: articles, active zones, digests of sets, people."""

    slug: str
    articles: dict[str, Article] = field(default_factory=dict)
    zones: dict[str, list[Fragment]] = field(default_factory=dict)
    digests: dict[Place, str] = field(default_factory=dict)
    members: dict[str, Person] = field(default_factory=dict)
    strangers: dict[str, bool] = field(default_factory=dict)  # whether they are active
    ids: set[UUID] = field(default_factory=set)


@dataclass(slots=True)
class Work:
    """What is to be stored of one article, and the file it was found in first."""

    file: str
    article: Article
    zones: tuple[Zone, ...]
    sets: list[tuple[str, Fitted]] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """What each part of the files is, and what is to be stored of it."""

    entries: tuple[Entry, ...]
    people: tuple[str, ...]
    works: dict[str, Work]
    members: Mapping[str, Person]

    def lots(self, made: Mapping[str, Person]) -> list[Lot]:
        """What there is to store, once the people who were missing are made."""
        people = {**self.members, **made}
        return [
            Lot(work.article, work.zones, [(people[name], fitted) for name, fitted in work.sets])
            for work in self.works.values()
            if work.sets or work.article.pk is None
        ]

    def told(self) -> tuple[Entry, ...]:
        """The entries with the ids that articles have by now."""
        return tuple(
            replace(entry, article_id=self.works[entry.sha256].article.pk)
            if entry.sha256 in self.works
            else entry
            for entry in self.entries
        )


def planned(project: Project, found: Sequence[Draft | Entry], *, by: Person) -> Plan:
    """Compare drafts with the project; entries stay as they are."""
    drafts = [one for one in found if isinstance(one, Draft)]
    known = _known(project, drafts, by=by)
    works: dict[str, Work] = {}
    entries: list[Entry] = []
    ceilings = Ceilings()
    for one in found:
        told = _entries_of(one, known, works, by=by) if isinstance(one, Draft) else [one]
        for entry in told:
            entries += ceilings.fault(entry) if entry.outcome == "rejected" else [entry]
    needed = {name for work in works.values() for name, _fitted in work.sets}
    missing = sorted(needed - known.members.keys())
    return Plan(tuple(entries), tuple(missing), works, known.members)


def _entries_of(
    draft: Draft, known: Known, works: dict[str, Work], *, by: Person
) -> Iterator[Entry]:
    """Say what becomes of a draft, and put it among the works."""
    sha, article = draft.article.text_sha256, draft.article
    is_new = sha not in works and sha not in known.articles
    work = works.get(sha) or Work(
        draft.file, known.articles.get(sha, article), () if sha in known.articles else draft.zones
    )
    zones = known.zones.get(sha)
    if zones is None:
        zones = [Fragment(one.start, one.end) for one in work.zones if one.active]
    taken: list[tuple[Annotated, str, Fitted]] = []
    faults: list[Entry] = []
    for annotated, fitted in draft.sets:
        name = annotated.annotator or by.username
        place = (sha, name)
        if known.digests.get(place) == fitted.digest:
            continue
        found = list(_faults_of(place, fitted, zones, known))
        if found and place in known.digests and work.file != draft.file:
            same = _("Its text is that of %(file)s, too.") % {"file": work.file}
            found[0] = replace(found[0], reason=f"{found[0].reason} {same}")
        if not found:
            known.digests[place] = fitted.digest
            taken.append((annotated, name, _with_free_ids(fitted, known.ids)))
        faults += (_entry(draft, "rejected", annotated.file, one.line, one.reason) for one in found)
    if any(entry.file == draft.file for entry in faults):
        for _annotated, name, _fitted in taken:
            del known.digests[sha, name]
        if is_new and _asks_for_zones(draft, zones):
            own = next(at for at, entry in enumerate(faults) if entry.file == draft.file)
            faults[own] = replace(faults[own], zones=_zones_shown(draft))
        yield from faults
        return
    works[sha] = work
    work.sets += [(name, fitted) for _annotated, name, fitted in taken]
    yield _told(draft, work, taken, is_new=is_new)
    yield from faults


def _asks_for_zones(draft: Draft, zones: Sequence[Fragment]) -> bool:
    """Whether annotations lie in a zone."""
    return any(True for _set, one in draft.sets for _fault in zone_faults(one.passages, zones))


def _zones_shown(draft: Draft) -> tuple[ZoneShown, ...]:
    return tuple(zone_shown(draft.article, one) for one in draft.zones)


def _faults_of(
    place: Place, fitted: Fitted, zones: Sequence[Fragment], known: Known
) -> Iterator[Fault]:
    """What keeps an annotation set out of the project."""
    name = place[1]
    if place in known.digests:
        person = known.members.get(name)
        yield Fault(annotated_already(person or name))
    if name in known.strangers:
        active, deactivated = (
            _("%(name)s is no member of the project. Make them one, then import again: %(how)s"),
            _(
                "%(name)s is no member of the project, and deactivated. Activate the account in "
                "/admin and make them a member, then import again: %(how)s"
            ),
        )
        how = f"manage.py adduser {name} --project {known.slug} --role editor"
        reason = active if known.strangers[name] else deactivated
        yield Fault(reason % {"name": name, "how": how})
    elif name not in known.members and (fault := fault_of_name(name)):
        yield Fault(fault)
    yield from zone_faults(fitted.passages, zones)


def _with_free_ids(fitted: Fitted, taken: set[UUID]) -> Fitted:
    """The set with new ids if any of its own is in use, as when an export comes in elsewhere."""
    given = [uid for uid in (*fitted.span_uids, *fitted.link_uids) if uid]
    if taken.isdisjoint(given) and len(set(given)) == len(given):
        taken.update(given)
        return fitted
    return replace(
        fitted,
        span_uids=(None,) * len(fitted.span_uids),
        link_uids=(None,) * len(fitted.link_uids),
    )


def _told(
    draft: Draft, work: Work, taken: Sequence[tuple[Annotated, str, Fitted]], *, is_new: bool
) -> Entry:
    entry = _entry(draft, "new" if is_new or taken else "known", "", 0, "")
    lines: dict[str, int] = {}
    for annotated in draft.arrival.annotated:
        for kind, count in annotated.lines.items():
            lines[kind] = lines.get(kind, 0) + count
    notes = draft.arrival.notes
    return replace(
        entry,
        article_id=work.article.pk or 0,
        twin="" if is_new or work.article.pk else work.file,
        words=draft.article.word_count,
        spans=sum(len(fitted.reading.spans) for _annotated, _name, fitted in taken),
        links=sum(len(fitted.reading.links) for _annotated, _name, fitted in taken),
        annotators=tuple(name for _annotated, name, _fitted in taken),
        zones=_zones_shown(draft) if is_new else (),
        notes=tuple(map(shown, notes)),
        extract=draft.article.text[:LONGEST_EXTRACT] if notes else "",
        left_out=tuple(_left_out(draft)),
        lines=lines,
    )


def _left_out(draft: Draft) -> Iterator[LeftOut]:
    for one in draft.arrival.left_out:
        yield replace(one, file=draft.file, reason=shown(one.reason))
    for annotated in draft.arrival.annotated:
        for one in annotated.left_out:
            yield replace(one, file=annotated.file or draft.file, reason=shown(one.reason))


def _entry(draft: Draft, outcome: Outcome, file: str, line: int, reason: str) -> Entry:
    article = draft.article
    return Entry(
        file or draft.file,
        line or draft.arrival.line,
        outcome,
        shown(article.title),
        shown(reason),
        format=draft.format,
        sha256=article.text_sha256,
    )


def _known(project: Project, drafts: Sequence[Draft], *, by: Person) -> Known:
    """What is there of these drafts, by a few queries for all of them."""
    known = Known(slug=project.slug)
    for digests in _portions({one.article.text_sha256 for one in drafts}):
        articles = Article.objects.filter(project=project, text_sha256__in=digests).defer("text")
        for article in articles.select_for_update(no_key=True).order_by("pk"):
            article.project = project
            known.articles[article.text_sha256] = article
            known.zones[article.text_sha256] = []
    shas = {article.pk: sha for sha, article in known.articles.items()}
    for keys in _portions(shas):
        for zone in Zone.objects.filter(article__in=keys, active=True):
            known.zones[shas[zone.article_id]].append(Fragment(zone.start, zone.end))
        known.digests |= _digests_of(keys, shas)
    named = {annotated.annotator for one in drafts for annotated, _fitted in one.sets}
    names_fit = {name for name in named if not fault_of_name(name)}
    for names in _portions(names_fit | {by.username}):
        members = Membership.objects.filter(project=project, person__username__in=names)
        for membership in members.select_related("person"):
            known.members[membership.person.username] = membership.person
        others = Person.objects.filter(username__in=names).exclude(MADE_BY_IMPORT)
        others = others.exclude(username__in=known.members)
        known.strangers |= dict(others.values_list("username", "is_active"))
    known.ids = taken_ids([fitted for one in drafts for _annotated, fitted in one.sets])
    return known


def _digests_of(keys: Sequence[int], shas: Mapping[int, str]) -> dict[Place, str]:
    """What was brought in of each set of these articles, "" where it was made here."""
    rows = AnnotationSet.objects.filter(
        article__in=keys, kind=AnnotationSet.Kind.INDIVIDUAL
    ).values_list("uid", "article_id", "annotator__username")
    places = {uid: (shas[article], name) for uid, article, name in rows}
    digests = dict.fromkeys(places.values(), "")
    for uids in _portions(places):
        events = Event.objects.filter(object_uid__in=uids, verb="import")
        for uid, after in events.values_list("object_uid", "after"):
            digests[places[uid]] = after["sha256"] if after else ""
    return digests


def _portions(values: Iterable[Value]) -> Iterator[list[Value]]:
    """The values in portions that one query can hold."""
    waiting = list(values)
    for start in range(0, len(waiting), PORTION):
        yield waiting[start : start + PORTION]
