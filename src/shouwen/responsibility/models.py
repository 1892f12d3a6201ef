"""One row for each matter, and the log of every change to it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

_STAFF = "accounts.Staff"


class Responsibility(models.Model):
    """Who answers for one matter, who works on it, to whom it is offered, and what it waits on."""

    class Party(models.TextChoices):
        US = "us"
        CUSTOMER = "customer"
        THIRD_PARTY = "third_party"

    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    customer_id = models.BigIntegerField(null=True)
    owner = models.ForeignKey(_STAFF, on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey(_STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    offered_to = models.ForeignKey(_STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    waits_on = models.CharField(max_length=20, choices=Party, default=Party.US)
    next_contact_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "responsibility"
        constraints = [
            models.UniqueConstraint(fields=["subject", "subject_id"], name="responsibility_one_row"),
            models.CheckConstraint(
                name="responsibility_waits_on", condition=Q(waits_on__in=["us", "customer", "third_party"])
            ),
            models.CheckConstraint(
                name="responsibility_next_contact",
                condition=(
                    Q(closed_at__isnull=False)
                    | Q(waits_on="us", next_contact_at__isnull=True)
                    | (~Q(waits_on="us") & Q(next_contact_at__isnull=False))
                ),
            ),
            models.CheckConstraint(
                name="responsibility_closed_has_no_offer",
                condition=Q(closed_at__isnull=True) | Q(offered_to__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "subject", "subject_id"],
                name="responsibility_owned",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(
                fields=["handler", "subject", "subject_id"],
                name="responsibility_handled",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(
                fields=["customer_id", "subject", "-opened_at"],
                name="responsibility_of_customer",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(fields=["offered_to"], name="responsibility_offered", condition=Q(offered_to__isnull=False)),
            models.Index(
                fields=["next_contact_at"],
                name="responsibility_contact_due",
                condition=Q(closed_at__isnull=True, next_contact_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}:{self.subject_id}"


class ResponsibilityChange(models.Model):
    """One change, by whom, and how the matter stood after it. Never changed or removed."""

    responsibility = models.ForeignKey(Responsibility, on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    verb = models.CharField(max_length=20)
    by = models.CharField(max_length=40)
    owner_id = models.BigIntegerField()
    handler_id = models.BigIntegerField(null=True)
    offered_to_id = models.BigIntegerField(null=True)
    waits_on = models.CharField(max_length=20)
    next_contact_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "responsibility_change"
        indexes = [models.Index(fields=["responsibility", "id"], name="responsibility_change_log")]

    def __str__(self) -> str:
        return f"{self.verb} {self.responsibility_id}"
