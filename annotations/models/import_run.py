"""One import through the page: which files came, what was chosen, what would be or was stored.

The files themselves lie in a private storage (`importers.uploads`), under the run's `uid`.
"""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.models.project import Project
from annotations.states import CLOSED, WORKING, RunState


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Questions about many runs."""

    def unfinished(self) -> Self:
        """Runs that somebody has still to confirm or discard, the newest first."""
        return self.exclude(state__in=CLOSED).order_by("-created_at", "-pk")


class ImportRun(models.Model):
    """An import from its upload to its end.

    `files` holds name, size in bytes and format ("" where it is to be found out) of each upload, in
    order; `choices` what a person settled about them, `report` what was found, `reason` why the job
    gave up. A write names the `version` it rests on.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="import_runs")
    # Who acted last: what is stored is stored in this name.
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="import_runs"
    )
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.READING)
    files = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    report = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now_add=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("import")
        constraints = (
            models.CheckConstraint(
                name="import_run_state_known", condition=Q(state__in=RunState.values)
            ),
            models.CheckConstraint(
                name="import_run_reported",
                condition=Q(report__isnull=False)
                | ~Q(state__in=[RunState.READY, RunState.STORING, RunState.STORED]),
            ),
        )

    def __str__(self) -> str:
        return ", ".join(str(one["name"]) for one in self.files)

    @property
    def is_working(self) -> bool:
        """Whether a job has something to do with it."""
        return self.state in WORKING
