"""What the tables of articles and zones say."""

from __future__ import annotations

from hashlib import sha256

import pytest

from annotations.models import Zone
from annotations.workflow.zoning import lift_zone
from tests.exporters.cases import APPROVED, emoji, filtered, seed, table_of
from tests.people import make_article, make_cast

pytestmark = pytest.mark.django_db


def test_an_article_comes_with_its_text_and_the_digest_of_it() -> None:
    (row,) = table_of(emoji(), "articles")

    assert sha256(row["text"].encode()).hexdigest() == row["text_sha256"]
    assert int(row["length"]) == len(row["text"])
    assert row["text"].endswith("إن السد انهار.\n")


def test_an_article_without_a_chosen_claim_is_left_out() -> None:
    cast, one = filtered()
    make_article(cast, "Nobody has read this yet.")

    chosen = table_of(cast.project, "articles", APPROVED)

    assert [row["text"] for row in chosen] == [one.article.text]
    assert len(table_of(cast.project, "articles")) == 2


def test_a_zone_quotes_the_text_and_says_whether_it_was_lifted() -> None:
    project = seed()
    zone = Zone.objects.get(article__project=project)
    manager = project.memberships.get(role="manager").person
    before = table_of(project, "zones", APPROVED)

    lift_zone(zone, by=manager, active=False)

    (row,) = table_of(project, "zones", APPROVED)
    (article,) = table_of(project, "articles")
    assert row["text"] == article["text"][int(row["start"]) : int(row["end"])]
    assert (before, row["active"]) == ([{**row, "active": "true"}], "false")


def test_a_project_without_boilerplate_has_no_zones() -> None:
    cast = make_cast()
    make_article(cast)

    assert table_of(cast.project, "zones") == []
