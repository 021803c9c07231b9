"""Requests as views see them: somebody is signed in, and htmx may have sent it."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from annotations.models import Person


class MemberRequest(HttpRequest):
    """A request of somebody signed in."""

    user: Person
    htmx: HtmxDetails
