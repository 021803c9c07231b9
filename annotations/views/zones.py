"""What of an article is web boilerplate: marking it, and saying that it is text after all."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from annotations.forms import PassageForm, named_set
from annotations.models import AnnotationSet, Article
from annotations.permissions import why_not_zone
from annotations.views import access
from annotations.views.requests import MemberRequest
from annotations.views.responses import moved_on, refused, stopped, unfit
from annotations.workflow import zoning
from annotations.workflow.refusals import Forbidden, Refused


@require_POST
@login_required
def zone_create(request: MemberRequest, pk: int) -> HttpResponse:
    """Mark a stretch of the article as boilerplate."""
    article = access.article_readable(request.user, pk)
    form = PassageForm(request.POST)

    def add() -> object:
        if form.is_valid():
            return zoning.add_zone(article, by=request.user, passage=form.passage())
        reason = why_not_zone(request.user, article)
        raise Forbidden(reason) if reason else unfit(form)

    return _answered(request, article, add)


@require_POST
@login_required
def zone_lift(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that it is text after all."""
    zone = access.zone_readable(request.user, pk)
    return _answered(
        request, zone.article, lambda: zoning.lift_zone(zone, by=request.user, active=False)
    )


@require_POST
@login_required
def zone_mark(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that it is boilerplate again."""
    zone = access.zone_readable(request.user, pk)
    return _answered(
        request, zone.article, lambda: zoning.lift_zone(zone, by=request.user, active=True)
    )


def _answered(request: MemberRequest, article: Article, verb: Callable[[], object]) -> HttpResponse:
    """Do it and go back to the page it came from, or say there why it was not done."""
    annotation_set = access.set_of_article(request.user, article, named_set(request.POST))
    page = _page(article, annotation_set)
    try:
        verb()
    except Refused as error:
        if annotation_set:
            return refused(request, annotation_set, error)
        return stopped(request, error, back=page)
    return moved_on(request, page)


def _page(article: Article, annotation_set: AnnotationSet | None) -> str:
    if annotation_set:
        return reverse("annotations:annotation_set_detail", args=[annotation_set.pk])
    return reverse("annotations:article_detail", args=[article.pk])
