"""JSON Lines: what a line tells. That it comes back by import is told in tests/importers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotations.exporters.rows import Selection
from annotations.models import Project
from tests.exporters.cases import APPROVED, CASES, EVERY, emoji, exported, seed, two_readings

pytestmark = pytest.mark.django_db


def articles_of(project: Project, selection: Selection | None = None) -> list[dict[str, Any]]:
    raw = exported(selection or Selection(project, EVERY), "articles", key="jsonl")
    return [json.loads(line) for line in raw.decode().split("\n")[:-1]]


def test_a_line_tells_of_an_article_its_zones_and_its_annotations() -> None:
    (article,) = articles_of(seed())

    amira, ben = article["annotations"]

    assert article["id"] == "a_00000000-0000-0000-0000-000000000001"
    assert article["external_id"] == "seed_article.txt"
    assert [(zone["start"], zone["end"], zone["active"]) for zone in article["zones"]] == [
        (2129, 2232, True)
    ]
    assert [len(amira[part]) for part in ("spans", "links", "claims")] == [50, 25, 14]
    assert ben == {"annotator": "ben", "spans": [], "links": [], "claims": []}


def test_an_attribute_that_nobody_set_is_not_told() -> None:
    (article,) = articles_of(emoji())

    (edda,) = article["annotations"]

    assert [span["attributes"] for span in edda["spans"]] == [
        {},
        {"quote_type": "direct"},
        {},
        {"quote_type": "indirect"},
    ]


def test_letters_are_written_as_they_are() -> None:
    raw = exported(Selection(emoji(), EVERY), "articles", key="jsonl")

    assert "خالد".encode() in raw
    assert "🌊".encode() in raw


def test_a_claim_tells_where_its_review_stands() -> None:
    project = seed()

    (article,) = articles_of(project, Selection(project, APPROVED))

    (amira,) = article["annotations"]
    assert {claim["status"] for claim in amira["claims"]} == {"approved"}
    assert {claim["reviewer"] for claim in amira["claims"]} == {"rosa"}
    assert {claim["decided_at"] for claim in amira["claims"]} == {"2026-11-22T10:30:00Z"}
    assert amira["claims"][0]["chains"] == ["United States > author"]


def test_each_annotator_has_their_own_spans() -> None:
    cast, _edda, _egon = two_readings()

    (article,) = articles_of(cast.project)

    assert [(one["annotator"], len(one["spans"])) for one in article["annotations"]] == [
        ("edda", 2),
        ("egon", 2),
    ]


def test_an_empty_project_is_an_empty_file() -> None:
    assert articles_of(CASES["empty"]()) == []
