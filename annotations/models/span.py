"""Tagged passages. A span always quotes the text at its offsets, letter for letter."""

from __future__ import annotations

import uuid
from typing import Any, NamedTuple, Self

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation_set import AnnotationSet
from annotations.scheme import TAG_OF, SpanValue
from annotations.text.offsets import Fragment, Fragments

MAX_FRAGMENTS = 40


def fragments_from(written: str) -> Fragments:
    """Read "30 155;160 170", brat's notation for fragments in code points."""
    return tuple([Fragment(*map(int, part.split(" "))) for part in written.split(";")])


def written(fragments: Fragments) -> str:
    """Write fragments in brat's notation."""
    return ";".join(f"{start} {end}" for start, end in fragments)


class FragmentsField(models.Field):  # type: ignore[type-arg]  # no generics at run time
    """Fragments as a tuple in Python and as brat's notation in the database.

    One comparable text on both databases, so that a plain unique constraint finds the same span.
    """

    _pyi_private_set_type: Fragments
    _pyi_private_get_type: Fragments

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", MAX_FRAGMENTS * 20)
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "CharField"

    def from_db_value(
        self, value: str | None, _expression: object, _connection: BaseDatabaseWrapper
    ) -> Fragments | None:
        return None if value is None else fragments_from(value)

    def to_python(self, value: Any) -> Any:
        return fragments_from(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, tuple) else value

    def value_to_string(self, obj: models.Model) -> str:
        return written(self.value_from_object(obj))


class Mark(NamedTuple):
    """What drawing a span takes: its row without words and attributes. A page may hold thousands."""

    pk: int
    tag: str
    number: int
    version: int
    fragments: Fragments

    @property
    def start(self) -> int:
        """First code point of the first fragment."""
        return self.fragments[0].start

    @property
    def end(self) -> int:
        """Code point after the last fragment."""
        return self.fragments[-1].end

    @property
    def label(self) -> str:
        """The short name people use for it, such as A4."""
        return f"{TAG_OF[self.tag].letter}{self.number}"  # type: ignore[index]  # the database knows no other tags


class SpanQuerySet(models.QuerySet["Span"]):
    """Questions about many spans."""

    def marks(self) -> list[Mark]:
        """The spans as they are drawn. One query; a third of what reading whole rows takes."""
        return [Mark(*row) for row in self.values_list(*Mark._fields)]

    def touching(self, start: int, end: int) -> Self:
        """Spans whose envelope shares a code point with [start, end)."""
        return self.filter(start__lt=end, end__gt=start)

    def mentions_of(self, entity: str) -> Self:
        """Source spans of this entity: those given its name, and those that are its words."""
        named = Q(attributes__entity=entity)
        unnamed = Q(text=entity) & ~Q(attributes__has_key="entity")
        return self.filter(named | unnamed, tag="source")

    def loose(self) -> Self:
        """Spans that no link uses, as an end or as its cue."""
        return self.filter(links_out=None, links_in=None, links_cued=None)


class Span(models.Model):
    """A passage with a tag, as one annotator marked it."""

    class Origin(models.TextChoices):
        MANUAL = "manual", _("by hand")
        IMPORT = "import", _("imported")
        SUGGESTION = "suggestion", _("suggested")

    # Made by the client for what a person tags, so that a double submit makes one row.
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    annotation_set = models.ForeignKey(AnnotationSet, models.CASCADE, related_name="spans")
    tag = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    fragments = FragmentsField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    attributes = models.JSONField(default=dict)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.MANUAL)
    version = models.PositiveIntegerField(default=1)

    objects = SpanQuerySet.as_manager()

    class Meta:
        ordering = ("start", "-end", "pk")
        constraints = (
            models.UniqueConstraint(name="span_uid_once", fields=("uid",)),
            models.UniqueConstraint(
                name="span_once", fields=("annotation_set", "tag", "fragments")
            ),
            models.UniqueConstraint(
                name="span_number_once", fields=("annotation_set", "tag", "number")
            ),
            models.CheckConstraint(
                name="span_has_length", condition=Q(start__gte=0) & Q(start__lt=F("end"))
            ),
            models.CheckConstraint(name="span_tag_known", condition=Q(tag__in=sorted(TAG_OF))),
        )
        indexes = (models.Index(name="span_by_place", fields=("annotation_set", "start", "end")),)

    def __str__(self) -> str:
        return f"{self.label} “{self.text}”"

    @property
    def label(self) -> str:
        """The short name people use for it, such as A4."""
        return self.value.label

    @property
    def value(self) -> SpanValue:
        """The span as a plain value, keyed by its primary key."""
        return SpanValue(
            self.pk,
            self.tag,
            self.fragments,
            self.text,
            self.attributes,
            self.number,
            self.version,
        )
