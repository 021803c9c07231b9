"""Checks that a passage sent by a client fits the article before anything is written.

The browser says where it thinks the words stand and which words they are; the server compares,
trims white space (only here, by one rule) and answers the final offsets in code points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from annotations.models import Article
from annotations.models.span import MAX_FRAGMENTS
from annotations.text.offsets import (
    Fragment,
    Fragments,
    fault_of,
    is_blank,
    quote_of,
    touches,
    trimmed,
)
from annotations.text.quotes import quote_type_of
from annotations.workflow.refusals import Stale, Unfit


@dataclass(frozen=True, slots=True)
class Passage:
    """Words a client points at: fragments (code points), the words of each, the text's revision."""

    fragments: Fragments
    quotes: tuple[str, ...]
    text_rev: str

    @property
    def words(self) -> str:
        """The words of all fragments in one line."""
        return " … ".join(self.quotes)


def fitted(article: Article, passage: Passage) -> Fragments:
    """The trimmed fragments of a passage that may be tagged; Stale or Unfit otherwise."""
    fragments = placed(article, passage)
    if is_blank(quote_of(article.text, fragments)):
        raise Unfit(_("There are no words in this selection."))
    keep_out_of_zones(article, fragments)
    return fragments


def placed(article: Article, passage: Passage) -> Fragments:
    """The trimmed fragments of a passage that stands in the article so; Stale or Unfit otherwise."""
    if passage.text_rev and passage.text_rev != article.text_rev:
        raise Stale(_("The text of this article is another one by now. Reload the page."))
    text = article.text
    if not 1 <= len(passage.fragments) <= MAX_FRAGMENTS:
        raise too_many_parts()
    if fault_of(passage.fragments, length=len(text)):
        raise Unfit(_("These offsets do not fit the text. Select the words again."))
    if _words_differ(text, passage):
        raise Unfit(_("These offsets quote other words than were selected. Select them again."))
    fragments = tuple(part for part in (trimmed(text, *one) for one in passage.fragments) if part)
    if not fragments:
        raise Unfit(_("There are no words in this selection."))
    return fragments


def too_many_parts() -> Unfit:
    """The refusal of a passage with more parts than a row can hold, or with none."""
    return Unfit(_("A passage has between 1 and %(most)d parts.") % {"most": MAX_FRAGMENTS})


def keep_out_of_zones(article: Article, fragments: Fragments) -> None:
    """Raise Stale where one of the fragments touches boilerplate. One query."""
    start, end = fragments[0].start, fragments[-1].end
    for zone in article.zones.filter(active=True, start__lt=end, end__gt=start):
        if touches(fragments, Fragment(zone.start, zone.end)):
            raise Stale(_("These words lie in boilerplate, which is not annotated."))


def attributes_for(article: Article, tag: str, fragments: Fragments) -> dict[str, str]:
    """What the text itself says of a new span: how an allegation is quoted."""
    if tag != "allegation":
        return {}
    return {"quote_type": quote_type_of(article.text, fragments)}


def _words_differ(text: str, passage: Passage) -> bool:
    if len(passage.quotes) != len(passage.fragments):
        return True
    pairs: Sequence[tuple[Fragment, str]] = list(
        zip(passage.fragments, passage.quotes, strict=True)
    )
    return any(text[part.start : part.end] != quote for part, quote in pairs)
