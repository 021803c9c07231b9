"""Failed sign-ins: shut out after ten per name and address, a hundred per address."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.http import HttpResponseBase
from django.test import Client, RequestFactory

from annotations.models import Person
from config.throttle import client_address

pytestmark = pytest.mark.urls("tests.config.addresses")

HOME, OFFICE = "192.0.2.7", "192.0.2.8"


@pytest.fixture(autouse=True)
def _throttled(settings: LazySettings) -> None:
    settings.AXES_ENABLED = True


def sign_in(
    client: Client, password: str, *, name: str = "ida", address: str = HOME
) -> HttpResponseBase:
    form = {"username": name, "password": password}
    return client.post("/sign-in/", form, REMOTE_ADDR=address)


def test_the_tenth_failure_shuts_the_door(client: Client, ida: Person) -> None:
    statuses = [sign_in(client, "wrong").status_code for _ in range(10)]

    answer = sign_in(client, "correct horse")

    assert statuses == [422] * 9 + [429]
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")


def test_nobody_can_lock_a_colleague_out(client: Client, ida: Person) -> None:
    for _ in range(11):
        sign_in(client, "wrong", address=HOME)

    assert sign_in(client, "correct horse", address=OFFICE).status_code == 200


def test_a_sign_in_forgets_the_failures_before_it(client: Client, ida: Person) -> None:
    for _ in range(9):
        sign_in(client, "wrong")
    sign_in(client, "correct horse")

    assert sign_in(client, "wrong").status_code == 422


def test_an_address_that_tries_many_names_is_shut_out(
    client: Client, ida: Person, settings: LazySettings
) -> None:
    settings.AXES_ADDRESS_FAILURE_LIMIT = 3
    for name in ("ann", "bob", "cem"):
        sign_in(client, "wrong", name=name)

    assert sign_in(client, "correct horse").status_code == 429
    assert sign_in(client, "correct horse", address=OFFICE).status_code == 200


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "expected"),
    [
        (False, "203.0.113.1", HOME),
        (True, "198.51.100.9, 203.0.113.1", "203.0.113.1"),
        (True, "", HOME),
    ],
)
def test_the_address_is_the_one_our_own_proxy_has_seen(
    settings: LazySettings, behind_proxy: bool, forwarded: str, expected: str
) -> None:
    settings.BEHIND_PROXY = behind_proxy
    request = RequestFactory().get("/", REMOTE_ADDR=HOME, headers={"X-Forwarded-For": forwarded})

    assert client_address(request) == expected
