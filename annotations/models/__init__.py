"""Rows, their constraints and the questions about them; one file per noun."""

from __future__ import annotations

from annotations.models.annotation_set import AnnotationSet
from annotations.models.article import Article, Zone
from annotations.models.claim import ClaimAnnotation
from annotations.models.event import Event
from annotations.models.import_run import ImportRun
from annotations.models.link import Link
from annotations.models.person import Person
from annotations.models.project import Membership, Project
from annotations.models.readings import claims_around, reading_around, reading_of
from annotations.models.span import Span

__all__ = [
    "AnnotationSet",
    "Article",
    "ClaimAnnotation",
    "Event",
    "ImportRun",
    "Link",
    "Membership",
    "Person",
    "Project",
    "Span",
    "Zone",
    "claims_around",
    "reading_around",
    "reading_of",
]
