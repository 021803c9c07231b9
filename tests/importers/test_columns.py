"""Columns: which holds what, in many languages; dates; and rows that are no articles."""

# ruff: noqa: RUF001 -- headers as the world writes them

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.importers.columns import (
    _NAMES,
    FIELDS,
    Misfit,
    chosen_of,
    date_of,
    manuscript_of,
    proposed,
    question,
)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            "id,title,author,date,url,source,lang,text",
            "external_id,title,byline,published_on,url,outlet,language,text",
        ),
        ("ID,Headline,Body", "external_id,title,text"),
        ("Article Text,Publication Date,publication", "text,published_on,outlet"),
        ("Überschrift,Autor,Datum,Volltext,Zeitung", "title,byline,published_on,text,outlet"),
        ("Titre,Auteur,Date de publication,Texte", "title,byline,published_on,text"),
        ("Título,Fecha,Contenido,Periódico", "title,published_on,text,outlet"),
        ("Titolo,Testo,Autore,Lingua", "title,text,byline,language"),
        ("Tytuł,Treść,Źródło,Język", "title,text,outlet,language"),
        ("Заголовок,Текст,Дата", "title,text,published_on"),
        ("العنوان,النص,التاريخ", "title,text,published_on"),
        ("标题,正文,日期", "title,text,published_on"),
        ("Başlık,Metin,Yazar", "title,text,byline"),
        (" TEXT ,_url_", "text,url"),
    ],
)
def test_columns_are_proposed_by_their_names(header: str, expected: str) -> None:
    names = header.split(",")

    assert proposed(names) == dict(zip(expected.split(","), names, strict=True))


def test_of_several_columns_the_plainer_name_is_taken() -> None:
    assert proposed(["content", "body", "text", "story"]) == {"text": "text"}
    assert proposed(["text", "Text"]) == {"text": "text"}
    assert proposed(["label", "score"]) == {}


def test_no_name_stands_for_two_fields() -> None:
    known = [name for names in _NAMES.values() for name in names.split()]

    assert {name for name in known if known.count(name) > 1} == set()
    assert tuple(_NAMES) == FIELDS


def test_a_choice_overrides_what_is_proposed() -> None:
    names = ["text", "summary", "title"]

    assert chosen_of(names, {}) == {"text": "text", "title": "title"}
    assert chosen_of(names, {"text": "summary", "title": ""}) == {"text": "summary"}


@pytest.mark.parametrize(
    ("names", "given", "reason"),
    [
        (["a", "b"], {}, "No column is known to hold the text"),
        (["a", "b"], {"title": "a"}, "No column is known to hold the text"),
        (["a", "b"], {"text": "c"}, "There is no column “c”. The columns are: a, b."),
        (
            ["a", "b"],
            {"text": "a", "mood": "b"},
            "There is no field “mood”. Choose among: text, ti",
        ),
        (["text", "text"], {}, "Two columns are called “text”. Rename one."),
    ],
)
def test_a_choice_that_does_not_fit_is_asked_for_again(
    names: list[str], given: dict[str, str], reason: str
) -> None:
    asked = question(names, [(2, "x" * 500)], given)

    assert asked.is_open
    assert asked.reason.startswith(reason)
    assert (asked.columns, asked.preview) == (tuple(names), ((2, "x" * 120),))


def test_what_was_recognised_may_be_changed() -> None:
    asked = question(["Titel", "Inhalt"], [], {})

    assert (asked.is_open, asked.chosen) == (False, {"text": "Inhalt", "title": "Titel"})


@pytest.mark.parametrize(
    "told",
    [
        *("2026-03-04", "2026-03-04T23:59:59Z", "2026-03-04 10:00:00+02:00", "20260304"),
        *("2026/03/04", "4.3.2026", "04.03.2026", "4. 3. 2026", "4 March 2026", "March 4, 2026"),
        *("Mar. 4, 2026", "4th March 2026", "March 4th, 2026", "Wednesday, 4 March 2026"),
        *("Wed, 04 Mar 2026 10:00:00 GMT", "4. März 2026", "4 mars 2026", "4 de marzo de 2026"),
        *("4 MARCH 2026, 10:15", "  2026-03-04 ", "4 février 2026".replace("février", "março")),
    ],
)
def test_a_date_is_read(told: str) -> None:
    assert date_of(told) == date(2026, 3, 4)


def test_a_date_of_numbers_is_read_where_it_means_one_day() -> None:
    assert date_of("22/11/2026") == date_of("11/22/2026") == date(2026, 11, 22)
    assert date_of("5/5/2026") == date(2026, 5, 5)
    assert date_of("") is date_of("  ") is None


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("3/4/2026", "“3/4/2026” may be two days. Write it as year, month and day: 2026-04-03."),
        ("May", "“May” is no date."),
        ("2026", "“2026” is no date."),
        ("2026-02-30", "“2026-02-30” is no date."),
        ("31.2.2026", "“31.2.2026” is no date."),
        ("0000-01-01", "is no date."),
        ("1493888400", "is no date."),
        ("yesterday 4 2026", "is no date."),
        ("x" * 100, f"“{'x' * 40}” is no date."),
    ],
)
def test_what_is_no_date_or_two_is_refused(told: str, reason: str) -> None:
    with pytest.raises(Misfit) as caught:
        date_of(told)

    assert reason in str(caught.value)


@given(st.text(max_size=30) | st.from_regex(r"[0-9./ ,-]{1,12}[a-z]{0,9} ?[0-9]{0,5}"))
def test_any_text_is_a_date_or_a_misfit(told: str) -> None:
    try:
        found = date_of(told)
    except Misfit:
        return
    assert found is None or isinstance(found, date)


def test_a_row_becomes_a_manuscript() -> None:
    row = {"t": " A\r\nstory. ", "h": " The \n dam ", "d": "2026-03-04", "x": "left out"}

    made = manuscript_of(row, {"text": "t", "title": "h", "published_on": "d", "byline": "by"})

    assert (made.text, made.title, made.byline) == (" A\r\nstory. ", "The dam", "")
    assert made.published_on == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({}, "“t” is empty: the row has no text."),
        ({"t": " \n"}, "“t” is empty: the row has no text."),
        ({"t": "A\0"}, "“t”: Line 1, character 2"),
        ({"t": "A", "h": "\ud800"}, "“h”: Line 1, character 1"),
    ],
)
def test_a_row_that_cannot_be_kept_is_refused(row: dict[str, str], reason: str) -> None:
    with pytest.raises(Misfit) as caught:
        manuscript_of(row, {"text": "t", "title": "h"})

    assert str(caught.value).startswith(reason)
