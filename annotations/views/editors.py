"""What an open card shows beyond its claim: the same passages elsewhere, and an editor's offers.

Read only for the card that is open, and the offers only while its editor is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from django.db.models import F, Q
from django.db.models.functions import Abs

from annotations.models import ClaimAnnotation, Link, Span
from annotations.scheme import Claim, SpanValue
from annotations.views.cards import Editor, Twin

NEARBY = 600  # code points before and after an allegation
MOST_NEARBY = 40
MOST_ALIKE = 60
MOST_ENTITIES = 200


def twins_of(annotation_set: int, keys: Collection[int]) -> dict[int, tuple[Twin, ...]]:
    """What these spans are said to be the same as, by their keys. One query, two if there is any."""
    found = defaultdict[int, list[Twin]](list)
    same = Link.objects.filter(annotation_set=annotation_set, type="same_as")
    links = list(
        same.filter(Q(from_span__in=keys) | Q(to_span__in=keys)).values_list(
            "pk", "from_span", "to_span"
        )
    )
    ends = {end for _pk, *both in links for end in both if end}
    spans = Span.objects.in_bulk(ends) if ends else {}
    for pk, one, other in links:
        if one in spans and other in spans:
            found[one].append(Twin(pk, spans[other].value))
            found[other].append(Twin(pk, spans[one].value))
    return {key: tuple(twins) for key, twins in found.items() if key in keys}


def editor_of(claim: ClaimAnnotation, told: Claim, key: int) -> Editor:
    """The editor of one span of a claim. Three queries at most."""
    span = next(one for one in told.spans if one.key == key)
    return Editor(
        key=key,
        near=_near(claim),
        alike=_alike(claim, span) if span.tag != "cue" else (),
        entities=_entities(claim) if span.tag == "source" else (),
    )


def _near(claim: ClaimAnnotation) -> tuple[SpanValue, ...]:
    """The passages around an allegation that it might be linked to."""
    start, end = claim.allegation.start - NEARBY, claim.allegation.end + NEARBY
    spans = Span.objects.filter(annotation_set=claim.annotation_set_id).touching(start, end)
    return _values(spans.order_by("start", "-end", "pk")[:MOST_NEARBY])


def _alike(claim: ClaimAnnotation, span: SpanValue) -> tuple[SpanValue, ...]:
    """The nearest others with the tag of a span, in text order."""
    others = Span.objects.filter(annotation_set=claim.annotation_set_id, tag=span.tag)
    nearest = others.exclude(pk=span.key).order_by(Abs(F("start") - span.start), "pk")
    return tuple(sorted(_values(nearest[:MOST_ALIKE]), key=lambda one: one.start))


def _entities(claim: ClaimAnnotation) -> tuple[str, ...]:
    """The names of the set's sources, the most frequent first."""
    spans = Span.objects.filter(annotation_set=claim.annotation_set_id, tag="source")
    names = Counter(
        attributes.get("entity") or text
        for attributes, text in spans.values_list("attributes", "text")
    )
    return tuple(name for name, _count in names.most_common(MOST_ENTITIES))


def _values(spans: Iterable[Span]) -> tuple[SpanValue, ...]:
    return tuple(span.value for span in spans)
