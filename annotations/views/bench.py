"""What the workspace and the review screen tell their scripts, and what stands beside the cards.

Everything goes into `data-*` attributes of the bench as JSON: link types, keys, and the values that
digits set. All of it is read from the codebook and the keymap.
"""

from __future__ import annotations

import json
import re
from unicodedata import bidirectional

from django.utils.translation import gettext as _

from annotations.keymap import Group, keys_of
from annotations.models import AnnotationSet, Article, Person
from annotations.scheme import LINK_TYPES, TAGS, attributes_of
from annotations.views.cards import Mode
from annotations.views.loose import loose_of
from annotations.views.next import following

MOST_DIGITS = 9
RIGHT_TO_LEFT = {"R", "AL"}
STRONG = RIGHT_TO_LEFT | {"L"}
FAR_ENOUGH = 2000  # code points in which a text shows its direction
LANGUAGE_TAG = re.compile("[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)


def bench_of(annotation_set: AnnotationSet, person: Person, *, mode: Mode) -> dict[str, object]:
    """The context of a bench beside its board. Three queries at most, while annotating."""
    is_annotating = mode == "annotate"
    group: Group = "review" if mode == "review" else "annotate"
    return {
        "keys": json.dumps(keys_of(group, is_on=person.keys_on, own=person.own_keys)),
        "values": json.dumps(digit_values() if person.keys_on and is_annotating else {}),
        "link_types": json.dumps(link_types()),
        "direction": direction_of(annotation_set.article),
        "language": language_of(annotation_set.article),
        "loose": loose_of(annotation_set) if is_annotating else None,
        "following": following(person, annotation_set) if is_annotating else None,
    }


def link_types() -> list[dict[str, str]]:
    """Which tags each type of link joins, by the letters of the tags: {"from": "ae", "to": "s"}."""
    letter_of = {tag.key: tag.letter.lower() for tag in TAGS}
    return [
        {
            "type": one.key,
            "label": _(one.label),
            "from": "".join(letter for tag, letter in letter_of.items() if tag in one.from_tags),
            "to": "".join(letter for tag, letter in letter_of.items() if tag in one.to_tags),
            "same": "yes" if one.same_tag else "",
        }
        for one in LINK_TYPES
    ]


def digit_values() -> dict[str, list[tuple[str, str, str]]]:
    """For each tag's letter what the digits from 1 on set: attribute, value and its word."""
    return {
        tag.letter.lower(): [
            (attribute.key, value.key, _(value.label))
            for attribute in attributes_of(tag.key)
            if attribute.core
            for value in attribute.values
        ][:MOST_DIGITS]
        for tag in TAGS
    }


def direction_of(article: Article) -> str:
    """`rtl` or `ltr`, by the first letter of the text that has a direction."""
    kinds = (bidirectional(character) for character in article.text[:FAR_ENOUGH])
    return "rtl" if next((one for one in kinds if one in STRONG), "L") in RIGHT_TO_LEFT else "ltr"


def language_of(article: Article) -> str:
    """The text's language where the article names it by a tag a browser knows (BCP 47), else ""."""
    return article.language if LANGUAGE_TAG.fullmatch(article.language) else ""
