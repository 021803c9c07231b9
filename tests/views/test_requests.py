"""The type that views give a request: somebody is signed in, and htmx may have sent it."""

from __future__ import annotations

from typing import get_type_hints

from django.contrib.auth import get_user_model
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails, HtmxMiddleware

from annotations.views.requests import MemberRequest


def test_the_person_is_of_the_model_that_signs_in() -> None:
    assert get_type_hints(MemberRequest)["user"] is get_user_model()


def test_what_the_middleware_adds_has_the_type_that_is_promised() -> None:
    request = RequestFactory().get("/")

    HtmxMiddleware(lambda _request: None)(request)  # type: ignore[arg-type]  # no answer is needed

    assert type(request.htmx) is get_type_hints(MemberRequest)["htmx"] is HtmxDetails  # type: ignore[attr-defined]  # by middleware
