"""Taking in articles: text enters through `clean_text` only, and zones are found by rule."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Article, Person, Project, Span, Zone
from annotations.permissions import why_not_manage
from annotations.text.intake import UnfitText, clean_text
from annotations.text.offsets import Fragment, touches
from annotations.text.zones import ZoneFinding, zones_of
from annotations.workflow.log import record_article
from annotations.workflow.refusals import Unfit, forbid

TITLE_WORDS = 8
FACTS = ("title", "byline", "outlet", "url", "language", "external_id")


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
    text = clean_text(manuscript.text)
    if not text.strip():
        raise Unfit(_("The text is empty."))
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = Article.objects.filter(project=project, text_sha256=digest).first()
    if known:
        return known, False
    found = zones_of(text)
    facts = {key: value for key, value in asdict(manuscript).items() if key != "text"}
    article = Article(
        project=project,
        text=text,
        text_sha256=digest,
        word_count=_story_words(text, found),
        **facts | {"title": manuscript.title.strip() or first_words(text)},
    )
    _check_facts(article)
    article.save(force_insert=True)
    zones = [
        Zone(
            article=article,
            start=one.start,
            end=one.end,
            reason=one.reason[:300],
            origin=Zone.Origin.RULE,
        )
        for one in found
    ]
    Zone.objects.bulk_create(zones)
    told = {"title": article.title, "text_sha256": digest, "zones": len(zones)}
    record_article(article, "import", by=by, after=told)
    return article, True


@transaction.atomic
def lift_zone(zone: Zone, *, by: Person, active: bool) -> Zone:
    """Say that a zone is text after all, or that it is boilerplate again."""
    article = Article.objects.select_for_update(no_key=True).get(pk=zone.article_id)
    forbid(why_not_manage(by, article.project))
    zone.refresh_from_db()
    if zone.active == active:
        raise Unfit(_("It has this value already."))
    before = {"zone": [zone.start, zone.end], "active": zone.active}
    if active and _is_annotated(article, zone):
        raise Unfit(_("Passages in this stretch are tagged. Remove them first."))
    zone.active = active
    zone.save(update_fields=["active"])
    article.changed_at = timezone.now()
    article.save(update_fields=["changed_at"])
    after = {"zone": [zone.start, zone.end], "active": active}
    record_article(article, "lift" if not active else "mark", by=by, before=before, after=after)
    return zone


def _is_annotated(article: Article, zone: Zone) -> bool:
    spans = Span.objects.filter(annotation_set__article=article).touching(zone.start, zone.end)
    return any(touches(span.fragments, Fragment(zone.start, zone.end)) for span in spans)


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
