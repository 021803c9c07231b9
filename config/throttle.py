"""How often a sign-in may fail before the door stays shut for a while.

Counted in the database, so that several processes agree; a name is shut per address, so that
nobody can lock a colleague out.
"""

from __future__ import annotations

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.template.loader import select_template
from django.utils import timezone
from django.utils.translation import gettext as _


class SignInThrottle(AxesDatabaseHandler):  # type: ignore[misc]  # the package has no types
    """The package's throttle per name and address, and ours per address beneath it."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, str] | None = None) -> bool:
        return super().is_locked(request, credentials) or _is_address_shut(request)


def client_address(request: HttpRequest) -> str:
    """The network address of the client; behind a proxy the one the proxy itself has seen."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def locked_out(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, str] | None
) -> HttpResponse:
    """Answer 429, saying when to come again."""
    minutes = settings.AXES_COOLOFF_TIME.total_seconds() // 60
    reason = _("Too many failed sign-ins. Try again in %(minutes)d minutes.") % {"minutes": minutes}
    page = select_template(["429.html", "403.html"])
    return HttpResponse(
        page.render({"exception": reason}, request),
        status=429,
        headers={"Retry-After": str(int(minutes * 60))},
    )


def _is_address_shut(request: HttpRequest) -> bool:
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(
        ip_address=client_address(request), attempt_time__gte=since
    )
    failures = attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0
    return failures >= settings.AXES_ADDRESS_FAILURE_LIMIT
