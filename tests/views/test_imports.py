"""The import page and what it does, without a script: files, text, confirmation, result."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from annotations import jobs
from annotations.importers import uploads
from annotations.models import Article, ImportRun
from annotations.states import RunState
from tests.pages import everything, form_to, page_of, values_of
from tests.people import Cast
from tests.runs import ONE, begun, confirmed, fresh, ready, worked
from tests.views.conftest import Browsers
from tests.views.importing import CSV, NEW, path, rows, sent, shown


def test_several_files_are_read_at_once_and_nothing_is_stored(browsers: Browsers) -> None:
    response = sent(browsers, one_txt=ONE, bad_docx=b"PK", rows_csv=CSV)

    run = ImportRun.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, path(run))
    page = shown(browsers, run)
    assert rows(page) == [
        ("one.txt", "Ready", "1"),
        ("bad.docx", "Not imported", "0"),
        ("rows.csv", "1 ready, 1 problem", "1"),
    ]
    assert page.one("section", **{"aria-labelledby": "report"}).all("p")[0].words == (
        "3 files read: 2 articles ready, 2 problems to mend."
    )
    assert not Article.objects.exists()


def test_a_fault_is_told_with_its_line_and_what_to_do(browsers: Browsers) -> None:
    sent(browsers, rows_csv=CSV, bad_docx=b"PK")

    page = shown(browsers, ImportRun.objects.get())

    faults = [
        [one.words for one in fault.all("span")]
        for listed in page.all("ol", **{"class": "faults"})
        for fault in listed.all("li")
    ]
    assert [place for place, _reason in faults] == ["Line 3", "File"]
    assert faults[0][1] == "“body” is empty: the row has no text."
    assert "Save it as plain text" in faults[1][1]


def test_confirming_imports_what_is_ready_and_leads_to_it(browsers: Browsers) -> None:
    sent(browsers, one_txt=ONE, bad_docx=b"PK")
    run = ImportRun.objects.get()
    form = form_to(shown(browsers, run), path(run, "confirm"))
    assert form.all("button")[0].words == "Import 1 article"

    browsers.mara.post(path(run, "confirm"), values_of(form))

    article = Article.objects.get()
    page = shown(browsers, run)
    assert page.one("h1").words == "1 article imported"
    (link,) = [one for one in page.all("a") if one["href"] == f"/articles/{article.pk}/"]
    assert link.words == article.title
    assert rows(page) == [("bad.docx", "Not imported", "0")]


def test_what_is_here_already_is_told_with_a_link(browsers: Browsers, cast: Cast) -> None:
    worked(confirmed(cast))

    sent(browsers, again_txt=ONE)

    run = ImportRun.objects.latest("pk")
    page = shown(browsers, run)
    assert rows(page) == [("again.txt", "Already here", "0")]
    assert f"/articles/{Article.objects.get().pk}/" in [one["href"] for one in page.all("a")]
    assert [one.words for one in page.all("button") if "Import" in one.words] == []


def test_a_text_is_pasted_with_what_is_known_about_it(browsers: Browsers) -> None:
    pasted = {
        "text": "The dam broke.\r\n\r\nZoë 🙂 said so.  ",
        "title": "Dam breaks",
        "outlet": "The Valley",
        "byline": "A. Writer",
        "url": "https://valley.example/dam",
        "published_on": "2026-11-22",
    }
    browsers.mara.post(NEW, pasted)
    run = ImportRun.objects.get()
    assert rows(shown(browsers, run)) == [("Pasted text", "Ready", "1")]
    browsers.mara.post(path(run, "confirm"), {"version": run.version})

    article = Article.objects.get()
    assert article.text == "The dam broke.\n\nZoë 🙂 said so.  "
    assert (article.title, article.outlet, article.byline) == (
        "Dam breaks",
        "The Valley",
        "A. Writer",
    )
    assert (article.url, str(article.published_on)) == ("https://valley.example/dam", "2026-11-22")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "Choose a file, or paste a text."),
        ({"text": "  \n "}, "Choose a file, or paste a text."),
        ({"text": "x", "url": "not an address"}, "Enter a valid URL."),
        ({"text": "x", "published_on": "31.11.2026"}, "Enter a valid date."),
        ({"text": "x\0y"}, "Null characters are not allowed."),
    ],
)
def test_what_does_not_fit_is_told_beside_its_field(
    browsers: Browsers, fields: dict[str, str], reason: str
) -> None:
    before = everything()

    response = browsers.mara.post(NEW, fields)

    assert response.status_code == 422
    assert reason in page_of(response).words
    assert everything() == before


def test_a_mended_file_is_added_to_the_others(browsers: Browsers) -> None:
    sent(browsers, one_txt=ONE, bad_docx=b"PK")
    run = ImportRun.objects.get()
    more = SimpleUploadedFile("mended.txt", b"What the interview said.\n")

    browsers.mara.post(path(run, "settle"), {"version": run.version, "uploads": [more]})

    assert rows(shown(browsers, run)) == [
        ("one.txt", "Ready", "1"),
        ("bad.docx", "Not imported", "0"),
        ("mended.txt", "Ready", "1"),
    ]


def test_what_is_discarded_is_gone_with_its_files(browsers: Browsers) -> None:
    sent(browsers, one_txt=ONE)
    run = ImportRun.objects.get()

    response = browsers.mara.post(path(run, "discard"), {"version": run.version})

    assert response.headers["Location"] == NEW
    assert fresh(run).state == RunState.DISCARDED
    assert not uploads.home_of(run.uid).exists()
    assert "Nothing of it was imported" in shown(browsers, run).words


@pytest.mark.parametrize("verb", ["settle", "confirm", "discard"])
def test_an_older_page_changes_nothing(browsers: Browsers, cast: Cast, verb: str) -> None:
    run = ready(cast)
    before = everything()

    response = browsers.mara.post(path(run, verb), {"version": run.version - 1})

    assert response.status_code == 409
    assert "has gone on since" in page_of(response).words
    assert everything() == before


def test_unfinished_imports_are_listed_for_who_comes_back(browsers: Browsers, cast: Cast) -> None:
    run = ready(cast)
    begun(cast, {"two.txt": ONE})
    worked(confirmed(cast, {"three.txt": ONE}))

    page = page_of(browsers.mara.get(NEW))

    listed = page.one("section", **{"aria-labelledby": "unfinished"}).one("tbody").all("tr")
    assert [(row.one("a").words, row.one("span").words) for row in listed] == [
        ("two.txt", "Interrupted"),
        ("one.txt", "To confirm"),
    ]
    assert listed[1].one("a")["href"] == path(run)


def test_interrupted_work_is_told_and_started_again(browsers: Browsers, cast: Cast) -> None:
    run = begun(cast)
    page = shown(browsers, run)
    assert page.one("div", id="progress")["data-state"] == "reading interrupted"
    assert page.one("h2").words == "The work was interrupted"

    form = form_to(page, path(run, "resume"))
    browsers.mara.post(path(run, "resume"), values_of(form))

    assert rows(shown(browsers, run)) == [("one.txt", "Ready", "1")]


def test_work_in_progress_shows_how_far_it_is(
    browsers: Browsers, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, seen = begun(cast), []

    def half(key: str) -> None:
        jobs.teller("import_run", key)("reading", 21, 84)
        seen.append(shown(browsers, run))
        seen.append(page_of(browsers.mara.get(path(run, "progress"))))

    monkeypatch.setitem(jobs.JOBS, "import_run", half)
    jobs.enqueue("import_run", str(run.uid))

    for page in seen:
        progress = page.one("div", id="progress")
        assert progress["data-state"] == "reading"
        assert progress.one("progress")["value"] == "25"
        assert "21 of 84" in progress.words
    (refresh,) = seen[0].one("noscript").all("meta")
    assert refresh["http-equiv"] == "refresh"


def test_what_failed_can_be_read_again(browsers: Browsers, cast: Cast) -> None:
    run = ready(cast)
    ImportRun.objects.filter(pk=run.pk).update(state="failed", reason="The disk was full.")
    page = shown(browsers, run)
    assert "The disk was full." in page.words

    browsers.mara.post(path(run, "settle"), values_of(form_to(page, path(run, "settle"))))

    assert fresh(run).state == RunState.READY


def test_a_run_of_another_project_does_not_exist_here(browsers: Browsers, cast: Cast) -> None:
    run = ready(cast)

    response = browsers.mara.get(f"/projects/other/imports/{run.pk}/")

    assert response.status_code == 404


def test_managers_find_the_way_and_others_do_not(browsers: Browsers) -> None:
    pages = {
        name: page_of(getattr(browsers, name).get("/projects/news/"))
        for name in ("mara", "rosa", "edda")
    }

    links = {
        name: [one["href"] for one in page.all("a")].count(NEW) for name, page in pages.items()
    }
    assert links == {"mara": 2, "rosa": 0, "edda": 0}
    assert "A manager of the project imports them." in pages["edda"].words


@pytest.mark.parametrize("files", [1, 30])
def test_a_report_costs_the_same_however_long_it_is(
    browsers: Browsers, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, files: int
) -> None:
    run = ready(cast, {f"{number}.txt": b"Story %d." % number for number in range(files)})
    browsers.mara.get(path(run))

    with django_assert_num_queries(7):
        browsers.mara.get(path(run))


def test_the_limit_is_told_and_known_to_the_script(
    browsers: Browsers, settings: LazySettings
) -> None:
    settings.MAX_UPLOAD_BYTES = 3 * 2**20

    page = page_of(browsers.mara.get(NEW))

    assert page.one("form", **{"class": "drop"})["data-limit"] == "3"
    assert "Up to 3 MiB together." in page.words
