"""Draws an article's paragraphs and ribbon: the only HTML that Python builds itself.

A template loop over segments is nine times slower (measured), and a long article has thousands.
Every piece of text is escaped here, and nothing but whole numbers and letters stands in attributes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from annotations.models import Span
from annotations.models.span import Mark
from annotations.scheme import TAGS
from annotations.text.blocks import Block
from annotations.text.offsets import Fragment, Fragments
from annotations.text.runs import runs_of
from annotations.text.segments import Piece, Segment, segments_of

register = template.Library()
PARAGRAPH_BREAK = "\n\n"
LETTER = {str(tag.key): tag.letter.lower() for tag in TAGS}
LANES = {"source": (2, 4), "evidence": (9, 4), "allegation": (15, 5)}
MOST_BARS = 1500
ZONE_KEY = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of an article with what lies on it. Offsets are code points of the article's text.

    `gap` is the text between this block and the next, `active` the spans of the open claim,
    `carded` those whose claim card is on the page, `since` the end of the block before: a span
    that begins in the blank lines between, as corpora have it, has its anchor here.
    """

    block: Block
    text: str
    gap: str
    spans: Sequence[Mark]
    zones: Sequence[Fragment] = ()
    active: Collection[int] = field(default=frozenset())
    carded: Collection[int] = field(default=frozenset())
    since: int | None = None


@register.simple_tag
def paragraph(one: Paragraph, *, out_of_band: bool = False) -> SafeString:
    """A `<p>` of flat `<mark>` segments whose text is exactly the block's.

    A span has one anchor where it starts, with its name and version: the outermost of those that
    start together on the mark, which names them all, each further one on an empty `<i>` before it.
    The first mark of each later part of a divided span has the class `part`.
    """
    block, spans = one.block, {span.pk: span for span in one.spans}
    pieces = [Piece(span.pk, _parts_here(one, span)) for span in one.spans]
    if one.zones:
        pieces.append(Piece(ZONE_KEY, tuple(one.zones)))
    resuming = {part.start for span in one.spans for part in span.fragments[1:]}
    drawn = "".join(
        [
            _segment(one, segment, spans, resuming)
            for segment in segments_of(block.start, block.end, pieces)
        ]
    )
    gap = "" if one.gap == PARAGRAPH_BREAK else f' data-gap="{escape(one.gap)}"'
    oob = ' hx-swap-oob="true"' if out_of_band else ""
    return SafeString(
        f'<p id="b{block.number}" data-o="{block.start}" data-p="{block.number}"'
        f'{gap} dir="auto"{oob}>{drawn}</p>'
    )


@register.simple_tag
def ribbon(length: int, spans: Sequence[Mark], zones: Iterable[Fragment], label: str) -> SafeString:
    """The article as one line: lanes of sources, evidence and allegations; zones hatched.

    Each span has a bar of its own, which goes when the span does. Where there are more than 1,500,
    each lane is one path of merged runs instead, a thousandth of the line wide or more: what is
    tagged later is added as a bar, what is removed stays until the page is loaded anew.
    """
    cuts = "".join(
        f"M{offset} 0v22"
        for zone in zones
        for offset in range(zone.start, zone.end, max(30, (zone.end - zone.start) // 4))
    )
    bars = (
        "".join(map(_rect, spans))
        if len(spans) <= MOST_BARS
        else "".join(_lane(tag, spans, length) for tag in LANES)
    )
    return SafeString(
        f'<svg id="ribbon" class="ribbon" viewBox="0 0 {max(length, 1)} 22" '
        f'preserveAspectRatio="none" role="img" aria-label="{escape(label)}">'
        f'<rect class="base" width="{length}" height="22"/>'
        f'<path class="cut" d="{cuts}" vector-effect="non-scaling-stroke"/>{bars}</svg>'
    )


@register.simple_tag
def ribbon_part(span: Mark | Span) -> SafeString:
    """One span's bars, to be added to the ribbon."""
    return SafeString(_rect(span))


@register.simple_tag
def label_of(span: Mark | Span) -> SafeString:
    """A span's short name in its tag's colour."""
    return format_html('<span class="tag {}">{}</span>', LETTER[span.tag], span.label)


def _segment(
    one: Paragraph, segment: Segment, spans: dict[int, Mark], resuming: Collection[int]
) -> str:
    start = one.block.start
    words = escape(one.text[segment.start - start : segment.end - start], quote=False)
    if not segment.keys:
        return words
    covering = [spans[key] for key in segment.keys if key != ZONE_KEY]
    starting = [spans[key] for key in segment.starts if key != ZONE_KEY]
    classes = sorted({LETTER[span.tag] for span in covering})
    if ZONE_KEY in segment.keys:
        classes.append("zone")
    if segment.start in resuming:
        classes.append("part")
    if one.active and any(span.pk in one.active for span in covering):
        classes.append("on")
    return (
        f'{_further(starting)}<mark{_names(starting)} class="{" ".join(classes)}"'
        f"{_keys(covering)}{_details(starting, one.carded)}>{words}</mark>"
    )


def _further(starting: Sequence[Mark]) -> str:
    """The anchors of all but the first of the spans that start together."""
    return "".join(
        f'<i id="s{span.pk}" data-n="{span.label}" data-v="{span.version}"{_reach(span)}></i>'
        for span in starting[1:]
    )


def _parts_here(one: Paragraph, span: Mark) -> Fragments:
    """The fragments of a span; one that begins in the blank lines before begins with the block."""
    parts, start = span.fragments, one.block.start
    if one.since is None or not one.since <= span.start < start:
        return parts
    return tuple(Fragment(max(start, part.start), part.end) for part in parts if part.end > start)


def _names(starting: Sequence[Mark]) -> str:
    if not starting:
        return ""
    labels = " ".join([span.label for span in starting])
    first = starting[0]
    return f' id="s{first.pk}" data-n="{labels}" data-v="{first.version}"{_reach(first)}'


def _reach(span: Mark) -> str:
    """Where the last part of a divided span ends, so that a script finds its marks from the anchor on."""
    return f' data-e="{span.fragments[-1].end}"' if len(span.fragments) > 1 else ""


def _keys(covering: Sequence[Mark]) -> str:
    return f' data-a="{" ".join([str(span.pk) for span in covering])}"' if covering else ""


def _details(starting: Sequence[Mark], carded: Collection[int]) -> str:
    """Only to cards that are on the page: a reference to nothing is an error for axe."""
    cards = " ".join([f"c{span.pk}" for span in starting if span.pk in carded])
    return f' aria-details="{cards}"' if cards else ""


def _rect(span: Mark | Span) -> str:
    if span.tag not in LANES:
        return ""
    top, height = LANES[span.tag]
    return "".join(
        f'<rect class="{LETTER[span.tag]} r{span.pk}" x="{start}" y="{top}" '
        f'width="{end - start}" height="{height}"/>'
        for start, end in span.fragments
    )


def _lane(tag: str, spans: Iterable[Mark], length: int) -> str:
    """One path for all that has this tag."""
    top, height = LANES[tag]
    parts = (part for span in spans if span.tag == tag for part in span.fragments)
    drawn = "".join(
        f"M{start} {top}h{end - start}v{height}h{start - end}z"
        for start, end in runs_of(parts, length)
    )
    return f'<path class="{LETTER[tag]}" d="{drawn}"/>'
