"""Bringing in annotations made elsewhere: all of them exactly, or none."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import AnnotationSet, Article, Event, Link, Span, reading_of
from annotations.models.link import LONGEST_GROUP
from annotations.models.span import MAX_FRAGMENTS
from annotations.scheme import claims_of
from annotations.states import ClaimState
from annotations.text.offsets import Fragment
from annotations.workflow import organising
from annotations.workflow.fitting import Misfits
from annotations.workflow.importing import Passage, Relation, bring_in, wait_longer
from annotations.workflow.refusals import Forbidden, Unfit
from tests.people import (
    TEXT,
    Cast,
    gold_passages,
    gold_relations,
    make_article,
    make_gold_set,
    make_person,
    passage_of,
)
from tests.rows import refused
from tests.seed import gold, seed_text

DAM = "the dam had failed"


@pytest.fixture
def article(cast: Cast) -> Article:
    return make_article(cast)


def part(key: str, tag: str, words: str, **attributes: str) -> Passage:
    start = TEXT.index(words)
    return Passage(key, tag, (Fragment(start, start + len(words)),), words, attributes)


ALLEGATION = part("A", "allegation", DAM)
WARNING = part("B", "allegation", "We told them in May")
SOURCE = part("S", "source", "Officials")
OTHER = part("T", "source", "Jones")
EVIDENCE = part("E", "evidence", "Photographs")
CUE = part("C", "cue", "said")
PARTS = (ALLEGATION, WARNING, SOURCE, OTHER, EVIDENCE, CUE)
SAID = Relation("attributed_to", "A", "S", cue_key="C")


def bring(
    cast: Cast, article: Article, passages: list[Passage], relations: list[Relation]
) -> AnnotationSet:
    return bring_in(
        article, annotator=cast.edda, passages=passages, relations=relations, by=cast.mara
    )


def test_the_gold_annotation_comes_in_letter_for_letter(cast: Cast) -> None:
    annotation_set = make_gold_set(cast)

    reading = reading_of(annotation_set)
    expected = {(one["tag"], one["text"], *map(tuple, one["fragments"])) for one in gold()["spans"]}
    assert {(one.tag, one.text, *one.fragments) for one in reading.spans} == expected
    assert all(one.text == seed_text()[one.start : one.end] for one in reading.spans)
    assert len(reading.links) == 25
    assert [one.negated for one in reading.links].count(True) == 1
    chains = [one.chain for claim in claims_of(reading) for one in claim.attributions]
    assert chains[8:11] == [
        "several sources > Stuart Jones > author",
        "reports > Stuart Jones > author",
        "United States > Stuart Jones > author",
    ]


def test_what_is_brought_in_is_an_open_set_of_drafts_with_warnings(cast: Cast) -> None:
    annotation_set = make_gold_set(cast)

    claims = list(annotation_set.claims.all().in_text_order())
    assert (annotation_set.state, annotation_set.annotator) == ("open", cast.edda)
    assert {(claim.state, claim.author, claim.changed_by) for claim in claims} == {
        (ClaimState.DRAFT, cast.edda, cast.edda)
    }
    assert [claim.warnings for claim in claims[:2]] == ["V13", "V13"]
    assert [claim.warnings for claim in claims[8:10]] == ["V12", "V12"]
    assert [claim.allegation.label for claim in claims] == [f"A{n}" for n in range(1, 15)]
    assert set(Span.objects.values_list("origin", flat=True)) == {"import"}


def test_an_import_is_one_event_with_counts_and_a_digest(cast: Cast) -> None:
    annotation_set = make_gold_set(cast)

    (event,) = Event.objects.filter(annotation_set_uid=annotation_set.uid)

    assert (event.verb, event.actor, event.object_uid) == ("import", "mara", annotation_set.uid)
    assert event.after is not None
    told = dict(event.after)
    assert len(told.pop("sha256")) == 64
    assert told == {"spans": 50, "links": 25, "annotator": "edda"}


def test_the_digest_depends_on_what_is_brought_and_on_nothing_else(cast: Cast) -> None:
    article = make_article(cast)
    digests = []

    for name, passages in (("a", PARTS[:2]), ("b", PARTS[:2]), ("c", PARTS[:3])):
        annotation_set = bring_in(
            article, annotator=make_person(name), passages=passages, relations=[], by=cast.mara
        )
        event = Event.objects.get(annotation_set_uid=annotation_set.uid)
        digests.append(event.after and event.after["sha256"])

    assert digests[0] == digests[1] != digests[2]


def test_ids_and_groups_are_kept_and_empty_attributes_are_not(cast: Cast, article: Article) -> None:
    span_uid, link_uid = uuid4(), uuid4()
    allegation = replace(
        ALLEGATION, uid=span_uid, attributes={"about": "", "certainty": "possible"}
    )
    relations = [
        Relation("attributed_to", "A", "S", group="one", uid=link_uid),
        Relation("attributed_to", "A", "S", group="two"),
        Relation("attributed_to", "A", implicit="author"),
    ]

    bring(cast, article, [allegation, SOURCE], relations)

    assert Span.objects.get(uid=span_uid).attributes == {
        "quote_type": "indirect",
        "certainty": "possible",
    }
    assert Link.objects.get(uid=link_uid).group == "one"
    assert Link.objects.count() == 3


def test_a_lone_colon_may_be_a_cue_as_corpora_have_it(cast: Cast) -> None:
    article = make_article(cast, "Jones: it burned.")

    bring(cast, article, [Passage("C", "cue", (Fragment(5, 6),), ":")], [])

    assert Span.objects.get().text == ":"


PLACE = ALLEGATION.fragments[0]
BAD_PASSAGES = [
    (replace(ALLEGATION, quote="the dam had burst"), "A quotes “the dam had burst”, but the text"),
    (replace(ALLEGATION, fragments=(Fragment(16, 34),)), "A quotes"),
    (replace(ALLEGATION, fragments=()), "A: there is no fragment"),
    (replace(ALLEGATION, fragments=(Fragment(33, 15),)), "A: [33, 15) is empty or reversed"),
    (replace(ALLEGATION, fragments=(Fragment(15, 9999),)), "A: [15, 9999) lies outside"),
    (replace(ALLEGATION, fragments=(Fragment(14, 15),), quote=" "), "A: A passage has words"),
    (replace(ALLEGATION, tag="rumour"), "A: There is no tag “rumour”."),
    (replace(ALLEGATION, attributes={"certainty": "sure"}), "A: “sure” is not a value"),
    (replace(ALLEGATION, attributes={"naming": "named"}), "A: “naming” is not an attribute"),
    (replace(ALLEGATION, attributes={"about": "\0"}), "NUL"),
    (replace(SOURCE, key="B"), "The id B is used twice. Give one of the two another id."),
    (replace(WARNING, key="Z"), "Two passages have the same tag and the same offsets."),
]


@pytest.mark.parametrize(("passage", "reason"), BAD_PASSAGES, ids=lambda one: str(one)[:40])
def test_a_passage_that_does_not_fit_is_named_and_nothing_comes_in(
    cast: Cast, article: Article, passage: Passage, reason: str
) -> None:
    with refused(Misfits, reason):
        bring(cast, article, [WARNING, passage], [])


BAD_RELATIONS = [
    ([Relation("attributed_to", "A", "X")], "A link names X"),
    ([Relation("attributed_to", "X", "S")], "A link names X"),
    ([Relation("attributed_to", "A", "S", cue_key="X")], "A link names X"),
    ([Relation("praises", "A", "S")], "praises A → S: There is no such link."),
    ([Relation("supports", "S", "A")], "supports S → A: These tags"),
    ([Relation("attributed_to", "A")], "exactly one end"),
    ([Relation("attributed_to", "A", "S", implicit="author")], "exactly one end"),
    ([Relation("attributed_to", "A", implicit="the reader")], "exactly one end"),
    ([Relation("attributed_to", "A", "S", cue_key="T")], "cannot be the cue"),
    ([Relation("supports", "A", "A")], "linked to itself"),
    ([SAID, Relation("attributed_to", "A", "S")], "A: A link joins passages it cannot join."),
    ([Relation("relayed_by", "S", "T"), Relation("relayed_by", "T", "S")], "run in a circle"),
    ([Relation("supports", "A", "B"), Relation("refutes", "B", "A")], "run in a circle"),
    ([Relation("attributed_to", "A", "S", group="g" * (LONGEST_GROUP + 1))], "is too long"),
    ([Relation("attributed_to", "A", "S", group="\0")], "NUL"),
]


@pytest.mark.parametrize(("relations", "reason"), BAD_RELATIONS, ids=lambda one: str(one)[:60])
def test_a_link_that_cannot_be_is_named_and_nothing_comes_in(
    cast: Cast, article: Article, relations: list[Relation], reason: str
) -> None:
    with refused(Misfits, reason):
        bring(cast, article, list(PARTS), relations)


def test_an_id_names_one_thing_for_ever(cast: Cast, article: Article) -> None:
    known, other = uuid4(), uuid4()
    said = replace(SAID, cue_key=None, uid=known)
    bring(cast, article, [replace(ALLEGATION, uid=known), SOURCE], [said])

    for passages, relations in (
        ([replace(WARNING, uid=known)], []),
        ([ALLEGATION, SOURCE], [said]),
        ([replace(ALLEGATION, uid=other), replace(SOURCE, uid=other)], []),
    ):
        with refused(Unfit, "is used already"):
            bring_in(
                article, annotator=cast.egon, passages=passages, relations=relations, by=cast.mara
            )


def test_a_passage_has_no_more_parts_than_the_database_holds(cast: Cast) -> None:
    article = make_article(cast, "ab " * (MAX_FRAGMENTS + 1))
    sent = passage_of(article, *["ab"] * (MAX_FRAGMENTS + 1))

    with refused(Misfits, "in at most 40 parts"):
        bring(cast, article, [Passage("A", "cue", sent.fragments, " ".join(sent.quotes))], [])


def test_passages_in_boilerplate_are_refused(cast: Cast) -> None:
    article = make_article(cast, seed_text())
    start = seed_text().index("Leave a Reply")
    passage = Passage("A", "source", (Fragment(start, start + 13),), "Leave a Reply")

    with refused(Unfit, "A lies in boilerplate"):
        bring(cast, article, [passage], [])


def test_who_has_annotated_the_article_already_gets_no_second_set(
    cast: Cast, article: Article
) -> None:
    organising.take(article, by=cast.edda)

    with refused(Unfit, "Edda has annotated this article already."):
        bring(cast, article, list(PARTS), [SAID])


@pytest.mark.parametrize("person", ["edda", "egon", "rosa", "stranger"])
def test_only_a_manager_brings_in(cast: Cast, article: Article, person: str) -> None:
    with refused(Forbidden):
        bring_in(article, annotator=cast.edda, passages=[], relations=[], by=getattr(cast, person))


def test_an_import_waits_longer_for_others_than_a_page_does(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as queries:
        wait_longer()

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('lock_timeout')")
            assert cursor.fetchone() == ("2min",)
    else:
        assert not len(queries)


def test_the_order_of_the_import_does_not_matter(cast: Cast) -> None:
    article = make_article(cast, seed_text())
    readings = []

    for name, step in (("a", 1), ("b", -1)):
        annotation_set = bring_in(
            article,
            annotator=make_person(name),
            passages=gold_passages()[::step],
            relations=gold_relations(),
            by=cast.mara,
        )
        readings.append([(one.label, one.text) for one in reading_of(annotation_set).spans])

    assert readings[0] == readings[1]
