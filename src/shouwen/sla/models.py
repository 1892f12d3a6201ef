"""Policies and the deadlines that run under them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Policy(models.Model):
    """How much time a promise has, and when to warn. A running deadline keeps what it started with."""

    code = models.CharField(max_length=60, unique=True)
    metric = models.CharField(max_length=40)
    allowance_seconds = models.IntegerField(null=True)
    working_days = models.IntegerField(null=True)
    warn_percent = models.IntegerField(default=80)

    class Meta:
        db_table = "sla_policy"
        constraints = [
            models.CheckConstraint(
                name="sla_policy_one_measure",
                condition=(
                    Q(allowance_seconds__gt=0, working_days__isnull=True)
                    | Q(allowance_seconds__isnull=True, working_days__gt=0)
                ),
            ),
            models.CheckConstraint(
                name="sla_policy_warn_percent", condition=Q(warn_percent__gt=0, warn_percent__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Deadline(models.Model):
    """One promise running for one subject, known only by name and number."""

    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    metric = models.CharField(max_length=40)
    policy = models.CharField(max_length=60)
    allowance_seconds = models.IntegerField(null=True)
    working_days = models.IntegerField(null=True)
    pausable = models.BooleanField(default=True)
    started_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    due_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    pause_reason = models.CharField(max_length=200, default="", blank=True)
    met_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sla_deadline"
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id", "metric"],
                condition=Q(met_at__isnull=True, cancelled_at__isnull=True),
                name="sla_deadline_one_open",
            ),
            models.CheckConstraint(
                name="sla_deadline_one_measure",
                condition=(
                    Q(allowance_seconds__gt=0, working_days__isnull=True)
                    | Q(allowance_seconds__isnull=True, working_days__gt=0)
                ),
            ),
            models.CheckConstraint(name="sla_deadline_due_after_start", condition=Q(due_at__gt=models.F("started_at"))),
            models.CheckConstraint(
                name="sla_deadline_settled_once",
                condition=Q(met_at__isnull=True) | Q(cancelled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="sla_deadline_settled_not_paused",
                condition=Q(paused_at__isnull=True) | Q(met_at__isnull=True, cancelled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="sla_deadline_pausable", condition=Q(paused_at__isnull=True) | Q(pausable=True)
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "subject_id", "id"], name="sla_deadline_subject"),
            models.Index(
                fields=["due_at"],
                name="sla_deadline_due",
                condition=Q(
                    met_at__isnull=True,
                    cancelled_at__isnull=True,
                    paused_at__isnull=True,
                    breached_at__isnull=True,
                ),
            ),
            models.Index(
                fields=["warn_at"],
                name="sla_deadline_warn",
                condition=Q(
                    met_at__isnull=True,
                    cancelled_at__isnull=True,
                    paused_at__isnull=True,
                    warned_at__isnull=True,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}:{self.subject_id} {self.metric}"


class CalendarDay(models.Model):
    """A day that differs from the week's rule: a holiday on a weekday, or a weekend day that is worked."""

    day = models.DateField(primary_key=True)
    works = models.BooleanField()
    name = models.CharField(max_length=60)

    class Meta:
        db_table = "sla_calendar_day"

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
