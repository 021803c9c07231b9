"""Signing in and out, and the doors of the demo."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required, login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.models import AnnotationSet, Membership
from annotations.states import Role, SetState
from annotations.views import access

DEMO = "demo"
PROXY_HEADERS = ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP")


class Door(LoginView):
    """Django's sign-in, with the status of a refusal and without a way that leads in a circle."""

    template_name = "annotations/sign_in.html"
    redirect_authenticated_user = True

    def get_success_url(self) -> str:
        address = super().get_success_url()
        leads_back = urlsplit(address).path == self.request.path
        return self.get_default_redirect_url() if leads_back else address

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """User name and password; in a demo also one click for each of its people."""
    # Decoded from UTF-7, a name may hold half of a character, which no database takes.
    if request.encoding and request.encoding.lower() != "utf-8":
        request.encoding = "utf-8"
    view = Door.as_view(extra_context={"demo_people": demo_people() if is_demo(request) else []})
    return view(request)


@require_POST
@login_required
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(reverse("annotations:sign_in"))


@require_POST
@login_not_required
def demo_enter(request: HttpRequest, username: str) -> HttpResponse:
    """Sign in as one of the demo's people, without a password; on this machine only."""
    if not is_demo(request):
        raise Http404
    person = access.member_called(DEMO, username)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponseRedirect(reverse("annotations:work_list"))


def is_demo(request: HttpRequest) -> bool:
    """Whether this is a demo, asked for from the machine it runs on and not through a proxy."""
    if not settings.DEMO or any(name in request.headers for name in PROXY_HEADERS):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def demo_people() -> list[dict[str, str]]:
    """The people of the demo: name, role and what there is to do for them."""
    what = {
        Role.EDITOR: _("has handed the article in"),
        Role.REVIEWER: _("decides its claims one by one"),
        Role.MANAGER: _("reopens what has been reviewed"),
    }
    annotating = AnnotationSet.objects.filter(project__slug=DEMO, state=SetState.OPEN)
    at_work = set(annotating.values_list("annotator", flat=True))
    memberships = Membership.objects.filter(
        project__slug=DEMO, person__is_active=True
    ).select_related("person")
    return [
        {
            "username": one.person.username,
            "name": one.person.get_full_name(),
            "role_label": one.get_role_display(),
            "what": _("annotates the article")
            if one.person_id in at_work
            else what[Role(one.role)],
        }
        for one in memberships.order_by("pk")
    ]
