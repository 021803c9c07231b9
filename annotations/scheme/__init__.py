"""The codebook, readings, claims and rules: what an annotation may say, as pure Python."""

from __future__ import annotations

from annotations.scheme.attributes import (
    ATTRIBUTES,
    Attribute,
    attribute_of,
    attributes_of,
    fault_of_attributes,
)
from annotations.scheme.claims import Attribution, Claim, Ground, Step, claim_of, claims_of
from annotations.scheme.codebook import (
    IMPLICIT_SOURCES,
    LINK_TYPE_OF,
    LINK_TYPES,
    REASON_OF,
    REASONS,
    TAG_OF,
    TAGS,
    LinkType,
    Tag,
    Value,
)
from annotations.scheme.reading import LinkValue, Reading, SpanValue
from annotations.scheme.rules import (
    BRIEFLY,
    MESSAGES,
    Finding,
    claim_findings,
    fault_of_link,
    findings_of,
    leads_back,
    link_findings,
    warnings_of,
)

__all__ = [
    "ATTRIBUTES",
    "BRIEFLY",
    "IMPLICIT_SOURCES",
    "LINK_TYPES",
    "LINK_TYPE_OF",
    "MESSAGES",
    "REASONS",
    "REASON_OF",
    "TAGS",
    "TAG_OF",
    "Attribute",
    "Attribution",
    "Claim",
    "Finding",
    "Ground",
    "LinkType",
    "LinkValue",
    "Reading",
    "SpanValue",
    "Step",
    "Tag",
    "Value",
    "attribute_of",
    "attributes_of",
    "claim_findings",
    "claim_of",
    "claims_of",
    "fault_of_attributes",
    "fault_of_link",
    "findings_of",
    "leads_back",
    "link_findings",
    "warnings_of",
]
