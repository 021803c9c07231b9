"""A run as a whole: all or nothing, tried without storing, harmless when repeated."""

from __future__ import annotations

import io

import pytest

from annotations.importers import FORMATS, Upload, format_of
from annotations.importers.run import run
from annotations.models import Article, Event, Zone
from annotations.workflow.refusals import Forbidden
from tests.importers.cases import article, imported, line
from tests.people import make_cast
from tests.rows import dump

pytestmark = pytest.mark.django_db


def test_the_formats_are_found_by_themselves() -> None:
    assert sorted(FORMATS) == ["jsonl", "text"]


@pytest.mark.parametrize(
    ("name", "key"),
    [("a.txt", "text"), ("A.TXT", "text"), ("a.jsonl", "jsonl"), ("a.csv", None), ("txt", None)],
)
def test_a_file_name_announces_the_format(name: str, key: str | None) -> None:
    one = format_of(name)

    assert (one.key if one else None) == key


def test_a_dry_run_tells_the_same_and_stores_nothing() -> None:
    cast = make_cast()
    before = dump()

    tried = imported(cast, "dam.jsonl", line(article()), dry_run=True)

    assert (tried.stored, dump()) == (False, before)
    stored = imported(cast, "dam.jsonl", line(article()))
    assert (stored.stored, stored.entries) == (True, tried.entries)


def test_the_same_text_under_another_name_is_there_already() -> None:
    cast = make_cast()
    imported(cast, "one.txt", b"The dam broke.")
    before = dump()

    report = imported(cast, "two.txt", b"The dam broke.")

    assert [(entry.file, entry.outcome) for entry in report.entries] == [("two.txt", "known")]
    assert dump() == before


def test_a_bad_file_keeps_the_good_ones_out() -> None:
    cast = make_cast()
    files = {"good.txt": b"The dam broke.", "bad.txt": b"\0", "fine.txt": b"It did."}
    uploads = [(FORMATS["text"], Upload(name, io.BytesIO(raw))) for name, raw in files.items()]

    report = run(cast.project, uploads, by=cast.mara)

    assert [entry.outcome for entry in report.entries] == ["new", "rejected", "new"]
    assert [entry.file for entry in report.of("rejected")] == ["bad.txt"]
    assert not Article.objects.exists()


def test_a_zone_that_the_file_does_not_lift_stays() -> None:
    cast = make_cast()

    imported(cast, "dam.jsonl", line(article(zones=[{"start": 0, "end": 3, "active": False}])))

    assert Zone.objects.get().active


def test_an_import_leaves_one_event_for_the_article_and_one_for_each_set() -> None:
    cast = make_cast()

    imported(cast, "dam.jsonl", line(article()))

    events = Event.objects.of_article(Article.objects.get().uid)
    assert [(one.verb, one.actor) for one in events] == [("import", "mara"), ("import", "mara")]


@pytest.mark.parametrize("name", ["edda", "rosa", "stranger"])
def test_only_a_manager_imports(name: str) -> None:
    cast = make_cast()
    before = dump()

    with pytest.raises(Forbidden):
        run(cast.project, [], by=getattr(cast, name))

    assert dump() == before


def test_a_reason_shows_control_characters_and_halves_of_letters_spelled_out() -> None:
    cast = make_cast()
    raw = b'{"text": "A", "annotations": [{"annotator": "\\u009b31m"}]}'

    report = imported(cast, "dam.jsonl", raw)

    assert report.entries[0].reason.startswith("\\x9b31m is no member of the project.")
