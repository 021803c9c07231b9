"""Where a person goes on when this article is done, fetched ahead by the browser.

Browsers use a page that was fetched ahead only where it may be kept. The address names the version
of the set, so that a kept page is never taken for a newer one; what changes after it was fetched,
the page asks for as soon as it is shown.
"""

from __future__ import annotations

from django.db.models import Case, Value, When
from django.http import HttpResponse
from django.utils.cache import patch_cache_control

from annotations.models import AnnotationSet, Person
from annotations.states import SetState
from annotations.views.requests import MemberRequest

KEPT_AHEAD = 60 * 60  # seconds


def following(person: Person, annotation_set: AnnotationSet) -> AnnotationSet | None:
    """The person's next set to work on, from this one on and then from the top; None without one.

    Open sets are those begun and those that came back. One query, which leaves the text alone.
    """
    is_before = Case(When(pk__gt=annotation_set.pk, then=Value(0)), default=Value(1))
    waiting = AnnotationSet.objects.of(person).filter(
        state=SetState.OPEN, article__withdrawn_at=None, project__memberships__person=person
    )
    return (
        waiting.exclude(pk=annotation_set.pk)
        .select_related("article")
        .only("pk", "version", "article__title")
        .order_by(is_before, "pk")
        .first()
    )


def kept_ahead(request: MemberRequest, response: HttpResponse) -> HttpResponse:
    """The page; one that is fetched ahead may be kept for its reader."""
    if "prefetch" in request.headers.get("Sec-Purpose", "") and "version" in request.GET:
        patch_cache_control(response, private=True, max_age=KEPT_AHEAD)
    return response
