"""Import runs as tests need them: begun with files, read, confirmed, through the verbs themselves."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from uuid import uuid4

from django.core.files.base import ContentFile

from annotations import jobs
from annotations.importers import uploads
from annotations.jobs.import_run import NAME
from annotations.models import ImportRun
from annotations.states import RunState
from annotations.workflow import receiving
from tests.people import Cast

ONE = b"The bridge fell on Monday, officials said.\n"


def begun(cast: Cast, files: Mapping[str, bytes] | None = None) -> ImportRun:
    """A run of Mara's whose files have not been read."""
    uid = uuid4()
    brought = [(name, "", ContentFile(raw)) for name, raw in (files or {"one.txt": ONE}).items()]
    return receiving.begin(cast.project, uid=uid, files=uploads.keep(uid, brought), by=cast.mara)


def worked(run: ImportRun) -> ImportRun:
    """The run once its job has done what it waited for."""
    jobs.JOBS[NAME](str(run.uid))
    return fresh(run)


def ready(cast: Cast, files: Mapping[str, bytes] | None = None) -> ImportRun:
    """A run with its report, to be confirmed."""
    run = worked(begun(cast, files))
    assert run.state == RunState.READY, run.reason
    return run


def confirmed(cast: Cast, files: Mapping[str, bytes] | None = None) -> ImportRun:
    """A run that is to be stored."""
    run = ready(cast, files)
    return receiving.confirm(run, by=cast.mara, version=run.version, choices=run.choices)


def fresh(run: ImportRun) -> ImportRun:
    """The run as it is now."""
    return ImportRun.objects.select_related("project", "manager").get(pk=run.pk)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """An archive of these files."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return raw.getvalue()
