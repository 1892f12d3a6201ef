"""What staff are qualified for, at which level, and until when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .people import Staff


class QualificationKind(models.Model):
    """Something one may be qualified for: a business, a language, a duty."""

    code = models.CharField(max_length=40, unique=True)
    zh = models.CharField(max_length=40)
    en = models.CharField(max_length=60)

    class Meta:
        db_table = "accounts_qualification_kind"


class Qualification(models.Model):
    """A member of staff is qualified for one kind of thing; without a date, for good."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(QualificationKind, on_delete=models.PROTECT, related_name="+")
    level = models.SmallIntegerField()
    valid_until = models.DateField(null=True)
    """The last day on which it holds."""
    warned_for = models.DateField(null=True)
    """The last day of which its holder was warned."""

    class Meta:
        db_table = "accounts_qualification"
        constraints = [
            models.UniqueConstraint(fields=["staff", "kind"], name="accounts_qualification_once"),
            models.CheckConstraint(name="accounts_qualification_level", condition=Q(level__range=(1, 10))),
        ]
        indexes = [
            models.Index(fields=["valid_until"], name="accounts_qualification_due", condition=~Q(valid_until=None)),
        ]
