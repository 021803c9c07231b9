"""The app's entry in Django's registry; no start-up work is done here."""

from __future__ import annotations

from django.apps import AppConfig


class AnnotationsConfig(AppConfig):
    """The one app of the project."""

    name = "annotations"
    default_auto_field = "django.db.models.BigAutoField"
