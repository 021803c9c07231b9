"""Which claims have their card on the page, and that an answer draws no others."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from annotations.models import AnnotationSet, ClaimAnnotation, Span
from annotations.views.boards import board_of
from annotations.views.rails import (
    WINDOW,
    Rail,
    Window,
    card_before,
    cards_of,
    claims_from,
    number_of,
    rail_near,
    window_from,
)
from tests.pages import HTMX, page_of, swapped, told
from tests.people import Cast, claim_of, link, make_set, passage_of, tag
from tests.views.conftest import Browsers

MANY = WINDOW + 12


@pytest.fixture
def crowd(cast: Cast) -> tuple[AnnotationSet, list[Span]]:
    """A set with more claims than a rail holds, each of a word of its own, Lee says them all."""
    words = [f"word{number:02}" for number in range(MANY)]
    annotation_set = make_set(cast, " ".join(words) + "\n\nLee and Kim said so, some day.\n")
    claims = [tag(annotation_set, word, "allegation") for word in words[:-1]]
    lee = tag(annotation_set, "Lee", "source")
    for claim in (claims[0], claims[30], claims[-1]):
        link("attributed_to", claim, lee)
    return annotation_set, claims


@pytest.mark.parametrize(
    ("written", "window"),
    [
        ("120-4711", Window(120, 4711)),
        ("0-", Window()),
        ("7-", Window(7)),
        ("", Window()),
        ("-7", Window()),
        ("1-2-3", Window()),
        ("x", Window()),
        ("1" * 10 + "-", Window()),
    ],
)
def test_a_page_says_which_window_it_has(written: str, window: Window) -> None:
    assert window_from(written) == window
    assert window_from(str(window)) == window


@pytest.mark.parametrize(
    ("window", "held"),
    [
        (Window(), [0, 5, 99]),
        (Window(5), [5, 99]),
        (Window(0, 5), [0, 5]),
        (Window(5, 5), [5]),
        (Window(6, 9), []),
    ],
)
def test_both_edges_belong_to_a_window(window: Window, held: list[int]) -> None:
    assert [place for place in (0, 5, 99) if window.holds(place)] == held


def test_a_rail_of_all_cards_is_the_whole_text(cast: Cast, allegation: Span) -> None:
    board = board_of(allegation.annotation_set, cast.edda, mode="read", first=0, active=None)

    assert (str(board.window), board.earlier, board.later, board.is_part) == (
        "0-",
        None,
        None,
        False,
    )
    assert Rail((), 0, 0).window == Window()


def test_the_rails_of_a_long_article_cover_it_without_gap(
    cast: Cast, crowd: tuple[AnnotationSet, list[Span]]
) -> None:
    annotation_set, claims = crowd

    boards = [
        board_of(annotation_set, cast.edda, mode="annotate", first=first, active=None)
        for first in (0, WINDOW)
    ]

    assert [one.window for one in boards] == [
        Window(0, claims[WINDOW - 1].start),
        Window(claims[WINDOW].start, None),
    ]
    assert [(one.earlier, one.later, one.last) for one in boards] == [
        (None, WINDOW, WINDOW),
        (0, None, len(claims)),
    ]


def test_the_number_of_a_claim_counts_those_before_it(
    cast: Cast,
    crowd: tuple[AnnotationSet, list[Span]],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    annotation_set, claims = crowd

    with django_assert_num_queries(2):
        number = number_of(annotation_set, claims[40].pk)

    other = tag(make_set(cast, "Elsewhere it rained.\n"), "it rained", "allegation")
    assert number == 40
    assert [number_of(annotation_set, pk) for pk in (other.pk, 10**9)] == [None, None]
    assert [one.pk for one in claims_from(annotation_set, 40, 2)] == [
        claims[40].pk,
        claims[41].pk,
    ]


def test_a_card_stands_after_the_one_before_it_in_the_text(cast: Cast) -> None:
    annotation_set = make_set(cast, "one two three four\n")
    words = ("one two three four", "one two", "two three", "two", "one")

    spans = {word: tag(annotation_set, word, "allegation") for word in words}

    order = ["one two three four", "one two", "one", "two three", "two"]
    before = {word: card_before(claim_of(span)) for word, span in spans.items()}
    assert [one.allegation.text for one in ClaimAnnotation.objects.in_text_order()] == order
    assert [before[word] for word in order] == [None, *(spans[word].pk for word in order[:-1])]


def test_only_cards_on_the_page_are_drawn(crowd: tuple[AnnotationSet, list[Span]]) -> None:
    annotation_set, claims = crowd
    pks = [claims[0].pk, claims[30].pk, claims[-1].pk]
    window = Window(claims[10].start, claims[50].start)

    some = cards_of(annotation_set, pks, mode="annotate", active=None, window=window)
    every = cards_of(annotation_set, pks, mode="annotate", active=None)

    assert [card.pk for card in some] == [claims[30].pk]
    assert [card.pk for card in every] == pks


def test_a_rail_that_has_gone_elsewhere_shows_the_claim_among_its_neighbours(
    crowd: tuple[AnnotationSet, list[Span]],
) -> None:
    annotation_set, claims = crowd

    middle = rail_near(annotation_set, claims[40].pk, mode="annotate", total=len(claims))
    top = rail_near(annotation_set, claims[0].pk, mode="annotate", total=len(claims))

    assert [card.pk for card in middle.cards] == [one.pk for one in claims[38:43]]
    assert [card.is_active for card in middle.cards] == [False, False, True, False, False]
    assert middle.window == Window(claims[38].start, claims[42].start)
    assert (middle.earlier, middle.later) == (0, 43)
    assert (top.earlier, top.window) == (None, Window(0, claims[4].start))


def test_a_source_of_many_claims_redraws_those_on_the_page_only(
    browsers: Browsers, crowd: tuple[AnnotationSet, list[Span]]
) -> None:
    annotation_set, claims = crowd
    lee = Span.objects.get(annotation_set=annotation_set, tag="source")
    form = {"version": str(lee.version), "kind": "organization", "shown": f"0-{claims[40].start}"}

    response = browsers.edda.post(f"/spans/{lee.pk}/describe/", form, headers=HTMX)

    cards = [name for name in swapped(page_of(response)) if name.startswith("c")]
    assert cards == [f"c{claims[0].pk}", f"c{claims[30].pk}"]


def test_a_claim_outside_the_window_takes_the_rail_along(
    browsers: Browsers, crowd: tuple[AnnotationSet, list[Span]]
) -> None:
    annotation_set, claims = crowd
    sent = passage_of(annotation_set.article, f"word{MANY - 1}")
    form = {
        "start": str(sent.fragments[0].start),
        "end": str(sent.fragments[0].end),
        "quote": sent.quotes[0],
        "text_rev": sent.text_rev,
        "tag": "allegation",
        "uid": "0b7c1cbc-5d3c-4c0a-8a3e-1f1f3a1d2b4c",
        "claim": str(claims[3].pk),
        "shown": f"0-{claims[40].start}",
    }

    response = browsers.edda.post(
        f"/annotation-sets/{annotation_set.pk}/spans/", form, headers=HTMX
    )

    page = page_of(response)
    made = told(response, "ascribe:changed")["claim"]
    assert swapped(page)["claims"] == "innerHTML"
    assert [one["data-claim"] for one in page.one(id="claims").all("article")] == [
        str(pk) for pk in (claims[-2].pk, claims[-1].pk, made)
    ]
    assert page.one(id="shown")["value"] == f"{claims[-2].start}-"
    assert page.one(id="earlier").one("a")["href"] == f"?from={max(len(claims) - 2 - WINDOW, 0)}"
    assert page.one(id="later").all("a") == []
    assert not [name for name in swapped(page) if name.startswith("c") and name != "claims"]


def test_the_page_tells_its_window(
    browsers: Browsers, crowd: tuple[AnnotationSet, list[Span]]
) -> None:
    annotation_set, claims = crowd

    page = page_of(browsers.edda.get(f"/annotation-sets/{annotation_set.pk}/?from={WINDOW}"))

    assert page.one("form", id="tagging").one(id="shown")["value"] == f"{claims[WINDOW].start}-"
