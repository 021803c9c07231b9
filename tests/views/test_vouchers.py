"""Who vouches for evidence stands on the claim's card like any source: to describe, to detach, with its cue."""

from __future__ import annotations

from annotations.models import AnnotationSet, Span
from annotations.workflow import annotating
from tests.pages import Element, page_of
from tests.people import Cast, link, make_set, tag
from tests.views.conftest import Browsers

TEXT = "The mayor said the dam had failed, citing photographs which Jones described.\n"


def furnished(cast: Cast) -> tuple[AnnotationSet, dict[str, Span]]:
    """A claim of the mayor's on evidence that nobody vouches for yet; Jones is loose."""
    annotation_set = make_set(cast, TEXT)
    claim = tag(annotation_set, "the dam had failed", "allegation")
    mayor = tag(annotation_set, "The mayor", "source", claim=claim)
    photographs = tag(annotation_set, "photographs", "evidence", claim=claim)
    jones = tag(annotation_set, "Jones", "source")
    return annotation_set, {"A": claim, "mayor": mayor, "E": photographs, "jones": jones}


def card(browsers: Browsers, spans: dict[str, Span], *, edit: Span) -> Element:
    """The card of the claim with the editor of one of its spans open."""
    return page_of(browsers.edda.get(f"/claims/{spans['A'].pk}/?edit={edit.pk}"))


def test_the_one_who_vouches_has_an_editor_a_cue_and_a_way_out(
    browsers: Browsers, cast: Cast
) -> None:
    annotation_set, spans = furnished(cast)
    link("attributed_to", spans["E"], spans["jones"])
    for words in ("said", "described"):
        tag(annotation_set, words, "cue", claim=spans["A"])

    page = card(browsers, spans, edit=spans["jones"])

    jones = spans["jones"].pk
    assert len(page.all("form", action=f"/spans/{jones}/describe/")) == 1
    assert len(page.all("button", formaction=f"/spans/{jones}/detach/")) == 1
    assert "cue “described”" in page.words


def test_a_source_that_vouches_for_its_own_evidence_has_one_editor(
    browsers: Browsers, cast: Cast
) -> None:
    _annotation_set, spans = furnished(cast)
    link("attributed_to", spans["E"], spans["mayor"])
    annotating.set_attributes(
        spans["mayor"], by=cast.edda, values={"entity": "Ada Roe"}, version=spans["mayor"].version
    )

    page = card(browsers, spans, edit=spans["mayor"])

    assert len(page.all("form", action=f"/spans/{spans['mayor'].pk}/describe/")) == 1
    assert "according to Ada Roe" in page.words
