"""The PolNeAR corpus comes in whole: every line is stored, or named as left out. It is not shipped."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

import pytest

from annotations.importers import Upload
from annotations.importers.report import Report
from annotations.importers.run import run
from annotations.models import AnnotationSet, Article, Link, Span
from annotations.text.offsets import quote_of
from annotations.workflow.checking import faults
from tests.conftest import CORPUS
from tests.people import Cast, make_cast
from tests.rows import dump

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not os.environ.get(CORPUS), reason=f"{CORPUS} does not name the corpus"),
]
HOME = Path(os.environ.get(CORPUS, "."))
PARTS = {"dev": (84, 94), "annotator-training": (4, 24)}


@dataclass(frozen=True)
class Line:
    """A line of an annotation file, its fields separated by tabs."""

    file: str
    number: int
    fields: list[str]

    @property
    def kind(self) -> str:
        return self.fields[0][0]

    @property
    def tag(self) -> str:
        return self.fields[1].split(" ")[0]

    @property
    def place(self) -> str:
        """The fragments, in the order of the text."""
        return ";".join(sorted(self.fields[1].partition(" ")[2].split(";"), key=first_number))


def first_number(place: str) -> int:
    return int(place.split(" ", maxsplit=1)[0])


def lines_of(part: str) -> list[Line]:
    """Every line, read apart from the importer."""
    return [
        Line(path.name, number, line.split("\t"))
        for path in sorted((HOME / part).rglob("*.ann"))
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
        if line
    ]


def opened(path: Path) -> BinaryIO:
    return path.open("rb")


def imported(cast: Cast, part: str, *, dry_run: bool = False) -> Report:
    paths = [path for path in sorted((HOME / part).rglob("*")) if path.suffix in {".txt", ".ann"}]
    uploads = [Upload(str(path.relative_to(HOME)), partial(opened, path)) for path in paths]
    return run(cast.project, uploads, by=cast.mara, dry_run=dry_run)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_comes_in_whole_and_sound(part: str) -> None:
    cast = make_cast()
    tried = imported(cast, part, dry_run=True)

    report = imported(cast, part)

    assert (tried.is_fit, report.stored) == (True, True)
    assert tried.people == report.people
    articles, sets = PARTS[part]
    assert [entry.outcome for entry in report.entries] == ["new"] * articles
    assert (Article.objects.count(), AnnotationSet.objects.count()) == (articles, sets)
    for span in Span.objects.select_related("annotation_set__article"):
        assert span.text == quote_of(span.annotation_set.article.text, span.fragments)
    assert list(faults()) == []


@pytest.mark.parametrize("part", PARTS)
def test_each_annotation_file_is_the_set_of_its_annotator(part: str) -> None:
    imported(make_cast(), part)

    files = sorted(path.stem for path in (HOME / part).rglob("*.ann"))
    assert files == sorted(
        f"{Path(one.article.external_id).stem}_{one.annotator.username}"
        for one in AnnotationSet.objects.select_related("article", "annotator")
    )


@pytest.mark.parametrize("part", PARTS)
def test_every_line_is_stored_or_named(part: str) -> None:
    report = imported(make_cast(), part)

    lines = lines_of(part)
    read, became = Counter[str](), Counter[str]()
    for entry in report.entries:
        read.update({kind: n for kind, n in entry.lines.items() if ":" not in kind})
        became.update({kind: n for kind, n in entry.lines.items() if ":" in kind})
    named = {(Path(one.file).name, one.line) for entry in report.entries for one in entry.left_out}
    left_out = Counter(line.kind for line in lines if (line.file, line.number) in named)
    assert read == Counter(line.kind for line in lines)
    kept = became["T:span"] + became["T:twice"] + became["T:trigger"] + became["T:note"]
    assert read["T"] == kept + left_out["T"]
    assert read["E"] == became["E:links"] + left_out["E"]
    assert became["T:span"] == Span.objects.count()
    groups = Link.objects.values("annotation_set", "group").distinct().count()
    assert became["E:links"] == groups
    assert len(named) <= len(lines) / 1000


@pytest.mark.parametrize("part", PARTS)
def test_every_line_is_where_it_should_be(part: str) -> None:
    """What is stored is looked up for each line: the span, the note, the links of the group."""
    report = imported(make_cast(), part)

    left_out = {
        (Path(one.file).name, one.line) for entry in report.entries for one in entry.left_out
    }
    tags = {"Content": "allegation", "Source": "source", "Cue": "cue"}
    spans: dict[tuple[str, str, str], Span] = {}
    notes: dict[str, str] = {}
    for span in Span.objects.select_related("annotation_set__article", "annotation_set__annotator"):
        one = span.annotation_set
        file = f"{Path(one.article.external_id).stem}_{one.annotator.username}.ann"
        place = ";".join(f"{start} {end}" for start, end in span.fragments)
        spans[file, span.tag, place] = span
        notes[file] = notes.get(file, "") + span.attributes.get("note", "")
    links = Counter(
        (one.annotation_set_id, one.group, one.from_span_id, one.to_span_id, one.cue_id)
        for one in Link.objects.all()
    )
    by_id = {(line.file, line.fields[0]): line for line in lines_of(part)}

    def span_of(file: str, key: str) -> Span:
        line = by_id[file, key]
        return spans[file, tags[line.tag], line.place]

    for line in by_id.values():
        if (line.file, line.number) in left_out:
            continue
        if line.kind == "T" and line.tag in {"Discuss", "Discard"}:
            assert f"{line.tag} {line.place}: " in notes[line.file]
        elif line.kind == "T":
            assert (line.file, tags.get(line.tag, "cue"), line.place) in spans
        elif line.kind == "E":
            parts = [one.split(":") for one in line.fields[1].split()[1:]]
            keys = {role: [key for one, key in parts if one.startswith(role)] for role in tags}
            (cue,) = [span_of(line.file, key) for key in keys["Cue"]]
            sources = [span_of(line.file, key).pk for key in keys["Source"]]
            if line.tag.startswith("Attribution-no-source") or not sources:
                sources.append(0)
            for content in (span_of(line.file, key) for key in keys["Content"]):
                for source in sources:
                    link = (content.annotation_set_id, line.fields[0], content.pk)
                    assert links.pop((*link, source or None, cue.pk)) == 1
    assert not links


@pytest.mark.parametrize("part", PARTS)
def test_the_second_time_all_is_there_already_and_nothing_is_written(part: str) -> None:
    cast = make_cast()
    tried = imported(cast, part, dry_run=True)
    imported(cast, part)
    before = dump()

    report = imported(cast, part)

    assert {entry.outcome for entry in tried.entries} == {"new"}
    assert {entry.outcome for entry in report.entries} == {"known"}
    assert (report.stored, report.people) == (True, ())
    assert dump() == before
