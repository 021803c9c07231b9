"""What is read against what is there: found by few queries, however much it is."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from annotations.importers import held
from annotations.importers.run import run
from annotations.models import AnnotationSet, Article, Event, Membership, Person, Span
from annotations.states import Role
from annotations.workflow import organising
from tests.importers.cases import A1, article, imported, line, marked, span
from tests.people import make_cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 60])
def test_a_dry_run_of_many_articles_costs_the_queries_of_few(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = make_cast()
    text = article()["text"]
    raw = b"".join(line(article(text=f"{text} {number}")) for number in range(count))
    run(cast.project, [held("a.jsonl", raw)], by=cast.mara)

    waits = connection.vendor == "postgresql"  # it is told how long to wait for locks
    with django_assert_num_queries(10 + waits):
        report = run(cast.project, [held("a.jsonl", raw)], by=cast.mara, dry_run=True)

    assert len(report.of("known")) == count


def test_ids_that_are_in_use_twice_in_one_run_are_given_anew() -> None:
    key = "s_00000000-0000-0000-0000-000000000007"
    parts = [
        marked(annotator=name, spans=[A1 | {"id": key}], links=[]) for name in ("edda", "egon")
    ]

    imported(make_cast(), "dam.jsonl", line(article(annotations=parts)))

    assert [one.uid.int == 7 for one in Span.objects.order_by("pk")] == [True, False]


def test_a_second_set_of_an_annotator_tells_which_other_file_has_its_text() -> None:
    cast = make_cast()
    files = [
        held("a.jsonl", line(article())),
        held("b.jsonl", line(article(annotations=[marked(links=[])]))),
    ]

    report = run(cast.project, files, by=cast.mara)

    (entry,) = report.of("rejected")
    assert entry.reason == (
        "Edda has annotated this article already. Leave these out: what is there stays. Its text is "
        "that of a.jsonl, too."
    )


def test_one_fault_keeps_the_whole_line_out() -> None:
    cast = make_cast()
    parts = [marked(), marked(annotator="stranger")]

    report = run(
        cast.project,
        [held("a.jsonl", line(article(annotations=parts)))],
        by=cast.mara,
        leave_out=True,
    )

    assert [entry.outcome for entry in report.entries] == ["rejected"]
    assert not AnnotationSet.objects.exists()


def test_who_an_import_made_is_added_to_another_project() -> None:
    cast = make_cast()
    raw = line(article(annotations=[marked(annotator="4b22")]))
    imported(cast, "dam.jsonl", raw)
    other = organising.create_project(slug="other", name="Other", by=cast.mara)
    organising.add_member(
        other, person=cast.mara, role=Role.MANAGER, by=Person(username="operator")
    )

    tried = run(other, [held("dam.jsonl", raw)], by=cast.mara, dry_run=True)
    report = run(other, [held("dam.jsonl", raw)], by=cast.mara)

    assert (tried.is_fit, tried.people) == (True, ("4b22",))
    assert (report.stored, report.people) == (True, ("4b22",))
    person = Person.objects.get(username="4b22")
    assert (person.is_active, person.has_usable_password()) == (False, False)
    assert Membership.objects.get(project=other, person=person).role == "editor"
    (told,) = Event.objects.of_project(other.uid).filter(verb="add_annotator")
    assert told.after == {"person": "4b22", "role": "editor"}


@pytest.mark.parametrize(("is_active", "words"), [(True, "Make them one"), (False, "in /admin")])
def test_who_could_sign_in_is_made_a_member_by_people_only(is_active: bool, words: str) -> None:
    cast = make_cast()
    cast.stranger.is_active = is_active
    cast.stranger.set_password("A long one, 77")
    cast.stranger.save()
    raw = line(article(annotations=[marked(annotator="stranger")]))

    (entry,) = imported(cast, "dam.jsonl", raw).of("rejected")

    assert words in entry.reason
    cast.stranger.is_active = True  # as the advice has it
    cast.stranger.save()
    call_command(*entry.reason.partition("manage.py ")[2].split(), stdout=io.StringIO())
    assert imported(cast, "dam.jsonl", raw).stored


def test_the_id_of_an_article_is_told_once_it_is_stored() -> None:
    cast = make_cast()
    files = [held("a.txt", b"The dam broke."), held("b.txt", b"The dam broke.")]

    tried = run(cast.project, files, by=cast.mara, dry_run=True)
    stored = run(cast.project, files, by=cast.mara)
    again = run(cast.project, files, by=cast.mara, dry_run=True)

    key = Article.objects.get().pk
    assert [(one.article_id, one.twin) for one in tried.entries] == [(0, ""), (0, "a.txt")]
    assert [(one.article_id, one.twin) for one in stored.entries] == [(key, ""), (key, "a.txt")]
    assert [(one.article_id, one.twin) for one in again.entries] == [(key, ""), (key, "")]


def test_a_dry_run_writes_nothing_at_all() -> None:
    cast = make_cast()

    with CaptureQueriesContext(connection) as queries:
        run(cast.project, [held("a.jsonl", line(article()))], by=cast.mara, dry_run=True)

    assert not [one for one in queries if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_annotations_in_what_was_taken_for_boilerplate_come_with_the_question() -> None:
    cast = make_cast()
    spans = [span("Z", "cue", "Leave"), span("Y", "source", "Reply")]
    raw = line(article(annotations=[marked(spans=spans, links=[])]))

    tried = imported(cast, "dam.jsonl", raw, dry_run=True)

    first, second = tried.of("rejected")
    assert " lies in boilerplate, from 34 to 47 of the text. Say that it is part" in first.reason
    assert [(zone.start, zone.text) for zone in first.zones] == [(34, "Leave a Reply")]
    assert second.zones == ()
    lifted = {(first.sha256, zone.start, zone.end) for zone in first.zones}
    assert run(cast.project, [held("dam.jsonl", raw)], by=cast.mara, lifted=lifted).stored
