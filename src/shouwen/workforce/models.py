"""Planned stretches of people's time."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from .rules import ACTIVITIES, LONGEST


class Shift(models.Model):
    """What somebody is to do from one moment until another: work, or be away as planned. Never two at once."""

    staff = models.ForeignKey("accounts.Staff", on_delete=models.CASCADE, related_name="+", db_index=False)
    activity = models.CharField(max_length=10, choices=[(a, a) for a in ACTIVITIES])
    paid = models.BooleanField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="workforce_shift_activity", condition=Q(activity__in=ACTIVITIES)),
            models.CheckConstraint(
                name="workforce_shift_order",
                condition=Q(ends_at__gt=F("starts_at"), ends_at__lte=F("starts_at") + LONGEST),
            ),
            ExclusionConstraint(
                name="workforce_shift_no_overlap",
                expressions=[
                    ("staff", RangeOperators.EQUAL),
                    (Func(F("starts_at"), F("ends_at"), function="tstzrange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["staff", "starts_at"], name="workforce_shift_of")]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.activity} {self.starts_at}"
