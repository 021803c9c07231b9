"""Taking in articles: text enters through `clean_text` only, and zones are found by rule."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Article, Person, Project, Zone
from annotations.permissions import why_not_manage
from annotations.text.intake import UnfitText, clean_text
from annotations.text.zones import ZoneFinding, zones_of
from annotations.workflow.log import record_article
from annotations.workflow.refusals import Unfit, forbid

TITLE_WORDS = 8
FACTS = ("title", "byline", "outlet", "url", "language", "external_id")
OTHER_FACTS = ("published_on", "file_encoding", "file_sha256")


@dataclass(frozen=True, slots=True)
class Manuscript:
    """An article before intake: its raw text and what is known about it."""

    text: str
    title: str = ""
    byline: str = ""
    outlet: str = ""
    url: str = ""
    published_on: date | None = None
    language: str = ""
    external_id: str = ""
    file_encoding: str = ""
    file_sha256: str = ""


@transaction.atomic
def take_in(project: Project, manuscript: Manuscript, *, by: Person) -> tuple[Article, bool]:
    """Store an article with the zones the rule finds; the same text again is left alone.

    Returns the article and whether it is new. Raises UnfitText for text that cannot be stored.
    """
    # Two who bring the same text at once wait for each other here.
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    forbid(why_not_manage(by, project))
    text = text_of(manuscript)
    known = Article.objects.filter(project=project, text_sha256=digest_of(text)).first()
    if known:
        return known, False
    article, zones = article_of(project, manuscript, text)
    article.save(force_insert=True)
    Zone.objects.bulk_create(zones)
    record_article(article, "import", by=by, after=intake_told(article, len(zones)))
    return article, True


def text_of(manuscript: Manuscript) -> str:
    """The text as it will be stored; raises UnfitText or Unfit for one that cannot be."""
    text = clean_text(manuscript.text)
    if not text.strip():
        raise Unfit(_("The text is empty. Leave it out, or put the words in."))
    return text


def digest_of(text: str) -> str:
    """What tells a text from every other: the SHA-256 of its UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def article_of(
    project: Project, manuscript: Manuscript, text: str
) -> tuple[Article, tuple[Zone, ...]]:
    """An article and the zones the rule finds in its clean text, neither of them stored yet.

    Raises Unfit for what is known about it where a column cannot hold it.
    """
    found = zones_of(text)
    facts = {name: getattr(manuscript, name) for name in (*FACTS, *OTHER_FACTS)}
    article = Article(
        project=project,
        text=text,
        text_sha256=digest_of(text),
        word_count=_story_words(text, found),
        **facts | {"title": manuscript.title.strip() or first_words(text)},
    )
    _check_facts(article)
    zones = (
        Zone(
            article=article,
            start=one.start,
            end=one.end,
            reason=one.reason[:300],
            origin=Zone.Origin.RULE,
        )
        for one in found
    )
    return article, tuple(zones)


def intake_told(article: Article, zones: int) -> dict[str, Any]:
    """What the log tells of an article that comes in with so many zones."""
    return {"title": article.title, "text_sha256": article.text_sha256, "zones": zones}


def _check_facts(article: Article) -> None:
    """Refuse what is known about an article where a column cannot hold it."""
    try:
        for name in FACTS:
            clean_text(getattr(article, name))
        article.clean_fields(exclude={"project", "text"})
    except UnfitText as error:
        raise Unfit(f"{name}: {error}") from error
    except ValidationError as error:
        faults = (f"{name}: {' '.join(said)}" for name, said in error.message_dict.items())
        raise Unfit(" ".join(faults)) from error


def _story_words(text: str, zones: Sequence[ZoneFinding]) -> int:
    """How many words the story has, those in zones left out."""
    return len(text.split()) - sum(len(text[one.start : one.end].split()) for one in zones)


def first_words(text: str) -> str:
    """A title for a text without one: its first words."""
    words = text.split(maxsplit=TITLE_WORDS)
    title = " ".join(words[:TITLE_WORDS])
    return (title + "…" if len(words) > TITLE_WORDS else title)[:300]
