"""Articles: the stage they have reached, and how they are found."""

from __future__ import annotations

from annotations.models import (
    Article,
)
from annotations.workflow import organising, reviewing
from tests.people import Cast, make_article, make_submitted_set
from tests.seed import seed_text


def test_articles_stand_at_the_stage_their_sets_have_reached(cast: Cast) -> None:
    new = make_article(cast, "Nobody has taken this one.")
    started = make_article(cast, "Egon has taken this one.")
    organising.take(started, by=cast.egon)
    annotation_set = make_submitted_set(cast)
    article = annotation_set.article
    first, second = annotation_set.claims.order_by("pk")

    def stages_of(one: Article) -> list[str]:
        return [key for key, _label in Article.STAGES if one in Article.objects.all().at(key)]

    seen = [stages_of(article)]
    reviewing.approve(first, by=cast.rosa, version=first.version)
    reviewing.return_claim(second, by=cast.rosa, version=second.version, reasons=["other"], note="")
    seen.append(stages_of(article))
    reviewing.submit(annotation_set, by=cast.edda)
    second.refresh_from_db()
    reviewing.approve(second, by=cast.rosa, version=second.version)
    seen.append(stages_of(article))

    assert seen == [["review"], ["returned"], ["done"]]
    assert (stages_of(new), stages_of(started)) == (["new"], ["started"])
    assert set(Article.objects.all().untouched_by(cast.egon.pk)) == {new, article}
    assert list(Article.objects.all().matching("TAKEN this")) == [started, new]


def test_a_zone_reads_as_the_stretch_it_is(cast: Cast) -> None:
    zone = make_article(cast, seed_text()).zones.get()

    assert str(zone) == "[2129, 2232)"
    assert str(zone.article) == zone.article.title
