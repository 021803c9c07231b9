"""The files of an import: what a refusal leaves behind, mended files, double submits, formats."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations import jobs
from annotations.importers import FORMATS, uploads
from annotations.jobs.import_run import NAME
from annotations.models import AnnotationSet, Article, ImportRun
from annotations.states import RunState
from tests.pages import form_to, page_of, values_of
from tests.people import Cast
from tests.runs import ONE, confirmed, fresh, ready, worked
from tests.views.conftest import Browsers
from tests.views.importing import NEW, path, rows, sent, shown

REASON = "Anna said the dam broke."


def kept(run: ImportRun) -> list[bytes]:
    """What lies in the run's directory."""
    home = uploads.home_of(run.uid)
    return sorted(one.read_bytes() for one in home.iterdir()) if home.exists() else []


def test_what_a_refused_answer_brought_is_not_taken_for_a_later_file(
    browsers: Browsers, cast: Cast
) -> None:
    run = ready(cast)
    stale, good = (SimpleUploadedFile(f"{one}.txt", one.encode()) for one in ("stale", "good"))

    refused = browsers.mara.post(path(run, "settle"), {"version": 1, "uploads": [stale]})
    between = kept(run)
    browsers.mara.post(path(run, "settle"), {"version": run.version, "uploads": [good]})

    run = fresh(run)
    assert (refused.status_code, between) == (409, [ONE])
    contents = []
    for upload in uploads.uploads_of(run):
        with upload.open() as file:
            contents.append((upload.name, file.read()))
    assert contents == [("one.txt", ONE), ("good.txt", b"good")]
    assert kept(run) == [ONE, b"good"]


@pytest.mark.parametrize("state", ["stored", "discarded"])
def test_files_for_a_run_that_is_over_are_not_kept(
    browsers: Browsers, cast: Cast, state: str
) -> None:
    run = worked(confirmed(cast))
    ImportRun.objects.filter(pk=run.pk).update(state=state)
    late = SimpleUploadedFile("late.txt", b"late")

    browsers.mara.post(path(run, "settle"), {"version": run.version, "uploads": [late]})

    assert not uploads.home_of(run.uid).exists()


def test_a_refusal_leads_back_to_the_import(browsers: Browsers, cast: Cast) -> None:
    run = ready(cast)

    page = page_of(browsers.mara.post(path(run, "settle"), {"version": 1}))

    assert path(run) in [one["href"] for one in page.one("main").all("a")]


def test_a_mended_file_takes_the_place_of_the_earlier_one(browsers: Browsers) -> None:
    wrong = b"T1\tSource 0 4\tBert\n"
    sent(browsers, y_txt=REASON.encode(), y_ann=wrong)
    run = ImportRun.objects.get()
    assert ("y.ann", "Not imported") in [row[:2] for row in rows(shown(browsers, run))]
    mended = SimpleUploadedFile("y.ann", b"T1\tSource 0 4\tAnna\n")

    browsers.mara.post(path(run, "settle"), {"version": run.version, "uploads": [mended]})
    page = shown(browsers, run)
    assert [row[:2] for row in rows(page)] == [("y.txt", "Ready")]
    assert [one["name"] for one in fresh(run).files] == ["y.txt", "y.ann"]
    assert wrong not in kept(run)

    browsers.mara.post(path(run, "confirm"), values_of(form_to(page, path(run, "confirm"))))
    assert AnnotationSet.objects.get().spans.get().text == "Anna"


def test_a_form_that_is_sent_twice_makes_one_run(browsers: Browsers) -> None:
    uid = browsers.mara.get(NEW).context["uid"]

    first, again, other = (
        browsers.mara.post(NEW, {"uid": uid, "uploads": [SimpleUploadedFile("one.txt", raw)]})
        for raw in (ONE, ONE, b"Another.")
    )

    one, another = ImportRun.objects.order_by("pk")
    assert first.headers["Location"] == again.headers["Location"] == path(one)
    assert other.headers["Location"] == path(another)
    assert (kept(one), kept(another)) == ([ONE], [b"Another."])


def test_what_was_discarded_can_be_brought_again_by_the_same_form(browsers: Browsers) -> None:
    for _time in range(2):
        text = {"uid": "the same", "text": "The dam broke."}
        browsers.mara.post(NEW, text)
        run = ImportRun.objects.latest("pk")
        browsers.mara.post(path(run, "discard"), {"version": run.version})

    assert ImportRun.objects.count() == 2


def test_every_form_of_the_page_sends_a_uid(browsers: Browsers) -> None:
    page = page_of(browsers.mara.get(NEW))

    found = [form.all("input", name="uid") for form in page.all("form", action=NEW)]

    assert [len(one) for one in found] == [1, 1]


def test_a_person_overrules_the_proposed_format(browsers: Browsers) -> None:
    sent(browsers, one_dat=b"title,text\nOne,The dam broke.\n")
    run = ImportRun.objects.get()
    page = shown(browsers, run)
    select = page.one("select", name="format-0")
    assert {one["value"] for one in select.all("option")} == {"", *FORMATS}
    assert str(FORMATS["csv"].help) in page.words

    for key, title in (("text", ""), ("csv", "One")):
        run = fresh(run)
        answer = {"version": run.version, "format-0": key}
        browsers.mara.post(path(run, "settle"), answer)
        run = fresh(run)
        assert run.choices["settled"]["one.dat"]["format"] == key
        (entry,) = (run.report or {})["entries"]
        assert (entry["format"], entry["title"] == "One") == (key, title == "One")
        chosen = shown(browsers, run).one("select", name="format-0")
        assert [one["value"] for one in chosen.all("option") if "selected" in one.attributes] == [
            key
        ]


def test_an_archive_has_no_format_of_its_own(browsers: Browsers) -> None:
    sent(browsers, broken_zip=b"PK")

    assert shown(browsers, ImportRun.objects.get()).all("select") == []


def test_what_failed_is_started_again_with_the_answers_given_before(
    browsers: Browsers, cast: Cast
) -> None:
    run = ready(cast)
    sha = (run.report or {})["entries"][0]["sha256"]
    choices = {
        "settled": {"one.txt": {"format": "text"}},
        "lifted": [[sha, 0, 3]],
        "without": ["two.txt"],
    }
    ImportRun.objects.filter(pk=run.pk).update(state="failed", reason="Busy.", choices=choices)
    page = shown(browsers, run)
    assert "The articles could not be stored" in page.words

    browsers.mara.post(path(run, "settle"), values_of(form_to(page, path(run, "settle"))))

    assert (fresh(run).state, fresh(run).choices) == (RunState.READY, choices)


def test_what_failed_while_it_was_read_says_so(browsers: Browsers, cast: Cast) -> None:
    run = ready(cast)
    ImportRun.objects.filter(pk=run.pk).update(state="failed", report=None, reason="Busy.")

    assert "The files could not be read" in shown(browsers, run).words


def test_looking_how_far_it_is_loads_no_report(browsers: Browsers, cast: Cast) -> None:
    run = ready(cast)

    response = browsers.mara.get(path(run, "progress"))

    assert "report" in response.context["run"].get_deferred_fields()


def test_what_has_no_place_here_is_told_after_storing_too(browsers: Browsers) -> None:
    text, annotated = "Anna said so.", b"T1\tSource 0 4\tAnna\nN1\tReference T1 Wiki:1\tAnna\n"
    sent(browsers, y_txt=text.encode(), y_ann=annotated)
    run = ImportRun.objects.get()
    before = shown(browsers, run)
    assert "1 line has no place here" in before.words

    browsers.mara.post(path(run, "confirm"), {"version": run.version})

    page = shown(browsers, run)
    assert (Article.objects.count(), rows(page)) == (1, [("y.txt", "Imported", "1")])
    assert "1 line has no place here" in page.words
    assert not jobs.is_at_work(NAME, str(run.uid))
