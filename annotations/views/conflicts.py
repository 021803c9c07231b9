"""Changes that came too late, with both versions: what somebody wanted, and how it is now.

How it came to be so is read from the log. For the template `_conflict.html`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from annotations.models import AnnotationSet, Event, Link, Person, Span
from annotations.models.span import fragments_from
from annotations.scheme import (
    ATTRIBUTES,
    IMPLICIT_SOURCES,
    LINK_TYPE_OF,
    TAG_OF,
    Attribute,
    attributes_of,
)
from annotations.text.offsets import Fragments
from annotations.views.requests import MemberRequest

MOST_EVENTS = 500  # the latest of a set, in which the last change of a span is looked for
NOT_SENT_AGAIN = {"csrfmiddlewaretoken", "version", "again"}

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a person tried to do to one span or link, in words such as “tag it as Source”."""

    subject: Span | Link
    wanted: str


@dataclass(frozen=True, slots=True)
class Present:
    """A span or link as it is now; where it is gone, as it was when it was removed.

    `tag` is the word for its tag, `attributes` pairs of words; a link has neither. `by` and `at`
    tell of its last change, "" and None where the log does not.
    """

    label: str
    quote: str
    tag: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    by: str = ""
    at: datetime | None = None
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """The same form once more, now with the version that stands."""

    action: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both versions, and how to insist; `again` is None for what is gone.

    `stretches` is where it stands or stood, `gone` the claim that went with it.
    """

    wanted: str
    now: Present
    again: Again | None
    stretches: Fragments = ()
    gone: tuple[int, ...] = ()


def conflict_of(request: MemberRequest, attempt: Attempt) -> Conflict | None:
    """Both versions; None where what was wanted rests on the span or link as it still is."""
    subject = attempt.subject
    annotation_set = subject.annotation_set
    rows = Span.objects if isinstance(subject, Span) else Link.objects
    known = rows.filter(pk=subject.pk).first()
    if known is None:
        return _of_gone(annotation_set, attempt)
    seen = request.POST.get("version")
    if isinstance(known, Link) or seen in (None, str(known.version)):
        return None
    row = {"tag": known.tag, "number": known.number, "text": known.text}
    event = _last_change(annotation_set, str(known.uid))
    now = _of_span(row | {"attributes": known.attributes}, event)
    again = Again(request.path, _fields(request.POST, version=known.version))
    return Conflict(attempt.wanted, now, again, known.fragments)


def values_in_words(tag: str, data: QueryDict) -> str:
    """Attributes as they were sent, such as “Kind: group”; without a tag, those of any tag."""
    known = attributes_of(tag) or ATTRIBUTES
    sent = {one.key: one for one in reversed(known) if one.key in data}
    pairs = (_in_words(one, str(data[key])) for key, one in reversed(sent.items()))
    return ", ".join(": ".join(pair) for pair in pairs)


def _of_gone(annotation_set: AnnotationSet, attempt: Attempt) -> Conflict:
    """What is left to tell of a span or link that is gone."""
    is_span = isinstance(attempt.subject, Span)
    event, row = _removal(annotation_set, "spans" if is_span else "links", attempt.subject.pk)
    if event is None:
        return Conflict(attempt.wanted, Present("", "", is_gone=True), None)
    if not is_span:
        return Conflict(attempt.wanted, _of_link(annotation_set, row, event), None)
    gone = (attempt.subject.pk,) if row["tag"] == "allegation" else ()
    stretches = fragments_from(row["fragments"])
    return Conflict(attempt.wanted, _of_span(row, event, is_gone=True), None, stretches, gone)


def _of_span(row: Row, event: Event | None, *, is_gone: bool = False) -> Present:
    tag = TAG_OF[row["tag"]]
    values = [(one, row["attributes"].get(one.key)) for one in attributes_of(tag.key)]
    return Present(
        label=f"{tag.letter}{row['number']}",
        quote=row["text"],
        tag=_(tag.label),
        attributes=tuple(_in_words(one, value) for one, value in values if value),
        by=_name_of(event.actor) if event else "",
        at=event.at if event else None,
        is_gone=is_gone,
    )


def _of_link(annotation_set: AnnotationSet, row: Row, event: Event) -> Present:
    """A link that is gone, called by the words at its ends."""
    spans = Span.objects.filter(annotation_set=annotation_set, uid__in=[row["from"], row["to"]])
    rows = _rows(event.before, "spans").items()
    texts: dict[str, str] = {uid: one["text"] for uid, one in rows if one}
    texts |= {str(span.uid): span.text for span in spans}
    ends = (texts.get(row["from"], ""), texts.get(row["to"]) or _implicit(row["implicit"]))
    return Present(
        label=_(LINK_TYPE_OF[row["type"]].label),
        quote=" → ".join(ends),
        by=_name_of(event.actor),
        at=event.at,
        is_gone=True,
    )


def _implicit(key: str) -> str:
    return next((_(one.label) for one in IMPLICIT_SOURCES if one.key == key), "")


def _in_words(attribute: Attribute, value: str) -> tuple[str, str]:
    label = attribute.label_of(value)
    return _(attribute.label), _(label) if attribute.values and label else label or _("not set")


def _fields(data: QueryDict, *, version: int) -> tuple[tuple[str, str], ...]:
    """The fields of a form to send once more: `again` says that the conflict has been seen."""
    kept = [
        (name, value)
        for name, values in data.lists()
        if name not in NOT_SENT_AGAIN
        for value in values
    ]
    return (*kept, ("version", str(version)), ("again", "yes"))


def _last_change(annotation_set: AnnotationSet, uid: str) -> Event | None:
    """The latest event that wrote this span."""
    events = _latest(annotation_set)
    return next((one for one in events if uid in _rows(one.after, "spans")), None)


def _removal(annotation_set: AnnotationSet, kind: str, pk: int) -> tuple[Event | None, Row]:
    """The event that removed the span or link with this primary key, and the row it had."""
    for event in _latest(annotation_set):
        after = _rows(event.after, kind)
        for uid, row in _rows(event.before, kind).items():
            if row and row.get("id") == pk and not after.get(uid):
                return event, row
    return None, {}


def _latest(annotation_set: AnnotationSet) -> Iterable[Event]:
    events = Event.objects.of_article(annotation_set.article.uid)
    mine = events.filter(annotation_set_uid=annotation_set.uid)
    return mine.order_by("-number")[:MOST_EVENTS].iterator()


def _rows(state: Mapping[str, Any] | None, kind: str) -> dict[str, Row | None]:
    """The spans or links of a logged state by uid; none in an event that tells of other things."""
    return (state or {}).get(kind) or {}


def _name_of(username: str) -> str:
    person = Person.objects.filter(username=username).first()
    return person.get_full_name() if person else username
