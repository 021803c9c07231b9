"""A run as a whole: all or nothing, tried without storing, harmless when repeated."""

from __future__ import annotations

import json

import pytest

from annotations.importers import FORMATS, Settled, Upload, held
from annotations.importers.report import Report
from annotations.importers.run import run
from annotations.models import AnnotationSet, Article, Event, Membership, Person, Zone
from annotations.workflow.checking import faults
from annotations.workflow.refusals import Forbidden, Unfit
from tests.importers.cases import TEXT, article, imported, line, marked
from tests.people import Cast, make_cast
from tests.rows import dump

pytestmark = pytest.mark.django_db

GOOD, BAD, FINE = (
    held(name, raw)
    for name, raw in (("good.txt", b"The dam broke."), ("bad.txt", b"\0"), ("fine.txt", b"It did."))
)
FRENCH = "Zoë said: “Où ?”".encode("cp1252")


def brought(cast: Cast, *uploads: Upload, dry_run: bool = False, leave_out: bool = False) -> Report:
    return run(cast.project, uploads, by=cast.mara, dry_run=dry_run, leave_out=leave_out)


def outcomes(report: Report) -> list[tuple[str, str]]:
    return [(entry.file, entry.outcome) for entry in report.entries]


def test_the_formats_are_found_by_themselves() -> None:
    assert {"brat", "doccano", "jsonl", "labelstudio", "text"} <= set(FORMATS)
    assert all(one.key == key and one.label and one.suffixes for key, one in FORMATS.items())


def test_a_dry_run_tells_the_same_and_stores_nothing() -> None:
    cast = make_cast()
    before = dump()

    tried = imported(
        cast, "dam.jsonl", line(article(annotations=[marked(annotator="nora")])), dry_run=True
    )

    assert (tried.stored, tried.people, dump()) == (False, ("nora",), before)
    stored = imported(cast, "dam.jsonl", line(article(annotations=[marked(annotator="nora")])))
    assert stored.stored
    assert [one.outcome for one in tried.entries] == [one.outcome for one in stored.entries]
    assert (stored.entries[0].spans, stored.entries[0].links) == (4, 2)
    assert stored.entries[0].article_id == Article.objects.get().pk


def test_the_same_text_under_another_name_is_there_already() -> None:
    cast = make_cast()
    imported(cast, "one.txt", b"The dam broke.")
    before = dump()

    report = imported(cast, "two.txt", b"The dam broke.")

    assert outcomes(report) == [("two.txt", "known")]
    assert dump() == before


def test_a_bad_file_keeps_the_good_ones_out_and_does_not_stop_their_report() -> None:
    cast = make_cast()

    report = brought(cast, GOOD, BAD, FINE)

    assert outcomes(report) == [("good.txt", "new"), ("bad.txt", "rejected"), ("fine.txt", "new")]
    assert not report.stored
    assert not Article.objects.exists()


def test_what_is_rejected_stays_out_where_somebody_agreed_to_that() -> None:
    cast = make_cast()

    report = brought(cast, GOOD, BAD, FINE, leave_out=True)

    assert report.stored
    assert sorted(Article.objects.values_list("text", flat=True)) == ["It did.", "The dam broke."]


def test_a_question_keeps_everything_out_until_it_is_answered() -> None:
    cast = make_cast()
    before = dump()

    report = brought(cast, GOOD, held("french.txt", FRENCH), leave_out=True)

    assert outcomes(report) == [("good.txt", "new"), ("french.txt", "question")]
    (question,) = report.questions
    assert (question.ask, question.file, question.is_open) == ("encoding", "french.txt", True)
    assert question.preview == ((1, "Zoë said: “Où ?”"),)
    assert not report.stored
    assert dump() == before


def test_an_answer_belongs_to_its_file() -> None:
    cast = make_cast()
    settled = {"french.txt": Settled(encoding="cp1252")}

    report = run(cast.project, [GOOD, held("french.txt", FRENCH)], by=cast.mara, settled=settled)

    assert report.stored
    assert [one.file_encoding for one in Article.objects.order_by("pk")] == ["utf-8", "cp1252"]
    assert Article.objects.latest("pk").text == "Zoë said: “Où ?”"


def test_a_zone_that_the_file_does_not_lift_stays_and_is_shown() -> None:
    cast = make_cast()

    report = imported(
        cast, "dam.jsonl", line(article(zones=[{"start": 0, "end": 3, "active": False}]))
    )

    assert Zone.objects.get().active
    (zone,) = report.entries[0].zones
    assert (TEXT[zone.start : zone.end], zone.text) == ("Leave a Reply", "Leave a Reply")
    assert zone.before.endswith("the dam broke.\n\n")
    assert zone.active


def test_a_zone_that_somebody_calls_text_is_lifted_and_that_is_logged() -> None:
    cast = make_cast()
    tried = imported(cast, "dam.txt", TEXT.encode(), dry_run=True).entries[0]
    lifted = {(tried.sha256, zone.start, zone.end) for zone in tried.zones}

    report = run(cast.project, [held("dam.txt", TEXT.encode())], by=cast.mara, lifted=lifted)

    assert report.stored
    assert not Zone.objects.get().active
    events = Event.objects.of_article(Article.objects.get().uid)
    assert [one.verb for one in events] == ["import", "lift"]
    assert list(faults()) == []


def test_an_import_leaves_one_event_for_the_article_and_one_for_each_set() -> None:
    cast = make_cast()
    sets = [marked(), marked(annotator="egon")]

    imported(cast, "dam.jsonl", line(article(annotations=sets)))

    events = Event.objects.of_article(Article.objects.get().uid)
    assert [(one.verb, one.actor, one.number) for one in events] == [
        ("import", "mara", 1),
        ("import", "mara", 2),
        ("import", "mara", 3),
    ]
    assert list(faults()) == []


def test_the_chain_of_an_article_that_is_there_goes_on() -> None:
    cast = make_cast()
    imported(cast, "dam.jsonl", line(article()))

    imported(cast, "dam.jsonl", line(article(annotations=[marked(annotator="egon")])))

    events = Event.objects.of_article(Article.objects.get().uid)
    assert [one.number for one in events] == [1, 2, 3]
    assert list(faults()) == []


def test_one_run_may_bring_an_article_in_parts() -> None:
    cast = make_cast()
    parts = [marked(), marked(annotator="egon"), marked()]

    report = imported(
        cast, "dam.jsonl", b"".join(line(article(annotations=[one])) for one in parts)
    )

    assert [entry.outcome for entry in report.entries] == ["new", "new", "known"]
    assert (Article.objects.count(), AnnotationSet.objects.count()) == (1, 2)


def test_one_run_cannot_bring_two_sets_of_one_annotator() -> None:
    cast = make_cast()
    parts = [marked(), marked(links=[])]

    report = imported(
        cast, "dam.jsonl", b"".join(line(article(annotations=[one])) for one in parts)
    )

    (entry,) = report.of("rejected")
    assert entry.line == 2
    assert entry.reason.startswith("Edda has annotated this article already. Leave these out")
    assert not report.stored


def test_annotators_nobody_knows_become_members_who_cannot_sign_in() -> None:
    cast = make_cast()
    sets = [marked(annotator=name) for name in ("4e07", "ef2d")]

    report = imported(cast, "dam.jsonl", line(article(annotations=sets)))

    assert report.people == ("4e07", "ef2d")
    for person in Person.objects.filter(username__in=report.people):
        assert (person.is_active, person.has_usable_password()) == (False, False)
        assert Membership.objects.get(person=person).role == "editor"
    told = Event.objects.of_project(cast.project.uid).filter(verb="add_annotator")
    assert [(one.actor, one.after) for one in told] == [
        ("mara", {"person": name, "role": "editor"}) for name in report.people
    ]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("stranger", "manage.py adduser stranger --project news --role editor"),
        ("two words", "“two words” cannot be a user name"),
        ("x" * 151, "cannot be a user name"),
        ("\u009b31m", "“\\x9b31m” cannot be a user name"),
        ("a/b", "“a/b” cannot be a user name"),
    ],
)
def test_who_is_somebody_else_or_cannot_be_anybody_is_rejected(name: str, reason: str) -> None:
    cast = make_cast()
    before = dump()

    report = imported(cast, "dam.jsonl", line(article(annotations=[marked(annotator=name)])))

    (entry,) = report.of("rejected")
    assert reason in entry.reason
    assert (report.people, dump()) == ((), before)


@pytest.mark.parametrize("name", ["edda", "rosa", "stranger"])
def test_only_a_manager_imports(name: str) -> None:
    cast = make_cast()
    before = dump()

    with pytest.raises(Forbidden):
        run(cast.project, [], by=getattr(cast, name))

    assert dump() == before


def test_it_tells_how_far_it_is() -> None:
    cast = make_cast()
    told: list[tuple[str, int, int]] = []

    run(cast.project, [GOOD, FINE], by=cast.mara, tell=lambda *one: told.append(one))

    assert told == [
        *[("reading", number, 2) for number in range(3)],
        ("storing", 0, 2),
        ("storing", 2, 2),
    ]


@pytest.mark.parametrize("stage", ["reading", "storing"])
def test_who_is_told_may_end_it_and_nothing_is_stored(stage: str) -> None:
    cast = make_cast()
    before = dump()

    def stop(at: str, done: int, _total: int) -> None:
        if (at, done) == (stage, 2):
            raise InterruptedError

    with pytest.raises(InterruptedError):
        run(cast.project, [GOOD, FINE], by=cast.mara, tell=stop)

    assert dump() == before


def test_what_follows_sees_the_report_and_may_take_it_all_back() -> None:
    cast = make_cast()
    before, seen = dump(), list[Report]()

    def refuse(report: Report) -> None:
        seen.append(report)
        raise Unfit("no")

    with pytest.raises(Unfit):
        run(cast.project, [GOOD], by=cast.mara, then=refuse)

    assert [(one.stored, one.entries[0].outcome) for one in seen] == [(True, "new")]
    assert dump() == before


def test_a_report_is_plain_enough_for_json() -> None:
    cast = make_cast()

    report = brought(cast, GOOD, BAD, held("french.txt", FRENCH))

    assert "french.txt" in json.dumps([str(one) for one in report.entries])
    assert (report.is_fit, report.is_answered) == (False, False)
