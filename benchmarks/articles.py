"""Articles of three sizes, made from the seed article and its gold annotation.

The seed's paragraphs come round and round until the words are enough; of its claims so many are
taken, evenly over the text, that the spans are enough. Nothing is random: two runs measure the
same thing. Offsets are code points of the made text. Knows nothing of Django.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple, TypedDict

from annotations.text.offsets import Fragment, Fragments, quote_of

SEEDS = Path(__file__).parent.parent / "seeds"
PARAGRAPH_BREAK = "\n\n"


class Size(NamedTuple):
    """What an article of this name holds."""

    name: str
    words: int
    spans: int


SIZES = (Size("S", 800, 40), Size("M", 10_000, 1_000), Size("L", 100_000, 10_000))


class GoldSpan(TypedDict):
    """A span as `seeds/seed_gold.json` has it."""

    id: str
    tag: str
    fragments: list[tuple[int, int]]
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class MadeSpan:
    """A passage of a made article; `key` names it in the links."""

    key: str
    tag: str
    fragments: Fragments
    quote: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link of a made article, its ends named by keys."""

    type: str
    from_key: str
    to_key: str
    cue_key: str | None


@dataclass(frozen=True, slots=True)
class MadeArticle:
    """A text and its annotation."""

    text: str
    spans: tuple[MadeSpan, ...]
    links: tuple[MadeLink, ...]


def made(size: Size) -> MadeArticle:
    """The article of a size: exactly so many words and so many spans."""
    text = text_of(size.words)
    gold = json.loads((SEEDS / "seed_gold.json").read_text(encoding="utf-8"))
    groups = list(_groups(gold["spans"], gold["links"]))
    spans = _evenly(list(_rounds(text, groups)), len(text), size.spans)
    keys = {span.key for span in spans}
    links = [
        link
        for round_number in range(_rounds_in(text))
        for link in _links(gold["links"], round_number)
        if {link.from_key, link.to_key} <= keys and (link.cue_key is None or link.cue_key in keys)
    ]
    return MadeArticle(text, tuple(spans), tuple(links))


def text_of(words: int) -> str:
    """The seed's story, round and round, cut after so many words."""
    body = _body()
    enough = PARAGRAPH_BREAK.join([body] * (words // len(body.split()) + 1))
    last = next(islice(re.finditer(r"\S+", enough), words - 1, None))
    return enough[: last.end()] + "\n"


def _body() -> str:
    """The seed article without what the web page left under it."""
    gold = json.loads((SEEDS / "seed_gold.json").read_text(encoding="utf-8"))
    text = (SEEDS / "seed_article.txt").read_bytes().decode()
    return text[: gold["body_end"]].strip()


def _groups(
    spans: Sequence[GoldSpan], links: Sequence[Mapping[str, str]]
) -> Iterator[list[GoldSpan]]:
    """Each allegation with what hangs on it and on nothing before it; then what hangs on none."""
    by_id = {span["id"]: span for span in spans}
    taken = set[str]()
    for span in spans:
        if span["tag"] == "allegation":
            ends = {span["id"]} | _hanging_on(span["id"], links, by_id)
            yield [by_id[one] for one in sorted(ends - taken)]
            taken |= ends
    yield from ([span] for span in spans if span["id"] not in taken)


def _hanging_on(
    start: str, links: Sequence[Mapping[str, str]], by_id: Mapping[str, GoldSpan]
) -> set[str]:
    known, frontier = {start}, {start}
    while frontier:
        met = {
            end
            for link in links
            for end in (link["from"], link["to"], link.get("cue"))
            if end and frontier & {link["from"], link["to"]}
        }
        frontier = {end for end in met - known if by_id[end]["tag"] != "allegation"}
        known |= frontier
    return known - {start}


def _rounds_in(text: str) -> int:
    return len(text) // (len(_body()) + len(PARAGRAPH_BREAK)) + 1


def _rounds(text: str, groups: Sequence[Sequence[GoldSpan]]) -> Iterator[list[MadeSpan]]:
    """The groups of every round that lie wholly in the text."""
    step = len(_body()) + len(PARAGRAPH_BREAK)
    for number in range(_rounds_in(text)):
        for group in groups:
            spans = [_moved(text, one, number, number * step) for one in group]
            if all(span.fragments[-1].end < len(text) for span in spans):
                yield spans


def _moved(text: str, span: GoldSpan, round_number: int, by: int) -> MadeSpan:
    fragments = tuple(Fragment(start + by, end + by) for start, end in span["fragments"])
    return MadeSpan(
        key=f"{round_number}.{span['id']}",
        tag=span["tag"],
        fragments=fragments,
        quote=quote_of(text, fragments),
        attributes=span["attributes"],
    )


def _evenly(groups: Sequence[Sequence[MadeSpan]], length: int, wanted: int) -> list[MadeSpan]:
    """So many spans: whole groups as they fall due along the text, then singles to fill up."""
    chosen, left = list[MadeSpan](), list[MadeSpan]()
    for group in sorted((one for one in groups if one), key=lambda one: one[0].fragments):
        due = wanted * group[0].fragments[0].start / length
        fits = len(chosen) <= due and len(chosen) + len(group) <= wanted
        (chosen if fits else left).extend(group)
    missing = wanted - len(chosen)
    every = max(1, len(left) // max(1, missing))
    chosen += [left[at] for at in islice(count(0, every), missing)]
    return sorted(chosen, key=lambda span: (span.fragments, span.key))


def _links(links: Sequence[Mapping[str, str]], round_number: int) -> Iterator[MadeLink]:
    for link in links:
        cue = link.get("cue")
        yield MadeLink(
            type=link["type"],
            from_key=f"{round_number}.{link['from']}",
            to_key=f"{round_number}.{link['to']}",
            cue_key=f"{round_number}.{cue}" if cue else None,
        )
