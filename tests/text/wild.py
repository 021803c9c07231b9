"""Strategies for text as the world writes it, and for places in it."""

# ruff: noqa: RUF001 -- texts as the world writes them

from __future__ import annotations

from hypothesis import strategies as st

from annotations.text.offsets import Fragment

SCRAPS = (
    "Jones said. ", "the regime", "U.S. ", " ", "  ", "\n", "\n\n", " \n\t\n", "\u00a0", "\t",
    "“", "”", "‘", "’", '"', "'", "«", "»", "„", "—", "-", ".", "?", "!", ",", "(", ")",
    "😀", "👩‍👩‍👧‍👦", "🇪🇺", "e\u0301", "\u0301", "𝒳", "ﷺ", "قال المتحدث", "אמר הדובר", "\u200f",
    "\u0085", "\u2028", "\u2029", "\x0b", "\u200b", "\u2060", "\ufeff", "\u00ad", "İ", "ß", "ς",
    "Leave a Reply", "Advertisement", "13,000", "汉字。",
)  # fmt: skip

wild_texts = st.lists(st.sampled_from(SCRAPS) | st.text(max_size=3), max_size=30).map("".join)
worded_texts = st.builds("{}word{}".format, wild_texts, wild_texts)


@st.composite
def texts_with_places(draw: st.DrawFn) -> tuple[str, Fragment]:
    """Draw a text that is not empty and a non-empty stretch of it."""
    text = draw(worded_texts)
    start = draw(st.integers(0, len(text) - 1))
    return text, Fragment(start, draw(st.integers(start + 1, len(text))))
