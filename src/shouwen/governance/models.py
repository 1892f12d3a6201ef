"""Requests of people about their own data."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .rules import KINDS, STATES


class DataRequest(models.Model):
    """One request of one customer about his data, and what became of it. Its ticket carries owner and clock."""

    ticket = models.OneToOneField("tickets.Ticket", on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    state = models.CharField(max_length=10, choices=[(state, state) for state in STATES], default="asked")
    identity = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    reason = models.CharField(max_length=20, blank=True)
    outcome = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    file_id = models.BigIntegerField(null=True)
    file_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "governance_data_request"
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "kind"],
                name="governance_request_one_open",
                condition=Q(state__in=["asked", "decided"]),
            ),
            models.CheckConstraint(
                name="governance_request_decided",
                condition=Q(state="asked", decided_at=None, decided_by="")
                | ~Q(state="asked") & Q(decided_at__isnull=False) & ~Q(decided_by=""),
            ),
            models.CheckConstraint(
                name="governance_request_done",
                condition=Q(state="done", done_at__isnull=False) | ~Q(state="done") & Q(done_at=None),
            ),
            models.CheckConstraint(
                name="governance_request_refused_says_why", condition=~Q(state="refused") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="governance_request_file_ends", condition=Q(file_id=None) | Q(file_until__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-id"], name="governance_request_of"),
            models.Index(fields=["state", "-id"], name="governance_request_by_state"),
            models.Index(fields=["file_until"], name="governance_request_file", condition=Q(file_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
