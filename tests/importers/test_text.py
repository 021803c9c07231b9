"""Plain text files: their bytes, their title, and what is refused with which words."""

from __future__ import annotations

from hashlib import sha256

import pytest

from annotations.importers import Question, held
from annotations.importers.text import read
from annotations.models import Article
from tests.importers.cases import imported
from tests.people import make_cast
from tests.rows import dump

pytestmark = pytest.mark.django_db


def test_a_file_is_an_article_called_by_its_first_words() -> None:
    cast = make_cast()
    raw = b"The dam broke in May, said the engineers who built it.\n"

    report = imported(cast, "dam.txt", raw)

    one = Article.objects.get()
    assert report.stored
    assert (one.title, one.external_id) == ("The dam broke in May, said the engineers…", "dam.txt")
    assert (one.file_encoding, one.file_sha256) == ("utf-8", sha256(raw).hexdigest())


@pytest.mark.parametrize(
    ("raw", "encoding", "text"),
    [
        (b"One.\r\nTwo.\rThree.\n", "", "One.\nTwo.\nThree.\n"),
        (b"\xef\xbb\xbfZo\xc3\xab said so.", "", "Zoë said so."),
        ("Zoë said 🙂.".encode("utf-16"), "", "Zoë said 🙂."),
        (b"Zo\xeb said \x93so\x94.", "cp1252", "Zoë said “so”."),
        ("A\u0301 a\xa0b\xad \x85".encode(), "", "A\u0301 a\xa0b\xad \x85"),
    ],
    ids=["line ends", "byte order mark", "UTF-16", "an encoding chosen", "nothing else changed"],
)
def test_bytes_become_text_with_plain_line_ends(raw: bytes, encoding: str, text: str) -> None:
    cast = make_cast()

    imported(cast, "dam.txt", raw, encoding=encoding)

    assert Article.objects.get().text == text


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "The text is empty. Leave it out, or put the words in."),
        (b" \n\t\n", "The text is empty. Leave it out, or put the words in."),
        (b"One.\nTwo\0.", "Line 2, character 4 (code point 8 of the text) is a NUL character"),
        (b"One.\x0c", "is a form feed (U+000C)"),
    ],
)
def test_a_bad_file_is_rejected_and_changes_nothing(raw: bytes, reason: str) -> None:
    cast = make_cast()
    before = dump()

    report = imported(cast, "dam.txt", raw)

    assert [(entry.file, entry.outcome) for entry in report.entries] == [("dam.txt", "rejected")]
    assert reason in report.entries[0].reason
    assert not report.stored
    assert dump() == before


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"Zo\xeb said so.", "The file is not valid utf-8. Choose its encoding"),
        (b"\xff\xfeA", "The file is not valid utf-16. Choose its encoding"),
    ],
)
def test_a_file_in_an_unknown_encoding_is_asked_about(raw: bytes, reason: str) -> None:
    cast = make_cast()
    before = dump()

    report = imported(cast, "dam.txt", raw)

    (asked,) = report.questions
    assert (asked.ask, asked.file, asked.is_open) == ("encoding", "dam.txt", True)
    assert asked.reason.startswith(reason)
    assert [(entry.outcome, entry.file) for entry in report.entries] == [("question", "dam.txt")]
    assert (report.stored, dump()) == (False, before)


def test_the_question_shows_how_the_file_would_read() -> None:
    (asked,) = read(held("dam.txt", b"A dam.\nZo\xeb said so."))

    assert isinstance(asked, Question)
    assert asked.preview == ((2, "Zo\xeb said so."),)


@pytest.mark.parametrize("encoding", ["klingon", "cp1252", "base64"])
def test_an_encoding_that_does_not_fit_is_rejected(encoding: str) -> None:
    report = imported(make_cast(), "dam.txt", b"Zo\x81.", encoding=encoding)

    assert [entry.outcome for entry in report.entries] == ["rejected"]
    assert f"not valid {encoding}" in report.entries[0].reason
    assert "line 1 would read “Zo\ufffd.”" in report.entries[0].reason
