"""The project under gunicorn, as browser tests meet it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 30


class Server:
    """The project under gunicorn, on the test database, kept for the session once it is asked for."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None
        self.address = ""

    def serve(self, database_url: str) -> str:
        """Start on a free loopback port unless it runs already; give the address."""
        if not self.process:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = probe.getsockname()[1]
            self.address = f"http://127.0.0.1:{port}"
            with self.log.open("wb") as log:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"],
                    cwd=ROOT,
                    env=_environment(database_url, port),
                    stdout=log,
                    stderr=subprocess.STDOUT,
                )
            self._wait()
        return self.address

    def stop(self) -> None:
        """End the server, if there is one, and wait until it is gone."""
        if self.process:
            self.process.terminate()
            self.process.wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and self.process and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.address}/healthz", timeout=5).close()
            except urllib.error.HTTPError as answer:
                answer.close()
                break
            except OSError:
                time.sleep(0.05)
            else:
                return
        self.stop()
        pytest.fail(f"the server did not start:\n{self.log.read_text()}")


def _environment(database_url: str, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": database_url,
        "DEBUG": "0",
        "DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "JOBS": "process",
        "PORT": str(port),
        "SECRET_KEY": settings.SECRET_KEY,
        "STATIC_ROOT": "",
    }
