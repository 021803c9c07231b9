"""Whether annotations made elsewhere fit a text: plain values in, plain values out, no database.

Every part is checked before any is stored, and every fault is named, with the line it stands on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.models.link import LONGEST_GROUP
from annotations.models.span import MAX_FRAGMENTS
from annotations.scheme import (
    TAG_OF,
    LinkValue,
    Reading,
    SpanValue,
    fault_of_attributes,
    fault_of_link,
    link_findings,
)
from annotations.text.offsets import Fragment, Fragments, fault_of, quote_of, touches
from annotations.text.quotes import quote_type_of
from annotations.workflow.describing import worded
from annotations.workflow.refusals import Unfit

MOST_WORDS_SHOWN = 200  # code points of a quote in a message


@dataclass(frozen=True, slots=True)
class Passage:
    """A span to bring in: its key within the import, tag, fragments (code points) and quote.

    `line` is where it stands in its file, 0 where its article does.
    """

    key: str
    tag: str
    fragments: Fragments
    quote: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    uid: UUID | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """A link to bring in, its ends named by the keys of passages."""

    type: str
    from_key: str
    to_key: str | None = None
    implicit: str = ""
    cue_key: str | None = None
    negated: bool = False
    group: str = ""
    uid: UUID | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not fit, and the line it stands on, 0 where its article does."""

    reason: str
    line: int = 0


class Misfits(Unfit):
    """Annotations that do not fit; `faults` names all that is wrong, str() the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults[0].reason)
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Fitted:
    """An annotation set to be, checked: its reading and the ids its parts come with.

    Keys of the reading are positions: of spans in `span_uids`, of links in `link_uids`. The digest
    names what was brought, whatever its order and its ids.
    """

    reading: Reading
    passages: tuple[Passage, ...]
    span_uids: tuple[UUID | None, ...]
    link_uids: tuple[UUID | None, ...]
    digest: str


def fitted_to(text: str, passages: Sequence[Passage], relations: Sequence[Relation]) -> Fitted:
    """Compare every part with the text and the codebook; Misfits names all that do not fit."""
    order = _in_text_order(text, passages)
    keys = {passage.key: index for index, passage in enumerate(order)}
    spans = tuple(_span_values(text, order))
    links = _link_values(relations, keys)
    reading = Reading(spans, links)
    _check_links(reading, relations, order)
    return Fitted(
        reading,
        tuple(order),
        tuple(one.uid for one in order),
        tuple(one.uid for one in relations),
        _digest(text, order, links),
    )


def zone_faults(passages: Sequence[Passage], zones: Sequence[Fragment]) -> Iterator[Fault]:
    """Passages that touch a zone in which nothing may be annotated."""
    for zone in zones:
        for passage in passages:
            if touches(passage.fragments, zone):
                yield Fault(
                    _(
                        "%(key)s lies in boilerplate, from %(start)d to %(end)d of the text. Say "
                        "that it is part of the article, or leave the passage out."
                    )
                    % {"key": passage.key, "start": zone.start, "end": zone.end},
                    passage.line,
                )


def _in_text_order(text: str, passages: Sequence[Passage]) -> list[Passage]:
    faults = [
        Fault(reason, passage.line) for passage in passages if (reason := _fault_of(text, passage))
    ]
    keys: set[str] = set()
    places: set[tuple[str, Fragments]] = set()
    for passage in passages:
        place = (passage.tag, passage.fragments)
        if passage.key in keys:
            reason = _("The id %(key)s is used twice. Give one of the two another id.") % {
                "key": passage.key
            }
            faults.append(Fault(reason, passage.line))
        elif place in places:
            reason = _("Two passages have the same tag and the same offsets. Leave one out.")
            faults.append(Fault(f"{passage.key}: {reason}", passage.line))
        keys.add(passage.key)
        places.add(place)
    if faults:
        raise Misfits(faults)
    return sorted(passages, key=lambda one: (one.fragments[0].start, -one.fragments[-1].end))


def _fault_of(text: str, passage: Passage) -> str:
    """What rules V1 and V17 refuse on save.

    Of V2 only white space is refused here: corpora tag lone colons and dashes as cues, and the
    rule tells of them before submit.
    """
    if passage.tag not in TAG_OF:
        return _("%(key)s: There is no tag “%(tag)s”. Choose one of %(tags)s.") % {
            "key": passage.key,
            "tag": passage.tag,
            "tags": ", ".join(TAG_OF),
        }
    fault = fault_of(passage.fragments, length=len(text)) or fault_of_attributes(
        passage.tag, {key: value for key, value in passage.attributes.items() if value}
    )
    if fault:
        return _("%(key)s: %(fault)s. Correct it, or leave it out.") % {
            "key": passage.key,
            "fault": fault.rstrip("."),
        }
    if len(passage.fragments) > MAX_FRAGMENTS or not passage.quote.strip():
        return _("%(key)s: A passage has words, in at most %(most)d parts.") % {
            "key": passage.key,
            "most": MAX_FRAGMENTS,
        }
    found = quote_of(text, passage.fragments)
    return "" if found == passage.quote else difference(passage.key, passage.quote, found)


def difference(key: str, quote: str, found: str) -> str:
    """Say that a passage quotes other words than its offsets have."""
    return _("%(key)s quotes “%(quote)s”, but the text has “%(text)s” at its offsets.") % {
        "key": key,
        "quote": quote[:MOST_WORDS_SHOWN],
        "text": found[:MOST_WORDS_SHOWN],
    }


def _span_values(text: str, order: Sequence[Passage]) -> Iterator[SpanValue]:
    numbers: dict[str, int] = {}
    for index, passage in enumerate(order):
        numbers[passage.tag] = numbers.get(passage.tag, 0) + 1
        try:
            attributes = _attributes(text, passage)
        except Unfit as error:
            raise Misfits([Fault(f"{passage.key}: {error}", passage.line)]) from error
        yield SpanValue(
            index,
            passage.tag,
            passage.fragments,
            passage.quote,
            attributes,
            numbers[passage.tag],
        )


def _attributes(text: str, passage: Passage) -> dict[str, str]:
    given = {key: worded(value) for key, value in passage.attributes.items() if value.strip()}
    if passage.tag == "allegation" and "quote_type" not in given:
        given["quote_type"] = quote_type_of(text, passage.fragments)
    return given


def _link_values(relations: Sequence[Relation], keys: Mapping[str, int]) -> tuple[LinkValue, ...]:
    faults: list[Fault] = []
    links: list[LinkValue] = []
    for index, relation in enumerate(relations):
        try:
            links.append(_link_value(index, relation, keys))
        except Unfit as error:
            faults.append(Fault(str(error), relation.line))
    if faults:
        raise Misfits(faults)
    return tuple(links)


def _link_value(index: int, relation: Relation, keys: Mapping[str, int]) -> LinkValue:
    if len(relation.group) > LONGEST_GROUP:
        reason = _("The group “%(group)s…” is too long. Shorten it to %(most)d characters.")
        raise Unfit(reason % {"group": relation.group[:50], "most": LONGEST_GROUP})
    for key in (relation.from_key, relation.to_key, relation.cue_key):
        if key is not None and key not in keys:
            reason = _(
                "A link names %(key)s, which is not among the spans. Add it, or leave it out."
            )
            raise Unfit(reason % {"key": key})
    return LinkValue(
        index,
        relation.type,
        keys[relation.from_key],
        None if relation.to_key is None else keys[relation.to_key],
        relation.implicit,
        None if relation.cue_key is None else keys[relation.cue_key],
        relation.negated,
        worded(relation.group),
    )


def _check_links(reading: Reading, relations: Sequence[Relation], order: Sequence[Passage]) -> None:
    faults = [
        Fault(f"{relation.type} {relation.from_key} → {relation.to_key}: {_(fault)}", relation.line)
        for relation, link in zip(relations, reading.links, strict=True)
        if (fault := fault_of_link(reading, link))
    ]
    if not faults and (finding := next(link_findings(reading), None)):
        passage = order[finding.span.key]
        faults.append(Fault(f"{passage.key}: {_(finding.message)}", passage.line))
    if faults:
        raise Misfits(faults)


def _digest(text: str, order: Sequence[Passage], links: Sequence[LinkValue]) -> str:
    """SHA-256 of the spans and links as canonical JSON, in an order of their own.

    What the text says by itself is left out, so that it does not matter whether a file has it.
    """
    spans = sorted(
        [one.tag, one.fragments, sorted(_own_attributes(text, one).items())] for one in order
    )
    places: dict[int | None, object] = {
        index: [one.tag, one.fragments] for index, one in enumerate(order)
    }
    joined = [
        [
            one.type,
            places[one.from_key],
            places.get(one.to_key),
            one.implicit,
            places.get(one.cue_key),
            one.negated,
            one.group,
        ]
        for one in links
    ]
    told = [spans, sorted(joined, key=str)]
    canonical = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _own_attributes(text: str, passage: Passage) -> dict[str, str]:
    """The attributes of a passage that are more than what its quotation marks say."""
    given = {key: value.strip() for key, value in passage.attributes.items() if value.strip()}
    if "quote_type" in given and given["quote_type"] == quote_type_of(text, passage.fragments):
        del given["quote_type"]
    return given
