"""Whether this process can serve: the database answers and no migration is pending."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

_migrated: set[str] = set()
"""Aliases found fully migrated. A process never un-migrates, so the answer "yes" is kept."""


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 "ok", or 503 with the reason; for a load balancer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _is_migrated():
            return _unfit("migrations pending")
    except DatabaseError:
        return _unfit("database not answering")
    return HttpResponse("ok", content_type="text/plain")


def _is_migrated() -> bool:
    if connection.alias not in _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.add(connection.alias)
    return True


def _unfit(reason: str) -> HttpResponse:
    return HttpResponse(reason, content_type="text/plain", status=503)
