"""Contacts, what was said in them, what was done about them, and the journal."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shouwen.kit.ids import PublicId


class Interaction(models.Model):
    """One contact between a customer and us."""

    class Medium(models.TextChoices):
        WEB_CHAT = "web_chat"
        VOICE = "voice"
        SMS = "sms"
        EMAIL = "email"
        FAX = "fax"
        WECHAT = "wechat"
        LETTER = "letter"
        VOICE_MAILBOX = "voice_mailbox"
        E_FORM = "e_form"
        MINI_PROGRAM = "mini_program"
        OFFICIAL_ACCOUNT = "official_account"
        SOCIAL = "social"

    class ContactMode(models.TextChoices):
        DIRECT_MANUAL = "direct_manual"
        AUTOMATIC = "automatic"
        INDIRECT_MANUAL = "indirect_manual"

    class Direction(models.TextChoices):
        INBOUND = "inbound"
        OUTBOUND_PROACTIVE = "outbound_proactive"

    class State(models.TextChoices):
        OPEN = "open"
        ENDED = "ended"
        CLOSED = "closed"

    class EndedBy(models.TextChoices):
        CUSTOMER = "customer"
        STAFF = "staff"
        SYSTEM = "system"

    public_id = PublicId()
    medium = models.CharField(max_length=20, choices=Medium)
    contact_mode = models.CharField(max_length=20, choices=ContactMode)
    direction = models.CharField(max_length=20, choices=Direction)
    customer = models.ForeignKey(
        "customers.Customer", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    visitor_id = models.BigIntegerField(null=True)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    topic = models.CharField(max_length=80, blank=True)
    queue_code = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    last_seq = models.IntegerField(default=0)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=10, choices=EndedBy, null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="interactions_interaction_medium",
                condition=Q(
                    medium__in=[
                        "web_chat",
                        "voice",
                        "sms",
                        "email",
                        "fax",
                        "wechat",
                        "letter",
                        "voice_mailbox",
                        "e_form",
                        "mini_program",
                        "official_account",
                        "social",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="interactions_interaction_contact_mode",
                condition=Q(contact_mode__in=["direct_manual", "automatic", "indirect_manual"]),
            ),
            models.CheckConstraint(
                name="interactions_interaction_direction",
                condition=Q(direction__in=["inbound", "outbound_proactive"]),
            ),
            models.CheckConstraint(
                name="interactions_interaction_party",
                condition=~Q(customer=None) | ~Q(visitor_id=None) | Q(medium="voice"),
            ),
            models.CheckConstraint(
                name="interactions_interaction_state",
                condition=(
                    Q(state="open", ended_at=None, ended_by=None, closed_at=None)
                    | Q(state="ended", ended_at__isnull=False, ended_by__isnull=False, closed_at=None)
                    | Q(
                        state="closed",
                        ended_at__isnull=False,
                        ended_by__isnull=False,
                        closed_at__isnull=False,
                    )
                ),
            ),
            models.CheckConstraint(
                name="interactions_interaction_order",
                condition=Q(ended_at=None)
                | Q(ended_at__gte=F("opened_at")) & (Q(closed_at=None) | Q(closed_at__gte=F("ended_at"))),
            ),
            models.CheckConstraint(name="interactions_interaction_last_seq", condition=Q(last_seq__gte=0)),
        ]
        indexes = [
            models.Index(fields=["customer", "-id"], name="interactions_of_customer"),
            models.Index(fields=["visitor_id"], name="interactions_of_visitor", condition=Q(visitor_id__isnull=False)),
            models.Index(fields=["opened_at"], name="interactions_not_closed", condition=~Q(state="closed")),
        ]

    def __str__(self) -> str:
        return f"{self.medium} {self.pk}"


class Message(models.Model):
    """One thing said in an interaction; numbered without gaps, kept once however often it is sent."""

    class Author(models.TextChoices):
        CUSTOMER = "customer"
        STAFF = "staff"
        SYSTEM = "system"

    interaction = models.ForeignKey(Interaction, on_delete=models.PROTECT, related_name="messages", db_index=False)
    seq = models.IntegerField()
    author_kind = models.CharField(max_length=10, choices=Author)
    author_id = models.BigIntegerField(null=True)
    body = models.TextField()
    sent_at = models.DateTimeField()
    client_key = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interaction", "seq"], name="interactions_message_seq"),
            models.UniqueConstraint(
                fields=["interaction", "author_kind", "client_key"], name="interactions_message_once"
            ),
            models.CheckConstraint(name="interactions_message_said", condition=~Q(body="")),
            models.CheckConstraint(name="interactions_message_from_one", condition=Q(seq__gte=1)),
            models.CheckConstraint(
                name="interactions_message_author",
                condition=Q(author_kind="system", author_id=None)
                | Q(author_kind__in=["customer", "staff"], author_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interaction_id}/{self.seq}"


class JournalEntry(models.Model):
    """One thing that happened to a contact. Never changed; partitioned by month of `at`.

    No foreign keys: routing writes it under its own lock and must not wait for the rows it names.
    """

    pk = models.CompositePrimaryKey("at", "id")
    id = models.BigIntegerField()
    at = models.DateTimeField()
    interaction_id = models.BigIntegerField()
    name = models.TextField()
    queue_code = models.TextField(null=True)
    staff_id = models.BigIntegerField(null=True)
    detail = models.JSONField()

    class Meta:
        db_table = "interactions_journal"


class Reason(models.Model):
    """Why customers turn to us (来电原因): a tree of two levels, of which the leaves are chosen."""

    code = models.CharField(max_length=40, unique=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    zh = models.CharField(max_length=40)
    en = models.CharField(max_length=60)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="interactions_reason_named", condition=~Q(zh="") & ~Q(en="")),
        ]

    def __str__(self) -> str:
        return self.code


class ServiceRecord(models.Model):
    """What a member of staff notes of one interaction: why, what was done, and in words (本次服务)."""

    interaction = models.OneToOneField(
        Interaction, on_delete=models.PROTECT, primary_key=True, related_name="service_record"
    )
    reason = models.CharField(max_length=40, blank=True)
    handling = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    version = models.IntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(
        "accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="interactions_record_version", condition=Q(version__gte=0)),
        ]

    def __str__(self) -> str:
        return f"record {self.pk}"


class Draft(models.Model):
    """What somebody is typing, kept on the server so that a reload or an expired session loses nothing."""

    staff = models.ForeignKey("accounts.Staff", on_delete=models.CASCADE, related_name="+", db_index=False)
    interaction = models.ForeignKey(Interaction, on_delete=models.CASCADE, related_name="drafts", db_index=False)
    body = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff", "interaction"], name="interactions_draft_once"),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class Rating(models.Model):
    """How the customer found one interaction."""

    interaction = models.OneToOneField(Interaction, on_delete=models.PROTECT, primary_key=True, related_name="rating")
    score = models.SmallIntegerField()
    comment = models.CharField(max_length=1000, blank=True)
    rated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="interactions_rating_score", condition=Q(score__gte=1, score__lte=5)),
        ]

    def __str__(self) -> str:
        return f"rating {self.pk}"
