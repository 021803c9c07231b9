"""The table of claims: one row for each, with its sources, its evidence and its review."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from annotations.exporters.fetching import annotations_of
from annotations.exporters.rows import ClaimRow, Selection
from annotations.exporters.tables import (
    Column,
    Table,
    article_id,
    claim_id,
    joined,
    value_of,
    values_of,
)
from annotations.models.span import written
from annotations.scheme import REASONS, Attribute, Ground, SpanValue, attributes_of
from annotations.scheme.words import gettext_noop as _
from annotations.states import ClaimState

ClaimColumn: TypeAlias = Column[ClaimRow]

# "note" is the column of what the reviewer wrote.
NAMES: Final = {"note": "claim_note"}


def _rows(selection: Selection) -> Iterator[ClaimRow]:
    for annotated in annotations_of(selection):
        yield from annotated.claims


def _of_allegation(attribute: Attribute) -> ClaimColumn:
    def value(row: ClaimRow) -> str:
        return value_of(row.claim.allegation, attribute)

    name = NAMES.get(attribute.key, attribute.key)
    return Column(name, "string", attribute.help, value, values_of(attribute))


def _of_source(attribute: Attribute) -> ClaimColumn:
    def value(row: ClaimRow) -> str:
        return _each_source(row, lambda span: value_of(span, attribute))

    name = f"source_{attribute.key}"
    return Column(name, "string", attribute.help, value, values_of(attribute))


def _of_evidence(attribute: Attribute) -> ClaimColumn:
    def value(row: ClaimRow) -> str:
        return joined(value_of(ground.span, attribute) for ground in _evidence(row))

    name = f"evidence_{attribute.key}"
    return Column(name, "string", attribute.help, value, values_of(attribute))


def _each_source(row: ClaimRow, value: Callable[[SpanValue], str]) -> str:
    """One value for each attribution of the claim, empty where the source is implicit."""
    steps = [attribution.steps[0] for attribution in row.claim.attributions]
    return joined(value(step.span) if step.span else "" for step in steps)


def _cues(row: ClaimRow) -> str:
    steps = [attribution.steps[0] for attribution in row.claim.attributions]
    return joined(step.cue.text if step.cue else "" for step in steps)


def _evidence(row: ClaimRow) -> list[Ground]:
    return [ground for ground in row.claim.grounds if ground.span.tag == "evidence"]


def _claims_that(row: ClaimRow, link_type: str) -> str:
    return joined(
        claim_id(row.uids[ground.span.key])
        for ground in row.claim.grounds
        if ground.span.tag == "allegation" and ground.link.type == link_type
    )


COLUMNS: Final[tuple[ClaimColumn, ...]] = (
    Column("claim_id", "string", _("The claim."), lambda row: claim_id(row.uid)),
    Column(
        "article_id",
        "string",
        _("The article it stands in."),
        lambda row: article_id(row.annotation_set.article),
    ),
    Column(
        "label",
        "string",
        _("Its short name within the author's annotations of the article."),
        lambda row: row.claim.allegation.label,
    ),
    Column(
        "allegation_text",
        "string",
        _("The words of the allegation; the parts of a divided one are joined by a space."),
        lambda row: row.claim.allegation.text,
    ),
    Column(
        "allegation_start",
        "integer",
        _("Where it starts, in code points of the article's text, counted from 0."),
        lambda row: row.claim.allegation.start,
    ),
    Column(
        "allegation_end",
        "integer",
        _("Where it ends: the code point after its last one."),
        lambda row: row.claim.allegation.end,
    ),
    Column(
        "allegation_fragments",
        "string",
        _("Start and end of each part, as brat writes them: “30 155;160 170”."),
        lambda row: written(row.claim.allegation.fragments),
    ),
    *(_of_allegation(attribute) for attribute in attributes_of("allegation")),
    Column(
        "source",
        "string",
        _("The words of the innermost source of each attribution; empty where it is implicit."),
        lambda row: _each_source(row, lambda span: span.text),
    ),
    *(_of_source(attribute) for attribute in attributes_of("source")),
    Column(
        "chain",
        "string",
        _("Who passes it on, from the innermost source of each attribution to the author."),
        lambda row: joined(attribution.chain for attribution in row.claim.attributions),
    ),
    Column(
        "chain_depth",
        "integer",
        _("How many holders the longest chain has, the author included; 0 without a source."),
        lambda row: row.claim.depth,
    ),
    Column(
        "cue",
        "string",
        _("The words that signal each attribution, in the order of the sources."),
        _cues,
    ),
    Column(
        "negated",
        "boolean",
        _("Whether an attribution is denied: the source did not say it."),
        lambda row: any(one.link.negated for one in row.claim.attributions),
    ),
    Column(
        "evidence",
        "string",
        _("The words of the evidence offered for or against it."),
        lambda row: joined(ground.span.text for ground in _evidence(row)),
    ),
    *(_of_evidence(attribute) for attribute in attributes_of("evidence")),
    Column(
        "evidence_stance",
        "string",
        _("Whether each piece of evidence supports or refutes it."),
        lambda row: joined(ground.link.type for ground in _evidence(row)),
        ("supports", "refutes"),
    ),
    Column(
        "supporting_claims",
        "string",
        _("Ids of the claims offered for it; they may lie outside the selection."),
        lambda row: _claims_that(row, "supports"),
    ),
    Column(
        "refuting_claims",
        "string",
        _("Ids of the claims offered against it; they may lie outside the selection."),
        lambda row: _claims_that(row, "refutes"),
    ),
    Column(
        "refuted",
        "boolean",
        _("Whether evidence or a claim is offered against it."),
        lambda row: any(ground.refutes for ground in row.claim.grounds),
    ),
    Column(
        "warnings",
        "string",
        _("Numbers of the validation rules it breaks without being refused."),
        lambda row: joined(row.warnings),
    ),
    Column(
        "status",
        "string",
        _("Where its review stands."),
        lambda row: row.state,
        tuple(ClaimState.values),
    ),
    Column(
        "author",
        "string",
        _("User name of the annotator."),
        lambda row: row.annotation_set.annotator,
    ),
    Column("reviewer", "string", _("User name of who decided it."), lambda row: row.reviewer),
    Column("decided_at", "datetime", _("When it was decided, in UTC."), lambda row: row.decided_at),
    Column(
        "reasons",
        "string",
        _("The reasons for returning or rejecting it."),
        lambda row: joined(row.reasons),
        tuple(reason.key for reason in REASONS),
    ),
    Column("note", "string", _("What the reviewer wrote."), lambda row: row.note),
    Column(
        "version",
        "integer",
        _("How often the claim has been changed or decided, plus one."),
        lambda row: row.version,
    ),
    Column(
        "text_sha256",
        "string",
        _("SHA-256 of the text that the offsets count, as UTF-8."),
        lambda row: row.annotation_set.text_sha256,
    ),
)

CLAIMS: Final = Table(
    "claims",
    _("One row for each claim, with its sources, its evidence and its review."),
    COLUMNS,
    _rows,
    lambda selection: selection.claims().count(),
)
