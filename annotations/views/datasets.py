"""The dataset page: choose claims, look at the first rows, download."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.exporters import FORMATS, csv
from annotations.exporters.rows import Selection
from annotations.forms import DatasetForm
from annotations.models import Person, Project
from annotations.permissions import why_not_download
from annotations.views import access
from annotations.views.projects import queue_of
from annotations.views.requests import MemberRequest

PREVIEW = 10
FORMAT = FORMATS["csv"]


@require_safe
@login_required
def dataset_detail(request: MemberRequest, slug: str) -> HttpResponse:
    """What goes into a dataset, its first rows, and where to get it."""
    project = access.project_readable(request.user, slug)
    status, table = _chosen(request)
    selection = selected(request.user, project, status)
    context = {
        "project": project,
        "section": "datasets",
        "queue_count": queue_of(request.user, project).count(),
        "status": status,
        "table": table,
        "tables": DatasetForm.TABLES,
        "statuses": [
            (key, label, selected(request.user, project, key).claims().count())
            for key, label in DatasetForm.STATUSES
            if not why_not_download(request.user, project, DatasetForm.STATES[key])
        ],
        "columns": csv.columns(table),
        "rows": csv.preview(selection, table, limit=PREVIEW),
        "total": csv.count(selection, table),
    }
    return render(request, "annotations/dataset_detail.html", context)


@require_safe
@login_required
def dataset_download(request: MemberRequest, slug: str, table: str) -> HttpResponseBase:
    """One table as a file, streamed: memory does not grow with the dataset."""
    project = access.project_readable(request.user, slug)
    if table not in FORMAT.tables:
        raise Http404
    status, _table = _chosen(request)
    selection = selected(request.user, project, status)
    response = StreamingHttpResponse(FORMAT.write(selection, table), content_type=FORMAT.media_type)
    name = f"{project.slug}-{FORMAT.file_name(table)}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def selected(person: Person, project: Project, status: str) -> Selection:
    """The claims of a project with this status of the form; 403 where the person may not."""
    states = DatasetForm.STATES[status]
    if reason := why_not_download(person, project, states):
        raise PermissionDenied(reason)
    return Selection(project, frozenset(states))


def _chosen(request: MemberRequest) -> tuple[str, str]:
    """The status and the table asked for; a choice that does not exist has no page."""
    form = DatasetForm(request.GET)
    if not form.is_valid():
        raise Http404
    return form.cleaned_data["status"], form.cleaned_data["table"]
