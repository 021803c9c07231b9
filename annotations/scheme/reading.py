"""One annotator's reading of an article as plain values, free of the database.

Rules, claims, cards, exports and agreement work on these. Offsets are Unicode code points of the
article's text, end exclusive; keys are whatever whole numbers the maker of the reading uses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from annotations.scheme.attributes import attribute_of
from annotations.scheme.codebook import TAGS
from annotations.text.offsets import Fragments


@dataclass(frozen=True, slots=True)
class SpanValue:
    """A tagged passage: fragments (code points), the words it quotes, its attributes.

    `version` is that of the row it was read from; it says nothing about the passage itself.
    """

    key: int
    tag: str
    fragments: Fragments
    text: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    number: int = 0
    version: int = field(default=0, compare=False)

    @property
    def start(self) -> int:
        """First code point of the first fragment."""
        return self.fragments[0].start

    @property
    def end(self) -> int:
        """Code point after the last fragment."""
        return self.fragments[-1].end

    @property
    def label(self) -> str:
        """The short name people use for it, such as A4."""
        return f"{self.letter}{self.number}"

    @property
    def letter(self) -> str:
        """The letter of its tag."""
        return next(tag.letter for tag in TAGS if tag.key == self.tag)

    def value(self, key: str) -> str:
        """The value of an attribute, its default where nobody set it."""
        attribute = attribute_of(self.tag, key)
        return self.attributes.get(key) or (attribute.default if attribute else "")

    @property
    def entity(self) -> str:
        """The canonical name of a source: the one a person gave, else its words."""
        return self.attributes.get("entity") or self.text

    @property
    def name(self) -> str:
        """How a chain calls a source: its entity, or its own words where it is anonymous."""
        return self.text if self.value("naming") == "anonymous" else self.entity


@dataclass(frozen=True, slots=True)
class LinkValue:
    """A typed relation from a span to a span or to an implicit source, with its cue."""

    key: int
    type: str
    from_key: int
    to_key: int | None = None
    implicit: str = ""
    cue_key: int | None = None
    negated: bool = False
    group: str = ""

    @property
    def span_keys(self) -> tuple[int, ...]:
        """The keys of the spans it uses: its ends, then its cue."""
        keys = (self.from_key, self.to_key, self.cue_key)
        return tuple(key for key in keys if key is not None)


@dataclass(frozen=True)
class Reading:
    """Spans and links of one annotation set, with the look-ups that questions about them need."""

    spans: tuple[SpanValue, ...]
    links: tuple[LinkValue, ...]

    @cached_property
    def span_of(self) -> dict[int, SpanValue]:
        """The spans by key."""
        return {span.key: span for span in self.spans}

    @cached_property
    def links_from(self) -> dict[int, list[LinkValue]]:
        """The links by the span they start from, in the order of the reading."""
        found: dict[int, list[LinkValue]] = defaultdict(list)
        for link in self._whole_links():
            found[link.from_key].append(link)
        return found

    @cached_property
    def links_to(self) -> dict[int, list[LinkValue]]:
        """The links by the span they point to."""
        found: dict[int, list[LinkValue]] = defaultdict(list)
        for link in self._whole_links():
            if link.to_key is not None:
                found[link.to_key].append(link)
        return found

    @cached_property
    def linked_keys(self) -> set[int]:
        """The keys of all spans that some link uses, as an end or as its cue."""
        return {key for link in self.links for key in link.span_keys}

    def tagged(self, tag: str) -> list[SpanValue]:
        """The spans of one tag in text order: by start, the longer first, then by key."""
        found = [span for span in self.spans if span.tag == tag]
        return sorted(found, key=lambda span: (span.start, -span.end, span.key))

    def _whole_links(self) -> Iterator[LinkValue]:
        """The links whose spans are all in the reading; rule V8 tells of the others."""
        for link in self.links:
            if all(key in self.span_of for key in link.span_keys):
                yield link
