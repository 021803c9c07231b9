"""What the import page asks, and what becomes of the answers."""

from __future__ import annotations

import pytest

from annotations.models import Article, ImportRun
from tests.importers.cases import article, line, marked, span
from tests.pages import everything, form_to, values_of
from tests.people import Cast
from tests.runs import ONE, fresh, ready
from tests.seed import seed_text
from tests.views.conftest import Browsers
from tests.views.importing import CSV, HTML, path, rows, sent, shown


def test_an_encoding_is_chosen_by_eye(browsers: Browsers) -> None:
    sent(browsers, zoe_txt="Zoë said so.\n".encode("cp1252"))
    run = ImportRun.objects.get()
    page = shown(browsers, run)
    assert rows(page) == [("zoe.txt", "A question first", "0")]
    choices = {
        one.one("input")["value"]: one.one("q").words
        for one in page.one("fieldset", **{"class": "previews"}).all("label")
    }
    assert (choices["cp1252"], choices["cp1251"]) == ("Zoë said so.", "Zoл said so.")
    assert [one.words for one in page.all("button") if "Import" in one.words] == []

    form = form_to(page, path(run, "confirm"))
    browsers.mara.post(path(run, "settle"), values_of(form))

    page = shown(browsers, run)
    assert rows(page) == [("zoe.txt", "Ready", "1")]
    browsers.mara.post(path(run, "confirm"), values_of(form_to(page, path(run, "confirm"))))
    assert Article.objects.get().text == "Zoë said so.\n"


def test_one_answer_counts_for_all_files_that_are_asked_about(browsers: Browsers) -> None:
    sent(browsers, a_txt=b"Zo\xeb one.", b_txt=b"Zo\xeb two.")
    run = ImportRun.objects.get()

    answers = {"version": run.version, "encoding-0": "cp1251", "same": "yes"}
    browsers.mara.post(path(run, "settle"), answers)

    settled = fresh(run).choices["settled"]
    assert settled == {"a.txt": {"encoding": "cp1251"}, "b.txt": {"encoding": "cp1251"}}


def test_an_answer_that_does_not_help_can_be_given_anew(browsers: Browsers) -> None:
    sent(browsers, zoe_txt=b"Zo\xeb")
    run = ImportRun.objects.get()

    browsers.mara.post(path(run, "settle"), {"version": run.version, "encoding-0": "utf-16-le"})
    told = rows(shown(browsers, run))
    browsers.mara.post(path(run, "settle"), {"version": fresh(run).version})

    assert told == [("zoe.txt", "Not imported", "0")]
    assert rows(shown(browsers, run)) == [("zoe.txt", "A question first", "0")]


def test_a_column_is_chosen_where_its_name_does_not_tell(browsers: Browsers) -> None:
    sent(browsers, rows_csv=b"a,b\nOne,The dam broke.\n")
    run = ImportRun.objects.get()
    page = shown(browsers, run)
    assert rows(page) == [("rows.csv", "A question first", "0")]
    text = page.one("select", name="column-0-text")
    assert [one["value"] for one in text.all("option")] == ["", "a", "b"]

    answers = {"version": run.version, "column-0-text": "b", "column-0-title": "a"}
    browsers.mara.post(path(run, "settle"), answers)
    run = fresh(run)
    browsers.mara.post(
        path(run, "confirm"), {"version": run.version} | answers | {"version": run.version}
    )

    article = Article.objects.get()
    assert (article.title, article.text) == ("One", "The dam broke.")


def test_columns_that_were_recognised_can_be_changed(browsers: Browsers) -> None:
    sent(browsers, rows_csv=b"title,body,note\nOne,The dam broke.,A note of ours.\n")
    run = ImportRun.objects.get()
    page = shown(browsers, run)
    chosen = values_of(form_to(page, path(run, "confirm")))
    assert (chosen["column-0-text"], chosen["column-0-title"]) == ("body", "title")

    browsers.mara.post(
        path(run, "settle"), chosen | {"column-0-text": "note", "column-0-title": ""}
    )
    again = values_of(form_to(shown(browsers, run), path(run, "confirm")))
    browsers.mara.post(path(run, "confirm"), again)

    article = Article.objects.get()
    assert (article.title, article.text) == ("A note of ours.", "A note of ours.")


def test_the_tail_of_an_article_is_shown_and_comes_in_as_boilerplate(browsers: Browsers) -> None:
    sent(browsers, seed_txt=seed_text().encode())
    run = ImportRun.objects.get()
    page = shown(browsers, run)
    section = page.one("section", **{"aria-labelledby": "zone-0"})
    assert section.one("h2").words == "Where does the article end?"
    assert section.one("p", **{"class": "cut-line"}).words == "boilerplate from character 2129"
    assert section.one("p", **{"class": "grey"}).words.startswith("Categories: News Leave a Reply")

    browsers.mara.post(path(run, "confirm"), values_of(form_to(page, path(run, "confirm"))))

    (zone,) = Article.objects.get().zones.all()
    assert (zone.start, zone.end, zone.active) == (2129, 2232, True)


def test_a_person_says_that_the_tail_is_part_of_the_article(browsers: Browsers) -> None:
    sent(browsers, seed_txt=seed_text().encode())
    run = ImportRun.objects.get()

    browsers.mara.post(path(run, "confirm"), {"version": run.version, "zone-0": "article"})

    assert not Article.objects.get().zones.get().active


def test_what_was_taken_out_of_a_web_page_is_shown_and_may_be_left_out(browsers: Browsers) -> None:
    sent(browsers, page_html=HTML, one_txt=ONE)
    run = ImportRun.objects.get()
    section = shown(browsers, run).one("section", **{"aria-labelledby": "without-0"})
    assert section.one("h2").words == "Is this the article?"
    assert "Nobody was hurt" in section.one("p", **{"class": "text"}).words

    browsers.mara.post(path(run, "confirm"), {"version": run.version, "without-0": "yes"})

    assert Article.objects.get().text == ONE.decode()


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"version": "x"},
        {"version": "2", "zone-0": "neither"},
        {"version": "2", "encoding-0": "rot13"},
        {"version": "2", "column-1-text": "nix"},
    ],
)
def test_answers_that_do_not_fit_change_nothing(
    browsers: Browsers, cast: Cast, answers: dict[str, str]
) -> None:
    run = ready(cast, {"zoe.txt": b"Zo\xeb", "rows.csv": CSV, "seed.txt": seed_text().encode()})
    before = everything()

    statuses = [
        browsers.mara.post(path(run, verb), answers).status_code for verb in ("settle", "confirm")
    ]

    assert statuses == [422, 422]
    assert everything() == before


def test_an_article_annotated_in_what_seemed_boilerplate_can_be_let_in(browsers: Browsers) -> None:
    spans = [span("Z", "cue", "Leave")]
    sent(browsers, dam_jsonl=line(article(annotations=[marked(spans=spans, links=[])])))
    run = ImportRun.objects.get()
    assert rows(shown(browsers, run)) == [("dam.jsonl", "Not imported", "0")]
    page = shown(browsers, run)
    assert (
        "lies in boilerplate, from 34 to 47 of the text. Say that it is" in page.one("main").words
    )
    assert page.all("input", name="zone-0")

    browsers.mara.post(path(run, "settle"), {"version": run.version, "zone-0": "article"})

    assert rows(shown(browsers, run)) == [("dam.jsonl", "Ready", "1")]
