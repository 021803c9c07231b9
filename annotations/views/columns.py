"""The article's column: paragraphs with what lies on them, and zones folded away.

Offsets are code points of the article's text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_

from django.db.models import Q

from annotations.models import AnnotationSet, Article, Span, Zone
from annotations.models.span import Mark
from annotations.templatetags.article_text import Paragraph
from annotations.text.blocks import Block, blocks_of, blocks_touching
from annotations.text.offsets import Fragment
from annotations.views.rails import Window


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the article's column: paragraphs to annotate, or a zone.

    A zone is folded away, or told of below its last paragraph: one within a paragraph, one lifted.
    """

    paragraphs: tuple[Paragraph, ...] = ()
    zone: Zone | None = None
    zone_text: str = ""
    is_folded: bool = True


def paragraphs_of(
    annotation_set: AnnotationSet, stretches: Iterable[Fragment], *, window: Window
) -> list[Paragraph]:
    """The paragraphs on these stretches, on a page with this window of cards. Two queries."""
    article = annotation_set.article
    blocks = blocks_of_text(article.text)
    touched = sorted({one for part in stretches for one in blocks_touching(blocks, *part)})
    if not touched:
        return []
    spans = Span.objects.filter(_on(touched), annotation_set=annotation_set).marks()
    zones = list(Zone.objects.filter(article=article, active=True))
    carded = {span.pk for span in spans if span.tag == "allegation" and window.holds(span.start)}
    return [_paragraph(article.text, blocks, one, spans, zones, (), carded) for one in touched]


def _on(blocks: Iterable[Block]) -> Q:
    """The spans on these blocks; neighbours are asked for together, as a rule there is one."""
    runs = list[Fragment]()
    last = 0
    for number, start, end in blocks:
        begins = runs.pop().start if runs and number == last + 1 else start
        runs.append(Fragment(begins, end))
        last = number
    return reduce(or_, (Q(start__lt=end, end__gt=start) for start, end in runs))


def stretches_of(
    article: Article,
    spans: Sequence[Mark],
    zones: Sequence[Zone],
    lit: Collection[int],
    carded: Collection[int],
) -> Iterable[Stretch]:
    """The article's column in order; a block wholly inside an active zone is folded away with it."""
    blocks, waiting = blocks_of_text(article.text), list[Paragraph]()
    told, zones = _told_below(blocks, zones), [zone for zone in zones if zone.active]
    lying_on = defaultdict[int, list[Mark]](list)
    for span in spans:
        for block in blocks_touching(blocks, span.start, span.end):
            lying_on[block.number].append(span)
    text, folded = article.text, None
    for block in blocks:
        zone = _zone_around(block, zones)
        if zone is None:
            on_it = lying_on[block.number]
            waiting.append(_paragraph(text, blocks, block, on_it, zones, lit, carded))
            for one in told[block.number]:
                yield from _flushed(waiting)
                yield Stretch(
                    zone=one, zone_text=text[one.start : one.end].strip(), is_folded=False
                )
        elif zone is not folded:
            yield from _flushed(waiting)
            yield Stretch(zone=zone, zone_text=text[block.start : zone.end].strip())
            folded = zone
    yield from _flushed(waiting)


def _flushed(waiting: list[Paragraph]) -> Iterable[Stretch]:
    if waiting:
        yield Stretch(tuple(waiting))
        waiting.clear()


def _zone_around(block: Block, zones: Iterable[Zone]) -> Zone | None:
    around = (one for one in zones if one.start <= block.start and block.end <= one.end)
    return next(around, None)


def _told_below(blocks: Sequence[Block], zones: Iterable[Zone]) -> dict[int, list[Zone]]:
    """The zones that are not folded away, by the number of the last block they touch."""
    found = defaultdict[int, list[Zone]](list)
    for zone in zones:
        touched = blocks_touching(blocks, zone.start, zone.end)
        is_folded = zone.active and any(_zone_around(block, [zone]) for block in touched)
        if touched and not is_folded:
            found[touched[-1].number].append(zone)
    return found


def _paragraph(
    text: str,
    blocks: Sequence[Block],
    block: Block,
    spans: Sequence[Mark],
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
        since=blocks[block.number - 2].end if block.number > 1 else 0,
    )


@lru_cache(maxsize=16)
def blocks_of_text(text: str) -> tuple[Block, ...]:
    """The blocks of a text, remembered: an article's text never changes."""
    return blocks_of(text)
