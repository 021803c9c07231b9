"""Tables: separators, quotation marks, encodings, the column question, and rows that do not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from annotations.importers import Arrival, Found, Question, Rejection, held
from annotations.importers.csv import read
from annotations.workflow.intake import Manuscript


def found_in(raw: bytes | str, columns: Mapping[str, str] | None = None) -> list[Found]:
    told = raw if isinstance(raw, bytes) else raw.encode()
    return list(read(replace(held("a.csv", told), columns=columns or {})))


def manuscripts(raw: bytes | str, columns: Mapping[str, str] | None = None) -> list[Manuscript]:
    """The articles of a table without a fault."""
    first, *rest = found_in(raw, columns)
    assert isinstance(first, Question)
    assert not first.is_open
    return [one.manuscript for one in rest if isinstance(one, Arrival)]


def why(raw: bytes | str) -> str:
    """The last thing said of a table, a rejection, with its line."""
    last = found_in(raw)[-1]
    assert isinstance(last, Rejection)
    return f"line {last.line}: {last.reason}"


def test_each_row_is_an_article() -> None:
    raw = (
        "id,Titel,Autor,Datum,Zeitung,URL,Sprache,Text\r\n"
        '7,The dam,"Haddad, A.",4.3.2026,Herald,https://example.org/7,en,"It ""broke"",\r\nhe said."\r\n'
        "\r\n8,,,,,,,It held.\r\n"
    )

    question, first, second = found_in(raw)

    assert isinstance(question, Question)
    assert question.preview[0][0] == 2
    assert isinstance(first, Arrival)
    assert isinstance(second, Arrival)
    assert (first.line, second.line) == (2, 5)
    one = first.manuscript
    assert (one.text, one.title) == ('It "broke",\r\nhe said.', "The dam")
    assert (one.byline, one.published_on) == ("Haddad, A.", date(2026, 3, 4))
    assert (one.outlet, one.language, one.external_id) == ("Herald", "en", "7")
    assert (one.url, one.file_encoding) == ("https://example.org/7", "utf-8")
    assert len(one.file_sha256) == 64


@pytest.mark.parametrize(
    "raw",
    [
        "title,text\nA,One.\n",
        "title;text\nA;One.\n",
        "title\ttext\nA\tOne.\n",
        "title|text\rA|One.\r",
        "sep=;\ntitle;text\nA;One.\n",
        "\ufefftitle,text\r\nA,One.\r\n",
        '"title","text"\n"A","One."',
        "\ntitle,text\n\n,,\n   \nA,One.\n",
        "title,text,\nA,One.,\n",
        "title,a;b;c;d,text\nA,x,One.\n",
    ],
)
def test_separators_marks_and_blank_lines_are_understood(raw: str) -> None:
    (one,) = manuscripts(raw)

    assert (one.title, one.text) == ("A", "One.")


def test_a_table_may_have_one_column() -> None:
    assert [one.text for one in manuscripts('text\nOne.\n"Two, he said."\n')] == [
        "One.",
        "Two, he said.",
    ]


def test_the_lines_of_a_table_that_names_its_separator_are_counted_right() -> None:
    assert why("sep=;\ntitle;text\nA;One.\nB;\n").startswith("line 4: “text” is empty")


def test_a_person_chooses_columns_by_name() -> None:
    raw = "summary,story,title\nShort,Long,T\n"

    (one,) = manuscripts(raw, {"text": "summary", "title": ""})

    assert (one.text, one.title) == ("Short", "")


def test_a_table_without_a_text_is_asked_about_and_not_read() -> None:
    (asked,) = found_in("a,b\n1,2\n3,4\n5,6\n7,8\n")

    assert isinstance(asked, Question)
    assert (asked.is_open, asked.columns) == (True, ("a", "b"))
    assert asked.preview == ((2, "1 | 2"), (3, "3 | 4"), (4, "5 | 6"))


def test_a_huge_field_is_read() -> None:
    (one,) = manuscripts("text\n" + "word " * 200_000)

    assert len(one.text) == 1_000_000


def test_a_row_may_lack_its_last_fields() -> None:
    (one,) = manuscripts("text,title,date\nOne.,A\n")

    assert (one.text, one.published_on) == ("One.", None)


def test_a_file_in_another_encoding_is_asked_about() -> None:
    raw = "title,text\nA,“Zoë” said.\n".encode("cp1252")

    (asked,) = found_in(raw)
    first, *_rest = read(replace(held("a.csv", raw), encoding="cp1252"))

    assert isinstance(asked, Question)
    assert (asked.ask, asked.preview) == ("encoding", ((2, "A,“Zoë” said."),))
    assert isinstance(first, Question)
    assert not first.is_open


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "line 0: The file is empty. Its first line must name the columns."),
        (" \n\n,,\n", "line 0: The file is empty."),
        ("text,title\nOne.,A\nTwo., B, C\n", "line 3: It has 3 fields, but the first line names 2"),
        ('text\n"One."\n"Two\n\nthree', "line 3: The quotation marks of this row do not fit"),
        ('text\n"One" two\n', "line 2: The quotation marks of this row do not fit"),
        ('"text\nOne.\n', "line 1: The quotation marks of this row do not fit"),
        ("text,date\nOne.,May\n", "line 2: “May” is no date. Write it as year, month and day"),
        ("text,date\nOne.,3/4/2026\n", "line 2: “3/4/2026” may be two days."),
        ("text,title\n,A\n", "line 2: “text” is empty: the row has no text."),
        ("text\nOne\0\n", "line 2: “text”: Line 1, character 4"),
        ("text\nOne\x0c\n", "line 2: “text”: Line 1, character 4"),
        (",".join(["a"] * 1001), "line 1: It has more than 1,000 columns"),
    ],
    ids=lambda value: value[:40],
)
def test_a_bad_table_is_refused_with_its_line(raw: str, reason: str) -> None:
    assert why(raw).startswith(reason)


def test_a_bad_row_does_not_hide_those_after_it() -> None:
    _asked, *found = found_in("text,date\nOne.,\n,\nTwo.,x\nThree.,\n ,2026-03-04\n")

    assert [type(one) for one in found] == [Arrival, Rejection, Arrival, Rejection]
