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
from annotations.scheme import TAG_OF
from annotations.text.blocks import Block
from annotations.text.offsets import Fragment
from annotations.text.segments import Piece, Segment, segments_of

register = template.Library()
PARAGRAPH_BREAK = "\n\n"
LANES = {"source": (2, 4), "evidence": (9, 4), "allegation": (15, 5)}
ZONE_KEY = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of an article with what lies on it. Offsets are code points of the article's text.

    `gap` is the text between this block and the next, `active` the spans of the open claim,
    `carded` those whose claim card is on the page.
    """

    block: Block
    text: str
    gap: str
    spans: Sequence[Span]
    zones: Sequence[Fragment] = ()
    active: Collection[int] = field(default=frozenset())
    carded: Collection[int] = field(default=frozenset())


@register.simple_tag
def paragraph(one: Paragraph, *, out_of_band: bool = False) -> SafeString:
    """A `<p>` of flat `<mark>` segments whose text is exactly the block's."""
    block, spans = one.block, {span.pk: span for span in one.spans}
    pieces = [Piece(span.pk, span.fragments) for span in one.spans]
    if one.zones:
        pieces.append(Piece(ZONE_KEY, tuple(one.zones)))
    drawn = "".join(
        _segment(one, segment, spans) for segment in segments_of(block.start, block.end, pieces)
    )
    gap = "" if one.gap == PARAGRAPH_BREAK else f' data-gap="{escape(one.gap)}"'
    oob = ' hx-swap-oob="true"' if out_of_band else ""
    return SafeString(
        f'<p id="b{block.number}" data-o="{block.start}" data-p="{block.number}"'
        f'{gap} dir="auto"{oob}>{drawn}</p>'
    )


@register.simple_tag
def ribbon(length: int, spans: Iterable[Span], zones: Iterable[Fragment], label: str) -> SafeString:
    """The article as one line: lanes of sources, evidence and allegations; zones hatched."""
    cuts = "".join(
        f"M{offset} 0v22"
        for zone in zones
        for offset in range(zone.start, zone.end, max(30, (zone.end - zone.start) // 4))
    )
    rects = "".join(_rect(span) for span in spans)
    return SafeString(
        f'<svg id="ribbon" class="ribbon" viewBox="0 0 {max(length, 1)} 22" '
        f'preserveAspectRatio="none" role="img" aria-label="{escape(label)}">'
        f'<rect class="base" width="{length}" height="22"/>'
        f'<path class="cut" d="{cuts}" vector-effect="non-scaling-stroke"/>{rects}</svg>'
    )


@register.simple_tag
def ribbon_part(span: Span) -> SafeString:
    """One span's bars, to be added to the ribbon."""
    return SafeString(_rect(span))


@register.simple_tag
def label_of(span: Span) -> SafeString:
    """A span's short name in its tag's colour."""
    return format_html('<span class="tag {}">{}</span>', _letter(span.tag), span.label)


def _segment(one: Paragraph, segment: Segment, spans: dict[int, Span]) -> str:
    block = one.block
    words = escape(one.text[segment.start - block.start : segment.end - block.start], quote=False)
    if not segment.keys:
        return words
    covering = [spans[key] for key in segment.keys if key != ZONE_KEY]
    classes = sorted({_letter(span.tag) for span in covering})
    if ZONE_KEY in segment.keys:
        classes.append("zone")
    if any(span.pk in one.active for span in covering):
        classes.append("on")
    starting = [spans[key] for key in segment.starts if key != ZONE_KEY]
    others = "".join(f'<i id="s{span.pk}"></i>' for span in starting[1:])
    return (
        f'{others}<mark{_names(starting)} class="{" ".join(classes)}"'
        f"{_keys(covering)}{_details(starting, one.carded)}>{words}</mark>"
    )


def _names(starting: Sequence[Span]) -> str:
    if not starting:
        return ""
    labels = " ".join(span.label for span in starting)
    first = starting[0]
    return f' id="s{first.pk}" data-n="{labels}" data-v="{first.version}"'


def _keys(covering: Sequence[Span]) -> str:
    return f' data-a="{" ".join(str(span.pk) for span in covering)}"' if covering else ""


def _details(starting: Sequence[Span], carded: Collection[int]) -> str:
    """Only to cards that are on the page: a reference to nothing is an error for axe."""
    cards = " ".join(f"c{span.pk}" for span in starting if span.pk in carded)
    return f' aria-details="{cards}"' if cards else ""


def _rect(span: Span) -> str:
    if span.tag not in LANES:
        return ""
    top, height = LANES[span.tag]
    return "".join(
        f'<rect class="{_letter(span.tag)} r{span.pk}" x="{start}" y="{top}" '
        f'width="{end - start}" height="{height}"/>'
        for start, end in span.fragments
    )


def _letter(tag: str) -> str:
    return TAG_OF[tag].letter.lower()  # type: ignore[index]  # the database knows no other tags
