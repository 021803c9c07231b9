"""The root of all addresses: health, the admin, then the app.

The error pages are Django's defaults, which render `templates/400.html` to `500.html`.
"""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("", include("annotations.urls")),
]
