"""Every format brings the same articles: the seed, one without annotations, overlaps, parts, emoji."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from annotations.importers import FORMATS, held
from annotations.importers.report import Report
from annotations.importers.run import run
from annotations.models import AnnotationSet, Article, reading_of
from annotations.scheme import LinkValue, Reading, SpanValue
from annotations.text.offsets import Fragment, quote_of
from annotations.workflow.checking import faults
from tests.people import Cast, make_cast
from tests.rows import dump
from tests.seed import gold_reading, seed_text

pytestmark = pytest.mark.django_db

Files = list[tuple[str, bytes]]


@dataclass(frozen=True)
class Case:
    """An article and what Edda marked in it."""

    text: str
    reading: Reading


def span(key: int, tag: str, text: str, *places: tuple[int, int], **attributes: str) -> SpanValue:
    fragments = tuple(Fragment(*place) for place in places)
    return SpanValue(key, tag, fragments, quote_of(text, fragments), attributes, key)


def case(text: str, *spans: SpanValue, links: tuple[LinkValue, ...] = ()) -> Case:
    return Case(text, Reading(spans, links))


DAM = "Ann said Bob said the dam broke in two places."
WIDE = "🙂 said: 👩‍👩‍👧 “é” 🙂!\n"
CASES = {
    "seed": Case(seed_text(), gold_reading()),
    "empty": case(DAM),
    "overlaps": case(
        DAM,
        span(1, "allegation", DAM, (9, 31), certainty="possible"),
        span(2, "allegation", DAM, (18, 31)),
        span(3, "evidence", DAM, (18, 31)),
        span(4, "source", DAM, (9, 12), naming="anonymous"),
        links=(LinkValue(1, "attributed_to", 2, 4), LinkValue(2, "supports", 3, 1)),
    ),
    "fragments": case(DAM, span(1, "allegation", DAM, (4, 8), (18, 25), (32, 45))),
    "emoji": case(
        WIDE,
        span(1, "source", WIDE, (0, 1)),
        span(2, "allegation", WIDE, (9, 18)),
        span(3, "cue", WIDE, (19, 20)),
        links=(LinkValue(1, "attributed_to", 2, 1),),
    ),
}


def as_jsonl(one: Case) -> Files:
    spans = [
        {"id": str(it.key), "tag": it.tag, "fragments": it.fragments, "text": it.text,
         "attributes": it.attributes}
        for it in one.reading.spans
    ]  # fmt: skip
    links = [
        {"type": it.type, "from": str(it.from_key), "to": str(it.to_key)}
        for it in one.reading.links
    ]
    sets = [{"annotator": "edda", "spans": spans, "links": links}] if spans else []
    told = {"external_id": "a", "text": one.text, "annotations": sets}
    return [("a.jsonl", json.dumps(told).encode())]


def as_brat(one: Case) -> Files:
    lines = []
    for number, it in enumerate(one.reading.spans):
        places = ";".join(f"{start} {end}" for start, end in it.fragments)
        quote = it.text.replace("\n", " ")
        lines.append(f"T{it.key}\t{it.tag.title()} {places}\t{quote}")
        for name, value in it.attributes.items():
            lines.append(f"A{number}{name}\t{name} T{it.key} {value}")
    lines += [
        f"R{it.key}\t{it.type} Arg1:T{it.from_key} Arg2:T{it.to_key}" for it in one.reading.links
    ]
    files = [("a.txt", one.text.encode())]
    return [*files, ("a_edda.ann", "\n".join(lines).encode())] if lines else files


def as_doccano(one: Case) -> Files:
    """In a zip, the file would be named after Edda; here she imports it herself."""
    entities = [
        {"id": it.key, "label": it.tag, "start_offset": it.start, "end_offset": it.end}
        for it in one.reading.spans
    ]
    relations = [
        {"id": it.key, "from_id": it.from_key, "to_id": it.to_key, "type": it.type}
        for it in one.reading.links
    ]
    told = {"id": 1, "text": one.text, "entities": entities, "relations": relations}
    return [("a.jsonl", json.dumps(told).encode())]


def as_label_studio(one: Case) -> Files:
    def units(offset: int) -> int:
        return len(one.text[:offset].encode("utf-16-le")) // 2

    result: list[dict[str, object]] = []
    for it in one.reading.spans:
        value = {"start": units(it.start), "end": units(it.end), "text": it.text}
        result.append(
            {"id": str(it.key), "type": "labels", "value": {**value, "labels": [it.tag.title()]}}
        )
        result += (
            {"id": str(it.key), "type": "textarea", "from_name": name, "value": {"text": [words]}}
            for name, words in it.attributes.items()
        )
    result += (
        {"type": "relation", "from_id": str(it.from_key), "to_id": str(it.to_key),
         "direction": "right", "labels": [it.type]}
        for it in one.reading.links
    )  # fmt: skip
    annotations = [{"completed_by": "edda", "result": result}] if result else []
    told = [{"id": 1, "data": {"text": one.text}, "annotations": annotations}]
    return [("a.json", json.dumps(told).encode())]


def as_csv(one: Case) -> Files:
    quoted = one.text.replace('"', '""')
    return [("a.csv", f'id,text\n1,"{quoted}"\n'.encode())]


Write = Callable[[Case], Files]
WITH_ANNOTATIONS: dict[str, Write] = {
    "jsonl": as_jsonl,
    "brat": as_brat,
    "doccano": as_doccano,
    "labelstudio": as_label_studio,
}
WITH_TEXT: dict[str, Write] = {
    **WITH_ANNOTATIONS,
    "text": lambda one: [("a.txt", one.text.encode())],
    "csv": as_csv,
    "records": lambda one: [("a.jsonl", json.dumps({"body": one.text}).encode())],
}
OF_ITS_OWN = {"html"}  # it takes the article out of a page: tests/importers/test_html.py
IN_ONE_PIECE = {"doccano", "labelstudio"}  # they do not know spans of several parts
WITHOUT_ATTRIBUTES = {"doccano"}


def test_every_format_is_tried_here() -> None:
    assert {*WITH_TEXT, *OF_ITS_OWN} == set(FORMATS)


def imported(cast: Cast, files: Files) -> Report:
    return run(cast.project, [held(name, raw) for name, raw in files], by=cast.mara)


def gist(reading: Reading, *, with_attributes: bool) -> tuple[set[object], list[object]]:
    """The spans and links, without keys and without what the text says by itself."""
    spans: set[object] = set()
    for one in reading.spans:
        said = {key: one.attributes[key] for key in one.attributes if key != "quote_type"}
        spans.add(
            (one.tag, one.fragments, one.text, str(sorted(said.items()) if with_attributes else ""))
        )
    places = {one.key: (one.tag, one.fragments) for one in reading.spans}
    links = sorted(
        (one.type, places[one.from_key], places[one.to_key or 0]) for one in reading.links
    )
    return spans, list(links)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("key", WITH_TEXT)
def test_the_text_arrives_letter_for_letter(key: str, name: str) -> None:
    cast, one = make_cast(), CASES[name]

    report = imported(cast, WITH_TEXT[key](Case(one.text, Reading((), ()))))

    assert [(entry.outcome, entry.format) for entry in report.entries] in (
        [("new", key)],
        [("new", "text")],  # a text without annotations beside it
    )
    assert Article.objects.get().text == one.text


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("key", WITH_ANNOTATIONS)
def test_the_annotations_arrive_equal_and_a_second_time_nothing_happens(
    key: str, name: str
) -> None:
    cast, one = make_cast(), CASES[name]
    if key in IN_ONE_PIECE:
        whole = tuple(it for it in one.reading.spans if len(it.fragments) == 1)
        one = Case(one.text, Reading(whole, one.reading.links))
    files = WITH_ANNOTATIONS[key](one)

    report = imported(cast, files)

    assert [entry.reason for entry in report.of("rejected")] == []
    for annotation_set in AnnotationSet.objects.all():
        assert annotation_set.annotator in {cast.edda, cast.mara}
        found = gist(reading_of(annotation_set), with_attributes=key not in WITHOUT_ATTRIBUTES)
        assert found == gist(one.reading, with_attributes=key not in WITHOUT_ATTRIBUTES)
    assert AnnotationSet.objects.count() == bool(one.reading.spans)
    assert list(faults()) == []
    before = dump()
    assert [entry.outcome for entry in imported(cast, files).entries] == ["known"]
    assert dump() == before


@pytest.mark.parametrize("key", WITH_ANNOTATIONS)
def test_a_tag_that_is_none_of_ours_is_rejected_by_name(key: str) -> None:
    one = CASES["overlaps"]
    wrong = replace(one.reading.spans[0], tag="person")
    files = WITH_ANNOTATIONS[key](Case(one.text, Reading((wrong,), ())))

    report = imported(make_cast(), files)

    (entry,) = report.of("rejected")
    assert "There is no tag “person”" in entry.reason.replace("Person", "person")
    assert entry.line == 1
