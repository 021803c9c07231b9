"""Projects to export, made through the verbs themselves, and exports read back."""

# ruff: noqa: RUF001 -- Arabic is part of what is tested

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.core.management import call_command

from annotations.exporters import FORMATS
from annotations.exporters.rows import Selection
from annotations.models import AnnotationSet, Article, ClaimAnnotation, Project, Span
from annotations.states import ClaimState
from annotations.workflow import annotating, reviewing
from annotations.workflow.passages import Passage
from tests.people import Cast, claim_of, link, make_cast, make_set, passage_of, tag

EVERY: Final = frozenset(ClaimState)
APPROVED: Final = frozenset({ClaimState.APPROVED})


def seed() -> Project:
    """The demo project; what differs from one loading to the next is fixed."""
    call_command("demo", verbosity=0)
    project = Project.objects.get(slug="demo")
    Article.objects.filter(project=project).update(uid=UUID(int=1))
    decided = ClaimAnnotation.objects.filter(project=project).exclude(decided_at=None)
    decided.update(decided_at=datetime(2026, 11, 22, 10, 30, tzinfo=UTC))
    return project


def empty() -> Project:
    return make_cast().project


def overlaps() -> Project:
    """Spans within, across and upon each other."""
    cast = make_cast()
    one = make_set(cast, "Ann said Bob said the dam broke in May.\n")
    outer = tag(one, "Bob said the dam broke", "allegation")
    tag(one, "Ann", "source", claim=outer)
    inner = tag(one, "the dam broke in May", "allegation")
    tag(one, "Bob", "source", claim=inner)
    tag(one, "the dam broke", "evidence", claim=outer)
    tag(one, "said", "cue", claim=outer)
    return cast.project


def fragments() -> Project:
    """An allegation in three parts, with its source in the middle."""
    cast = make_cast()
    one = make_set(cast, "“The dam,” said Ann, “broke in May,” she added, “at night.”\n")
    parts = passage_of(one.article, "“The dam,”", "“broke in May,”", "“at night.”")
    allegation = tag_passage(one, parts, "allegation")
    tag(one, "Ann", "source", claim=allegation)
    return cast.project


def emoji() -> Project:
    """Code points beyond 16 bits, several to a letter, and from right to left."""
    cast = make_cast()
    one = make_set(
        cast, "🙂 Zoë 👩🏽\u200d🚒 said “the dam 🌊 broke”.\n\nقال خالد إن السد انهار.\n"
    )
    english = tag(one, "“the dam 🌊 broke”", "allegation")
    tag(one, "Zoë 👩🏽\u200d🚒", "source", claim=english)
    arabic = tag(one, "إن السد انهار", "allegation")
    tag(one, "خالد", "source", claim=arabic)
    return cast.project


def wild() -> Project:
    """Cells with quotation marks, commas, line breaks, and a note as browsers sent it."""
    cast = make_cast()
    one = make_set(cast, 'Ann, who "knew",\nsaid the dam,\n"it" broke.\n\n=1+1 said Bob.\n')
    broke = tag(one, 'the dam,\n"it" broke', "allegation")
    tag(one, 'Ann, who "knew",', "source", claim=broke)
    formula = tag(one, "=1+1", "allegation")
    tag(one, "Bob", "source", claim=formula)
    reviewing.submit(one, by=cast.edda)
    claim = claim_of(broke)
    reviewing.reject(
        claim,
        by=cast.rosa,
        version=claim.version,
        reasons=["wrong_source", "other"],
        note="see below",
    )
    note = 'First, "this".\r\nThen that;\n| and so on'
    ClaimAnnotation.objects.filter(allegation=broke).update(note=note)
    return cast.project


def two_readings() -> tuple[Cast, AnnotationSet, AnnotationSet]:
    """Two annotators of one article, who see the same claim."""
    cast = make_cast()
    edda, egon = (make_set(cast, by=person) for person in (cast.edda, cast.egon))
    for one in (edda, egon):
        claim = tag(one, "the dam had failed", "allegation")
        tag(one, "Officials", "source", claim=claim)
    return cast, edda, egon


def filtered() -> tuple[Cast, AnnotationSet]:
    """An approved claim, supported by a pending one, and a span that belongs to no claim."""
    cast = make_cast()
    one = make_set(cast)
    failed = tag(one, "the dam had failed", "allegation")
    officials = tag(one, "Officials", "source", claim=failed)
    told = tag(one, "“We told them in May,”", "allegation")
    tag(one, "Smith", "source", claim=told)
    link("attributed_to", told, officials)
    link("supports", told, failed)
    tag(one, "Nobody", "source")
    reviewing.submit(one, by=cast.edda)
    claim = claim_of(failed)
    reviewing.approve(claim, by=cast.rosa, version=claim.version)
    return cast, one


CASES: Final[dict[str, Callable[[], Project]]] = {
    "seed": seed,
    "empty": empty,
    "overlaps": overlaps,
    "fragments": fragments,
    "emoji": emoji,
    "wild": wild,
}


def tag_passage(annotation_set: AnnotationSet, passage: Passage, key: str) -> Span:
    """The span of a passage with several parts."""
    outcome = annotating.tag(
        annotation_set,
        by=annotation_set.annotator,
        passage=passage,
        tag=key,
        uid=UUID(int=annotation_set.pk),
    )
    assert outcome.span is not None
    return outcome.span


def exported(selection: Selection, table: str, *, key: str = "csv") -> bytes:
    return b"".join(FORMATS[key].write(selection, table))


def read_back(raw: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file, as a reader of RFC 4180 sees them."""
    return list(csv.DictReader(io.StringIO(raw.decode(), newline=""), strict=True))


def table_of(
    project: Project, table: str, states: Iterable[ClaimState] = EVERY
) -> list[dict[str, str]]:
    """The rows of a table of a project."""
    return read_back(exported(Selection(project, frozenset(states)), table))
