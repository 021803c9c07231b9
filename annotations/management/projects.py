"""Finds the project that a command names."""

from __future__ import annotations

from django.core.management.base import CommandError

from annotations.models import Project


def project_named(slug: str) -> Project:
    """The project with this short name; CommandError that lists the known ones otherwise."""
    project = Project.objects.filter(slug=slug).first()
    if project is None:
        known = ", ".join(Project.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"There is no project “{slug}”. There is: {known or 'none yet'}.")
    return project
