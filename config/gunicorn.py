"""How gunicorn serves the project; read by `gunicorn -c config/gunicorn.py`.

Two processes suit two cores and SQLite's one writer; threads wait for slow clients and readers.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path

from gunicorn.arbiter import Arbiter

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
keepalive = 75

# One import for all workers, whose memory is then shared; see `when_ready`.
preload_app = True

# A heartbeat file on a disk can block a worker for seconds; memory cannot.
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 -- gunicorn makes its file there by mkstemp
worker_tmp_dir = str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else None
control_socket_disable = True

loglevel = "warning"
accesslog = None


def when_ready(server: Arbiter) -> None:
    """Say where the site is, and keep the collector off the memory that the workers share."""
    gc.freeze()
    # A long page makes tens of thousands of objects that live as long as its request: looking
    # through them every 700, as Python does by itself, takes several milliseconds.
    gc.set_threshold(50_000, 20, 20)
    host = f"{server.address[0][0]}:{server.address[0][1]}"
    print(f"Ascribe is ready: http://{host}/  (Ctrl-C ends it)", flush=True)  # noqa: T201 -- for the person at the terminal
