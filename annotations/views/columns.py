"""The article's column: paragraphs with what lies on them, and zones folded away.

Offsets are code points of the article's text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from annotations.models import AnnotationSet, Article, Span, Zone
from annotations.templatetags.article_text import Paragraph
from annotations.text.blocks import Block, blocks_of, blocks_touching
from annotations.text.offsets import Fragment


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the article's column: paragraphs to annotate, or a zone that is folded away."""

    paragraphs: tuple[Paragraph, ...] = ()
    zone: Zone | None = None
    zone_text: str = ""


def paragraphs_of(
    annotation_set: AnnotationSet, stretches: Iterable[Fragment], *, carded: Collection[int] | None
) -> list[Paragraph]:
    """The paragraphs on these stretches; `carded` is None if all cards are there. Two queries."""
    article = annotation_set.article
    blocks = blocks_of_text(article.text)
    touched = sorted({one for part in stretches for one in blocks_touching(blocks, *part)})
    if not touched:
        return []
    near = Span.objects.filter(annotation_set=annotation_set)
    spans = list(near.touching(touched[0].start, touched[-1].end))
    zones = list(Zone.objects.filter(article=article, active=True))
    if carded is None:
        carded = {span.pk for span in spans if span.tag == "allegation"}
    return [_paragraph(article.text, blocks, one, spans, zones, (), carded) for one in touched]


def stretches_of(
    article: Article,
    spans: Sequence[Span],
    zones: Sequence[Zone],
    lit: Collection[int],
    carded: Collection[int],
) -> Iterable[Stretch]:
    """The article's column in order; a block wholly inside a zone is folded away with it."""
    blocks, waiting = blocks_of_text(article.text), list[Paragraph]()
    lying_on = defaultdict[int, list[Span]](list)
    for span in spans:
        for block in blocks_touching(blocks, span.start, span.end):
            lying_on[block.number].append(span)
    text, folded = article.text, None
    for block in blocks:
        zone = _zone_around(block, zones)
        if zone is None:
            on_it = lying_on[block.number]
            waiting.append(_paragraph(text, blocks, block, on_it, zones, lit, carded))
        elif zone is not folded:
            yield from _flushed(waiting)
            yield Stretch(zone=zone, zone_text=text[block.start : zone.end].strip())
            folded = zone
    yield from _flushed(waiting)


def _flushed(waiting: list[Paragraph]) -> Iterable[Stretch]:
    if waiting:
        yield Stretch(tuple(waiting))
        waiting.clear()


def _zone_around(block: Block, zones: Sequence[Zone]) -> Zone | None:
    around = (one for one in zones if one.start <= block.start and block.end <= one.end)
    return next(around, None)


def _paragraph(
    text: str,
    blocks: Sequence[Block],
    block: Block,
    spans: Sequence[Span],
    zones: Sequence[Zone],
    lit: Collection[int],
    carded: Collection[int],
) -> Paragraph:
    following = blocks[block.number].start if block.number < len(blocks) else block.end
    return Paragraph(
        block=block,
        text=text[block.start : block.end],
        gap=text[block.end : following] or "\n\n",
        spans=[one for one in spans if one.start < block.end and one.end > block.start],
        zones=[
            Fragment(max(one.start, block.start), min(one.end, block.end))
            for one in zones
            if one.start < block.end and one.end > block.start
        ],
        active=lit,
        carded=carded,
    )


@lru_cache(maxsize=16)
def blocks_of_text(text: str) -> tuple[Block, ...]:
    """The blocks of a text, remembered: an article's text never changes."""
    return blocks_of(text)
