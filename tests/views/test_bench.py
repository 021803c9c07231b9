"""What the bench tells its scripts: keys, values of digits, link types, direction of the text."""

from __future__ import annotations

import json

import pytest

from annotations.models import AnnotationSet, Article, Span
from annotations.scheme import LINK_TYPES, TAGS, attribute_of
from annotations.views.bench import bench_of, digit_values, direction_of, language_of, link_types
from tests.pages import page_of
from tests.people import Cast
from tests.views.conftest import Browsers


def test_the_workspace_carries_what_its_scripts_need(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span
) -> None:
    main = page_of(browsers.edda.get(f"/annotation-sets/{annotation_set.pk}/")).one("main")

    assert (main["data-set"], main["data-version"]) == (str(annotation_set.pk), "2")
    assert main["data-span-url"] == "/spans/0/"
    assert main["data-link-url"] == f"/annotation-sets/{annotation_set.pk}/links/"
    assert main["data-news-url"] == f"/annotation-sets/{annotation_set.pk}/news/"
    assert main["data-zone-url"] == f"/articles/{annotation_set.article_id}/zones/"
    assert json.loads(main["data-keys"])["submit"] == "g s"
    assert json.loads(main["data-values"])["s"][0] == ["kind", "person", "person"]
    assert len(json.loads(main["data-link-types"])) == len(LINK_TYPES)


def test_digits_set_the_values_of_the_core_attributes_in_order() -> None:
    values = digit_values()

    assert [value for _, value, _ in values["a"]] == [
        *("certain", "probable", "possible", "underspecified"),
        *("positive", "negative", "underspecified"),
    ]
    assert all(len(found) <= 9 for found in values.values())
    letter_of = {tag.letter.lower(): tag.key for tag in TAGS}
    for letter, found in values.items():
        assert all(attribute_of(letter_of[letter], key) for key, _, _ in found)


def test_link_types_name_the_letters_they_join() -> None:
    joins = {one["type"]: (one["from"], one["to"], one["same"]) for one in link_types()}

    assert joins == {
        "attributed_to": ("ae", "s", ""),
        "supports": ("ae", "a", ""),
        "refutes": ("ae", "a", ""),
        "relayed_by": ("s", "s", ""),
        "same_as": ("aes", "aes", "yes"),
    }


def test_in_review_the_keys_are_the_reviewers_and_nothing_is_loose(
    cast: Cast, submitted: AnnotationSet
) -> None:
    bench = bench_of(submitted, cast.rosa, mode="review")

    assert json.loads(str(bench["keys"]))["approve"] == "a"
    assert (bench["values"], bench["loose"], bench["following"]) == ("{}", None, None)


def test_who_switched_the_keys_off_has_no_digits_either(
    cast: Cast, annotation_set: AnnotationSet
) -> None:
    cast.edda.keys_on = False

    bench = bench_of(annotation_set, cast.edda, mode="annotate")

    assert set(json.loads(str(bench["keys"])).values()) == {""}
    assert bench["values"] == "{}"


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Officials said so.", "ltr"),
        ("قالت الشرطة", "rtl"),
        ("«123» אמר", "rtl"),
        ("2024: Reuters قالت", "ltr"),
        ("123 …", "ltr"),
    ],
)
def test_a_text_runs_as_its_first_letter_does(text: str, direction: str) -> None:
    assert direction_of(Article(text=text)) == direction


@pytest.mark.parametrize(
    ("named", "language"), [("ar", "ar"), ("pt-BR", "pt-BR"), ("English", ""), ("", "")]
)
def test_only_a_tag_is_a_language(named: str, language: str) -> None:
    assert language_of(Article(language=named)) == language
