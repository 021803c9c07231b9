"""The front door: which format a file has, what belongs together, and what nobody can read."""

from __future__ import annotations

import io
import zipfile

import pytest

from annotations.importers import Rejection, Settled, Upload, held
from annotations.importers.doorway import sorted_in


def sorted_names(*uploads: Upload, **settled: Settled) -> list[tuple[str, str, list[str]]]:
    """The label, the format and the files beside it, or what a rejection begins with."""
    return [
        (one.file, "", [one.reason])
        if isinstance(one, Rejection)
        else (one.upload.label, one.format.key, [beside.label for beside in one.upload.beside])
        for one in sorted_in(uploads, settled)
    ]


def empty(*names: str) -> list[Upload]:
    return [held(name, b"") for name in names]


DOCCANO = b'{"text": "A", "label": [[0, 1, "Source"]]}\n'
LABEL_STUDIO = b' [{"id": 1, "data": {"text": "A"}, "annotations": []}]'


@pytest.mark.parametrize(
    ("name", "raw", "key"),
    [
        ("a.txt", b"A", "text"),
        ("A.TXT", b"A", "text"),
        (".txt", b"A", "text"),
        ("a.jsonl", b'{"text": "A", "annotations": []}', "jsonl"),
        ("a.jsonl", DOCCANO, "doccano"),
        ("a.jsonl", b'{"text": "A", "entities": [], "relations": []}', "doccano"),
        ("a.json", LABEL_STUDIO, "labelstudio"),
        ("export", LABEL_STUDIO, "labelstudio"),
    ],
)
def test_a_format_is_proposed_by_name_and_by_how_the_file_begins(
    name: str, raw: bytes, key: str
) -> None:
    assert sorted_names(held(name, raw)) == [(name, key, [])]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.docx", "Files of this kind are not read. Save it as plain text (.txt), then import th"),
        ("a.PDF", "Files of this kind are not read. Copy its text and paste it, or save it as pla"),
        ("a.xlsx", "Files of this kind are not read. Save the sheet as CSV, then import that."),
        ("a.tar.gz", "Files of this kind are not read. Pack the files as a zip instead."),
        ("a.dat", "What it is cannot be told from its name or how it begins. It may end in .ann"),
        ("txt", "What it is cannot be told from its name"),
        ("a.json", "What it is cannot be told from its name"),
        (
            "b_x.ann",
            "There is no text that it annotates. Import it together with the text, which i",
        ),
    ],
)
def test_what_cannot_be_read_is_rejected_with_advice(name: str, reason: str) -> None:
    ((file, key, (told,)),) = sorted_names(held(name, b"{}"))

    assert (file, key) == (name, "")
    assert told.startswith(reason)


@pytest.mark.parametrize(
    ("text", "annotations"),
    [
        ("a.txt", ["a.ann"]),
        ("a.txt", ["a_4b22.ann", "a_ef2d.ann"]),
        ("a_.txt", ["a__4b22.ann"]),
        ("x/a.b.txt", ["x/a.b_4b22.ann"]),
        ("dev/text/a.txt", ["dev/attributions/a_4b22.ann"]),
        ("here/a.txt", ["far/away/a_two_words.ann"]),
    ],
)
def test_a_text_and_its_annotations_make_one_bundle(text: str, annotations: list[str]) -> None:
    assert sorted_names(*empty(*annotations, text)) == [(text, "brat", annotations)]


def test_the_longest_name_decides_whose_annotations_they_are() -> None:
    assert sorted_names(*empty("a.txt", "a_b.txt", "a_b.ann", "a_b_c.ann", "a_x.ann")) == [
        ("a.txt", "brat", ["a_x.ann"]),
        ("a_b.txt", "brat", ["a_b.ann", "a_b_c.ann"]),
    ]


def test_the_nearest_text_of_a_name_is_the_one() -> None:
    names = ["1/text/a.txt", "1/ann/a_x.ann", "2/text/a.txt", "2/ann/a_x.ann", "a.txt", "a_x.ann"]

    assert sorted_names(*empty(*names)) == [
        ("1/text/a.txt", "brat", ["1/ann/a_x.ann"]),
        ("2/text/a.txt", "brat", ["2/ann/a_x.ann"]),
        ("a.txt", "brat", ["a_x.ann"]),
    ]


def test_annotations_that_could_be_of_two_texts_are_rejected() -> None:
    ((_text, *_), (_other, *_), (file, _key, (reason,))) = sorted_names(
        *empty("1/a.txt", "2/a.txt", "3/4/a.ann")
    )

    assert (file, reason) == (
        "3/4/a.ann",
        "It could belong to several texts: 1/a.txt, 2/a.txt. Import them one by one.",
    )


def test_two_annotated_texts_of_one_name_are_not_mixed_up() -> None:
    told = sorted_names(*empty("a.txt", "a.txt", "a_x.ann"))

    assert [(file, key) for file, key, _told in told] == [("a.txt", "brat"), ("a.txt", "")]


def test_files_of_a_zip_are_files_like_others() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("text/a.txt", "A")
        archive.writestr("ann/a_x.ann", "")
        archive.writestr("b.docx", "")

    assert [one[:2] for one in sorted_names(held("c.zip", packed.getvalue()))] == [
        ("c.zip/text/a.txt", "brat"),
        ("c.zip/b.docx", ""),
    ]


@pytest.mark.parametrize(
    "name", [".DS_Store", "__MACOSX/._a.txt", "x/.hidden/a.txt", "annotation.conf", "Thumbs.db"]
)
def test_what_programs_leave_for_themselves_is_passed_over(name: str) -> None:
    assert sorted_names(*empty(name, "a.txt")) == [("a.txt", "text", [])]


def test_an_archive_of_nothing_else_is_told_of() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("__MACOSX/._a.txt", "")

    told = sorted_names(held("c.zip", packed.getvalue()))

    assert told == [("c.zip", "", ["It holds no files that can be read."])]


def test_what_a_person_says_comes_first() -> None:
    settled = {"a.jsonl": Settled(encoding="cp1252", columns={"text": "body"}, format="text")}

    (bundle,) = sorted_in([held("a.jsonl", DOCCANO)], settled)

    assert not isinstance(bundle, Rejection)
    assert (bundle.format.key, bundle.upload.encoding) == ("text", "cp1252")
    assert bundle.upload.columns == {"text": "body"}


def test_a_format_that_does_not_exist_is_rejected() -> None:
    ((_file, _key, (reason,)),) = sorted_names(
        held("a.txt", b"A"), **{"a.txt": Settled(format="word")}
    )

    assert reason.startswith("There is no format “word”. Choose one of brat, ")


def test_an_encoding_chosen_for_a_text_is_that_of_its_annotations_unless_they_have_their_own() -> (
    None
):
    settled = {"a.txt": Settled(encoding="cp1252"), "a_y.ann": Settled(encoding="utf-8")}

    (bundle,) = sorted_in(empty("a.txt", "a_x.ann", "a_y.ann"), settled)

    assert not isinstance(bundle, Rejection)
    assert [one.encoding for one in bundle.upload.beside] == ["cp1252", "utf-8"]
