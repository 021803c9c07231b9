"""What the table of claims says about chains, implicit sources, evidence and decisions."""

from __future__ import annotations

import pytest

from annotations.exporters import claims
from annotations.models import Span
from annotations.scheme import attributes_of
from annotations.states import ClaimState
from annotations.workflow import annotating, joining
from tests.exporters.cases import APPROVED, filtered, seed, table_of
from tests.people import claim_of, link, make_cast, make_set, tag

pytestmark = pytest.mark.django_db


def test_the_golden_chains_come_out() -> None:
    chains = {
        row["label"]: (row["chain"], row["chain_depth"]) for row in table_of(seed(), "claims")
    }

    assert chains["A1"] == ("United States > author", "2")
    assert chains["A9"] == ("several sources > Stuart Jones > author", "3")
    assert chains["A10"] == ("reports > Stuart Jones > author", "3")


def test_each_attribution_has_its_place_in_every_cell_of_sources() -> None:
    cast = make_cast()
    one = make_set(cast)
    claim = tag(one, "the dam had failed", "allegation")
    tag(one, "Officials", "source", claim=claim)
    tag(one, "said", "cue", claim=claim)
    link("attributed_to", claim, implicit="author")
    anonymous = tag(one, "Nobody", "source", claim=claim)
    annotating.set_attributes(
        anonymous, by=cast.edda, values={"naming": "anonymous"}, version=anonymous.version
    )

    (row,) = table_of(cast.project, "claims")

    assert row["source"] == "Officials |  | Nobody"
    assert row["source_naming"] == "named |  | anonymous"
    assert row["source_entity"] == "Officials |  | Nobody"
    assert row["chain"] == "Officials > author | author | Nobody > author"
    assert row["cue"].split(" | ")[0] == "said"


def test_a_claim_of_the_author_alone_has_no_source_but_a_chain() -> None:
    cast = make_cast()
    claim = tag(make_set(cast), "the dam had failed", "allegation")
    link("attributed_to", claim, implicit="author")

    (row,) = table_of(cast.project, "claims")

    assert (row["source"], row["chain"], row["chain_depth"]) == ("", "author", "1")


def test_a_denied_attribution_is_negated() -> None:
    cast = make_cast()
    claim = tag(make_set(cast), "the dam had failed", "allegation")
    said = link("attributed_to", claim, tag(claim.annotation_set, "Jones", "source"))
    before = table_of(cast.project, "claims")[0]["negated"]

    joining.negate(said, by=cast.edda, negated=True)

    assert (before, table_of(cast.project, "claims")[0]["negated"]) == ("false", "true")


def test_evidence_says_what_it_is_and_on_which_side() -> None:
    cast = make_cast()
    one = make_set(cast)
    claim = tag(one, "the dam had failed", "allegation")
    photographs = tag(one, "Photographs", "evidence", claim=claim)
    annotating.set_attributes(
        photographs, by=cast.edda, values={"type": "visual"}, version=photographs.version
    )
    link("refutes", tag(one, "cracks", "evidence"), claim)

    (row,) = table_of(cast.project, "claims")

    assert row["evidence"] == "Photographs | cracks"
    assert row["evidence_type"] == "visual | unspecified"
    assert row["evidence_stance"] == "supports | refutes"
    assert row["refuted"] == "true"


def test_a_claim_that_supports_another_is_named_by_its_id() -> None:
    cast, one = filtered()
    told = Span.objects.get(annotation_set=one, text="“We told them in May,”")

    (row,) = table_of(cast.project, "claims", APPROVED)

    assert row["supporting_claims"] == f"c_{told.uid}"
    assert (row["evidence"], row["refuting_claims"], row["refuted"]) == ("", "", "false")


def test_a_decided_claim_says_who_decided_it_and_when() -> None:
    cast, one = filtered()
    claim = claim_of(Span.objects.get(annotation_set=one, text="the dam had failed"))

    (row,) = table_of(cast.project, "claims", APPROVED)

    assert claim.decided_at is not None
    assert (row["status"], row["author"], row["reviewer"]) == ("approved", "edda", "rosa")
    assert row["decided_at"] == f"{claim.decided_at:%Y-%m-%dT%H:%M:%SZ}"


def test_a_claim_without_a_decision_has_empty_cells_for_it() -> None:
    cast, _one = filtered()

    (row,) = table_of(cast.project, "claims", [ClaimState.PENDING])

    assert [row[name] for name in ("reviewer", "decided_at", "reasons", "note")] == [""] * 4


def test_the_annotators_note_and_the_reviewers_are_two_columns() -> None:
    cast, one = filtered()
    claim = one.claims.approved().select_related("allegation").get()
    span = claim.allegation
    type(span).objects.filter(pk=span.pk).update(
        attributes=span.attributes | {"note": "First line.\nSecond line."}
    )
    type(claim).objects.filter(pk=claim.pk).update(note="Well seen.")

    (row,) = table_of(cast.project, "claims", [ClaimState.APPROVED])

    assert (row["claim_note"], row["note"]) == ("First line.\nSecond line.", "Well seen.")


def test_every_attribute_of_the_codebook_has_a_column() -> None:
    expected = {
        *(claims.NAMES.get(one.key, one.key) for one in attributes_of("allegation")),
        *(f"source_{one.key}" for one in attributes_of("source")),
        *(f"evidence_{one.key}" for one in attributes_of("evidence")),
    }

    assert expected - set(claims.CLAIMS.header) == set()
