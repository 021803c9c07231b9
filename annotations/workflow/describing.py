"""What stands in a span's attributes before anybody sets them: derived, or known of its entity.

The text says how an allegation is quoted; other mentions of a source say what it is (rule V14).
"""

from __future__ import annotations

from collections.abc import Mapping

from annotations.models import AnnotationSet, Span
from annotations.scheme import attribute_of, attributes_of
from annotations.text.intake import UnfitText, clean_text
from annotations.text.offsets import Fragments, quote_of
from annotations.workflow.passages import attributes_for
from annotations.workflow.refusals import Unfit


def worded(text: str) -> str:
    """Free text as a person wrote it, without white space at its ends.

    It enters by the same rules as articles: databases cannot hold every character. Raises Unfit.
    """
    try:
        return clean_text(text).strip()
    except UnfitText as error:
        raise Unfit(str(error)) from error


def first_attributes(
    annotation_set: AnnotationSet, tag: str, fragments: Fragments
) -> dict[str, str]:
    """The attributes a span begins with."""
    article = annotation_set.article
    if tag != "source":
        return attributes_for(article, tag, fragments)
    known = known_of_entity(annotation_set, quote_of(article.text, fragments))
    return {key: value for key, value in known.items() if value}


def renewed_attributes(
    annotation_set: AnnotationSet, span: Span, fragments: Fragments
) -> dict[str, str]:
    """The attributes of a span with new edges; what a person has corrected stays."""
    attributes = dict(span.attributes)
    if span.tag == "source":
        if "entity" in attributes:
            return attributes
        known = known_of_entity(annotation_set, quote_of(annotation_set.article.text, fragments))
        described = described_anew(span, known)
        return attributes if described is None else described
    derived = attributes_for(annotation_set.article, span.tag, span.fragments)
    if not derived.items() <= attributes.items():
        return attributes
    return attributes | attributes_for(annotation_set.article, span.tag, fragments)


def known_of_entity(annotation_set: AnnotationSet, entity: str) -> dict[str, str]:
    """The shared attributes of its mentions, "" for a default; none where the entity is new."""
    known = Span.objects.filter(annotation_set=annotation_set).mentions_of(entity).first()
    shared = [attribute.key for attribute in attributes_of("source") if attribute.shared]
    return {key: known.attributes.get(key, "") for key in shared} if known else {}


def described_anew(span: Span, given: Mapping[str, str]) -> dict[str, str] | None:
    """The attributes of a span with those given; None where that says nothing new of it.

    "" takes a value back, and a default says the same as no value.
    """
    attributes = dict(span.attributes)
    for key, value in given.items():
        attribute = attribute_of(span.tag, key)
        default = attribute.default if attribute else ""
        if (value or default) != span.value.value(key):
            attributes[key] = value
    kept = {key: value for key, value in attributes.items() if value}
    return None if kept == span.attributes else kept


def mentions_of(annotation_set: AnnotationSet, span: Span, entity: str | None) -> list[Span]:
    """The span first, then every other source span of the entity it has or is given."""
    name = span.value.entity if entity is None else entity or span.text
    mentions = Span.objects.filter(annotation_set=annotation_set).mentions_of(name)
    return [span, *mentions.exclude(pk=span.pk)]
