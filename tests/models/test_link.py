"""Links as rows and as values."""

from __future__ import annotations

from annotations.models import AnnotationSet
from annotations.scheme import LinkValue
from tests.people import link, tag


def test_a_link_is_the_same_as_a_value(annotation_set: AnnotationSet) -> None:
    dam = tag(annotation_set, "the dam had failed", "allegation")
    jones = tag(annotation_set, "Jones", "source")

    said = link("attributed_to", dam, jones)
    implicit = link("attributed_to", dam, implicit="author")

    assert said.value == LinkValue(said.pk, "attributed_to", dam.pk, jones.pk)
    assert implicit.value == LinkValue(implicit.pk, "attributed_to", dam.pk, None, "author")
    assert str(said) == f"{dam.pk} attributed_to {jones.pk}"
    assert str(implicit) == f"{dam.pk} attributed_to author"
