"""Damage within annotation sets, planted past the verbs, is named."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from annotations.models import AnnotationSet, Article, ClaimAnnotation, Link, Span, Zone
from annotations.workflow.checking_sets import Grouped, faults_of_sets
from tests.people import Cast, link, make_cast, make_gold_set, make_set, tag

pytestmark = pytest.mark.django_db


def found(cast: Cast) -> list[str]:
    return [str(fault) for fault in faults_of_sets(cast.project)]


@pytest.fixture
def annotated(cast: Cast) -> AnnotationSet:
    """Edda's set: the dam, said by officials, supported by photographs, told of by Jones."""
    one = make_set(cast)
    claim = tag(one, "the dam had failed", "allegation")
    officials = tag(one, "Officials", "source", claim=claim)
    tag(one, "said", "cue", claim=claim)
    tag(one, "Photographs", "evidence", claim=claim)
    link("relayed_by", officials, tag(one, "Jones", "source"))
    return one


def spans(words: str) -> Callable[..., int]:
    return lambda **values: Span.objects.filter(text=words).update(**values)


def test_what_the_verbs_have_made_has_no_fault(cast: Cast, annotated: AnnotationSet) -> None:
    make_gold_set(cast, annotator=cast.egon)

    assert (found(cast), list(faults_of_sets(None))) == ([], [])
    assert Span.objects.count() == 55


@pytest.mark.parametrize(
    ("values", "what"),
    [
        (
            {"text": "the dam has failed"},
            "it quotes “the dam has failed”, but the text has “the da",
        ),
        (
            {"fragments": "15 30"},
            "it quotes “the dam had failed”, but the text has “the dam had fai",
        ),
        ({"fragments": "15 30"}, "its start and end [15, 33) are not those of its fragments"),
        ({"end": 34}, "its start and end [15, 34) are not those of its fragments"),
        ({"fragments": "15 999"}, "its fragments do not fit the text: [15, 999) lies outside a"),
        ({"fragments": "22 33;15 21"}, "do not fit the text: [15, 21) begins before the previous"),
        ({"fragments": "15 21;18 33"}, "do not fit the text: [18, 33) begins before the previous"),
        ({"fragments": "15-33"}, "its fragments “15-33” cannot be read"),
        ({"fragments": ""}, "its fragments “” cannot be read"),
        ({"attributes": []}, "its attributes are not names with texts"),
        ({"attributes": {"about": 7}}, "its attributes are not names with texts"),
        ({"attributes": {"colour": "red"}}, "V17: “colour” is not an attribute of allegation."),
        ({"attributes": {"certainty": "high"}}, "V17: “high” is not a value of certainty"),
    ],
)
def test_a_damaged_span_is_named(
    cast: Cast, annotated: AnnotationSet, values: dict[str, object], what: str
) -> None:
    span = Span.objects.get(text="the dam had failed")
    assert (span.start, span.end) == (15, 33)

    spans("the dam had failed")(**values)

    named = [fault for fault in found(cast) if fault.startswith(f"span {span.uid}: ")]
    assert len([fault for fault in named if what in fault]) == 1


def test_a_span_in_an_active_zone_is_named(cast: Cast, annotated: AnnotationSet) -> None:
    place = {"start": 0, "end": 4, "origin": Zone.Origin.PERSON}
    zone = Zone.objects.create(article=annotated.article, active=False, **place)
    lifted = found(cast)

    Zone.objects.filter(pk=zone.pk).update(active=True)

    officials = Span.objects.get(text="Officials")
    assert (lifted, found(cast)) == ([], [f"span {officials.uid}: it lies in an active zone"])


@pytest.mark.parametrize(
    ("column", "end"), [("from_span", "start"), ("to_span", "end"), ("cue", "cue")]
)
def test_a_link_into_another_set_is_named(
    cast: Cast, annotated: AnnotationSet, column: str, end: str
) -> None:
    other = make_set(cast, by=cast.egon)
    stranger = tag(other, "Smith", "source")
    one = Link.objects.get(type="attributed_to")

    Link.objects.filter(pk=one.pk).update(**{column: stranger})

    assert f"link {one.uid}: its {end} lies in another annotation set" in found(cast)


def test_a_link_between_tags_that_it_cannot_join_is_named(
    cast: Cast, annotated: AnnotationSet
) -> None:
    ClaimAnnotation.objects.all().delete()

    spans("the dam had failed")(tag="evidence", number=9, attributes={})

    uid = Span.objects.get(text="Photographs").uid
    (fault,) = found(cast)
    assert fault.startswith(f"span {uid}: V8: A link joins passages it cannot join.")


def test_a_circle_of_links_is_named(cast: Cast, annotated: AnnotationSet) -> None:
    officials, jones = (Span.objects.get(text=words) for words in ("Officials", "Jones"))

    Link.objects.create(
        annotation_set=annotated, type="relayed_by", from_span=jones, to_span=officials
    )

    assert [fault.split(": ")[1] for fault in found(cast)] == ["V9", "V9"]


def test_an_allegation_without_a_claim_is_named(cast: Cast, annotated: AnnotationSet) -> None:
    span = Span.objects.get(tag="allegation")

    ClaimAnnotation.objects.all().delete()

    assert found(cast) == [f"span {span.uid}: it is an allegation without a claim"]


def test_a_claim_of_what_is_no_allegation_is_named(cast: Cast, annotated: AnnotationSet) -> None:
    source = Span.objects.get(text="Jones")

    ClaimAnnotation.objects.create(
        allegation=source,
        annotation_set=annotated,
        project=cast.project,
        author=cast.edda,
        changed_by=cast.edda,
    )

    assert found(cast) == [f"claim {source.uid}: its span is not an allegation"]


def test_a_claim_with_other_belongings_than_its_set_is_named(
    cast: Cast, annotated: AnnotationSet
) -> None:
    sports = make_cast("sports").project
    uid = Span.objects.get(tag="allegation").uid
    other = make_set(cast, by=cast.egon)

    named = []
    for values in ({"author": cast.rosa}, {"project": sports}, {"annotation_set": other}):
        with transaction.atomic():
            ClaimAnnotation.objects.update(**values)
            named.append(found(cast))
            transaction.set_rollback(True)

    assert named == [
        [f"claim {uid}: its author is not who annotated the set"],
        [f"claim {uid}: it belongs to another project than its annotation set"],
        [
            f"span {uid}: it is an allegation without a claim",
            f"claim {uid}: its allegation lies in another annotation set",
            f"claim {uid}: its author is not who annotated the set",
        ],
    ]


def test_a_set_of_another_project_than_its_article_is_named(
    cast: Cast, annotated: AnnotationSet
) -> None:
    sports = make_cast("sports").project

    Article.objects.update(project=sports)

    assert found(cast) == [
        f"annotation set {annotated.uid}: its article belongs to another project"
    ]


@pytest.mark.parametrize(("stored", "ruled"), [("V12", "V13"), ("V13", "V12"), ("", "V13")])
def test_warnings_that_the_rules_do_not_give_are_named(
    cast: Cast, annotated: AnnotationSet, stored: str, ruled: str
) -> None:
    if ruled == "V12":
        Link.objects.filter(type="supports").delete()
        spans("Officials")(attributes={"naming": "anonymous"})

    ClaimAnnotation.objects.update(warnings=stored)

    uid = Span.objects.get(tag="allegation").uid
    assert found(cast) == [f"claim {uid}: its warnings are “{stored}”, but the rules say “{ruled}”"]


def test_only_the_project_asked_for_is_looked_at(cast: Cast, annotated: AnnotationSet) -> None:
    sports = make_cast("sports")
    tag(make_set(sports), "Smith", "source")

    Span.objects.filter(annotation_set__project=sports.project).update(end=999)

    assert (found(cast), len(found(sports)), len(list(faults_of_sets(None)))) == ([], 1, 1)


def test_sets_of_many_articles_are_told_apart(cast: Cast) -> None:
    for number in range(5):
        one = make_set(cast, f"Ann said the dam broke {number} times.\n")
        tag(one, "Ann", "source", claim=tag(one, "the dam broke", "allegation"))
    make_set(cast, "Nothing is tagged here.\n")
    sound = found(cast)
    last = Span.objects.filter(tag="source").latest("pk")

    Span.objects.filter(pk=last.pk).update(end=4)

    assert sound == []
    assert found(cast) == [
        f"span {last.uid}: its start and end [0, 4) are not those of its fragments"
    ]


@pytest.mark.parametrize("sets", [1, 3])
def test_the_number_of_queries_does_not_grow_with_sets(
    cast: Cast, sets: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(sets):
        tag(make_set(cast, f"Ann said so {number} times.\n"), "Ann", "source")

    with django_assert_num_queries(5):
        assert found(cast) == []


def test_rows_of_a_set_that_is_gone_do_not_hide_those_behind_them() -> None:
    rows = Grouped([(1, "a"), (1, "b"), (3, "orphan"), (4, "c")])

    assert [rows.of(key) for key in (1, 2, 4, 5)] == [[(1, "a"), (1, "b")], [], [(4, "c")], []]
