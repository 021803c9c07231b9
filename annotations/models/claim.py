"""The review of one claim: an allegation's state, decision and warnings."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation_set import AnnotationSet
from annotations.models.link import Link
from annotations.models.project import Project
from annotations.models.span import Span
from annotations.scheme import REASON_OF
from annotations.states import DECIDED, ClaimState

NUMBERS = """
SELECT COUNT(*) AS claims,
    COUNT(*) FILTER (WHERE NOT EXISTS (
        SELECT 1 FROM annotations_link link
        WHERE link.from_span_id = claim.allegation_id AND link.type = 'attributed_to'
    )) AS without_source,
    COUNT(*) FILTER (WHERE claim.warnings <> '') AS with_warnings,
    COUNT(*) FILTER (WHERE claim.state = 'pending') AS pending,
    COUNT(*) FILTER (WHERE claim.state = 'approved') AS approved,
    COUNT(*) FILTER (WHERE claim.state = 'returned') AS returned,
    COUNT(*) FILTER (WHERE claim.state = 'rejected') AS rejected
FROM annotations_claimannotation claim
WHERE claim.annotation_set_id = %s
"""


class ClaimQuerySet(models.QuerySet["ClaimAnnotation"]):
    """Questions about many claims."""

    def pending(self) -> Self:
        """Claims that wait for a decision."""
        return self.filter(state=ClaimState.PENDING)

    def approved(self) -> Self:
        """Claims a reviewer approved."""
        return self.filter(state=ClaimState.APPROVED)

    def without_source(self) -> Self:
        """Claims nobody is said to make yet."""
        attributed = Link.objects.filter(
            type="attributed_to", from_span=models.OuterRef("allegation")
        )
        return self.filter(~models.Exists(attributed))

    def in_text_order(self) -> Self:
        """Claims by the place of their allegation, with it."""
        return self.select_related("allegation").order_by(
            "allegation__start", "-allegation__end", "allegation__pk"
        )

    def before(self, allegation: Span) -> Self:
        """Claims that come before the one of this allegation in the order of the text."""
        start, end = allegation.start, allegation.end
        return self.filter(
            Q(allegation__start__lt=start)
            | Q(allegation__start=start, allegation__end__gt=end)
            | Q(allegation__start=start, allegation__end=end, allegation__lt=allegation.pk)
        )

    def numbers_of(self, annotation_set: AnnotationSet) -> dict[str, int]:
        """How many claims a set has: all, without a source, with a warning, and by state.

        One query, in SQL: counts that depend on other rows take the ORM longer to write down than
        the database to answer.
        """
        with connection.cursor() as cursor:
            cursor.execute(NUMBERS, [annotation_set.pk])
            names = [column[0] for column in cursor.description]
            return dict(zip(names, cursor.fetchone(), strict=True))


class ClaimAnnotation(models.Model):
    """One attributed claim, one to one with its allegation span."""

    allegation = models.OneToOneField(Span, models.CASCADE, related_name="claim", primary_key=True)
    annotation_set = models.ForeignKey(AnnotationSet, models.CASCADE, related_name="claims")
    project = models.ForeignKey(Project, models.PROTECT, related_name="claims")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="claims")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="claims_changed"
    )
    state = models.CharField(max_length=10, choices=ClaimState, default=ClaimState.DRAFT)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="claims_decided", null=True
    )
    decided_at = models.DateTimeField(null=True)
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    note = models.TextField(_("note"), blank=True)
    # Numbers of the W-rules it breaks, such as "V12 V13"; `workflow` keeps them current.
    warnings = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="claim_state_known", condition=Q(state__in=ClaimState.values)
            ),
            models.CheckConstraint(
                name="claim_decision_whole",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="claim_decided_by_whom",
                condition=Q(state__in=sorted(DECIDED), decided_by__isnull=False)
                | Q(~Q(state__in=sorted(DECIDED)), decided_by__isnull=True),
            ),
            models.CheckConstraint(
                name="claim_not_decided_by_author",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("author")),
            ),
            models.CheckConstraint(
                name="claim_not_approved_by_changer",
                condition=~Q(state=ClaimState.APPROVED) | ~Q(decided_by=F("changed_by")),
            ),
        )
        indexes = (models.Index(name="claim_by_state", fields=("project", "state")),)

    def __str__(self) -> str:
        return f"{self.allegation_id} ({self.get_state_display()})"

    @property
    def is_decided(self) -> bool:
        """Whether a reviewer's decision stands."""
        return self.state in DECIDED

    @property
    def reason_labels(self) -> list[str]:
        """The reasons of the decision in words."""
        return [REASON_OF[key].label for key in self.reasons if key in REASON_OF]
