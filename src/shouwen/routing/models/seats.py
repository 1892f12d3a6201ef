"""What somebody is doing, since when, and how many contacts he can carry."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from ..rules.presence import State
from .queues import Domain

_STATES = [s.value for s in State]


class Presence(models.Model):
    """A seat: what its person is doing now.

    `state` is what he says; `available` is what the matching goes by: it is set only inside its lock and removed
    together with the state `ready`.
    """

    staff = models.OneToOneField("accounts.Staff", on_delete=models.CASCADE, primary_key=True, related_name="+")
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(max_length=10, choices=[(s, s) for s in _STATES], default=State.OFFLINE)
    reason = models.CharField(max_length=40, blank=True)
    since = models.DateTimeField()
    available = models.BooleanField(default=False)
    idle_since = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "routing_presence"
        constraints = [
            models.CheckConstraint(name="routing_presence_state", condition=Q(state__in=_STATES)),
            models.CheckConstraint(
                name="routing_presence_available_is_ready", condition=Q(available=False) | Q(state="ready")
            ),
        ]
        indexes = [
            models.Index(
                fields=["domain", "idle_since"],
                name="routing_presence_available",
                condition=Q(available=True),
            ),
            models.Index(
                fields=["domain"],
                name="routing_presence_coming",
                condition=Q(state="ready", available=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class PresenceSpan(models.Model):
    """One stretch of one state: the ledger keeps every second of a seat, without gap or overlap."""

    staff = models.ForeignKey("accounts.Staff", on_delete=models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=[(s, s) for s in _STATES])
    reason = models.CharField(max_length=40, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "routing_presence_span"
        constraints = [
            models.CheckConstraint(
                name="routing_presence_span_order",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
            ),
            models.UniqueConstraint(
                fields=["staff"], name="routing_presence_span_one_open", condition=Q(ended_at=None)
            ),
            ExclusionConstraint(
                name="routing_presence_span_no_overlap",
                expressions=[
                    ("staff", RangeOperators.EQUAL),
                    (Func(F("started_at"), F("ended_at"), function="tstzrange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["staff", "started_at"], name="routing_presence_span_of")]


class Slot(models.Model):
    """Room for one contact of one medium at one seat.

    `released` means given back and not yet seen by the matching, which makes it `free` inside its lock and looks for
    the next contact in the same breath.
    """

    class State(models.TextChoices):
        FREE = "free"
        OFFERED = "offered"
        BUSY = "busy"
        WRAP = "wrap"
        RELEASED = "released"

    staff = models.ForeignKey("accounts.Staff", on_delete=models.CASCADE, related_name="+", db_index=False)
    medium = models.CharField(max_length=20)
    ordinal = models.SmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.RELEASED)
    work_item = models.OneToOneField("routing.WorkItem", on_delete=models.PROTECT, null=True, related_name="slot")

    class Meta:
        db_table = "routing_slot"
        constraints = [
            models.UniqueConstraint(fields=["staff", "medium", "ordinal"], name="routing_slot_once"),
            models.CheckConstraint(
                name="routing_slot_holds",
                condition=Q(state__in=["free", "released"], work_item=None)
                | Q(state__in=["offered", "busy", "wrap"], work_item__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["staff"], name="routing_slot_released", condition=Q(state="released")),
            models.Index(fields=["medium", "staff"], name="routing_slot_free", condition=Q(state="free")),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.medium} {self.ordinal} {self.state}"
