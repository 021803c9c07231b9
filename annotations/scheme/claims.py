"""Claims and their chains, computed from a reading and never stored.

A claim is an allegation with all that is linked to it. Its chain runs from the innermost source
through those who pass it on to the author of the article: "several sources > Jones > author"
(MPQA's nested sources in reverse, the order of FactBank).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotations.scheme.reading import LinkValue, Reading, SpanValue

AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Step:
    """One holder of a chain and the cue that shows it; no span where the source is implicit."""

    link: LinkValue
    span: SpanValue | None
    cue: SpanValue | None

    @property
    def name(self) -> str:
        """The name the chain uses: the source's, or `author` / `unspecified`."""
        return self.span.name if self.span else self.link.implicit


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to say it: the source first, then everyone who passes it on."""

    steps: tuple[Step, ...]

    @property
    def link(self) -> LinkValue:
        """The `attributed_to` link the attribution rests on."""
        return self.steps[0].link

    @property
    def names(self) -> tuple[str, ...]:
        """The holders from the innermost source to the author of the article."""
        names = tuple(step.name for step in self.steps)
        return names if names[-1] == AUTHOR else (*names, AUTHOR)

    @property
    def chain(self) -> str:
        """The holders in one line, such as "several sources > Stuart Jones > author"."""
        return " > ".join(self.names)


@dataclass(frozen=True, slots=True)
class Ground:
    """Something offered for or against a claim, and who vouches for it."""

    link: LinkValue
    span: SpanValue
    cue: SpanValue | None
    attributions: tuple[Attribution, ...]

    @property
    def refutes(self) -> bool:
        """Whether it is offered against the claim."""
        return self.link.type == "refutes"


@dataclass(frozen=True, slots=True)
class Claim:
    """An allegation with its sources and its grounds."""

    allegation: SpanValue
    attributions: tuple[Attribution, ...]
    grounds: tuple[Ground, ...]

    @property
    def sources(self) -> tuple[SpanValue, ...]:
        """The source spans the allegation is attributed to, without those who pass it on."""
        steps = (attribution.steps[0] for attribution in self.attributions)
        return tuple(step.span for step in steps if step.span)

    @property
    def depth(self) -> int:
        """How many holders the longest chain has, the author included; 0 without a source."""
        return max((len(attribution.names) for attribution in self.attributions), default=0)

    @property
    def spans(self) -> tuple[SpanValue, ...]:
        """Every span of the claim, each once, the allegation first."""
        return tuple({span.key: span for span in self._spans()}.values())

    @property
    def span_keys(self) -> tuple[int, ...]:
        """Their keys."""
        return tuple(span.key for span in self.spans)

    def _spans(self) -> Iterator[SpanValue]:
        yield self.allegation
        yield from _spans_of(self.attributions)
        for ground in self.grounds:
            yield ground.span
            if ground.cue:
                yield ground.cue
            yield from _spans_of(ground.attributions)


def claims_of(reading: Reading) -> list[Claim]:
    """Every claim of the reading, in the order of the text."""
    return [claim_of(reading, allegation) for allegation in reading.tagged("allegation")]


def claim_of(reading: Reading, allegation: SpanValue) -> Claim:
    """The claim an allegation makes."""
    grounds = tuple(
        Ground(
            link=link,
            span=reading.span_of[link.from_key],
            cue=_cue(reading, link),
            attributions=_attributions(reading, link.from_key)
            if reading.span_of[link.from_key].tag == "evidence"
            else (),
        )
        for link in reading.links_to.get(allegation.key, [])
        if link.type in ("supports", "refutes")
    )
    return Claim(allegation, _attributions(reading, allegation.key), grounds)


def _attributions(reading: Reading, key: int) -> tuple[Attribution, ...]:
    links = [link for link in reading.links_from.get(key, []) if link.type == "attributed_to"]
    return tuple(Attribution(tuple(_steps(reading, link))) for link in links)


def _steps(reading: Reading, link: LinkValue) -> Iterator[Step]:
    """Follow `relayed_by` outwards; a circle, refused on save, would end the walk."""
    seen: set[int] = set()
    current: LinkValue | None = link
    while current is not None:
        span = None if current.to_key is None else reading.span_of[current.to_key]
        yield Step(current, span, _cue(reading, current))
        if span is None or span.key in seen:
            return
        seen.add(span.key)
        outgoing = reading.links_from.get(span.key, [])
        current = next((one for one in outgoing if one.type == "relayed_by"), None)
        if current and current.to_key in seen:
            return


def _cue(reading: Reading, link: LinkValue) -> SpanValue | None:
    return None if link.cue_key is None else reading.span_of[link.cue_key]


def _spans_of(attributions: tuple[Attribution, ...]) -> Iterator[SpanValue]:
    for attribution in attributions:
        for step in attribution.steps:
            if step.span:
                yield step.span
            if step.cue:
                yield step.cue
