"""What figures are summed from: visits, segments and rings as the journal tells them, and their counts by interval.

Everything here can be thrown away and counted anew from the journal.
"""

from __future__ import annotations

from django.db import models

from .rules.aggregates import COUNTS


class Visit(models.Model):
    """One stay of one contact in one queue. No foreign keys: it is a copy, and copies hold nothing back."""

    interaction_id = models.BigIntegerField()
    ordinal = models.IntegerField()
    queue_code = models.CharField(max_length=40)
    medium = models.CharField(max_length=20)
    staff_id = models.BigIntegerField(null=True)
    queued_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    reached_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12)
    waited_ms = models.BigIntegerField(null=True)
    since_arrival_ms = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interaction_id", "ordinal"], name="metrics_visit_once")]
        indexes = [models.Index(fields=["queued_at", "queue_code"], name="metrics_visit_queued")]

    def __str__(self) -> str:
        return f"{self.interaction_id}/{self.ordinal} {self.outcome}"


class Segment(models.Model):
    """One person's work on one contact."""

    interaction_id = models.BigIntegerField()
    ordinal = models.IntegerField()
    queue_code = models.CharField(max_length=40)
    medium = models.CharField(max_length=20)
    staff_id = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    transferred = models.BooleanField()
    disconnected = models.BooleanField()
    handling_ms = models.BigIntegerField(null=True)
    talk_ms = models.BigIntegerField(null=True)
    held_ms = models.BigIntegerField()
    wrap_up_ms = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interaction_id", "ordinal"], name="metrics_segment_once")]
        indexes = [
            models.Index(fields=["finished_at", "queue_code"], name="metrics_segment_finished"),
            models.Index(fields=["staff_id", "answered_at"], name="metrics_segment_of"),
        ]

    def __str__(self) -> str:
        return f"{self.interaction_id}/{self.ordinal}"


class Ring(models.Model):
    """One offer to one person."""

    interaction_id = models.BigIntegerField()
    ordinal = models.IntegerField()
    queue_code = models.CharField(max_length=40)
    medium = models.CharField(max_length=20)
    staff_id = models.BigIntegerField(null=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    missed = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interaction_id", "ordinal"], name="metrics_ring_once")]
        indexes = [
            models.Index(fields=["began_at", "queue_code"], name="metrics_ring_began"),
            models.Index(fields=["staff_id", "began_at"], name="metrics_ring_of"),
        ]

    def __str__(self) -> str:
        return f"{self.interaction_id}/{self.ordinal}"


class Interval(models.Model):
    """Counts of a quarter of an hour for one queue, medium and person (0: nobody). Only ever summed."""

    starts_at = models.DateTimeField()
    queue_code = models.CharField(max_length=40)
    medium = models.CharField(max_length=20)
    staff_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["starts_at", "queue_code", "medium", "staff_id"], name="metrics_interval_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_at} {self.queue_code} {self.staff_id}"


for _name in COUNTS:
    Interval.add_to_class(_name, models.BigIntegerField(default=0))


class Progress(models.Model):
    """How far the journal has been counted: one row."""

    xid = models.BigIntegerField(default=0)
    journal_id = models.BigIntegerField(default=0)
    counted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.xid}/{self.journal_id}"
