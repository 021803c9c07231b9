"""What is done to one passage: tag it, tag it otherwise, move its edges, describe it, remove it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations import permissions
from annotations.forms import (
    AttributesForm,
    ClaimForm,
    ExtendForm,
    ResizeForm,
    RetagForm,
    TagForm,
    TypedPassageForm,
    VersionForm,
    named_set,
)
from annotations.models import AnnotationSet, ClaimAnnotation
from annotations.scheme import TAG_OF
from annotations.text.anchors import context
from annotations.text.offsets import Fragment
from annotations.views import access
from annotations.views.annotation_sets import screen
from annotations.views.conflicts import Attempt, values_in_words
from annotations.views.passages import found_in, passage_at
from annotations.views.requests import MemberRequest
from annotations.views.responses import answered, invalid, refused
from annotations.workflow import annotating, attaching, reshaping
from annotations.workflow.changing import Changed
from annotations.workflow.refusals import Forbidden


@require_POST
@login_required
def span_create(request: MemberRequest, pk: int) -> HttpResponse:
    """Tag the passage the browser selected."""
    annotation_set = access.annotation_set_glimpsed(request.user, pk)
    form = TagForm(request.POST)
    if not form.is_valid():
        return invalid(request, annotation_set, form)
    return answered(
        request,
        annotation_set,
        lambda: annotating.tag(
            annotation_set,
            by=request.user,
            passage=form.passage(),
            tag=form.cleaned_data["tag"],
            uid=form.cleaned_data["uid"],
            claim=claim_of(annotation_set, form),
        ),
    )


@require_POST
@login_required
def span_find(request: MemberRequest, pk: int) -> HttpResponse:
    """Tag a passage somebody typed; ask which one where it stands in several places."""
    annotation_set = access.annotation_set_readable(request.user, pk)
    if reason := permissions.why_not_annotate(request.user, annotation_set):
        return refused(request, annotation_set, Forbidden(reason))
    form = TypedPassageForm(request.POST)
    places = found_in(annotation_set, form) if form.is_valid() else []
    if len(places) != 1:
        more = {"typed": form, "places": choices_among(annotation_set, places)}
        return screen(
            request, pk, template="annotation_set_detail", mode="annotate", status=422, **more
        )
    return answered(
        request,
        annotation_set,
        lambda: annotating.tag(
            annotation_set,
            by=request.user,
            passage=passage_at(annotation_set, places[0]),
            tag=form.cleaned_data["tag"],
            uid=form.cleaned_data["uid"],
            claim=claim_of(annotation_set, form),
        ),
    )


@require_POST
@login_required
def span_retag(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a passage another tag."""
    span = access.span_or_gone(request.user, pk, named_set(request.POST))
    form = RetagForm(request.POST)
    if not form.is_valid():
        return invalid(request, span.annotation_set, form)
    label = _(TAG_OF[form.cleaned_data["tag"]].label)
    return answered(
        request,
        span.annotation_set,
        lambda: annotating.retag(span, by=request.user, **form.cleaned_data),
        attempt=Attempt(span, _("tag it as %(tag)s") % {"tag": label}),
    )


@require_POST
@login_required
def span_resize(request: MemberRequest, pk: int) -> HttpResponse:
    """Move the edges of a passage, or those of one part of it."""
    span = access.span_or_gone(request.user, pk, named_set(request.POST))
    form = ResizeForm(request.POST)
    if not form.is_valid():
        return invalid(request, span.annotation_set, form)
    passage, sent = form.passage(), form.cleaned_data
    return answered(
        request,
        span.annotation_set,
        lambda: reshaping.resize(
            span, by=request.user, passage=passage, version=sent["version"], part=sent["part"]
        ),
        attempt=Attempt(span, _("new words “%(words)s”") % {"words": passage.words}),
    )


@require_POST
@login_required
def span_extend(request: MemberRequest, pk: int) -> HttpResponse:
    """Add a part to a passage."""
    span = access.span_or_gone(request.user, pk, named_set(request.POST))
    form = ExtendForm(request.POST)
    if not form.is_valid():
        return invalid(request, span.annotation_set, form)
    passage, version = form.passage(), form.cleaned_data["version"]
    return answered(
        request,
        span.annotation_set,
        lambda: reshaping.extend(span, by=request.user, passage=passage, version=version),
        attempt=Attempt(span, _("add “%(words)s”") % {"words": passage.words}),
    )


@require_POST
@login_required
def span_remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Remove a passage with its links."""
    span = access.span_or_gone(request.user, pk, named_set(request.POST))
    form = VersionForm(request.POST)
    if not form.is_valid():
        return invalid(request, span.annotation_set, form)
    return answered(
        request,
        span.annotation_set,
        lambda: annotating.remove(span, by=request.user, **form.cleaned_data),
        attempt=Attempt(span, _("remove it")),
    )


@require_POST
@login_required
def span_describe(request: MemberRequest, pk: int) -> HttpResponse:
    """Set attributes of a passage."""
    span = access.span_or_gone(request.user, pk, named_set(request.POST))
    form = AttributesForm(span, request.POST)
    if not form.is_valid():
        return invalid(request, span.annotation_set, form)
    values, version = form.values(), form.cleaned_data["version"]
    return answered(
        request,
        span.annotation_set,
        lambda: annotating.set_attributes(span, by=request.user, values=values, version=version),
        attempt=Attempt(span, values_in_words(span.tag, request.POST)),
    )


@require_POST
@login_required
def span_attach(request: MemberRequest, pk: int) -> HttpResponse:
    """Use a passage that is there for a claim."""
    return _at_claim(request, pk, attaching.attach, _("use it for this claim"))


@require_POST
@login_required
def span_detach(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a passage out of a claim; it stays in the text."""
    return _at_claim(request, pk, attaching.detach, _("take it out of this claim"))


def _at_claim(
    request: MemberRequest, pk: int, verb: Callable[..., Changed], wanted: str
) -> HttpResponse:
    """Let a passage join or leave the claim the form names."""
    span = access.span_or_gone(request.user, pk, named_set(request.POST))
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return invalid(request, span.annotation_set, form)
    claim = access.claim_of_set(span.annotation_set, form.cleaned_data["claim"])
    return answered(
        request,
        span.annotation_set,
        lambda: verb(span, by=request.user, claim=claim),
        attempt=Attempt(span, wanted),
    )


def claim_of(
    annotation_set: AnnotationSet, form: TagForm | TypedPassageForm
) -> ClaimAnnotation | None:
    """The claim a new span joins, if the form names one."""
    pk = form.cleaned_data["claim"]
    return access.claim_of_set(annotation_set, pk) if pk else None


def choices_among(
    annotation_set: AnnotationSet, places: list[Fragment]
) -> list[tuple[int, str, str, str]]:
    """Places to choose among: start, and the words with what stands around them."""
    text = annotation_set.article.text
    around = [(one, context(text, one.start, one.end)) for one in places[:50]]
    return [
        (one.start, before, text[one.start : one.end], after) for one, (before, after) in around
    ]
