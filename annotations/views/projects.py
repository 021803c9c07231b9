"""A person's work, a project's articles and its review queue."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations import permissions
from annotations.forms import SearchForm
from annotations.models import (
    AnnotationSet,
    Article,
    ClaimAnnotation,
    Membership,
    Person,
    Project,
)
from annotations.models.annotation_set import AnnotationSetQuerySet
from annotations.states import Role
from annotations.views import access
from annotations.views.requests import MemberRequest

PER_PAGE = 25
SHORT = 8


@require_safe
@login_required
def work_list(request: MemberRequest) -> HttpResponse:
    """What waits for this person, over all their projects."""
    person = request.user
    mine = AnnotationSet.objects.of(person)
    reviewed = Membership.objects.filter(person=person).exclude(role=Role.EDITOR)
    waiting = AnnotationSet.objects.filter(project__in=reviewed.values("project"))
    projects = Project.objects.of(person)
    articles = Article.objects.present().filter(project__in=projects).untouched_by(person.pk)
    groups = {
        "returned": list(mine.returned().counted()),
        "started": list(mine.started().counted()[:SHORT]),
        "waiting": list(waiting.waiting_for(person).counted()[:SHORT]),
        "handed_in": list(mine.handed_in().counted()[:SHORT]),
        "untaken": list(articles.select_related("project").defer("text")[:SHORT]),
    }
    context = {
        "projects": projects,
        "reviews": reviewed.exists(),
        "is_idle": not any(groups.values()),
        **groups,
    }
    return render(request, "annotations/work_list.html", context)


@require_safe
@login_required
def project_detail(request: MemberRequest, slug: str) -> HttpResponse:
    """The articles of a project, by stage, with a search."""
    project = access.project_readable(request.user, slug)
    stage, words = _sought(request)
    articles = project.articles.present().defer("text")
    found = articles.at(stage).matching(words) if words else articles.at(stage)
    page = Paginator(found.prefetch_related(_sets_with_counts()), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "project": project,
        "section": "articles",
        "page": page,
        "rows": [(article, _to_open(article, request.user)) for article in page],
        "stage": stage,
        "words": words,
        "stages": [(key, label, articles.at(key).count()) for key, label in Article.STAGES],
        "total": articles.count(),
        "claims": ClaimAnnotation.objects.filter(project=project).count(),
        "approved": ClaimAnnotation.objects.filter(project=project).approved().count(),
        "queue_count": queue_of(request.user, project).count(),
    }
    return render(request, "annotations/project_detail.html", context)


@require_safe
@login_required
def review_queue(request: MemberRequest, slug: str) -> HttpResponse:
    """The sets with a claim this person may decide, the longest waiting first."""
    project = access.project_readable(request.user, slug)
    waiting = queue_of(request.user, project)
    context = {
        "project": project,
        "section": "queue",
        "page": Paginator(waiting.counted(), PER_PAGE).get_page(request.GET.get("page")),
        "queue_count": waiting.count(),
        "role": permissions.role_of(request.user, project.pk),
    }
    return render(request, "annotations/review_queue.html", context)


def queue_of(person: Person, project: Project) -> AnnotationSetQuerySet:
    """The sets of a project whose claims wait for this person's decision."""
    return AnnotationSet.objects.filter(project=project).waiting_for(person)


def _sought(request: MemberRequest) -> tuple[str, str]:
    """The stage and the words asked for; what cannot be asked for has no page."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        raise Http404
    return form.cleaned_data["stage"], form.cleaned_data["q"]


def _sets_with_counts() -> Prefetch[str, QuerySet[AnnotationSet], str]:
    return Prefetch("annotation_sets", AnnotationSet.objects.counted(), to_attr="counted")


def _to_open(article: Article, person: Person) -> AnnotationSet | None:
    """The set of this article that this person would open: their own."""
    counted: list[AnnotationSet] = article.counted  # type: ignore[attr-defined]  # by prefetch
    return next((one for one in counted if one.annotator_id == person.pk), None)
