"""Error pages are served when things are broken: they need no request, no database and no script."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client

PAGES = ["400", "403", "403_csrf", "404", "500"]


@pytest.mark.parametrize("page", PAGES)
def test_an_error_page_says_what_happened_and_where_to_go(page: str) -> None:
    html = render_to_string(f"{page}.html")

    counts = [len(re.findall(tag, html)) for tag in ("<h1>", '<a class="btn" href="/">', "<script")]
    assert counts == [1, 1, 0]


def test_a_refusal_gives_its_reason() -> None:
    html = render_to_string("403.html", {"exception": "You made <this> claim yourself."})

    assert "<p>You made &lt;this&gt; claim yourself.</p>" in html


@pytest.mark.django_db
def test_an_address_that_does_not_exist_is_answered_by_our_page(client: Client) -> None:
    response = client.get("/nothing-is-here/")

    assert (response.status_code, response.templates[0].name) == (404, "404.html")


def test_a_form_without_its_token_is_answered_by_our_page() -> None:
    response = Client(enforce_csrf_checks=True).post("/sign-in/")

    assert (response.status_code, "This form is out of date" in response.text) == (403, True)
