"""The loose card: which passages are on it, when it is drawn anew, and what may be done there."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from annotations.models import AnnotationSet, Link, Span
from annotations.views.loose import MOST_SHOWN, loose_of
from tests.pages import HTMX, Values, form_to, page_of, swapped, values_of
from tests.people import Cast, link, make_set, passage_of, tag
from tests.views.conftest import Browsers


def labels_of(annotation_set: AnnotationSet) -> list[str]:
    return [span.label for span in loose_of(annotation_set).spans]


def selected(annotation_set: AnnotationSet, words: str, **more: str) -> Values:
    """A selection of words as the browser sends it."""
    passage = passage_of(annotation_set.article, words)
    return {
        "start": str(passage.fragments[0].start),
        "end": str(passage.fragments[0].end),
        "quote": words,
        "text_rev": passage.text_rev,
        "uid": "8d9c8f0e-4a39-4b5c-9d50-1f1c5f6f2a11",
    } | more


def test_what_no_claim_uses_is_loose(annotation_set: AnnotationSet) -> None:
    smith = tag(annotation_set, "Smith", "source")
    evidence = tag(annotation_set, "Photographs", "evidence")
    cue = tag(annotation_set, "Nobody", "cue")
    claim = tag(annotation_set, "the dam had failed", "allegation")
    before = labels_of(annotation_set)

    link("attributed_to", evidence, smith)
    vouched = labels_of(annotation_set)
    link("supports", evidence, claim)
    Link.objects.update(cue=cue)

    assert before == ["E1", "S1", "C1"]
    assert vouched == ["E1", "C1"]
    assert labels_of(annotation_set) == []


def test_a_source_that_only_passes_on_is_not_loose_and_the_one_it_tells_of_is(
    annotation_set: AnnotationSet,
) -> None:
    officials, jones = (tag(annotation_set, name, "source") for name in ("Officials", "Jones"))

    link("relayed_by", officials, jones)

    assert labels_of(annotation_set) == ["S1"]


@pytest.mark.parametrize(("count", "queries"), [(3, 1), (MOST_SHOWN, 1), (MOST_SHOWN + 5, 2)])
def test_so_many_are_shown_and_the_others_counted(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, count: int, queries: int
) -> None:
    words = [f"Word{number:02}" for number in range(count)]
    annotation_set = make_set(cast, " ".join(words) + "\n")
    for word in words:
        tag(annotation_set, word, "source")

    with django_assert_num_queries(queries):
        loose = loose_of(annotation_set)

    assert [span.text for span in loose.spans] == words[:MOST_SHOWN]
    assert (loose.count, loose.unseen) == (count, max(0, count - MOST_SHOWN))


def test_a_loose_source_is_used_for_the_open_claim_from_its_card(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span
) -> None:
    smith = tag(annotation_set, "Smith", "source")
    place = f"/annotation-sets/{annotation_set.pk}/?claim={allegation.pk}"
    page = page_of(browsers.edda.get(place))
    assert "S1 Smith" in page.one("li", id="loose").words
    form = form_to(page, f"/spans/{smith.pk}/attach/")

    response = browsers.edda.post(form["action"], values_of(form), headers=HTMX)

    answer = page_of(response)
    assert (response.status_code, labels_of(annotation_set)) == (200, [])
    assert "hidden" in answer.one("li", id="loose").attributes
    assert answer.one("li", id=f"c{allegation.pk}").one("b").words == "Smith"


def test_a_loose_source_is_removed_by_the_version_that_was_shown(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span
) -> None:
    smith = tag(annotation_set, "Smith", "source")
    place = f"/annotation-sets/{annotation_set.pk}/?claim={allegation.pk}"
    form = form_to(page_of(browsers.edda.get(place)), f"/spans/{smith.pk}/remove/")
    (button,) = form.all("button")

    response = browsers.edda.post(
        form["action"], values_of(form) | {button["name"]: button["value"]}
    )

    assert (response.status_code, Span.objects.filter(pk=smith.pk).exists()) == (302, False)


@pytest.mark.parametrize(
    ("words", "kind", "with_claim", "drawn"),
    [
        ("Smith", "source", False, True),
        ("Smith", "source", True, False),
        ("told them in May", "allegation", False, False),
    ],
    ids=["a loose one", "one of a claim", "a claim that takes nothing"],
)
def test_the_card_is_sent_only_where_it_may_have_changed(
    browsers: Browsers,
    annotation_set: AnnotationSet,
    allegation: Span,
    words: str,
    kind: str,
    with_claim: bool,
    drawn: bool,
) -> None:
    claim = {"claim": str(allegation.pk)} if with_claim else {}
    form = selected(annotation_set, words, tag=kind, **claim)

    response = browsers.edda.post(
        f"/annotation-sets/{annotation_set.pk}/spans/", form, headers=HTMX
    )

    assert ("loose" in swapped(page_of(response))) == drawn


def test_a_new_claim_shows_what_it_took_and_one_press_lets_it_go(
    browsers: Browsers, annotation_set: AnnotationSet
) -> None:
    officials = tag(annotation_set, "Officials", "source")
    form = selected(annotation_set, "the dam had failed", tag="allegation")
    path = f"/annotation-sets/{annotation_set.pk}/spans/"

    answer = page_of(browsers.edda.post(path, form, headers=HTMX))

    claim = Span.objects.get(tag="allegation")
    (button,) = answer.one("p", **{"class": "took"}).all("button")
    assert (button["aria-label"], button["formaction"]) == (
        "Detach S1",
        f"/spans/{officials.pk}/detach/",
    )
    assert "hidden" in answer.one("li", id="loose").attributes
    detached = browsers.edda.post(button["formaction"], {"claim": str(claim.pk)}, headers=HTMX)
    assert (detached.status_code, labels_of(annotation_set)) == (200, ["S1"])
    assert "S1 Officials" in page_of(detached).one("li", id="loose").words
