"""The seed article and its gold annotation, read from `seeds/`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from annotations.scheme import LinkValue, Reading, SpanValue
from annotations.text.offsets import Fragment

SEEDS = Path(__file__).parents[1] / "seeds"


@cache
def seed_text() -> str:
    return (SEEDS / "seed_article.txt").read_bytes().decode()


@cache
def gold() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SEEDS / "seed_gold.json").read_text(encoding="utf-8"))
    return found


@cache
def gold_reading() -> Reading:
    """The gold annotation as a reading, its spans numbered as in the file: A5 is A5."""
    keys = {span["id"]: key for key, span in enumerate(gold()["spans"], 1)}
    spans = [
        SpanValue(
            keys[span["id"]],
            span["tag"],
            tuple(Fragment(*part) for part in span["fragments"]),
            span["text"],
            span["attributes"],
            int(span["id"][1:]),
        )
        for span in gold()["spans"]
    ]
    links = [
        LinkValue(
            key,
            link["type"],
            keys[link["from"]],
            keys[link["to"]],
            cue_key=keys[link["cue"]] if link.get("cue") else None,
            negated=link["attributes"].get("negated", False),
        )
        for key, link in enumerate(gold()["links"], 1)
    ]
    return Reading(tuple(spans), tuple(links))
