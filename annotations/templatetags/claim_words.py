"""Words for cards: the attributes of a span, and how a chain names its holders."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.utils.translation import gettext

from annotations.scheme import IMPLICIT_SOURCES, Attribute, SpanValue, attribute_of, attributes_of

register = template.Library()


@dataclass(frozen=True, slots=True)
class Choice:
    """One attribute of a span as a card shows it: what it is and what it says."""

    attribute: Attribute
    value: str

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
