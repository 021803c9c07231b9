"""What other tools call our tags, links and attributes: PolNeAR's names and our own, in any case.

What they mark twice, as two labels of the same kind on the same words, is one span.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotations.scheme import LINK_TYPE_OF, TAG_OF, attribute_of
from annotations.text.offsets import Fragments
from annotations.workflow.fitting import Passage, Relation

TAG_NAMES: dict[str, str] = {
    **dict(zip(TAG_OF, TAG_OF, strict=True)),
    "content": "allegation",
    "claim": "allegation",
    "speaker": "source",
}


def tag_named(name: str) -> str:
    """The tag that a label of another tool means; "" where it is none of ours."""
    return TAG_NAMES.get(name.strip().casefold(), "")


def link_named(name: str) -> str:
    """The type of link that a label means: "attributed to", "Attributed-To"; "" for none."""
    key = name.strip().casefold().replace(" ", "_").replace("-", "_")
    return key if key in LINK_TYPE_OF else ""


def attribute_named(tag: str, name: str, value: str) -> tuple[str, str] | None:
    """The attribute and the value that are meant, None where the tag has no such attribute.

    A value is taken by its key in any case; whether there is such a value is checked later.
    """
    attribute = attribute_of(tag, name.strip().casefold().replace(" ", "_").replace("-", "_"))
    if attribute is None:
        return None
    keys = {one.key.casefold(): one.key for one in attribute.values}
    return attribute.key, keys.get(value.strip().casefold(), value)


def known_tags() -> str:
    """The names that a message lists."""
    return ", ".join(sorted({*TAG_OF, "content"}))


def merged(
    passages: Iterable[Passage], relations: Iterable[Relation]
) -> tuple[tuple[Passage, ...], tuple[Relation, ...]]:
    """Make one of passages with the same tag and place; relations go to the one that stays."""
    first: dict[tuple[str, Fragments], str] = {}
    kept: list[Passage] = []
    stands_for: dict[str, str] = {}
    for one in passages:
        key = first.setdefault((one.tag, one.fragments), one.key)
        if key == one.key or one.key in stands_for:
            kept.append(one)  # an id that is used twice is not mended here
        stands_for.setdefault(one.key, key)
    return tuple(kept), tuple(
        replace(
            one,
            from_key=stands_for.get(one.from_key, one.from_key),
            to_key=one.to_key and stands_for.get(one.to_key, one.to_key),
            cue_key=one.cue_key and stands_for.get(one.cue_key, one.cue_key),
        )
        for one in relations
    )
