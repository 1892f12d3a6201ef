"""Who decides in whose place, and on which days."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from .people import Staff


class Substitution(models.Model):
    """Somebody is away from one day to another, both included, and another decides in his place. Never two at once."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    substitute = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=200)
    placed_by = models.CharField(max_length=40)
    placed_by_name = models.CharField(max_length=60)
    placed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """When it was ended before its last day."""

    class Meta:
        db_table = "accounts_substitution"
        constraints = [
            models.CheckConstraint(name="accounts_substitution_order", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(name="accounts_substitution_another", condition=~Q(substitute=F("staff"))),
            ExclusionConstraint(
                name="accounts_substitution_one_at_a_time",
                expressions=[
                    ("staff", RangeOperators.EQUAL),
                    (
                        Func(F("first_day"), F("last_day"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(ended_at=None),
            ),
        ]
        indexes = [
            models.Index(fields=["staff", "last_day"], name="accounts_substitution_of"),
            models.Index(
                fields=["substitute", "last_day"], name="accounts_substitution_by", condition=Q(ended_at=None)
            ),
        ]
