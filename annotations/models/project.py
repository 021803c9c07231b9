"""Projects and who belongs to them."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.models.person import Person
from annotations.states import Role


class ProjectQuerySet(models.QuerySet["Project"]):
    """Questions about many projects."""

    def of(self, person: Person) -> Self:
        """Projects this person is a member of."""
        return self.filter(memberships__person=person)


class Project(models.Model):
    """A body of articles annotated under one set of guidelines by one group of people."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=150)
    slug = models.SlugField(_("short name"), unique=True)
    guidelines = models.TextField(_("guidelines"), blank=True)
    language = models.CharField(_("language"), max_length=35, default="en")
    annotators_per_article = models.PositiveSmallIntegerField(
        _("annotators per article"), default=1
    )
    blind = models.BooleanField(_("blind"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                name="project_has_annotators", condition=Q(annotators_per_article__gte=1)
            ),
        )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """What a person may do in a project."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        constraints = (
            models.UniqueConstraint(name="membership_once", fields=("project", "person")),
            models.CheckConstraint(name="membership_role_known", condition=Q(role__in=Role.values)),
        )

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"
