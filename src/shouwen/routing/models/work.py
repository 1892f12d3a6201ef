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
    `expected_seconds` is the wait he was told when he came; `entry_code` the code he dialled. One that is `outbound`
    was begun by its person: nobody waited, and nothing was offered.
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
    expected_seconds = models.IntegerField(null=True)
    entry_code = models.CharField(max_length=20, blank=True, default="", db_default="")
    outbound = models.BooleanField(default=False, db_default=False)
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
            models.Index(fields=["finished_at"], name="routing_work_item_wrap", condition=Q(state="wrap")),
            models.Index(fields=["customer", "-requested_at"], name="routing_work_item_customer"),
            models.Index(fields=["id"], name="routing_work_item_arrived", condition=Q(state="arrived")),
            models.Index(fields=["offer_expires_at"], name="routing_work_item_offered", condition=Q(state="offered")),
            models.Index(fields=["offered_to"], name="routing_work_item_offered_to", condition=Q(state="offered")),
            models.Index(fields=["subject", "subject_id", "-id"], name="routing_work_item_subject"),
            models.Index(fields=["queue", "answered_at"], name="routing_work_item_answered"),
            models.Index(fields=["queue", "requested_at"], name="routing_work_item_requested"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} {self.state}"


class Choice(models.Model):
    """Why an item was offered to just this seat, as it stood at that moment. Kept for good."""

    work_item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="+", db_index=False)
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    klass = models.CharField(max_length=10)
    ring = models.SmallIntegerField()
    level = models.SmallIntegerField()
    held = models.BooleanField()
    same_site = models.BooleanField()
    highest_grade = models.BooleanField()
    idle_since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True)

    class Meta:
        db_table = "routing_choice"
        indexes = [
            models.Index(fields=["work_item", "id"], name="routing_choice_of_item"),
            models.Index(fields=["staff", "at"], name="routing_choice_of_staff"),
        ]

    def __str__(self) -> str:
        return f"{self.work_item_id} → {self.staff_id}"


class Callback(models.Model):
    """A call we owe to somebody who did not want to wait: one a number, with the place he had in line."""

    class State(models.TextChoices):
        SCHEDULED = "scheduled"
        QUEUED = "queued"
        DONE = "done"
        UNREACHED = "unreached"
        CANCELLED = "cancelled"

    number = models.CharField(max_length=20)
    customer = models.ForeignKey(
        "customers.Customer", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=State, default=State.SCHEDULED)
    from_subject = models.CharField(max_length=20)
    from_subject_id = models.BigIntegerField()
    place = models.DateTimeField()
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    attempts = models.SmallIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "routing_callback"
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                name="routing_callback_one_a_number",
                condition=Q(state__in=["scheduled", "queued"]),
            ),
            models.CheckConstraint(
                name="routing_callback_closed",
                condition=Q(state__in=["scheduled", "queued"], closed_at=None)
                | Q(state__in=["done", "unreached", "cancelled"], closed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="routing_callback_due", condition=Q(state="scheduled")),
        ]

    def __str__(self) -> str:
        return f"callback {self.pk} {self.state}"
