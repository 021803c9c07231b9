"""The way there and back: what is exported as JSON Lines is imported equal."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotations.exporters import FORMATS as EXPORTS
from annotations.exporters.rows import Selection
from annotations.models import AnnotationSet, Article, Link, Project, Span, Zone
from annotations.states import ClaimState, Role
from annotations.workflow import organising
from annotations.workflow.zoning import lift_zone
from tests.importers.cases import (
    A1,
    article,
    imported,
    line,
    link,
    marked,
    rejection,
    span,
)
from tests.people import Cast, make_cast, make_gold_set, make_person
from tests.rows import dump

pytestmark = pytest.mark.django_db

EVERY = frozenset(ClaimState)


def told_by(project: Project) -> list[dict[str, Any]]:
    """What an export tells, without what belongs to the database: ids and reviews."""
    raw = b"".join(EXPORTS["jsonl"].write(Selection(project, EVERY), "articles"))
    articles = [json.loads(one) for one in raw.decode().split("\n")[:-1]]
    for one in articles:
        del one["id"]
        for told in one["annotations"]:
            del told["claims"]
            names = {span["id"]: (span["tag"], span["fragments"]) for span in told["spans"]}
            for part in (*told["spans"], *told["links"]):
                del part["id"]
                part.pop("origin", None)
            for joined in told["links"]:
                joined |= {end: names.get(joined[end]) for end in ("from", "to", "cue")}
    return articles


def second_project(cast: Cast) -> Cast:
    other = make_cast("sports")
    assert other.edda == cast.edda
    return other


def test_what_was_exported_comes_back_equal_in_another_project() -> None:
    cast = make_cast()
    make_gold_set(cast)
    imported(cast, "dam.jsonl", line(article()))
    raw = b"".join(EXPORTS["jsonl"].write(Selection(cast.project, EVERY), "articles"))
    other = second_project(cast)

    report = imported(other, "news.jsonl", raw)

    assert [entry.outcome for entry in report.entries] == ["new", "new"]
    assert told_by(other.project) == told_by(cast.project)
    assert len(told_by(other.project)[0]["annotations"][0]["spans"]) == 50


def test_ids_stay_where_they_are_free() -> None:
    cast = make_cast()
    key = "s_00000000-0000-0000-0000-000000000007"
    spans = [A1 | {"id": key}]
    links = [link("l_00000000-0000-0000-0000-000000000008", "attributed_to", key, None)]
    told = marked(spans=spans, links=[links[0] | {"implicit": "author"}])

    imported(cast, "one.jsonl", line(article(annotations=[told])))
    imported(second_project(cast), "two.jsonl", line(article(annotations=[told])))

    first, second = Span.objects.order_by("pk")
    assert (first.uid.int, second.uid.int == 7) == (7, False)
    assert [one.uid.int == 8 for one in Link.objects.order_by("pk")] == [True, False]


def test_the_same_file_twice_changes_nothing_even_after_work_on_it() -> None:
    cast = make_cast()
    raw = line(article())
    imported(cast, "dam.jsonl", raw)
    one = AnnotationSet.objects.get()
    Span.objects.filter(annotation_set=one, text="Ann").delete()
    before = dump()

    report = imported(cast, "dam.jsonl", raw)

    assert [entry.outcome for entry in report.entries] == ["known"]
    assert dump() == before


def test_other_annotations_of_somebody_who_has_annotated_are_rejected() -> None:
    cast = make_cast()
    imported(cast, "dam.jsonl", line(article()))

    reason = rejection(cast, line(article(annotations=[marked(links=[])])))

    assert "Edda has annotated this article already." in reason


def test_a_second_annotator_joins_an_article_that_is_there() -> None:
    cast = make_cast()
    imported(cast, "dam.jsonl", line(article()))

    report = imported(cast, "more.jsonl", line(article(annotations=[marked(annotator="egon")])))

    assert [entry.outcome for entry in report.entries] == ["new"]
    assert (Article.objects.count(), AnnotationSet.objects.count()) == (1, 2)


def test_a_lifted_zone_is_text_on_the_other_side_too() -> None:
    cast = make_cast()
    imported(cast, "dam.jsonl", line(article(annotations=[])))
    zone = Zone.objects.get()
    lift_zone(zone, by=cast.mara, active=False)
    raw = b"".join(EXPORTS["jsonl"].write(Selection(cast.project, EVERY), "articles"))
    told = json.loads(raw) | {
        "annotations": [marked(spans=[span("C9", "cue", "Leave a Reply")], links=[])]
    }

    imported(second_project(cast), "news.jsonl", line(told))

    assert list(Zone.objects.order_by("pk").values_list("active", flat=True)) == [False, False]
    assert Span.objects.get().text == "Leave a Reply"


def test_who_imports_needs_no_part_in_the_annotations() -> None:
    cast = make_cast()
    newcomer = make_person("nora")
    organising.add_member(cast.project, person=newcomer, role=Role.EDITOR, by=cast.mara)

    imported(cast, "dam.jsonl", line(article(annotations=[marked(annotator="nora")])))

    assert AnnotationSet.objects.get().annotator == newcomer
