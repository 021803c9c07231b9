"""Small readings for tests: spans by the words they quote, links by the keys of the spans."""

from __future__ import annotations

from itertools import count

from annotations.scheme import LinkValue, Reading, SpanValue
from annotations.text.offsets import Fragment

TEXT = (
    "Officials said the dam failed. Photographs show it, according to Jones. "
    "Smith denied that.\n\nNobody had seen the report."
)
_keys = count(1000)


def span(key: int, tag: str, words: str, **attributes: str) -> SpanValue:
    start = TEXT.index(words)
    fragment = Fragment(start, start + len(words))
    return SpanValue(key, tag, (fragment,), words, attributes, key)


def link(
    link_type: str, from_key: int, to: int | str, *, cue: int | None = None, group: str = ""
) -> LinkValue:
    """A link to a span, or by name to an implicit source."""
    key = next(_keys)
    if isinstance(to, str):
        return LinkValue(key, link_type, from_key, None, to, cue, group=group)
    return LinkValue(key, link_type, from_key, to, "", cue, group=group)


def reading(*parts: SpanValue | LinkValue) -> Reading:
    spans = tuple(one for one in parts if isinstance(one, SpanValue))
    links = tuple(one for one in parts if isinstance(one, LinkValue))
    return Reading(spans, links)
