"""The annotator's verbs on the edges of a span: resize it, or one part of it, and add a part.

All fragments are code points of the article's text.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import AnnotationSet, Person, Span
from annotations.models.span import MAX_FRAGMENTS, written
from annotations.text.offsets import Fragments, joined, quote_of
from annotations.workflow.changing import Changed, State, changed, span_row
from annotations.workflow.describing import renewed_attributes
from annotations.workflow.opening import opened_span
from annotations.workflow.passages import Passage, fitted, too_many_parts
from annotations.workflow.refusals import Unfit


@transaction.atomic
def resize(
    span: Span, *, by: Person, passage: Passage, version: int, part: int | None = None
) -> Changed:
    """Move the edges of a span; it quotes the new words from then on.

    `part` is where the one fragment starts that the passage replaces; the others stay. Without it
    the passage replaces them all.
    """
    current, span = opened_span(span, by=by, version=version)
    fragments = fitted(current.article, passage)
    if part is not None:
        fragments = _with_part(current, span, fragments, part)
    return _reshaped(current, span, fragments, by=by)


@transaction.atomic
def extend(span: Span, *, by: Person, passage: Passage, version: int) -> Changed:
    """Add a part to a span, which may lie anywhere in the article."""
    current, span = opened_span(span, by=by, version=version)
    added = fitted(current.article, passage)
    fragments = joined(current.article.text, (*span.fragments, *added))
    if fragments == span.fragments:
        raise Unfit(_("These words belong to it already."))
    return _reshaped(current, span, fragments, by=by)


def _with_part(
    annotation_set: AnnotationSet, span: Span, fragments: Fragments, part: int
) -> Fragments:
    """The fragments of a span with the one that starts at `part` replaced."""
    others = [one for one in span.fragments if one.start != part]
    if len(others) == len(span.fragments):
        raise Unfit(_("This passage has no part that starts there."))
    if len(fragments) != 1:
        raise Unfit(_("One part is replaced by one part."))
    return joined(annotation_set.article.text, (*others, *fragments))


def _reshaped(
    annotation_set: AnnotationSet, span: Span, fragments: Fragments, *, by: Person
) -> Changed:
    """Give a span other fragments, all of them checked already."""
    if len(fragments) > MAX_FRAGMENTS:
        raise too_many_parts()
    twins = Span.objects.filter(annotation_set=annotation_set, tag=span.tag, fragments=fragments)
    if twins.exists():
        raise Unfit(_("These words have this tag already."))
    row = span_row(span)
    after = row | {
        "fragments": written(fragments),
        "text": quote_of(annotation_set.article.text, fragments),
        "attributes": renewed_attributes(annotation_set, span, fragments),
    }
    return changed(
        annotation_set,
        "resize",
        by=by,
        before=State({str(span.uid): row}, {}),
        after=State({str(span.uid): after}, {}),
    )
