"""How a log line looks: one line, UTC, with the request's id, person and route.

It must not let a newline through, nor article text: messages of exceptions may quote what was being
saved, so outside DEBUG only the exception's type and place are written.
"""

from __future__ import annotations

import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import NamedTuple


class RequestFacts(NamedTuple):
    """What every log line says about the request being served; "-" where unknown."""

    request_id: str = "-"
    person: str = "-"
    route: str = "-"


NO_REQUEST = RequestFacts()
facts: ContextVar[RequestFacts] = ContextVar("facts", default=NO_REQUEST)
"""Set at the start of each request and never reset: Django logs an error after the last middleware
has returned."""


class LineFormatter(logging.Formatter):
    """Format a record as one line that nothing in its message can break."""

    def __init__(self, *, with_messages: bool = False) -> None:
        super().__init__()
        self.with_messages = with_messages

    def format(self, record: logging.LogRecord) -> str:
        now = facts.get()
        parts = [
            datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            record.levelname,
            record.name,
            f"request={now.request_id} person={now.person} route={now.route}",
            record.getMessage(),
        ]
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(self._place_of(record.exc_info[1]))
        return _one_line(" ".join(parts))

    def _place_of(self, error: BaseException) -> str:
        """The exception's type and the calls that led to it, innermost last."""
        frames = traceback.extract_tb(error.__traceback__)
        calls = " > ".join(f"{frame.filename}:{frame.lineno}:{frame.name}" for frame in frames)
        message = f": {error}" if self.with_messages else ""
        return f"[{type(error).__qualname__}{message}] {calls}"


def _one_line(text: str) -> str:
    """The text with every unprintable character, line ends among them, written as an escape."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in text
    )
