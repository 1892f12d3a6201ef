"""Limits as leaders set them, and alerts with what became of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Limit(models.Model):
    """What a leader set for one rule; without a row the rule has its limit from the start."""

    kind = models.CharField(max_length=20, unique=True)
    value = models.FloatField()
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.CheckConstraint(name="insight_limit_value", condition=Q(value__gte=0))]

    def __str__(self) -> str:
        return f"{self.kind} {self.value:g}"


class Alert(models.Model):
    """Something that needed a person: raised once, seen by somebody, over when the floor is well again."""

    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=40)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    queue_code = models.CharField(max_length=40, blank=True)
    staff = models.ForeignKey("accounts.Staff", on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    value = models.FloatField(null=True)
    limit = models.FloatField()
    raised_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        "accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"], name="insight_alert_one_open", condition=Q(cleared_at=None)
            ),
            models.CheckConstraint(
                name="insight_alert_acknowledged",
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
