"""JSON objects that others wrote: each value is what it should be, or Malformed says what to change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from annotations.text.intake import UnfitText, clean_text

Told = Mapping[str, object]
FACTS = ("title", "byline", "outlet", "url", "language")


class Malformed(ValueError):
    """What does not have the shape it should; str() says what to change."""


def object_in(raw: bytes) -> Told:
    try:
        told = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        reason = _("Byte %(byte)d of the line is not UTF-8. Save the file as UTF-8.")
        raise Malformed(reason % {"byte": error.start + 1}) from error
    except RecursionError as error:
        raise Malformed(_("It is nested too deeply to be an article.")) from error
    except ValueError as error:
        raise Malformed(_("It is not valid JSON: %(why)s.") % {"why": error}) from error
    if not isinstance(told, dict):
        raise Malformed(_("A line must hold one JSON object: an article."))
    return told


def facts_of(told: Told) -> dict[str, Any]:
    """What is known about an article, under the names of a Manuscript."""
    known: dict[str, Any] = {name: string(told, name) for name in FACTS}
    return known | {"published_on": day(told, "published_on")}


def objects(told: Told, key: str) -> list[dict[str, object]]:
    found = told.get(key) or []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Malformed(_("“%(key)s” must be a list of objects.") % {"key": key})
    return found


def string(told: Told, key: str) -> str:
    """A text that the database can hold, "" where there is none."""
    found = told.get(key)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise Malformed(_("“%(key)s” must be a text in quotation marks.") % {"key": key})
    try:
        clean_text(found)
    except UnfitText as error:
        raise Malformed(f"“{key}”: {error}") from error
    return found


def key_in(told: Told, key: str) -> str | None:
    """An id, which other tools write as a number."""
    found = told.get(key)
    if type(found) is int:
        return str(found)
    return string(told, key) or None


def integer(told: Told, key: str) -> int:
    found = told.get(key)
    if type(found) is not int:
        raise Malformed(
            _("“%(key)s” must be a whole number: an offset in code points.") % {"key": key}
        )
    return found


def boolean(told: Told, key: str) -> bool:
    found = told.get(key, False)
    if not isinstance(found, bool):
        raise Malformed(_("“%(key)s” must be true or false.") % {"key": key})
    return found


def day(told: Told, key: str) -> date | None:
    found = string(told, key)
    try:
        return date.fromisoformat(found) if found else None
    except ValueError as error:
        raise Malformed(_("“%(key)s” must be a date such as 2026-11-22.") % {"key": key}) from error
