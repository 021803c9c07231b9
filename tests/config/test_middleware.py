"""What every request goes through: sign-in, session, limits, headers, facts for the log."""

from __future__ import annotations

import logging
import time

import pytest
from django.conf import LazySettings
from django.test import Client

from annotations.models import Person
from config.logs import LineFormatter

pytestmark = [pytest.mark.urls("tests.config.addresses"), pytest.mark.django_db]

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
}
DAY = 24 * 60 * 60


class Lines(logging.Handler):
    """Keeps the lines that would have been logged."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(LineFormatter())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


def test_a_stranger_is_sent_to_the_sign_in_and_back(client: Client) -> None:
    response = client.get("/page/?part=2")

    assert (response.status_code, response.headers["Location"]) == (
        302,
        "/sign-in/?next=/page/%3Fpart%3D2",
    )


@pytest.mark.parametrize(
    ("page", "back"),
    [
        ("http://testserver/page/?part=2", "/page/%3Fpart%3D2"),
        ("http://testserver/page/", "/page/"),
        ("https://elsewhere.example/page/", "/"),
        ("//testserver", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_htmx_is_told_to_leave_the_page_when_the_session_has_ended(
    client: Client, page: str, back: str
) -> None:
    response = client.get("/page/", headers={"HX-Request": "true", "HX-Current-URL": page})

    assert (response.status_code, response.headers["HX-Redirect"], response.content) == (
        401,
        f"/sign-in/?next={back}",
        b"",
    )


def test_a_session_in_use_is_kept_alive_without_a_write_per_request(signed_in: Client) -> None:
    signed_in.get("/page/")

    first = signed_in.session["seen_at"]
    signed_in.get("/page/")

    assert signed_in.session["seen_at"] == first


def test_a_session_in_use_is_written_again_after_a_while(signed_in: Client) -> None:
    signed_in.get("/page/")
    session = signed_in.session
    session["seen_at"] = time.time() - 11 * 60
    session.save()

    response = signed_in.get("/page/")

    assert response.cookies["sessionid"]["max-age"] == DAY / 2


@pytest.mark.parametrize(("days", "status"), [(6.9, 200), (7.1, 302)])
def test_a_session_ends_seven_days_after_the_sign_in(
    signed_in: Client, days: float, status: int
) -> None:
    session = signed_in.session
    session["signed_in_at"] = time.time() - days * DAY
    session.save()

    response = signed_in.get("/page/")

    assert response.status_code == status


def test_a_person_who_was_deactivated_is_out_at_the_next_request(
    signed_in: Client, ida: Person
) -> None:
    ida.is_active = False
    ida.save(update_fields=["is_active"])

    response = signed_in.get("/page/")

    assert response.status_code == 302


@pytest.mark.parametrize(
    ("address", "status"), [("/page/", 200), ("/nowhere/", 404), ("/failing-page/", 500)]
)
def test_every_answer_carries_the_headers(signed_in: Client, address: str, status: int) -> None:
    signed_in.raise_request_exception = False

    response = signed_in.get(address)

    assert response.status_code == status
    assert set(response.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_pages_are_compressed(signed_in: Client) -> None:
    response = signed_in.get("/page/", headers={"Accept-Encoding": "gzip"})

    assert response.headers["Content-Encoding"] == "gzip"


def test_an_upload_is_refused_by_its_announced_length(
    signed_in: Client, settings: LazySettings
) -> None:
    settings.MAX_UPLOAD_BYTES = 2**20

    small = signed_in.post("/page/", {"text": "x" * 2**20})
    large = signed_in.post("/page/", {"text": "x" * 2**21})

    assert (small.status_code, large.status_code) == (405, 413)
    assert large.content == b"This upload is too large: at most 1 MiB."


def test_an_error_is_logged_with_the_facts_of_its_request(signed_in: Client, ida: Person) -> None:
    signed_in.raise_request_exception = False
    handler = Lines()
    logging.getLogger("django.request").addHandler(handler)

    response = signed_in.get("/failing-page/")

    logging.getLogger("django.request").removeHandler(handler)
    (line,) = handler.lines
    facts = f"request={response.headers['X-Request-ID']} person={ida.pk} route=/failing-page/"
    assert facts in line
    assert "the mayor" not in line
