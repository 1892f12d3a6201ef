"""A contact's way through one queue."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ..rules.precedence import Klass
from .queues import Queue


class WorkItem(models.Model):
    """One visit of one subject to one queue, from the request to the end of the wrap-up.

    Kept for good: the history of who got what, when and as which class. `klass` is why it waits now, `asked_klass`
    why it came; `vtime` is the constant by which it stands in line. `ring` says how far it is open to others;
    `ring_due_at`, `flow_out_at` and `long_wait_at` when waiting changes that. Who `moved_on` once stays where he is.
    """

    class State(models.TextChoices):
        ARRIVED = "arrived"
        WAITING = "waiting"
        OFFERED = "offered"
        ASSIGNED = "assigned"
        WRAP = "wrap"
        DONE = "done"
        ABANDONED = "abandoned"
        MOVED = "moved"

    OPEN = ("arrived", "waiting", "offered", "assigned", "wrap")

    subject = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    customer = models.ForeignKey(
        "customers.Customer", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    contact = models.CharField(max_length=40, blank=True)
    medium = models.CharField(max_length=20)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="+", db_index=False)
    site = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    needed_level = models.SmallIntegerField()
    asked_klass = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Klass])
    klass = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Klass])
    bonus_seconds = models.IntegerField(default=0)
    highest_grade = models.BooleanField(default=False)
    vtime = models.DateTimeField()
    preferred_staff = models.ForeignKey(
        "accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    hold_until = models.DateTimeField(null=True)
    refused_by = ArrayField(models.BigIntegerField(), default=list)
    refused_until = models.DateTimeField(null=True)
    ring = models.SmallIntegerField(default=0)
    ring_due_at = models.DateTimeField(null=True)
    flow_out_at = models.DateTimeField(null=True)
    moved_on = models.BooleanField(default=False)
    long_wait_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.ARRIVED)
    offered_to = models.ForeignKey(
        "accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    offer_expires_at = models.DateTimeField(null=True)
    offers = models.IntegerField(default=0)
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        db_table = "routing_work_item"
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id"],
                name="routing_work_item_one_open",
                condition=Q(state__in=["arrived", "waiting", "offered", "assigned", "wrap"]),
            ),
            models.CheckConstraint(
                name="routing_work_item_offer",
                condition=Q(state="offered", offered_to__isnull=False, offer_expires_at__isnull=False)
                | ~Q(state="offered") & Q(offered_to=None, offer_expires_at=None),
            ),
            models.CheckConstraint(
                name="routing_work_item_served",
                condition=~Q(state__in=["assigned", "wrap", "done"])
                | Q(staff__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="routing_work_item_closed",
                condition=Q(state__in=["arrived", "waiting", "offered", "assigned", "wrap"], closed_at=None)
                | Q(state__in=["done", "abandoned", "moved"], closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="routing_work_item_level", condition=Q(needed_level__gte=1, needed_level__lte=10)
            ),
            models.CheckConstraint(
                name="routing_work_item_hold",
                condition=Q(hold_until=None) | Q(preferred_staff__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["queue", "medium", "ring", "vtime", "id"],
                name="routing_work_item_line",
                condition=Q(state="waiting"),
            ),
            models.Index(
                fields=["ring_due_at"],
                name="routing_work_item_ring_due",
                condition=Q(state="waiting", ring_due_at__isnull=False),
            ),
            models.Index(
                fields=["flow_out_at"],
                name="routing_work_item_flow_out",
                condition=Q(state="waiting", flow_out_at__isnull=False),
            ),
            models.Index(
                fields=["long_wait_at"],
                name="routing_work_item_long_wait",
                condition=Q(state="waiting", long_wait_at__isnull=False),
            ),
            models.Index(fields=["id"], name="routing_work_item_arrived", condition=Q(state="arrived")),
            models.Index(fields=["offer_expires_at"], name="routing_work_item_offered", condition=Q(state="offered")),
            models.Index(fields=["offered_to"], name="routing_work_item_offered_to", condition=Q(state="offered")),
            models.Index(fields=["subject", "subject_id", "-id"], name="routing_work_item_subject"),
            models.Index(fields=["queue", "answered_at"], name="routing_work_item_answered"),
            models.Index(fields=["queue", "requested_at"], name="routing_work_item_requested"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} {self.state}"
