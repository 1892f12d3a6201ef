"""What leaders decide for a while: nuisances, announcements, borrowed skills."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from .queues import Queue, Skill


class Nuisance(models.Model):
    """A contact who keeps others from being served: put back or turned away for a time, with a reason and an appeal."""

    class Level(models.TextChoices):
        SLOW = "slow"
        BLOCK = "block"

    contact = models.CharField(max_length=40)
    level = models.CharField(max_length=5, choices=Level)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    until = models.DateTimeField()
    appeal = models.CharField(max_length=500, blank=True)
    appealed_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "routing_nuisance"
        constraints = [
            models.CheckConstraint(name="routing_nuisance_ends", condition=Q(until__gt=F("at"))),
            models.CheckConstraint(name="routing_nuisance_reason", condition=~Q(reason="") & ~Q(contact="")),
            models.CheckConstraint(name="routing_nuisance_level", condition=Q(level__in=["slow", "block"])),
        ]
        indexes = [
            models.Index(fields=["contact", "-until"], name="routing_nuisance_open", condition=Q(lifted_at=None)),
            models.Index(
                fields=["appealed_at"],
                name="routing_nuisance_appeals",
                condition=Q(appealed_at__isnull=False, decided_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact} {self.level}"


class Announcement(models.Model):
    """What everybody who waits in a queue (or in any) is told, until a time."""

    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, null=True, related_name="+")
    zh = models.CharField(max_length=300)
    en = models.CharField(max_length=300)
    by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "routing_announcement"
        constraints = [
            models.CheckConstraint(name="routing_announcement_said", condition=~Q(zh="") & ~Q(en="")),
            models.CheckConstraint(name="routing_announcement_ends", condition=Q(until__gt=F("at"))),
        ]

    def __str__(self) -> str:
        return self.zh


class Loan(models.Model):
    """A skill lent to a seat until a time; `before` is the level it had."""

    staff = models.ForeignKey("accounts.Staff", on_delete=models.CASCADE, related_name="+", db_index=False)
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+", db_index=False)
    level = models.SmallIntegerField()
    before = models.SmallIntegerField()
    at = models.DateTimeField()
    until = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "routing_loan"
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "skill"], name="routing_loan_one_open", condition=Q(returned_at=None)
            ),
            models.CheckConstraint(name="routing_loan_level", condition=Q(level__gte=1, level__lte=10)),
        ]
        indexes = [models.Index(fields=["until"], name="routing_loan_due", condition=Q(returned_at=None))]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.skill_id} {self.level}"
