"""The validation rules V1 to V17 that look at a whole reading or at one claim.

Level E refuses *submit*, never *save*; level W is a warning the reviewer sees. What is refused on
save already (V1 to V3, V8, V9, V17) is checked where it is written and counted here again, so that an
imported or damaged set cannot be submitted either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from annotations.scheme.attributes import fault_of_attributes
from annotations.scheme.claims import AUTHOR, Claim, claim_of, claims_of
from annotations.scheme.codebook import IMPLICIT_SOURCES, LINK_TYPE_OF
from annotations.scheme.reading import LinkValue, Reading, SpanValue
from annotations.scheme.words import gettext_noop as _
from annotations.text.blocks import Block, blocks_touching
from annotations.text.offsets import fault_of, is_blank, overlaps, quote_of

Level = Literal["E", "W"]
IMPLICIT_KEYS: Final = frozenset(source.key for source in IMPLICIT_SOURCES)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says about one span: the rule's number, its level and a sentence."""

    rule: str
    level: Level
    span: SpanValue
    message: str


MESSAGES: Final = {
    "V1": _("The passage does not fit the article's text. Remove it and tag it again."),
    "V2": _("The passage has no words in it. Remove it or choose words."),
    "V3": _("The same passage has this tag twice. Remove one."),
    "V4": _("No source yet. Who says it?"),
    "V5": _("This evidence supports no claim yet."),
    "V6": _("This source says nothing yet."),
    "V7": _("This cue belongs to no attribution yet."),
    "V8": _("A link joins passages it cannot join. Remove the link."),
    "V9": _("The links run in a circle. Remove one of them."),
    "V10": _("The same evidence both supports and refutes it. Choose one."),
    "V11": _("Said by the author and by a source: only if the author asserts it too."),
    "V12": _("The only source is anonymous and no evidence is given."),
    "V13": _("Evidence is only claimed or withheld, yet the source is certain."),
    "V14": _("Mentions of this source differ in kind or naming."),
    "V15": _("The passage runs over a paragraph break."),
    "V16": _("The source lies within the allegation."),
    "V17": _("A value is not in the codebook. Choose another."),
}

BRIEFLY: Final = {
    "V4": _("no source yet"),
    "V10": _("supported and refuted by the same evidence"),
    "V11": _("author and a source"),
    "V12": _("only source is anonymous"),
    "V13": _("evidence not shown"),
    "V16": _("source inside the allegation"),
}


def findings_of(
    reading: Reading, *, text: str, blocks: tuple[Block, ...] | None = None
) -> list[Finding]:
    """Everything the rules say about a reading of `text`, in text order, errors first."""
    found = [*_span_findings(reading, text), *link_findings(reading), *_entity_findings(reading)]
    for claim in claims_of(reading):
        found += claim_findings(claim)
    if blocks is not None:
        found += _break_findings(reading, blocks)
    return sorted(found, key=lambda one: (one.level, one.span.start, -one.span.end, one.rule))


def claim_findings(claim: Claim) -> list[Finding]:
    """What the rules about one claim say: V4, V10 to V13 and V16."""
    return [
        Finding(rule, level, claim.allegation, MESSAGES[rule])
        for rule, level, is_broken in CLAIM_RULES
        if is_broken(claim)
    ]


def warnings_of(reading: Reading, allegation: SpanValue) -> tuple[str, ...]:
    """The numbers of the W-rules that one claim breaks, such as ("V12",)."""
    claim = claim_of(reading, allegation)
    return tuple(finding.rule for finding in claim_findings(claim) if finding.level == "W")


def _has_no_source(claim: Claim) -> bool:
    return not claim.attributions


def _is_supported_and_refuted(claim: Claim) -> bool:
    supporting = {ground.span.key for ground in claim.grounds if not ground.refutes}
    return any(ground.refutes and ground.span.key in supporting for ground in claim.grounds)


def _mixes_author_and_source(claim: Claim) -> bool:
    return _is_said_by_author(claim) and bool(claim.sources)


def _rests_on_anonymous(claim: Claim) -> bool:
    """V12 holds whatever the certainty is: nobody named, and no evidence given.

    An author who asserts it too is a name; an allegation that supports it is no evidence.
    """
    if _is_said_by_author(claim) or _evidence_for(claim):
        return False
    return {source.value("naming") for source in claim.sources} == {"anonymous"}


def _evidence_is_not_shown(claim: Claim) -> bool:
    available = {span.value("availability") for span in _evidence_for(claim)}
    is_certain = claim.allegation.value("certainty") == "certain"
    return is_certain and bool(available) and available <= {"claimed", "withheld"}


def _overlaps_its_source(claim: Claim) -> bool:
    return any(
        overlaps(one, other)
        for source in claim.sources
        for one in source.fragments
        for other in claim.allegation.fragments
    )


def _is_said_by_author(claim: Claim) -> bool:
    return any(one.link.implicit == AUTHOR for one in claim.attributions)


def _evidence_for(claim: Claim) -> list[SpanValue]:
    supporting = (ground.span for ground in claim.grounds if not ground.refutes)
    return [span for span in supporting if span.tag == "evidence"]


CLAIM_RULES: Final[tuple[tuple[str, Level, Callable[[Claim], bool]], ...]] = (
    ("V4", "E", _has_no_source),
    ("V10", "E", _is_supported_and_refuted),
    ("V11", "W", _mixes_author_and_source),
    ("V12", "W", _rests_on_anonymous),
    ("V13", "W", _evidence_is_not_shown),
    ("V16", "W", _overlaps_its_source),
)


def _span_findings(reading: Reading, text: str) -> Iterator[Finding]:
    seen: set[tuple[object, ...]] = set()
    for span in reading.spans:
        if fault_of(span.fragments, length=len(text)) or span.text != quote_of(
            text, span.fragments
        ):
            yield _error("V1", span)
        if is_blank(span.text):
            yield _error("V2", span)
        if (span.tag, span.fragments) in seen:
            yield _error("V3", span)
        seen.add((span.tag, span.fragments))
        if fault_of_attributes(span.tag, dict(span.attributes)):
            yield _error("V17", span)
        yield from _use_findings(reading, span)


def _use_findings(reading: Reading, span: SpanValue) -> Iterator[Finding]:
    """V5 to V7: what nothing uses."""
    grounds = {"supports", "refutes"}
    links = reading.links_from.get(span.key, [])
    if span.tag == "evidence" and not any(link.type in grounds for link in links):
        yield _error("V5", span)
    if span.tag == "source" and span.key not in reading.linked_keys:
        yield Finding("V6", "W", span, MESSAGES["V6"])
    if span.tag == "cue" and span.key not in reading.linked_keys:
        yield Finding("V7", "W", span, MESSAGES["V7"])


def link_findings(reading: Reading) -> Iterator[Finding]:
    """V8 and V9: links that join what they cannot join, links twice, circles of links."""
    seen: set[tuple[object, ...]] = set()
    for link in reading.links:
        is_twin = _twin_key(link) in seen
        seen.add(_twin_key(link))
        if is_twin or fault_of_link(reading, link):
            known = [reading.span_of[key] for key in link.span_keys if key in reading.span_of]
            yield from (_error("V8", span) for span in [*known, *reading.spans][:1])
    for family in ({"relayed_by"}, {"supports", "refutes"}):
        for key in sorted(_keys_in_circles(reading, family)):
            yield _error("V9", reading.span_of[key])


def _twin_key(link: LinkValue) -> tuple[object, ...]:
    """What no two links of a reading have in common: a source is passed on by one source only."""
    if link.type == "relayed_by":
        return (link.type, link.from_key)
    return (link.type, link.from_key, link.to_key, link.implicit, link.group)


def fault_of_link(reading: Reading, link: LinkValue) -> str:
    """Say what rule V8 finds wrong with the ends of a link; "" when nothing."""
    link_type = LINK_TYPE_OF.get(link.type)
    if link_type is None or any(key not in reading.span_of for key in link.span_keys):
        return _("There is no such link.")
    origin = reading.span_of[link.from_key]
    target = None if link.to_key is None else reading.span_of[link.to_key]
    cue = None if link.cue_key is None else reading.span_of[link.cue_key]
    takes = IMPLICIT_KEYS if link_type.takes_implicit else frozenset[str]()
    if (target is None) == (not link.implicit) or (link.implicit and link.implicit not in takes):
        return _("A link needs exactly one end: a passage or an implicit source.")
    if link.from_key == link.to_key:
        return _("A passage cannot be linked to itself.")
    if origin.tag not in link_type.from_tags or (target and target.tag not in link_type.to_tags):
        return _("These tags cannot be joined by this kind of link.")
    if link_type.same_tag and target and target.tag != origin.tag:
        return _("Only passages with the same tag can be the same.")
    if cue and (cue.tag != "cue" or not link_type.takes_cue):
        return _("That passage cannot be the cue of this link.")
    return ""


def _keys_in_circles(reading: Reading, family: set[str]) -> set[int]:
    """The spans from which links of the family lead back to themselves."""
    targets: dict[int, set[int]] = defaultdict(set)
    for origin, links in reading.links_from.items():
        joined = {one.to_key for one in links if one.type in family}
        targets[origin] |= {key for key in joined if key is not None}
    return {key for key in targets if leads_back(targets, key)}


def leads_back(targets: dict[int, set[int]], key: int) -> bool:
    """Whether following `targets` from `key` comes back to `key`."""
    waiting, seen = list(targets.get(key, ())), set[int]()
    while waiting:
        current = waiting.pop()
        if current == key:
            return True
        if current not in seen:
            seen.add(current)
            waiting += targets.get(current, ())
    return False


def _entity_findings(reading: Reading) -> Iterator[Finding]:
    """V14: the mentions of one entity agree in kind and naming."""
    mentions: dict[str, list[SpanValue]] = defaultdict(list)
    for span in reading.tagged("source"):
        mentions[span.entity].append(span)
    for spans in mentions.values():
        if len({(span.value("kind"), span.value("naming")) for span in spans}) > 1:
            yield _error("V14", spans[0])


def _break_findings(reading: Reading, blocks: tuple[Block, ...]) -> Iterator[Finding]:
    """V15: a fragment that touches more than one block."""
    for span in reading.spans:
        if any(len(blocks_touching(blocks, *fragment)) > 1 for fragment in span.fragments):
            yield Finding("V15", "W", span, MESSAGES["V15"])


def _error(rule: str, span: SpanValue) -> Finding:
    return Finding(rule, "E", span, MESSAGES[rule])
