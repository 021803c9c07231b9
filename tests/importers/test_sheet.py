"""What becomes of a file's lines, as it is noted down."""

from __future__ import annotations

from annotations.importers.sheet import Sheet, missing
from annotations.importers.standoff import Standoff, Textbound
from annotations.text.offsets import Fragment


def test_the_same_words_under_one_tag_are_one_passage_and_counted() -> None:
    places = (Fragment(0, 3),)
    first, again = (Textbound(key, "Source", places, "Ann", 1) for key in ("T1", "T2"))
    sheet = Sheet("Ann said", Standoff(), {"T1": places, "T2": places})

    keys = [sheet.mark(first, "source"), sheet.mark(again, "source"), sheet.mark(again, "cue")]

    assert keys == ["T1", "T1", "T2"]
    assert [(one.tag, one.quote) for one in sheet.passages.values()] == [
        ("source", "Ann"),
        ("cue", "Ann"),
    ]
    assert dict(sheet.lines) == {"T:span": 2, "T:twice": 1}


def test_what_is_missing_is_named_in_few_words() -> None:
    assert missing("E1", "T" * 99).startswith(f"E1 names {'T' * 50}, which is not in the file")
