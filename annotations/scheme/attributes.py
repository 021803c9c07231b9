"""The codebook's attributes as data: what may be said of a span, and which values that may have.

A new attribute is one entry here: forms, cards, export columns and help read it. Attributes live in
one validated JSON field, so it needs no migration.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from annotations.scheme.codebook import TagKey, Value
from annotations.scheme.words import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Attribute:
    """A property of a span. No values means free text; the first value is the default.

    `core` attributes stand on every card, the others behind "more"; `shared` ones belong to the
    entity, so that a change goes to every source span of the same entity (rule V14). Free text
    may have several `lines`.
    """

    key: str
    tag: TagKey
    label: str
    help: str
    values: tuple[Value, ...] = ()
    core: bool = False
    shared: bool = False
    lines: bool = False

    @property
    def default(self) -> str:
        """The value of a span on which nobody has set this attribute ("" for free text)."""
        return self.values[0].key if self.values else ""

    def label_of(self, key: str) -> str:
        """The word a person reads for the value `key`; free text reads as itself."""
        return next((value.label for value in self.values if value.key == key), key)


UNSET: Final = Value("", _("not set"))
NOT_STATED: Final = Value("underspecified", _("not stated"))

ATTRIBUTES: Final = (
    Attribute(
        "quote_type",
        "allegation",
        _("Quotation"),
        _("Derived from the quotation marks; correct it where the marks mislead."),
        (
            Value("indirect", _("indirect")),
            Value("direct", _("direct quotation")),
            Value("mixed", _("partly quoted")),
        ),
    ),
    Attribute(
        "certainty",
        "allegation",
        _("Certainty"),
        _("How far the source commits itself."),
        (
            Value("certain", _("certain")),
            Value("probable", _("probable")),
            Value("possible", _("possible")),
            NOT_STATED,
        ),
        core=True,
    ),
    Attribute(
        "polarity",
        "allegation",
        _("Polarity"),
        _("Whether the source asserts it or denies it."),
        (Value("positive", _("asserts")), Value("negative", _("denies")), NOT_STATED),
        core=True,
    ),
    Attribute(
        "attitude",
        "allegation",
        _("Attitude"),
        _("What the source does: asserts, believes, knows or intends it."),
        (
            Value("assertion", _("assertion")),
            Value("belief", _("belief")),
            Value("knowledge", _("knowledge")),
            Value("intention", _("intention")),
        ),
    ),
    Attribute("about", "allegation", _("About"), _("Who is accused.")),
    Attribute("claim_text", "allegation", _("In one sentence"), _("The claim in plain words.")),
    Attribute(
        "check_worthy",
        "allegation",
        _("Worth checking"),
        _("Whether the public should want it checked."),
        (
            UNSET,
            Value("no", _("no")),
            Value("unimportant", _("unimportant")),
            Value("yes", _("yes")),
        ),
    ),
    Attribute(
        "sentiment",
        "allegation",
        _("Sentiment"),
        _("The source's feeling towards what it says."),
        (
            UNSET,
            Value("positive", _("positive")),
            Value("negative", _("negative")),
            Value("mixed", _("mixed")),
            Value("neutral", _("neutral")),
        ),
    ),
    Attribute("claim_date", "allegation", _("When"), _("When it was said.")),
    Attribute("claim_location", "allegation", _("Where"), _("Where it was said.")),
    Attribute("claim_medium", "allegation", _("Medium"), _("A press conference, a report …")),
    Attribute(
        "note",
        "allegation",
        _("Note"),
        _("What a reviewer or a reader of the dataset should know about it."),
        lines=True,
    ),
    Attribute(
        "entity",
        "source",
        _("Entity"),
        _("The name all mentions of this source share; the words themselves if empty."),
    ),
    Attribute(
        "kind",
        "source",
        _("Kind"),
        _("What the source is."),
        (
            Value("person", _("person")),
            Value("organization", _("organization")),
            Value("group", _("group")),
            Value("document", _("document")),
            Value("unknown", _("unknown")),
        ),
        core=True,
        shared=True,
    ),
    Attribute(
        "naming",
        "source",
        _("Naming"),
        _("Named, described without a name anywhere in the article, or anonymous."),
        (
            Value("named", _("named")),
            Value("described", _("described")),
            Value("anonymous", _("anonymous")),
        ),
        core=True,
        shared=True,
    ),
    Attribute("role", "source", _("Role"), _("Office or function.")),
    Attribute("affiliation", "source", _("Affiliation"), _("For whom the source speaks.")),
    Attribute(
        "affiliation_type",
        "source",
        _("Affiliation type"),
        _("What kind of body that is."),
        (
            UNSET,
            Value("government", _("government")),
            Value("corporate", _("corporate")),
            Value("ngo", _("NGO")),
            Value("academic", _("academic")),
            Value("media", _("media")),
            Value("group", _("group")),
            Value("individual", _("individual")),
            Value("witness", _("witness")),
            Value("victim", _("victim")),
        ),
    ),
    Attribute(
        "type",
        "evidence",
        _("Type"),
        _("What is offered as evidence."),
        (
            Value("unspecified", _("unspecified")),
            Value("visual", _("visual")),
            Value("document", _("document")),
            Value("testimony", _("testimony")),
            Value("expert", _("expert")),
            Value("study", _("study")),
            Value("statistic", _("statistic")),
            Value("physical", _("physical")),
            Value("intelligence", _("intelligence")),
        ),
        core=True,
    ),
    Attribute(
        "availability",
        "evidence",
        _("Availability"),
        _("Claimed to exist, its content described, shown to the reader, or held back."),
        (
            Value("claimed", _("claimed")),
            Value("described", _("described")),
            Value("shown", _("shown")),
            Value("withheld", _("withheld")),
        ),
        core=True,
    ),
)


@cache
def attributes_of(tag: str) -> tuple[Attribute, ...]:
    """The attributes a span of this tag may carry, in the order of the codebook."""
    return tuple(attribute for attribute in ATTRIBUTES if attribute.tag == tag)


def attribute_of(tag: str, key: str) -> Attribute | None:
    """The attribute `key` of spans of this tag, or None where there is none."""
    return next((one for one in attributes_of(tag) if one.key == key), None)


def fault_of_attributes(tag: str, attributes: dict[str, str]) -> str:
    """Say what rule V17 finds wrong with these attributes of a span; "" when nothing."""
    for key, value in attributes.items():
        attribute = attribute_of(tag, key)
        if attribute is None:
            return f"“{key}” is not an attribute of {tag}."
        if attribute.values and value not in {one.key for one in attribute.values}:
            allowed = ", ".join(one.key for one in attribute.values if one.key)
            return f"“{value}” is not a value of {key}; choose one of {allowed}."
    return ""
