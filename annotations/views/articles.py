"""One article: who works on it, and taking it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from annotations import permissions
from annotations.views import access
from annotations.views.columns import stretches_of
from annotations.views.requests import MemberRequest
from annotations.views.responses import stopped
from annotations.workflow import organising
from annotations.workflow.refusals import Refused


@require_safe
@login_required
def article_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """The article, and every annotation set of it that this person may open."""
    article = access.article_readable(request.user, pk)
    sets = article.annotation_sets.select_related("annotator", "project").order_by("pk")
    rows = [
        {
            "annotation_set": one,
            "why_not_see": permissions.why_not_see(request.user, one),
            "why_not_review": permissions.why_not_review(request.user, one),
        }
        for one in sets
    ]
    context = {
        "article": article,
        "project": article.project,
        "section": "articles",
        "rows": rows,
        "stretches": list(stretches_of(article, (), list(article.zones.all()), (), ())),
        "mode": "read",
        "has_own": any(one.annotator_id == request.user.pk for one in sets),
        "why_not_take": permissions.why_not_take(request.user, article),
    }
    return render(request, "annotations/article_detail.html", context)


@require_POST
@login_required
def article_take(request: MemberRequest, pk: int) -> HttpResponse:
    """Open a set of one's own on the article."""
    article = access.article_readable(request.user, pk)
    try:
        annotation_set = organising.take(article, by=request.user)
    except Refused as error:
        return stopped(request, error, back=reverse("annotations:article_detail", args=[pk]))
    return HttpResponseRedirect(
        reverse("annotations:annotation_set_detail", args=[annotation_set.pk])
    )
