"""What a selection takes in."""

from __future__ import annotations

import pytest
from django.utils import timezone

from annotations.exporters.rows import Selection
from annotations.models import Article
from annotations.states import SUBMITTED_CLAIMS, ClaimState
from tests.exporters.cases import APPROVED, EVERY, filtered, two_readings
from tests.people import make_article, make_cast, make_submitted_set

pytestmark = pytest.mark.django_db


def test_by_default_everything_submitted_is_selected() -> None:
    cast, _one = filtered()

    selection = Selection(cast.project)

    assert selection.states == SUBMITTED_CLAIMS == EVERY - {ClaimState.DRAFT}
    assert (selection.is_whole, Selection(cast.project, EVERY).is_whole) == (False, True)


@pytest.mark.parametrize(
    ("states", "count"),
    [
        (APPROVED, 1),
        ({ClaimState.PENDING}, 1),
        ({ClaimState.PENDING, ClaimState.APPROVED}, 2),
        ({ClaimState.REJECTED}, 0),
        (EVERY, 2),
    ],
)
def test_claims_are_selected_by_their_state(states: frozenset[ClaimState], count: int) -> None:
    cast, _one = filtered()

    selection = Selection(cast.project, frozenset(states))

    assert selection.claims().count() == count
    assert selection.articles().count() == min(count, 1)


def test_another_project_is_not_selected() -> None:
    cast, _one = filtered()
    other = make_cast("sports")
    make_submitted_set(other)

    selections = [Selection(one.project, EVERY) for one in (cast, other)]

    assert [one.claims().count() for one in selections] == [2, 2]
    assert [one.articles().count() for one in selections] == [1, 1]


def test_a_withdrawn_article_is_left_out_with_its_claims() -> None:
    cast, _one = filtered()

    Article.objects.update(withdrawn_at=timezone.now())

    selection = Selection(cast.project, EVERY)
    assert (selection.claims().count(), selection.articles().count()) == (0, 0)


def test_one_article_or_one_outlet_can_be_selected() -> None:
    cast, one = filtered()
    other = make_article(cast, "Another text.")
    Article.objects.filter(pk=other.pk).update(outlet="The Herald")

    def chosen(selection: Selection) -> tuple[list[Article], int]:
        return list(selection.articles()), selection.claims().count()

    assert chosen(Selection(cast.project, EVERY, article=one.article)) == ([one.article], 2)
    assert chosen(Selection(cast.project, EVERY, article=other)) == ([other], 0)
    assert chosen(Selection(cast.project, EVERY, outlet="The Herald")) == ([other], 0)
    assert chosen(Selection(cast.project, EVERY, outlet="")) == ([one.article, other], 2)


def test_articles_come_in_the_order_of_intake_once_for_all_their_annotators() -> None:
    cast, edda, _egon = two_readings()
    second = make_article(cast, "A second text.")

    assert list(Selection(cast.project, EVERY).articles()) == [edda.article, second]
