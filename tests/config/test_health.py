"""The health address: 200 only when this process can serve."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from config import health

pytestmark = pytest.mark.urls("tests.config.addresses")


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrated", set())


@pytest.mark.django_db
def test_a_migrated_database_is_healthy(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_a_pending_migration_is_not(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'annotations'")

    response = client.get("/healthz")

    assert (response.status_code, response.content) == (503, b"migrations pending")


def test_a_database_out_of_reach_is_not(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", "/nowhere/at-all")

    with django_db_blocker.unblock():
        response = client.get("/healthz")

    connection.close()
    assert (response.status_code, response.content) == (503, b"database not answering")
