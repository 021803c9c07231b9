"""What all tests share: the database, the rule that nothing may be skipped, and no network.

The SQLite test database is a file, because browser and concurrency tests start real servers on it.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Generator, Iterator
from urllib.parse import quote

import pytest
from django.db import connection, connections, transaction
from django.test.utils import setup_databases, teardown_databases
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker

CORPUS = "ASCRIBE_CORPUS"
"""Where the corpus lies. Without it, its tests may be skipped also under REQUIRE_ALL=1: it may not be
copied into the project. Their reason names the variable."""

KEPT_TABLES = {"django_migrations", "django_content_type", "auth_permission"}
"""What migrating fills; the tests need it after their rows are gone."""


hypothesis_settings.register_profile("steady", deadline=None)  # a busy machine is no failure
hypothesis_settings.load_profile("steady")


def pytest_configure() -> None:
    """Refuse every connection that leaves this machine."""
    sys.addaudithook(_refuse_network)


def pytest_unconfigure() -> None:
    """Leave no uploads behind; the workers of one run share theirs."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        shutil.rmtree(os.environ["WORK_DIR"], ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip browser tests where there is no Chromium, saying so."""
    if chromium():
        return
    skip = pytest.mark.skip(reason="Chromium is not installed: the browser tests did not run")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(skip)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With REQUIRE_ALL=1 a skipped test is a failed one."""
    report = yield
    if not hasattr(report, "wasxfail"):
        _fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """With REQUIRE_ALL=1 a skipped file is a failed one."""
    report = yield
    _fail_if_skipped(report)
    return report


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Put the SQLite test database into a file of this worker."""
    if connection.vendor == "sqlite":
        path = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(path)


@pytest.fixture(scope="session")
def configured_name() -> str:
    """The name of the database before there is a test database."""
    return str(connection.settings_dict["NAME"])


@pytest.fixture(scope="session")
def django_db_setup(
    configured_name: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The test database, also when every collected test asks for it through `committed_db`.

    pytest-django makes one only for its own marker and fixtures.
    """
    if connection.settings_dict["NAME"] != configured_name:
        yield
        return
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default": True})
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database whose writes other processes see; emptied at the end.

    Django's own flush cannot be used (`transactional_db`): triggers keep events from being deleted.
    """
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            emptied()
            connections.close_all()


@pytest.fixture
def database_url(committed_db: None) -> str:
    """The DATABASE_URL by which another process reaches the test database."""
    settings = connection.settings_dict
    name = quote(str(settings["NAME"]))
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    login = f"{quote(settings['USER'])}:{quote(settings['PASSWORD'])}"
    if settings["HOST"].startswith("/"):
        return f"postgresql://{login}@{port}/{name}?host={settings['HOST']}"
    return f"postgresql://{login}@{settings['HOST']}{port}/{name}"


def emptied() -> None:
    """Delete the rows of all tables but `KEPT_TABLES`, past the triggers that forbid it."""
    tables = [table for table in connection.introspection.table_names() if table not in KEPT_TABLES]
    with transaction.atomic():
        (_empty_sqlite if connection.vendor == "sqlite" else _empty_postgres)(tables)


def chromium() -> str | None:
    """The path of the system's Chromium, or of the one that CHROMIUM names."""
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    return next((path for name in names if name and (path := shutil.which(name))), None)


def _empty_sqlite(tables: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}"')
        cursor.execute("DELETE FROM sqlite_sequence")
        for _, sql in triggers:
            cursor.execute(sql)


def _empty_postgres(tables: list[str]) -> None:
    names = ", ".join(f'"{table}"' for table in tables)
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


def _fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if os.environ.get("REQUIRE_ALL") != "1" or not report.skipped:
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if CORPUS not in reason or os.environ.get(CORPUS):
        report.outcome = "failed"
        report.longrepr = f"REQUIRE_ALL=1 allows no skip. {reason}"


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and str(address[0]) not in {"127.0.0.1", "::1", "localhost"}:
        raise PermissionError(f"tests do not use the network: {address[0]}")
