"""Settings of the test runs and of mypy: the project's own, quick, and with sign-ins not throttled."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault(
    "SECRET_KEY", "a key for tests, which guards nothing and is long enough for it"
)
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost")
os.environ.setdefault("HTTPS", "0")
# Checks that ask for a database without a test's own one must not find a person's.
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
os.environ.setdefault("JOBS", "inline")
# Never a person's own uploads; the same for the servers and jobs that tests start.
os.environ.setdefault("WORK_DIR", f"{tempfile.gettempdir()}/ascribe-work-{os.getpid()}")

from config.settings import *  # noqa: F403, TID251 -- the one module that extends the settings

AXES_ENABLED = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
