"""The form for those who cannot select: the server finds a typed passage in the article."""

from __future__ import annotations

from uuid import uuid4

from django.utils.translation import gettext as _

from annotations.forms import TypedPassageForm
from annotations.models import AnnotationSet
from annotations.text.anchors import occurrences
from annotations.text.offsets import Fragment
from annotations.workflow.passages import Passage


def typed_form(claim: int | None) -> TypedPassageForm:
    """An empty form with a fresh id, so that sending it twice makes one span."""
    return TypedPassageForm(initial={"uid": uuid4(), "claim": claim, "tag": "allegation"})


def found_in(annotation_set: AnnotationSet, form: TypedPassageForm) -> list[Fragment]:
    """Where the typed words stand; the chosen place alone once one has been chosen.

    The form is told of words that stand nowhere.
    """
    start = form.cleaned_data["start"]
    found = [
        one
        for one in occurrences(annotation_set.article.text, form.cleaned_data["passage"])
        if start in (None, one.start)
    ]
    if not found:
        form.add_error("passage", _("These words are not in the article. Check the spelling."))
    return found


def passage_at(annotation_set: AnnotationSet, place: Fragment) -> Passage:
    """The article's own words at a place, as a passage."""
    article = annotation_set.article
    words = article.text[place.start : place.end]
    return Passage((place,), (words,), article.text_rev)
