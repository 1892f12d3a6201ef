"""How the operator presents itself to customers."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Operator(models.Model):
    """One row: the number customers dial, when people answer, the logo. Its name is that of the group.

    `confirmed` once somebody has looked at number and hours. The logo is small and public, so it stands here;
    `logo_digest` names it to browsers, which keep it for ever.
    """

    access_code = models.CharField(max_length=11)
    opens = models.TimeField()
    closes = models.TimeField()
    weekdays = ArrayField(models.SmallIntegerField())
    time_zone = models.CharField(max_length=40, default="Asia/Shanghai")
    confirmed = models.BooleanField(default=False)
    logo = models.BinaryField(default=bytes)
    logo_kind = models.CharField(max_length=20, default="")
    logo_digest = models.CharField(max_length=16, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(name="accounts_operator_only_one", condition=models.Q(id=1)),
            models.CheckConstraint(name="accounts_operator_hours", condition=models.Q(opens__lt=models.F("closes"))),
            models.CheckConstraint(
                name="accounts_operator_code", condition=models.Q(access_code__regex=r"^[0-9]{3,11}$")
            ),
        ]

    def __str__(self) -> str:
        return self.access_code
