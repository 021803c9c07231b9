"""Words for cards: the attributes of a span, and how a chain names its holders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from django import template
from django.utils.translation import gettext

from annotations.scheme import IMPLICIT_SOURCES, Attribute, SpanValue, attribute_of, attributes_of

register = template.Library()

SHOWN_ELSEWHERE = {"quote_type", "entity", "note"}
"""Attributes that have a place of their own on a card."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One attribute of a span as a card shows it: what it is and what it says."""

    attribute: Attribute
    value: str

    @property
    def name(self) -> str:
        """The attribute in words."""
        return gettext(self.attribute.label)

    @property
    def label(self) -> str:
        """The value in words."""
        return gettext(self.attribute.label_of(self.value))


@register.filter
def core(span: SpanValue) -> list[Choice]:
    """The attributes every card shows."""
    return [one for one in choices(span) if one.attribute.core]


@register.filter
def further(span: SpanValue) -> list[Choice]:
    """The attributes behind "more"."""
    return [one for one in choices(span) if not one.attribute.core]


@register.filter
def choices(span: SpanValue) -> list[Choice]:
    """Every attribute of a span with its value."""
    return [Choice(one, span.value(one.key)) for one in attributes_of(span.tag)]


@register.filter
def told(span: SpanValue) -> list[Choice]:
    """The attributes behind "more" that somebody has set."""
    return [
        one
        for one in further(span)
        if one.attribute.key not in SHOWN_ELSEWHERE and one.value != one.attribute.default
    ]


@register.filter
def in_words(span: SpanValue) -> str:
    """A source or a ground in a few words, such as "person, named, spokesman"."""
    return ", ".join(choice.label for choice in (*core(span), *told(span)))


class Keyed(Protocol):
    """A span by its number, a tag by its name."""

    @property
    def key(self) -> int | str: ...


@register.filter
def of(by_key: Mapping[int | str, object], one: Keyed) -> object:
    """What is kept for something under its key; "" for nothing."""
    return by_key.get(one.key, "")


@register.filter
def keycap(key: str) -> str:
    """A key as it stands on the keyboard: z as Z, Z as Shift+Z, g s as G S."""
    return " ".join(_cap(one) for one in key.split(" "))


@register.filter
def worded(span: SpanValue, key: str) -> str:
    """The value of one attribute in words."""
    attribute = attribute_of(span.tag, key)
    return gettext(attribute.label_of(span.value(key))) if attribute else ""


@register.filter
def letter(span: SpanValue) -> str:
    """The class that gives a label its tag's colour."""
    return span.letter.lower()


@register.filter
def implicit_name(key: str) -> str:
    """What a card calls an implicit source."""
    return next((gettext(one.label) for one in IMPLICIT_SOURCES if one.key == key), key)


def _cap(key: str) -> str:
    is_letter = len(key) == 1 and key.lower() != key.upper()
    if not is_letter:
        return key
    return key.upper() if key == key.lower() else f"{gettext('Shift')}+{key}"
