"""Getters that fetch an object the person may read, or raise 404 / 403.

What belongs to a project one is no member of does not exist (404); what exists but may not be seen
yet is refused with its reason (403).
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from annotations.models import (
    AnnotationSet,
    Article,
    ClaimAnnotation,
    ImportRun,
    Link,
    Person,
    Project,
    Span,
    Zone,
)
from annotations.permissions import why_not_manage, why_not_read, why_not_see


def project_readable(person: Person, slug: str) -> Project:
    """The project, for its members."""
    project = get_object_or_404(Project, slug=slug)
    _exists_for(person, project)
    return project


def project_manageable(person: Person, slug: str) -> Project:
    """The project, for its managers; other members are told that they are none."""
    project = project_readable(person, slug)
    if reason := why_not_manage(person, project):
        raise PermissionDenied(reason)
    return project


def import_run_manageable(
    person: Person, slug: str, pk: int, *, with_report: bool = True
) -> ImportRun:
    """The import run of a project, for the project's managers; its report may be long."""
    project = project_manageable(person, slug)
    runs = ImportRun.objects.select_related("manager")
    found = runs if with_report else runs.defer("report")
    return get_object_or_404(found, project=project, pk=pk)


def article_readable(person: Person, pk: int) -> Article:
    """The article with its project, for the project's members."""
    article = get_object_or_404(Article.objects.select_related("project"), pk=pk)
    _exists_for(person, article.project)
    return article


def annotation_set_glimpsed(person: Person, pk: int) -> AnnotationSet:
    """The set with its project alone, for a question that does not touch the article's text."""
    return _seen(person, get_object_or_404(AnnotationSet.objects.select_related("project"), pk=pk))


def set_of_article(person: Person, article: Article, pk: int | None) -> AnnotationSet | None:
    """The set of this article, for those who may see it; None where none is named."""
    if pk is None:
        return None
    annotation_set = annotation_set_readable(person, pk)
    if annotation_set.article_id != article.pk:
        raise Http404
    return annotation_set


def zone_readable(person: Person, pk: int) -> Zone:
    """The zone with its article and project, for the project's members."""
    zone = get_object_or_404(Zone.objects.select_related("article__project"), pk=pk)
    _exists_for(person, zone.article.project)
    return zone


def annotation_set_readable(person: Person, pk: int) -> AnnotationSet:
    """The set with its article, project and annotator, for those who may see it."""
    sets = AnnotationSet.objects.select_related("article", "project", "annotator")
    return _seen(person, get_object_or_404(sets, pk=pk))


def span_readable(person: Person, pk: int) -> Span:
    """The span with its set, article and project, for those who may see the set."""
    spans = Span.objects.select_related("annotation_set__article", "annotation_set__project")
    span = get_object_or_404(spans, pk=pk)
    _seen(person, span.annotation_set)
    return span


def span_or_gone(person: Person, pk: int, named: int | None) -> Span:
    """The span as above; one that is gone comes back without a row, of the set that is named.

    So the verb refuses it as stale, for those who may see the set.
    """
    if named is None or Span.objects.filter(pk=pk).exists():
        return span_readable(person, pk)
    return Span(pk=pk, annotation_set=annotation_set_readable(person, named))


def link_or_gone(person: Person, pk: int, named: int | None) -> Link:
    """The link as below; one that is gone comes back without a row, of the set that is named."""
    if named is None or Link.objects.filter(pk=pk).exists():
        return link_readable(person, pk)
    return Link(pk=pk, annotation_set=annotation_set_readable(person, named))


def link_readable(person: Person, pk: int) -> Link:
    """The link with its spans, set, article and project, for those who may see the set."""
    links = Link.objects.select_related(
        "annotation_set__article", "annotation_set__project", "from_span", "to_span"
    )
    link = get_object_or_404(links, pk=pk)
    _seen(person, link.annotation_set)
    return link


def claim_readable(person: Person, pk: int) -> ClaimAnnotation:
    """The claim with its allegation, set, article and project, for those who may see the set."""
    claims = ClaimAnnotation.objects.select_related(
        "allegation",
        "annotation_set__article",
        "annotation_set__project",
        "annotation_set__annotator",
    )
    # By the span's own key: only that one answers a number no column can hold with "none".
    claim = get_object_or_404(claims, allegation__id=pk)
    _seen(person, claim.annotation_set)
    return claim


def claim_of_set(annotation_set: AnnotationSet, pk: int) -> ClaimAnnotation:
    """The claim of this set; of another set it does not exist here.

    One that is gone comes back without a row, for the verb to refuse as stale.
    """
    claim = ClaimAnnotation.objects.filter(allegation__id=pk).first() or ClaimAnnotation(
        allegation_id=pk, annotation_set=annotation_set
    )
    if claim.annotation_set_id != annotation_set.pk:
        raise Http404
    return claim


def member_called(slug: str, username: str) -> Person:
    """The member of a project with this user name."""
    members = Person.objects.filter(memberships__project__slug=slug, is_active=True)
    return get_object_or_404(members, username=username)


def _exists_for(person: Person, project: Project) -> None:
    if why_not_read(person, project):
        raise Http404


def _seen(person: Person, annotation_set: AnnotationSet) -> AnnotationSet:
    if reason := why_not_see(person, annotation_set):
        _exists_for(person, annotation_set.project)
        raise PermissionDenied(reason)
    return annotation_set
