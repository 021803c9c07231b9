"""A person who is signed in; the tests of config/ need to know no more of the app."""

from __future__ import annotations

import pytest
from django.test import Client

from annotations.models import Person


@pytest.fixture
def ida(db: None) -> Person:
    """A person with a password."""
    return Person.objects.create_user(username="ida", password="correct horse", name="Ida Nilsen")


@pytest.fixture
def signed_in(ida: Person, client: Client) -> Client:
    """A browser in which Ida is signed in."""
    client.force_login(ida)
    return client
