"""The codebook as data: tags, link types, implicit sources, reasons of a reviewer.

Nothing else in the program lists them: forms, legend, keys, cards, export columns and help read
them from here, so a new tag is one entry. Attributes stand in `attributes`. Words and definitions
are those of the field (PARC3, PolNeAR, FactBank, PDTB, AIDA).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from annotations.scheme.words import gettext_noop as _

TagKey = Literal["allegation", "evidence", "source", "cue"]


@dataclass(frozen=True, slots=True)
class Tag:
    """What a span marks: its key, its letter (also the key to press) and the PolNeAR name."""

    key: TagKey
    letter: str
    label: str
    help: str
    polnear: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One value an attribute may take, with the word a person reads."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class LinkType:
    """A relation between spans: which tags it joins and whether its target may be implicit."""

    key: str
    label: str
    from_tags: frozenset[str]
    to_tags: frozenset[str]
    takes_implicit: bool = False
    takes_cue: bool = False
    same_tag: bool = False


TAGS: Final = (
    Tag(
        "allegation",
        "A",
        _("Allegation"),
        _("The words someone is said to assert, believe, know or intend."),
        "Content",
    ),
    Tag(
        "evidence",
        "E",
        _("Evidence"),
        _("The words that name what is offered as ground: photographs, a study, a witness."),
    ),
    Tag("source", "S", _("Source"), _("The words that name who or what says it."), "Source"),
    Tag("cue", "C", _("Cue"), _("The words that signal it: “said”, “according to”."), "Cue"),
)
TAG_OF: Final = {tag.key: tag for tag in TAGS}

LINK_TYPES: Final = (
    LinkType(
        "attributed_to",
        _("said by"),
        frozenset({"allegation", "evidence"}),
        frozenset({"source"}),
        takes_implicit=True,
        takes_cue=True,
    ),
    LinkType(
        "supports",
        _("supports"),
        frozenset({"evidence", "allegation"}),
        frozenset({"allegation"}),
        takes_cue=True,
    ),
    LinkType(
        "refutes",
        _("refutes"),
        frozenset({"evidence", "allegation"}),
        frozenset({"allegation"}),
        takes_cue=True,
    ),
    LinkType(
        "relayed_by",
        _("passed on by"),
        frozenset({"source"}),
        frozenset({"source"}),
        takes_cue=True,
    ),
    LinkType(
        "same_as",
        _("same as"),
        frozenset(TAG_OF) - {"cue"},
        frozenset(TAG_OF) - {"cue"},
        same_tag=True,
    ),
)
LINK_TYPE_OF: Final = {link_type.key: link_type for link_type in LINK_TYPES}

IMPLICIT_SOURCES: Final = (
    Value("author", _("the author of the article")),
    Value("unspecified", _("nobody named")),
)

REASONS: Final = (
    Value("wrong_boundary", _("Wrong boundaries")),
    Value("wrong_source", _("Wrong source")),
    Value("missing_source", _("Missing source")),
    Value("evidence_misread", _("Evidence misread")),
    Value("not_an_allegation", _("Not an allegation")),
    Value("duplicate", _("Duplicate claim")),
    Value("other", _("Other")),
)
REASON_OF: Final = {reason.key: reason for reason in REASONS}
