"""The seed article and the spans of its gold annotation, read from `seeds/`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from annotations.text.offsets import Fragment, Fragments

SEEDS = Path(__file__).parents[2] / "seeds"


class GoldSpan(NamedTuple):
    tag: str
    fragments: Fragments
    text: str
    quote_type: str


def read_seed_text() -> str:
    return (SEEDS / "seed_article.txt").read_bytes().decode()


def read_gold_spans() -> list[GoldSpan]:
    gold = json.loads((SEEDS / "seed_gold.json").read_text(encoding="utf-8"))
    return [
        GoldSpan(
            span["tag"],
            tuple(Fragment(start, end) for start, end in span["fragments"]),
            span["text"],
            span["attributes"].get("quote_type", ""),
        )
        for span in gold["spans"]
    ]
