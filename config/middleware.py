"""What happens to every request before a view sees it: facts for the log, limits, sign-in.

Nothing here knows articles or claims.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from config.logs import RequestFacts, facts

Answer = Callable[[HttpRequest], HttpResponseBase]

REFRESH = 10 * 60
"""Seconds after which a session in use is written again; at each request, every read would write."""

MULTIPART_OVERHEAD = 64 * 1024
"""Bytes a multipart form may add to the files it carries: boundaries, names, the other fields."""


class RequestFactsMiddleware:
    """Give the request an id, known to every log line and to the person who reports a problem."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = uuid4().hex[:16]
        facts.set(RequestFacts(request_id=request_id))
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Note which route was matched."""
        if request.resolver_match:
            facts.set(facts.get()._replace(route=f"/{request.resolver_match.route}"))


class BodyLimitMiddleware:
    """Refuse a body above `MAX_UPLOAD_BYTES` by its declared length, before it is read.

    A body without a length is none: WSGI servers hand it over as empty.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if int(request.META.get("CONTENT_LENGTH") or 0) > (
            settings.MAX_UPLOAD_BYTES + MULTIPART_OVERHEAD
        ):
            limit = settings.MAX_UPLOAD_BYTES // 2**20
            reason = _("This upload is too large: at most %(limit)d MiB.") % {"limit": limit}
            return HttpResponse(reason, status=413, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


class SessionLifetimeMiddleware:
    """End a session 7 days after its sign-in; keep one in use alive past its 12 hours."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        now = time.time()
        signed_in_at = request.session.get("signed_in_at", now)
        if request.user.is_authenticated and now - signed_in_at > settings.SESSION_LIFETIME:
            logout(request)
        response = self.get_response(request)
        if request.user.is_authenticated and now - request.session.get("seen_at", 0) > REFRESH:
            request.session.setdefault("signed_in_at", now)
            request.session["seen_at"] = now
        return response


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Require a sign-in for every view but those marked `login_not_required`.

    htmx would swap the sign-in page into a fragment's place, so it is told to leave the page.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[object, ...],
        view_kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        if request.user.is_authenticated:
            facts.set(facts.get()._replace(person=str(request.user.pk)))
            request.user.known_roles = {}
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]  # Django takes any response, the stubs do not
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        is_htmx = request.headers.get("HX-Request") == "true"
        if request.method in ("GET", "HEAD") and not is_htmx:
            return super().handle_no_permission(request, view_func)
        # What was sent cannot be sent again by signing in: back to the page it came from.
        sign_in = redirect_to_login(
            _page_of(request),
            self.get_login_url(view_func),
            self.get_redirect_field_name(view_func),
        )
        return (
            HttpResponse(status=401, headers={"HX-Redirect": sign_in.url}) if is_htmx else sign_in
        )


def _page_of(request: HttpRequest) -> str:
    """The path of the page a request comes from; "/" where it is not one of ours."""
    address = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    page = urlsplit(address)
    if page.netloc != request.get_host() or not page.path.startswith("/"):
        return "/"
    return f"{page.path}?{page.query}" if page.query else page.path
