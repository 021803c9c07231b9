"""The settings: secure without being told, documented, and plain about what is missing."""

from __future__ import annotations

import ast
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "SECRET_KEY": "a7Qw-9zKp_3LmXv0RtYb5NcHd8FgJs2UeWi4OqAx6ZrTy1BkVn",
    "ALLOWED_HOSTS": "ascribe.example",
}


def settings_with(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, Any]:
    """The names that the settings define under exactly these variables."""
    for name in documented():
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(ROOT / "config" / "settings.py"))


def documented() -> set[str]:
    """The names in the first column of the tables in docs/settings.md."""
    return set(
        re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE)
    )


def read_by_the_code() -> set[str]:
    """The variables that config/ reads from the environment."""
    calls = [
        node
        for path in (ROOT / "config").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and re.match(r"(env|os\.environ)\.", ast.unparse(node.func))
    ]
    names = {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}
    return {str(name) for name in names} - {"DJANGO_SETTINGS_MODULE"}


def test_the_table_in_the_docs_lists_what_the_code_reads() -> None:
    assert documented() == read_by_the_code()


def test_production_without_a_key_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set"):
        settings_with(monkeypatch, ALLOWED_HOSTS="ascribe.example")


def test_a_key_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from the file")

    settings = settings_with(monkeypatch, SECRET_KEY_FILE=str(tmp_path / "key"))

    assert settings["SECRET_KEY"] == "from the file"


def test_production_is_closed_until_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_with(monkeypatch, SECRET_KEY="key")

    assert {name: settings[name] for name in ("DEBUG", "DEMO", "HTTPS", "ALLOWED_HOSTS")} == {
        "DEBUG": False,
        "DEMO": False,
        "HTTPS": True,
        "ALLOWED_HOSTS": [],
    }
    assert settings["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert settings["CSRF_COOKIE_NAME"] == "__Host-csrftoken"
    assert settings["SECURE_SSL_REDIRECT"]


def test_a_proxy_is_believed_only_when_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    without = settings_with(monkeypatch, **PRODUCTION)
    behind = settings_with(monkeypatch, **PRODUCTION, BEHIND_PROXY="1")

    assert "SECURE_PROXY_SSL_HEADER" not in without
    assert behind["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_the_demo_answers_on_loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_with(monkeypatch, SECRET_KEY="key", DEMO="1", HTTPS="1")

    assert settings["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert settings["HTTPS"] is False


def test_the_demo_refuses_another_host(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="loopback names only"):
        settings_with(monkeypatch, **PRODUCTION, DEMO="1")


def test_sqlite_waits_and_keeps_what_it_acknowledged(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_with(monkeypatch, **PRODUCTION)

    assert settings["DATABASES"]["default"] == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(ROOT / "var" / "ascribe.sqlite3"),
        "USER": "",
        "PASSWORD": "",
        "HOST": "",
        "PORT": "",
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def test_postgresql_gives_up_on_what_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "postgresql://ann:secret@db.example:5433/ascribe"

    settings = settings_with(monkeypatch, **PRODUCTION, DATABASE_URL=url)

    assert settings["DATABASES"]["default"] == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "ascribe",
        "USER": "ann",
        "PASSWORD": "secret",
        "HOST": "db.example",
        "PORT": 5433,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "options": "-c statement_timeout=30000 -c lock_timeout=5000"
            " -c idle_in_transaction_session_timeout=60000"
        },
    }


def test_postgresql_is_found_by_its_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "postgresql://ann@/ascribe?host=/run/postgresql"

    settings = settings_with(monkeypatch, **PRODUCTION, DATABASE_URL=url)

    database = settings["DATABASES"]["default"]
    assert (database["HOST"], database["NAME"]) == ("/run/postgresql", "ascribe")


def test_djangos_own_check_of_a_deployment_finds_nothing() -> None:
    # Browser tests of the same process set the second name, which no deployment has.
    unwanted = {*documented(), "DJANGO_ALLOW_ASYNC_UNSAFE"}
    environment = {name: value for name, value in os.environ.items() if name not in unwanted}

    check = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={**environment, **PRODUCTION, "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (check.returncode, check.stderr) == (0, "")
