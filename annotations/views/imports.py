"""Importing through the page: bring files, read the report, answer, confirm, see what came in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations import jobs
from annotations.importers import uploads
from annotations.jobs.import_run import NAME
from annotations.models import ImportRun, Project
from annotations.states import CLOSED
from annotations.views import access
from annotations.views.import_forms import AnswersForm, IntakeForm, RunForm
from annotations.views.import_reports import page_of
from annotations.views.projects import queue_of
from annotations.views.requests import MemberRequest
from annotations.views.responses import stopped, unfit
from annotations.workflow import receiving
from annotations.workflow.refusals import Refused

Verb = Callable[[], ImportRun]
File = Mapping[str, Any]

MOST_RUNS = 20


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def import_new(request: MemberRequest, slug: str) -> HttpResponse:
    """Bring files or a text; what comes is read at once, and stored only once it is confirmed."""
    project = access.project_manageable(request.user, slug)
    form = IntakeForm(request.POST, request.FILES) if request.method == "POST" else IntakeForm()
    if form.is_bound and form.is_valid():
        return _begun(request, project, form)
    runs = project.import_runs.unfinished().select_related("manager").defer("report")
    context = {
        **_frame(request, project),
        "form": form,
        "uid": uuid4(),
        "runs": [(run, _is_interrupted(run)) for run in runs[:MOST_RUNS]],
    }
    return render(
        request, "annotations/import_new.html", context, status=422 if form.is_bound else 200
    )


@require_safe
@login_required
@never_cache
def import_detail(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """An import as it stands: being read, its report to confirm, being stored, or its result."""
    run = access.import_run_manageable(request.user, slug, pk)
    context = {
        **_frame(request, run.project),
        **_progress(run),
        "report": page_of(run) if run.report else None,
    }
    return render(request, "annotations/import_detail.html", context)


@require_safe
@login_required
@never_cache
def import_progress(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """How far the work on an import is, to be looked at again and again."""
    run = access.import_run_manageable(request.user, slug, pk, with_report=False)
    return render(request, "annotations/_import_progress.html", _progress(run))


@require_POST
@login_required
def import_settle(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Take answers and more files, and read everything anew."""
    run = access.import_run_manageable(request.user, slug, pk)
    form = AnswersForm(run, request.POST, request.FILES)
    if not form.is_valid():
        return stopped(request, unfit(form), back=_path(run))
    more = [(str(file.name), "", file) for file in form.cleaned_data["uploads"]]
    files = uploads.keep(run.uid, more)
    return _done(
        request,
        lambda: receiving.settle(
            run,
            by=request.user,
            version=form.cleaned_data["version"],
            choices=form.choices(),
            files=files,
        ),
        uid=run.uid,
        brought=files,
        before=run.files,
        back=_path(run),
    )


@require_POST
@login_required
def import_confirm(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Have stored what the report tells of."""
    run = access.import_run_manageable(request.user, slug, pk)
    form = AnswersForm(run, request.POST)
    if not form.is_valid():
        return stopped(request, unfit(form), back=_path(run))
    return _done(
        request,
        lambda: receiving.confirm(
            run,
            by=request.user,
            version=form.cleaned_data["version"],
            choices=form.choices(),
        ),
        back=_path(run),
        uid=run.uid,
    )


@require_POST
@login_required
def import_discard(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Let an import go, with its files."""
    run = access.import_run_manageable(request.user, slug, pk)
    form = RunForm(request.POST)
    if not form.is_valid():
        return stopped(request, unfit(form), back=_path(run))
    try:
        receiving.discard(run, by=request.user, version=form.cleaned_data["version"])
    except Refused as error:
        return stopped(request, error, back=_path(run))
    uploads.remove(run)
    return HttpResponseRedirect(reverse("annotations:import_new", args=[slug]))


@require_POST
@login_required
def import_resume(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Go on with an import whose work was interrupted; one that is at work is left alone."""
    run = access.import_run_manageable(request.user, slug, pk)
    if _is_interrupted(run):
        jobs.enqueue(NAME, str(run.uid))
    return HttpResponseRedirect(_path(run))


def _begun(request: MemberRequest, project: Project, form: IntakeForm) -> HttpResponse:
    """A new import; a form that is sent twice leads to what it began."""
    uploads.sweep()
    jobs.sweep()
    uid = form.uid_in(project)
    known = project.import_runs.filter(uid=uid).defer("report").first()
    if known and known.state not in CLOSED:
        return HttpResponseRedirect(_path(known))
    uid = uuid4() if known else uid
    files = uploads.keep(uid, form.brought())
    return _done(
        request,
        lambda: receiving.begin(project, uid=uid, files=files, by=request.user),
        uid=uid,
        brought=files,
        back=reverse("annotations:import_new", args=[project.slug]),
    )


def _done(
    request: MemberRequest,
    verb: Verb,
    *,
    back: str,
    uid: UUID,
    brought: Sequence[File] = (),
    before: Sequence[File] = (),
) -> HttpResponse:
    """Do it, start the work it asks for, and show the import.

    Of its files `before` and those `brought` now, those stay that it has in the end.
    """
    kept = before
    try:
        run = verb()
        kept = run.files
    except Refused as error:
        return stopped(request, error, back=back)
    finally:
        uploads.drop(uid, [one for one in (*before, *brought) if one not in kept])
    jobs.enqueue(NAME, str(run.uid))
    return HttpResponseRedirect(_path(run))


def _frame(request: MemberRequest, project: Project) -> dict[str, object]:
    return {
        "project": project,
        "section": "import",
        "limit": settings.MAX_UPLOAD_BYTES // 2**20,
        "queue_count": queue_of(request.user, project).count(),
    }


def _progress(run: ImportRun) -> dict[str, object]:
    return {
        "run": run,
        "progress": jobs.progress_of(NAME, str(run.uid)) if run.is_working else None,
        "is_interrupted": _is_interrupted(run),
    }


def _is_interrupted(run: ImportRun) -> bool:
    """Whether work is to be done on a run that nobody does; it may have ended just now."""
    if not run.is_working or jobs.is_at_work(NAME, str(run.uid)):
        return False
    return ImportRun.objects.filter(pk=run.pk, state=run.state).exists()


def _path(run: ImportRun) -> str:
    return reverse("annotations:import_detail", args=[run.project.slug, run.pk])
