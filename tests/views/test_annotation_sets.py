"""The workspace and the review screen, and what is done to a set as a whole."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from annotations.models import AnnotationSet, ClaimAnnotation, Span
from annotations.workflow import reviewing
from tests.pages import HTMX, everything, form_to, page_of, swapped, told
from tests.people import Cast, link, make_set, tag
from tests.views.conftest import Browsers


def workspace(annotation_set: AnnotationSet) -> str:
    return f"/annotation-sets/{annotation_set.pk}/"


@pytest.mark.parametrize(
    ("who", "state", "mode"),
    [
        ("edda", "open", "annotate"),
        ("rosa", "open", "read"),
        ("mara", "open", "read"),
        ("edda", "submitted", "read"),
        ("egon", "submitted", "read"),
        ("rosa", "submitted", "read"),
        ("mara", "submitted", "read"),
    ],
)
def test_the_workspace_is_for_the_annotator_of_an_open_set(
    browsers: Browsers, cast: Cast, source: Span, who: str, state: str, mode: str
) -> None:
    if state == "submitted":
        reviewing.submit(source.annotation_set, by=cast.edda)

    page = page_of(getattr(browsers, who).get(workspace(source.annotation_set)))

    assert page.one("main")["data-mode"] == mode
    tools = page.all(id="tagbar") + page.all(id="submit") + page.all(id="typed")
    assert [one["id"] for one in tools] == (
        ["tagbar", "submit", "typed"] if mode == "annotate" else []
    )


def test_the_page_carries_the_article_and_the_contract_for_its_script(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span
) -> None:
    page = page_of(browsers.edda.get(workspace(annotation_set)))

    article = annotation_set.article
    bench, blocks = page.one("main"), page.one("article", id="text").all("p")
    assert (bench["data-tag-url"], bench["data-text-rev"]) == (
        f"/annotation-sets/{annotation_set.pk}/spans/",
        article.text_rev,
    )
    for block in blocks:
        start = int(block["data-o"])
        assert block.text == article.text[start : start + len(block.text)]
    assert [block["id"] for block in blocks] == ["b1", "b2"]


def test_every_id_is_there_once_and_every_reference_leads_somewhere(
    browsers: Browsers, seeded: AnnotationSet
) -> None:
    first = ClaimAnnotation.objects.in_text_order()[0]

    page = page_of(browsers.edda.get(f"{workspace(seeded)}?claim={first.pk}&edit={first.pk}"))

    references = [
        name
        for element in page.walk()
        for key in ("aria-details", "aria-labelledby", "aria-describedby", "for")
        for name in (element.attributes.get(key) or "").split()
    ]
    anchors = [one["href"][1:] for one in page.all("a") if one["href"].startswith("#")]
    assert sorted(page.ids) == sorted(set(page.ids))
    assert set(references) | set(anchors) <= set(page.ids)
    assert len(references) > 20


def test_boilerplate_is_folded_away(browsers: Browsers, seeded: AnnotationSet) -> None:
    page = page_of(browsers.edda.get(workspace(seeded)))

    tail = page.one("details", **{"class": "tail"})
    assert tail.one("summary").words == "103 characters of web boilerplate: show"
    assert tail.one("pre").text.startswith("Categories: News")
    assert "Leave a Reply" not in "".join(block.text for block in page.one(id="text").all("p"))


@pytest.mark.parametrize("verb", ["undo", "redo"])
def test_there_may_be_nothing_to_undo_or_to_redo(
    browsers: Browsers, annotation_set: AnnotationSet, verb: str
) -> None:
    before = everything()

    response = browsers.edda.post(f"{workspace(annotation_set)}{verb}/", headers=HTMX)

    assert (response.status_code, everything()) == (409, before)
    assert told(response, "ascribe:refused") == {
        "reason": f"There is nothing to {verb}.",
        "conflict": False,
    }


def test_undo_and_redo_draw_the_passage_again(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span
) -> None:
    undone = browsers.edda.post(f"{workspace(annotation_set)}undo/", headers=HTMX)
    redone = browsers.edda.post(f"{workspace(annotation_set)}redo/", headers=HTMX)

    assert swapped(page_of(undone))[f"c{allegation.pk}"] == "delete"
    assert page_of(undone).one("p", id="b1").all("mark") == []
    assert told(undone, "ascribe:changed")["undo"] is None
    assert page_of(redone).one("mark", id=f"s{allegation.pk}").text == "the dam had failed"
    assert told(redone, "ascribe:changed")["claim"] == allegation.pk
    assert told(redone, "ascribe:changed")["redo"] is None


@pytest.mark.parametrize("verb", ["undo", "redo"])
def test_a_form_that_is_sent_twice_takes_back_one_change(
    browsers: Browsers, annotation_set: AnnotationSet, source: Span, verb: str
) -> None:
    if verb == "redo":
        for _ in range(2):
            browsers.edda.post(f"{workspace(annotation_set)}undo/")
    page = page_of(browsers.edda.get(workspace(annotation_set)))
    form = {"top": page.one("button", id=verb)["value"]}
    first = browsers.edda.post(f"{workspace(annotation_set)}{verb}/", form, headers=HTMX)
    after_first = everything()

    second = browsers.edda.post(f"{workspace(annotation_set)}{verb}/", form, headers=HTMX)

    assert (first.status_code, second.status_code) == (200, 409)
    assert everything() == after_first


@pytest.mark.parametrize("verb", ["undo", "redo"])
@pytest.mark.parametrize(("top", "status"), [("x", 422), ("0", 422), ("9" * 30, 409)])
def test_what_nobody_saw_on_top_is_not_taken_back(
    browsers: Browsers,
    annotation_set: AnnotationSet,
    source: Span,
    verb: str,
    top: str,
    status: int,
) -> None:
    browsers.edda.post(f"{workspace(annotation_set)}undo/")
    before = everything()

    response = browsers.edda.post(f"{workspace(annotation_set)}{verb}/", {"top": top})

    assert (response.status_code, everything()) == (status, before)


def test_a_manager_reopens_a_reviewed_set(
    browsers: Browsers, cast: Cast, submitted: AnnotationSet
) -> None:
    for claim in ClaimAnnotation.objects.all():
        reviewing.approve(claim, by=cast.rosa, version=claim.version)
    page = page_of(browsers.mara.get(workspace(submitted)))

    response = browsers.mara.post(form_to(page, f"{workspace(submitted)}reopen/")["action"])

    submitted.refresh_from_db()
    assert (response.status_code, submitted.state) == (302, "open")
    assert response.headers["Location"] == workspace(submitted)


def test_own_work_shows_why_it_cannot_be_decided(browsers: Browsers, cast: Cast) -> None:
    own = make_set(cast, by=cast.rosa)
    claim = tag(own, "the dam had failed", "allegation")
    link("attributed_to", claim, implicit="author")
    reviewing.submit(own, by=cast.rosa)

    page = page_of(browsers.rosa.get(f"{workspace(own)}review/"))

    assert "This is your own work: somebody else has to decide it." in page.words
    assert page.all(id="decide") == []


def test_opening_the_review_screen_decides_nothing(
    browsers: Browsers, submitted: AnnotationSet
) -> None:
    before = everything()

    page = page_of(browsers.rosa.get(f"{workspace(submitted)}review/"))

    assert [
        one["data-verdict"]
        for one in page.one(id="decide").all()
        if "data-verdict" in one.attributes
    ] == ["approve", "return", "reject"]
    assert everything() == before


def test_a_window_of_cards_leads_to_the_next(browsers: Browsers, cast: Cast) -> None:
    words = [f"Word{number}" for number in range(61)]
    annotation_set = make_set(cast, " ".join(words) + "\n")
    for word in words:
        tag(annotation_set, word, "allegation")

    first = page_of(browsers.edda.get(workspace(annotation_set)))
    second = page_of(browsers.edda.get(f"{workspace(annotation_set)}?from=60"))

    cards = [len(page.one(id="claims").all("article")) for page in (first, second)]
    assert cards == [60, 1]
    assert "Claims 1\u201360 of 61" in first.one("aside").words
    assert "Claims 61\u201361 of 61" in second.one("aside").words
    assert first.all("a", href="?from=60") != []
    assert second.all("a", href="?from=0") != []
    assert len(first.one(id="text").all("mark")) == 61


@pytest.mark.parametrize("screen", ["", "review/"])
@pytest.mark.parametrize(
    "query",
    [
        "?claim=0",
        "?claim=-1",
        "?claim=x",
        "?from=999999999",
        "?edit=99",
        "?claim=9" + "9" * 30,
        "?from=%00",
        "?claim=٣",
    ],
)
def test_a_screen_takes_any_query(
    browsers: Browsers, submitted: AnnotationSet, screen: str, query: str
) -> None:
    response = browsers.rosa.get(f"{workspace(submitted)}{screen}{query}")

    assert response.status_code == 200


@pytest.mark.parametrize("spans", [3, 60])
def test_the_queries_of_the_workspace_do_not_grow_with_the_spans(
    browsers: Browsers, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, spans: int
) -> None:
    words = [f"Word{number}" for number in range(spans)]
    annotation_set = make_set(cast, ".\n\n".join(words) + "\n")
    source = tag(annotation_set, words[0], "source")
    for word in words[1:]:
        link("attributed_to", tag(annotation_set, word, "allegation"), source)
    browsers.edda.get("/")

    with django_assert_num_queries(12):
        browsers.edda.get(workspace(annotation_set))
