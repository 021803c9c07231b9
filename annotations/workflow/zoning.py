"""What of an article is not the story: marking a stretch of it, lifting the mark, marking again.

A zone belongs to the article, so it concerns every annotation set of it: their versions go up, and
pages that show them learn of it. The article is locked before its sets, as everywhere.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import AnnotationSet, Article, Person, Span, Zone
from annotations.permissions import why_not_zone
from annotations.text.offsets import Fragment, touches
from annotations.workflow.log import record_article
from annotations.workflow.passages import Passage, placed
from annotations.workflow.refusals import Unfit, forbid


@transaction.atomic
def add_zone(article: Article, *, by: Person, passage: Passage) -> Zone:
    """Mark a stretch as boilerplate; one that was lifted is marked again.

    Raises Unfit where anybody has tagged words of it, or part of it is marked already.
    """
    article = _locked(article.pk, by=by)
    parts = placed(article, passage)
    if len(parts) != 1:
        raise Unfit(_("Boilerplate is marked in one piece."))
    (place,) = parts
    lifted = Zone.objects.filter(article=article, start=place.start, end=place.end, active=False)
    if zone := lifted.first():
        return _set_active(article, zone, by=by, active=True)
    _keep_free(article, place)
    reason = _("marked by %(name)s") % {"name": by.get_full_name()}
    zone = Zone.objects.create(
        article=article,
        start=place.start,
        end=place.end,
        reason=reason[:300],
        origin=Zone.Origin.PERSON,
    )
    after = {"zone": [*place], "active": True, "reason": zone.reason}
    _tell(article, "mark", by=by, before=None, after=after)
    return zone


@transaction.atomic
def lift_zone(zone: Zone, *, by: Person, active: bool) -> Zone:
    """Say that a zone is text after all, or that it is boilerplate again."""
    article = _locked(zone.article_id, by=by)
    zone.refresh_from_db()
    return _set_active(article, zone, by=by, active=active)


def _locked(pk: int, *, by: Person) -> Article:
    """The article, locked until the transaction ends; Forbidden if `by` may not change its zones."""
    articles = Article.objects.select_related("project")
    article = articles.select_for_update(of=("self",), no_key=True).get(pk=pk)
    forbid(why_not_zone(by, article))
    return article


def _set_active(article: Article, zone: Zone, *, by: Person, active: bool) -> Zone:
    if zone.active == active:
        raise Unfit(_("It has this value already."))
    place = Fragment(zone.start, zone.end)
    if active:
        _keep_free(article, place)
    before = {"zone": [*place], "active": zone.active}
    zone.active = active
    zone.save(update_fields=["active"])
    after = {"zone": [*place], "active": active}
    _tell(article, "mark" if active else "lift", by=by, before=before, after=after)
    return zone


def _keep_free(article: Article, place: Fragment) -> None:
    """Raise Unfit where anybody has tagged words of this stretch, or some of it is a zone."""
    if article.zones.filter(active=True, start__lt=place.end, end__gt=place.start).exists():
        raise Unfit(_("Part of this is marked as boilerplate already."))
    spans = Span.objects.filter(annotation_set__article=article).touching(*place)
    if any(touches(span.fragments, place) for span in spans):
        raise Unfit(_("Passages in this stretch are tagged. Remove them first."))


def _tell(
    article: Article,
    verb: str,
    *,
    by: Person,
    before: dict[str, object] | None,
    after: dict[str, object],
) -> None:
    """Log the change, and let every page that shows the article know."""
    AnnotationSet.objects.filter(article=article).update(version=F("version") + 1)
    article.changed_at = timezone.now()
    article.save(update_fields=["changed_at"])
    record_article(article, verb, by=by, before=before, after=after)
