"""What an editor offers: passages nearby, the same ones elsewhere, names of the set's sources."""

from __future__ import annotations

from pytest_django import DjangoAssertNumQueries

from annotations.models import AnnotationSet, Link, Span
from annotations.views.cards import Card
from annotations.views.editors import twins_of
from annotations.views.rails import cards_of
from annotations.workflow import annotating
from tests.pages import page_of
from tests.people import Cast, fresh, link, make_set, tag
from tests.views.conftest import Browsers


def card_with_editor(claim: Span, span: Span) -> Card:
    """The open card of a claim with the editor of one of its spans."""
    (card,) = cards_of(
        claim.annotation_set, [claim.pk], mode="annotate", active=claim.pk, editing=span.pk
    )
    return card


def test_the_editor_offers_passages_nearby_that_are_not_used_yet(cast: Cast) -> None:
    far = "word " * 200
    annotation_set = make_set(cast, f"Lee and Kim said it rained. {far}\n\nMax agreed.\n")
    claim = tag(annotation_set, "it rained", "allegation")
    tag(annotation_set, "Lee", "source", claim=claim)
    kim = tag(annotation_set, "Kim", "source")
    tag(annotation_set, "Max", "source")

    card = card_with_editor(claim, claim)

    assert [one.key for one in card.sources_near] == [kim.pk]
    assert [one.text for one in card.all_sources_near] == ["Lee", "Kim"]
    assert card.grounds_near == []


def test_the_same_passage_may_stand_anywhere_in_the_article(cast: Cast) -> None:
    far = "word " * 200
    annotation_set = make_set(cast, f"Lee said it rained. {far}\n\nMax said it poured.\n")
    claim = tag(annotation_set, "it rained", "allegation")
    other = tag(annotation_set, "it poured", "allegation")

    before = card_with_editor(claim, claim)
    link("same_as", claim, other)
    after = card_with_editor(claim, claim)

    assert [one.key for one in before.alike] == [other.pk]
    assert after.alike == []
    assert [twin.span.key for twin in after.twins[claim.pk]] == [other.pk]


def test_both_ends_of_a_link_are_the_same_as_each_other(
    annotation_set: AnnotationSet, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one, other, third = (tag(annotation_set, name, "source") for name in ("Jones", "Smith", "dam"))
    link("same_as", one, other)

    with django_assert_num_queries(2):
        twins = twins_of(annotation_set.pk, [one.pk, other.pk, third.pk])

    key = Link.objects.get().pk
    assert {pk: [(twin.link, twin.span.key) for twin in found] for pk, found in twins.items()} == {
        one.pk: [(key, other.pk)],
        other.pk: [(key, one.pk)],
    }


def test_names_of_sources_are_suggested_the_most_frequent_first(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span, source: Span
) -> None:
    for words in ("Jones", "Smith"):
        span = tag(annotation_set, words, "source")
        span = fresh(span)
        values = {"entity": "Stuart Jones"}
        annotating.set_attributes(
            span, by=annotation_set.annotator, values=values, version=span.version
        )
    place = f"/annotation-sets/{annotation_set.pk}/?claim={allegation.pk}"

    editing = page_of(browsers.edda.get(f"{place}&edit={source.pk}"))
    of_the_claim = page_of(browsers.edda.get(f"{place}&edit={allegation.pk}"))

    names = [one["value"] for one in editing.one("datalist", id="entities").all("option")]
    assert names == ["Stuart Jones", "Officials"]
    assert editing.one("input", list="entities")["name"] == "entity"
    assert of_the_claim.all("datalist") == []
