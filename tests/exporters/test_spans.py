"""What the tables of spans and links say, and that they hang together."""

from __future__ import annotations

import pytest

from annotations.exporters import spans
from annotations.scheme import ATTRIBUTES
from annotations.states import ClaimState
from tests.exporters.cases import APPROVED, EVERY, filtered, seed, table_of
from tests.people import link, make_cast, make_set, tag

pytestmark = pytest.mark.django_db


def test_a_span_has_the_attributes_of_its_tag_only() -> None:
    rows = {row["label"]: row for row in table_of(seed(), "spans")}

    assert (rows["S3"]["kind"], rows["S3"]["certainty"]) == ("person", "")
    assert (rows["A1"]["kind"], rows["A1"]["certainty"]) == ("", "certain")
    assert {rows["C1"][attribute.key] for attribute in ATTRIBUTES} == {""}


def test_every_attribute_of_the_codebook_has_a_column() -> None:
    assert {one.key for one in ATTRIBUTES} - set(spans.SPANS.header) == set()


def test_a_link_to_an_implicit_source_has_no_span_at_its_end() -> None:
    cast = make_cast()
    claim = tag(make_set(cast), "the dam had failed", "allegation")
    link("attributed_to", claim, implicit="unspecified")

    (row,) = table_of(cast.project, "links")

    assert (row["implicit"], row["to_span_id"], row["to_text"]) == ("unspecified", "", "")
    assert row["from_text"] == "the dam had failed"


@pytest.mark.parametrize("states", [APPROVED, EVERY])
def test_links_name_spans_that_are_there_and_quote_them(states: frozenset[ClaimState]) -> None:
    project = seed()

    texts = {row["span_id"]: row["text"] for row in table_of(project, "spans", states)}

    links = table_of(project, "links", states)
    assert len(links) == (10 if states == APPROVED else 25)
    for row in links:
        for end in ("from", "to", "cue"):
            assert texts.get(row[f"{end}_span_id"], "") == row[f"{end}_text"]


def test_a_filter_keeps_what_the_chosen_claims_rest_on_and_nothing_else() -> None:
    cast, _one = filtered()

    kept = [row["text"] for row in table_of(cast.project, "spans", APPROVED)]
    joined = [
        (row["type"], row["from_text"], row["to_text"])
        for row in table_of(cast.project, "links", APPROVED)
    ]

    assert kept == ["Officials", "the dam had failed", "“We told them in May,”"]
    assert joined == [
        ("attributed_to", "the dam had failed", "Officials"),
        ("supports", "“We told them in May,”", "the dam had failed"),
    ]


def test_without_a_filter_spans_that_no_claim_uses_are_there_too() -> None:
    cast, _one = filtered()

    kept = {row["text"] for row in table_of(cast.project, "spans", EVERY)}

    assert kept == {"Officials", "the dam had failed", "“We told them in May,”", "Smith", "Nobody"}
