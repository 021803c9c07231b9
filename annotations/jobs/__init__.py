"""Work that outlives a request: `enqueue` has it done at once, or in a process of its own.

A job is a function of one key that may be called at any time: it looks at how things stand and does
what is left. Whoever works holds a lock that the system takes back when the process ends, in
whatever way; so a job that was killed is seen at once (`is_at_work`) and can be started again.
"""

from __future__ import annotations

import fcntl
import importlib
import json
import os
import pkgutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

from django.conf import settings

Work: TypeAlias = Callable[[str], None]

JOBS: dict[str, Work] = {}

STANDARD_INPUT = 0

PATIENCE = 5.0
"""Seconds to wait for a lock. Work that is over has it for a moment longer, and so has whoever only
looks whether it is held; giving up at once would leave what is asked for now undone."""

KEPT_SECONDS = 60 * 24 * 60 * 60

TOLD_EVERY = 0.25
"""Seconds between two notes of how far a job is."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: `done` of `total` in one phase of it; a total of 0 is not known yet."""

    phase: str
    done: int
    total: int

    @property
    def percent(self) -> int:
        """The share that is done."""
        return min(100, 100 * self.done // self.total) if self.total else 0


def register(name: str) -> Callable[[Work], Work]:
    """Make a function the job of this name."""

    def registered(work: Work) -> Work:
        JOBS[name] = work
        return work

    return registered


def enqueue(name: str, key: str) -> None:
    """Have a job done, unless somebody is at it already. Call it when what it reads is committed."""
    lock = _take(_place(name, key, "lock"))
    if lock is None:
        return
    with lock:
        _place(name, key, "json").unlink(missing_ok=True)
        if settings.JOBS == "process":
            _start(name, key, lock)
        else:
            JOBS[name](key)


def perform(name: str, key: str) -> None:
    """Do a job in a process started for it, and give back the lock before the process ends."""
    JOBS[name](key)
    fcntl.flock(STANDARD_INPUT, fcntl.LOCK_UN)


def is_at_work(name: str, key: str) -> bool:
    """Whether somebody is doing this job right now."""
    place = _place(name, key, "lock")
    if not place.exists():
        return False
    with place.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def teller(name: str, key: str) -> Callable[[str, int, int], None]:
    """What a job calls to say how far it is. It writes to a file, never to the database."""
    place, last = _place(name, key, "json"), Progress("", 0, 0)
    told_at = 0.0

    def tell(phase: str, done: int, total: int) -> None:
        nonlocal told_at, last
        now = time.monotonic()
        if phase == last.phase and done < total and now - told_at < TOLD_EVERY:
            return
        last, told_at = Progress(phase, done, total), now
        draft = place.with_suffix(".new")
        draft.write_text(json.dumps([phase, done, total]))
        draft.replace(place)

    return tell


def progress_of(name: str, key: str) -> Progress | None:
    """How far a job said it was; None before it has said so."""
    try:
        phase, done, total = json.loads(_place(name, key, "json").read_text())
    except (FileNotFoundError, ValueError):
        return None
    return Progress(phase, done, total)


def sweep() -> None:
    """Delete what jobs of long ago have left behind."""
    for place in _home().iterdir():
        with suppress(FileNotFoundError):  # somebody else was faster
            if time.time() - place.stat().st_mtime > KEPT_SECONDS:
                place.unlink()


def _take(place: Path) -> BinaryIO | None:
    """The lock in this file, held until the file is closed everywhere; None where it is taken."""
    file = os.fdopen(os.open(place, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                file.close()
                return None
            time.sleep(0.01)
        else:
            return file


def _start(name: str, key: str, lock: BinaryIO) -> None:
    """Start a process for the job. The lock, its standard input, is its own as long as it lives."""
    child = subprocess.Popen(  # noqa: S603 -- our own command; a job's name and key are ours, too
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "job", name, key],
        stdin=lock,
        # Neither the end of the server nor a closed terminal ends what it has started.
        start_new_session=True,
    )
    lock.truncate(0)
    lock.write(str(child.pid).encode())  # for who wants to know, and perhaps to end it
    # Somebody has to take note of its end, or it stays in the table of processes.
    threading.Thread(target=child.wait, daemon=True).start()


def _place(name: str, key: str, kind: str) -> Path:
    return _home() / f"{name}-{key}.{kind}"


def _home() -> Path:
    home = Path(settings.WORK_DIR) / "jobs"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home


for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
