"""Words of floor 0 are marked for translation and stay as they are."""

from __future__ import annotations

from annotations.scheme.words import gettext_noop


def test_marking_a_word_leaves_it_as_it_is() -> None:
    assert gettext_noop("Allegation") == "Allegation"
