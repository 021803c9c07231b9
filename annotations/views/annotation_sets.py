"""The workspace and the review screen of an annotation set, and what is done to it as a whole."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from annotations import permissions
from annotations.forms import SubmitForm, TopForm, VersionForm
from annotations.scheme import TAGS
from annotations.views import access
from annotations.views.bench import bench_of
from annotations.views.boards import board_of
from annotations.views.cards import Mode, words_for_cards
from annotations.views.next import kept_ahead
from annotations.views.passages import typed_form
from annotations.views.requests import MemberRequest
from annotations.views.responses import answered, invalid, moved_on, refused
from annotations.workflow import reviewing, undoing
from annotations.workflow.changing import Changed
from annotations.workflow.refusals import Refused


@require_safe
@login_required
def annotation_set_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """The workspace: the article, its claims, and the tools to annotate while the set is open."""
    page = screen(request, pk, template="annotation_set_detail", mode="annotate")
    return kept_ahead(request, page)


@require_safe
@login_required
def annotation_set_review(request: MemberRequest, pk: int) -> HttpResponse:
    """The same screen with a verdict on every card."""
    return screen(request, pk, template="annotation_set_review", mode="review")


@require_safe
@login_required
@never_cache
def annotation_set_news(request: MemberRequest, pk: int) -> HttpResponse:
    """Whether the set is newer than a page shows: nothing, or a word with a link."""
    annotation_set = access.annotation_set_glimpsed(request.user, pk)
    form = VersionForm(request.GET)
    seen = form.cleaned_data["version"] if form.is_valid() else 0
    if seen == annotation_set.version:
        return HttpResponse(status=204)
    context = {"annotation_set": annotation_set, "newer": max(annotation_set.version - seen, 1)}
    return render(request, "annotations/_news.html", context)


@require_POST
@login_required
def annotation_set_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back the last change."""
    return _turned(request, pk, undoing.undo)


@require_POST
@login_required
def annotation_set_redo(request: MemberRequest, pk: int) -> HttpResponse:
    """Do again what was taken back last."""
    return _turned(request, pk, undoing.redo)


@require_POST
@login_required
def annotation_set_submit(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand the set to the reviewers, or say what is missing or should be looked at first."""
    annotation_set = access.annotation_set_readable(request.user, pk)
    form = SubmitForm(request.POST)
    has_seen = form.is_valid() and form.cleaned_data["seen"]
    try:
        reviewing.submit(annotation_set, by=request.user, seen=has_seen)
    except Refused as error:
        return refused(request, annotation_set, error)
    messages.success(
        request, _("“%(title)s” is with the reviewers now.") % {"title": annotation_set.article}
    )
    return moved_on(request, reverse("annotations:work_list"))


@require_POST
@login_required
def annotation_set_reopen(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a reviewed set back to its annotator."""
    annotation_set = access.annotation_set_readable(request.user, pk)
    try:
        reviewing.reopen(annotation_set, by=request.user)
    except Refused as error:
        return refused(request, annotation_set, error)
    return moved_on(request, reverse("annotations:annotation_set_detail", args=[pk]))


def screen(
    request: MemberRequest, pk: int, *, template: str, mode: Mode, status: int = 200, **more: object
) -> HttpResponse:
    """A set on the screen; read-only for those who may not change it."""
    annotation_set = access.annotation_set_readable(request.user, pk)
    if mode == "annotate" and permissions.why_not_undo(request.user, annotation_set):
        mode = "read"
    board = board_of(
        annotation_set,
        request.user,
        mode=mode,
        first=_number(request, "from") or 0,
        active=_number(request, "claim"),
        editing=_number(request, "edit"),
    )
    context = {
        **words_for_cards(annotation_set, request.user),
        **bench_of(annotation_set, request.user, mode=mode),
        "board": board,
        "article": annotation_set.article,
        "project": annotation_set.project,
        "tags": TAGS,
        "tally": board.tally,
        "mode": mode,
        "typed": typed_form(board.active),
        "why_not_reopen": permissions.why_not_reopen(request.user, annotation_set),
        **more,
    }
    return render(request, f"annotations/{template}.html", context, status=status)


def _turned(request: MemberRequest, pk: int, turn: Callable[..., Changed]) -> HttpResponse:
    """Undo or redo, if the change on top of the stack is the one that was seen."""
    annotation_set = access.annotation_set_readable(request.user, pk)
    form = TopForm(request.POST)
    if not form.is_valid():
        return invalid(request, annotation_set, form)
    top = form.cleaned_data["top"]
    return answered(request, annotation_set, lambda: turn(annotation_set, by=request.user, top=top))


def _number(request: MemberRequest, name: str) -> int | None:
    value = request.GET.get(name, "") or request.POST.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 10 else None
