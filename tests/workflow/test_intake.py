"""Taking in articles: one door for text, the same text once, zones that can be lifted."""

from __future__ import annotations

from datetime import date

import pytest

from annotations.models import Article, Event
from annotations.text.intake import UnfitText
from annotations.workflow import intake
from annotations.workflow.intake import Manuscript
from annotations.workflow.refusals import Forbidden, Unfit
from tests.people import Cast, make_article, make_cast
from tests.rows import dump, refused
from tests.seed import gold, seed_text


def test_the_seed_comes_in_byte_for_byte_with_its_boilerplate_found(cast: Cast) -> None:
    article, is_new = intake.take_in(cast.project, Manuscript(seed_text()), by=cast.mara)

    zone = article.zones.get()
    assert is_new
    assert article.text == seed_text()
    assert (zone.start, zone.end) == (gold()["boilerplate_start"], gold()["length"])
    assert (zone.active, zone.origin, zone.kind) == (True, "rule", "boilerplate")
    assert article.title == "The United States has accused the Syrian regime…"
    event = Event.objects.of_article(article.uid).get()
    assert (event.verb, event.actor) == ("import", "mara")
    assert event.after == {"title": article.title, "text_sha256": article.text_sha256, "zones": 1}


def test_what_is_known_about_an_article_is_kept(cast: Cast) -> None:
    manuscript = Manuscript(
        "It burned.\r\nAll night.",
        title="  Fire ",
        byline="A. Author",
        outlet="The Paper",
        url="https://paper.example/fire",
        published_on=date(2017, 5, 15),
        language="en",
        external_id="fire.txt",
        file_encoding="utf-8",
        file_sha256="0" * 64,
    )

    article, _is_new = intake.take_in(cast.project, manuscript, by=cast.mara)

    stored = Article.objects.get(pk=article.pk)
    assert (stored.title, stored.text, stored.word_count) == ("Fire", "It burned.\nAll night.", 4)
    assert (stored.byline, stored.outlet, stored.url) == (
        "A. Author",
        "The Paper",
        "https://paper.example/fire",
    )
    assert (stored.published_on, stored.external_id) == (date(2017, 5, 15), "fire.txt")


def test_the_same_text_again_changes_nothing(cast: Cast) -> None:
    first = make_article(cast, "It burned.\nAll night.")
    before = dump()

    again, is_new = intake.take_in(
        cast.project, Manuscript("It burned.\r\nAll night.", title="Another title"), by=cast.mara
    )

    assert (again, is_new) == (first, False)
    assert dump() == before


def test_two_projects_may_have_the_same_text(cast: Cast) -> None:
    first = make_article(cast)

    second = make_article(make_cast("elsewhere"))

    assert first != second
    assert first.text_sha256 == second.text_sha256


@pytest.mark.parametrize("text", ["", "  \n\t", "\ufeff"])
def test_a_text_without_words_is_refused(cast: Cast, text: str) -> None:
    with refused(Unfit, "The text is empty. Leave it out, or put the words in."):
        intake.take_in(cast.project, Manuscript(text), by=cast.mara)


@pytest.mark.parametrize("text", ["a\0b", "half \ud83d", "bell \x07"])
def test_a_text_no_database_can_hold_is_refused(cast: Cast, text: str) -> None:
    before = dump()

    with pytest.raises(UnfitText):
        intake.take_in(cast.project, Manuscript(text), by=cast.mara)

    assert dump() == before


@pytest.mark.parametrize(
    ("field", "manuscript"),
    [
        ("title", Manuscript("It burned.", title="t" * 301)),
        ("title", Manuscript("It burned.", title="a\0b")),
        ("byline", Manuscript("It burned.", byline="half \ud83d")),
        ("outlet", Manuscript("It burned.", outlet="o" * 201)),
        ("url", Manuscript("It burned.", url="javascript:alert(1)")),
        ("url", Manuscript("It burned.", url="not an address")),
        ("language", Manuscript("It burned.", language="l" * 36)),
        ("external_id", Manuscript("It burned.", external_id="e" * 301)),
    ],
)
def test_what_no_column_can_hold_is_refused_by_name(
    cast: Cast, field: str, manuscript: Manuscript
) -> None:
    with refused(Unfit, field):
        intake.take_in(cast.project, manuscript, by=cast.mara)


@pytest.mark.parametrize("person", ["edda", "rosa", "stranger"])
def test_only_a_manager_takes_in_articles(cast: Cast, person: str) -> None:
    with refused(Forbidden):
        intake.take_in(cast.project, Manuscript("It burned."), by=getattr(cast, person))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("It burned.", "It burned."),
        ("one two three four five six seven eight", "one two three four five six seven eight"),
        ("1 2 3 4 5 6 7 8 9", "1 2 3 4 5 6 7 8…"),
        ("w" * 400, "w" * 300),
    ],
)
def test_a_text_without_a_title_is_called_by_its_first_words(text: str, title: str) -> None:
    assert intake.first_words(text) == title
