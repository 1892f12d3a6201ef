"""Tickets, their categories and rules, their history, and the attempts to reach their customers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from .rules.states import OPEN, STATES

KINDS = ["enquiry", "fault", "complaint", "suggestion"]


class Category(models.Model):
    """A node of the three-level tree of what tickets are about; tickets stand at its ends."""

    class SuperClass(models.TextChoices):
        NETWORK_QUALITY = "network_quality"
        TARIFF_DISPUTE = "tariff_dispute"
        VAS_SUBSCRIPTION = "vas_subscription"
        SERVICE_QUALITY = "service_quality"

    code = models.CharField(max_length=60, unique=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    level = models.SmallIntegerField()
    position = models.SmallIntegerField()
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    super_class = models.CharField(max_length=20, choices=SuperClass)
    business = models.CharField(max_length=40, default="", blank=True)
    queue_code = models.CharField(max_length=40, default="", blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tickets_category_level",
                condition=Q(level=1, parent__isnull=True) | Q(level__in=[2, 3], parent__isnull=False),
            ),
            models.CheckConstraint(
                name="tickets_category_super_class",
                condition=Q(
                    super_class__in=[
                        "network_quality",
                        "tariff_dispute",
                        "vas_subscription",
                        "service_quality",
                    ]
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class KindPolicy(models.Model):
    """The rules of a kind of ticket: who owns it, how often a silent customer is tried, when to escalate."""

    class OwnerRule(models.TextChoices):
        FIRST_ASKED = "first_asked"
        HANDLER = "handler"

    kind = models.CharField(max_length=20, unique=True)
    owner_rule = models.CharField(max_length=20, choices=OwnerRule, default=OwnerRule.FIRST_ASKED)
    attempts_required = models.SmallIntegerField(default=3)
    attempt_gap_hours = models.SmallIntegerField(default=22)
    reopenings_before_escalation = models.SmallIntegerField(default=2)
    default_category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "tickets_kind_policy"
        constraints = [
            models.CheckConstraint(name="tickets_kind_policy_kind", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(
                name="tickets_kind_policy_owner_rule", condition=Q(owner_rule__in=["first_asked", "handler"])
            ),
            models.CheckConstraint(
                name="tickets_kind_policy_attempts",
                condition=Q(attempts_required__gte=1, attempts_required__lte=9),
            ),
            models.CheckConstraint(
                name="tickets_kind_policy_gap",
                condition=Q(attempt_gap_hours__gte=1, attempt_gap_hours__lte=240),
            ),
            models.CheckConstraint(
                name="tickets_kind_policy_reopenings",
                condition=Q(reopenings_before_escalation__gte=1, reopenings_before_escalation__lte=9),
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Ticket(models.Model):
    """One request of one customer that is not done yet, or was."""

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    description = models.TextField()
    urgency = models.CharField(max_length=20, default="normal")
    area = models.CharField(max_length=10, default="", blank=True)
    channel = models.CharField(max_length=20, default="desk")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    interaction = models.ForeignKey("interactions.Interaction", on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    linked_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    queue_code = models.CharField(max_length=40)
    state = models.CharField(max_length=20, default="acknowledged")
    version = models.IntegerField(default=1)
    opened_at = models.DateTimeField()
    accessed_at = models.DateTimeField()
    accepted_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    followed_up_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    question = models.TextField(default="", blank=True)
    answer = models.TextField(default="", blank=True)
    reopened_count = models.SmallIntegerField(default=0)
    closed_reason = models.CharField(max_length=20, default="", blank=True)
    escalated_at = models.DateTimeField(null=True)
    escalated_to = models.CharField(max_length=20, default="", blank=True)
    urged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="tickets_ticket_kind", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(name="tickets_ticket_state", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="tickets_ticket_urgency", condition=Q(urgency__in=["normal", "urgent", "critical"])
            ),
            models.CheckConstraint(name="tickets_ticket_area", condition=Q(area__in=["", "urban", "rural"])),
            models.CheckConstraint(
                name="tickets_ticket_answered",
                condition=~Q(state__in=["resolved", "closed"])
                | ~Q(answer="") & Q(handled_at__isnull=False, delivered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="tickets_ticket_closed_reason",
                condition=(
                    Q(state="closed", closed_reason__in=["confirmed", "unreached"])
                    | Q(state__in=["cancelled", "rejected"], closed_reason="withdrawn")
                    | Q(state__in=OPEN, closed_reason="")
                ),
            ),
            models.CheckConstraint(
                name="tickets_ticket_closed_at",
                condition=Q(state__in=OPEN, closed_at__isnull=True) | ~Q(state__in=OPEN) & Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="tickets_ticket_followed_up",
                condition=~Q(state="closed") | Q(followed_up_at__isnull=False),
            ),
            models.CheckConstraint(name="tickets_ticket_question", condition=~Q(state="pending") | ~Q(question="")),
            models.CheckConstraint(
                name="tickets_ticket_journey",
                condition=Q(accepted_at__gte=F("accessed_at"))
                & (Q(handled_at__isnull=True) | Q(handled_at__gte=F("accepted_at")))
                & (Q(delivered_at__isnull=True) | Q(delivered_at__gte=F("handled_at")))
                & (Q(followed_up_at__isnull=True) | Q(followed_up_at__gte=F("delivered_at"))),
            ),
            models.CheckConstraint(
                name="tickets_ticket_escalated",
                condition=Q(escalated_at__isnull=True, escalated_to="")
                | Q(escalated_at__isnull=False, escalated_to="duty_leader"),
            ),
        ]
        indexes = [
            models.Index(fields=["-opened_at", "-id"], name="tickets_ticket_newest"),
            models.Index(fields=["organisation", "-opened_at", "-id"], name="tickets_ticket_scope"),
            models.Index(fields=["customer", "-opened_at", "-id"], name="tickets_ticket_customer"),
            models.Index(
                fields=["queue_code", "-opened_at", "-id"],
                name="tickets_ticket_queue",
                condition=Q(state__in=OPEN),
            ),
            models.Index(fields=["interaction"], name="tickets_ticket_interaction"),
            models.Index(fields=["state", "-opened_at", "-id"], name="tickets_ticket_by_state"),
        ]

    def __str__(self) -> str:
        return self.number


class TicketEntry(models.Model):
    """One line of a ticket's history. Never changed or removed."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    kind = models.CharField(max_length=30)
    actor = models.CharField(max_length=40)
    actor_name = models.CharField(max_length=60, default="", blank=True)
    text_zh = models.CharField(max_length=200)
    text_en = models.CharField(max_length=200)
    body = models.TextField(default="", blank=True)
    visible_to_customer = models.BooleanField()

    class Meta:
        db_table = "tickets_entry"
        indexes = [models.Index(fields=["ticket", "id"], name="tickets_entry_history")]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.kind}"


class ContactAttempt(models.Model):
    """One documented attempt to reach the customer, and what came of it."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    channel = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20)
    agreed = models.BooleanField(null=True)
    note = models.CharField(max_length=500, default="", blank=True)
    by = models.CharField(max_length=40)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "tickets_contact_attempt"
        constraints = [
            models.CheckConstraint(
                name="tickets_attempt_outcome",
                condition=Q(outcome__in=["awaiting", "reached", "no_answer", "failed"]),
            ),
            models.CheckConstraint(
                name="tickets_attempt_agreed", condition=Q(agreed__isnull=True) | Q(outcome="reached")
            ),
            models.CheckConstraint(
                name="tickets_attempt_settled",
                condition=Q(outcome="awaiting", settled_at__isnull=True)
                | ~Q(outcome="awaiting") & Q(settled_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(outcome="awaiting"), name="tickets_attempt_one_awaiting"
            ),
        ]
        indexes = [models.Index(fields=["ticket", "id"], name="tickets_attempt_history")]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.outcome}"


class TicketFile(models.Model):
    """A file that belongs to a ticket; whether its customer may see it too."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField("kit.StoredFile", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    actor_name = models.CharField(max_length=60, default="", blank=True)
    visible_to_customer = models.BooleanField()

    class Meta:
        db_table = "tickets_file"

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.file_id}"
