"""The deadlines that run, under versions of policies, calendars and ladders, and their pauses."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

_OPEN = {"met_at__isnull": True, "cancelled_at__isnull": True}
_ONE_MEASURE = (
    Q(seconds__gt=0, working_seconds__isnull=True, working_days__isnull=True)
    | Q(seconds__isnull=True, working_seconds__gt=0, working_days__isnull=True)
    | Q(seconds__isnull=True, working_seconds__isnull=True, working_days__gt=0)
)


class Deadline(models.Model):
    """One promise running for one subject, known only by name and number.

    It keeps the versions of policy, calendar and ladder it started under, and what was known of its subject then.
    """

    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    metric = models.CharField(max_length=40)
    facets = models.JSONField(default=dict)
    policy = models.CharField(max_length=120)
    policy_number = models.IntegerField()
    calendar = models.CharField(max_length=120, default="", blank=True)
    calendar_number = models.IntegerField(null=True)
    ladder = models.CharField(max_length=120, default="", blank=True)
    ladder_number = models.IntegerField(null=True)
    seconds = models.IntegerField(null=True)
    working_seconds = models.IntegerField(null=True)
    working_days = models.IntegerField(null=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    next_tell_at = models.DateTimeField(null=True)
    told = ArrayField(models.SmallIntegerField(), default=list)
    breached_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    pause_ends_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sla_deadline"
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id", "metric"], condition=Q(**_OPEN), name="sla_deadline_one_open"
            ),
            models.CheckConstraint(name="sla_deadline_one_measure", condition=_ONE_MEASURE),
            models.CheckConstraint(
                name="sla_deadline_calendar", condition=Q(seconds__isnull=False) ^ Q(calendar_number__isnull=False)
            ),
            models.CheckConstraint(name="sla_deadline_due_after_start", condition=Q(due_at__gt=F("started_at"))),
            models.CheckConstraint(
                name="sla_deadline_settled_once",
                condition=Q(met_at__isnull=True) | Q(cancelled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="sla_deadline_settled_not_paused", condition=Q(paused_at__isnull=True) | Q(**_OPEN)
            ),
            models.CheckConstraint(
                name="sla_deadline_pause_ends", condition=Q(pause_ends_at__isnull=True) | Q(paused_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "subject_id", "id"], name="sla_deadline_subject"),
            models.Index(
                fields=["due_at"],
                name="sla_deadline_due",
                condition=Q(**_OPEN, paused_at__isnull=True, breached_at__isnull=True),
            ),
            models.Index(
                fields=["next_tell_at"],
                name="sla_deadline_tell",
                condition=Q(**_OPEN, paused_at__isnull=True, next_tell_at__isnull=False),
            ),
            models.Index(fields=["pause_ends_at"], name="sla_deadline_limit", condition=Q(pause_ends_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.subject}:{self.subject_id} {self.metric}"


class Pause(models.Model):
    """One stretch in which a clock stood, why, until when at most, and what ended it."""

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=30)
    began_at = models.DateTimeField()
    limit_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=10, default="", blank=True)

    class Meta:
        db_table = "sla_pause"
        constraints = [
            models.UniqueConstraint(
                fields=["deadline"], condition=Q(ended_at__isnull=True), name="sla_pause_one_running"
            ),
            models.CheckConstraint(
                name="sla_pause_ended",
                condition=Q(ended_at__isnull=True, ended_by="")
                | Q(ended_at__gte=F("began_at"), ended_by__in=["resumed", "limit", "settled"]),
            ),
        ]
        indexes = [models.Index(fields=["deadline", "id"], name="sla_pause_of_deadline")]

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.reason}"
