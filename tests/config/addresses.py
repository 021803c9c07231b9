"""A few addresses to test the middleware with, which need nothing of the app."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST, require_safe

from config.health import healthz


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """A page long enough to be compressed."""
    return HttpResponse("word " * 1000)


@require_safe
def failing_page(request: HttpRequest) -> HttpResponse:
    """A page whose error quotes an article."""
    raise ValueError("the mayor said\nso")


@require_POST
@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by name and password."""
    form = AuthenticationForm(request, request.POST)
    if form.is_valid():
        login(request, form.get_user())
        return HttpResponse("in")
    return HttpResponse("no", status=422)


app_name = "annotations"
urlpatterns = [
    path("healthz", healthz),
    path(
        "",
        include(
            (
                [
                    path("page/", page, name="page"),
                    path("failing-page/", failing_page, name="failing_page"),
                    path("sign-in/", sign_in, name="sign_in"),
                ],
                "annotations",
            )
        ),
    ),
]
