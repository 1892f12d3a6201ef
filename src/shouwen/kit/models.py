"""What the house keeps about itself: facts and their deliveries, commands, the audit trail, the clock."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from .file_models import ExportRun as ExportRun  # noqa: PLC0414  Django finds its tables here
from .file_models import ImportRow as ImportRow  # noqa: PLC0414
from .file_models import ImportRun as ImportRun  # noqa: PLC0414
from .file_models import StoredFile as StoredFile  # noqa: PLC0414


class ClockSetting(models.Model):
    """The one row that says whether time runs faster here."""

    trial = models.BooleanField(default=False)
    speed = models.FloatField(default=1.0)
    wall_epoch = models.DateTimeField()
    domain_epoch = models.DateTimeField()

    class Meta:
        db_table = "kit_clock"
        constraints = [
            models.CheckConstraint(name="kit_clock_one_row", condition=models.Q(id=1)),
            models.CheckConstraint(name="kit_clock_speed", condition=models.Q(speed__gt=0)),
        ]


class Fact(models.Model):
    """Something that happened, kept 30 days: told to subscribers and, live, to its audience.

    Partitioned by month. `xid` is the writing transaction: (xid, id) below the oldest running
    transaction is the order in which facts became visible, which makes replay exact.
    """

    pk = models.CompositePrimaryKey("recorded_at", "id")
    id = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    xid = models.BigIntegerField()
    name = models.TextField()
    payload = models.JSONField()
    audience = ArrayField(models.TextField())
    at = models.DateTimeField()

    class Meta:
        db_table = "kit_fact"
        managed = False


class Subscription(models.Model):
    """A subscriber's standing order for one kind of fact; mirrors the code."""

    fact = models.TextField()
    subscriber = models.TextField()

    class Meta:
        db_table = "kit_subscription"
        constraints = [
            models.UniqueConstraint(fields=["fact", "subscriber"], name="kit_subscription_once"),
        ]


class Delivery(models.Model):
    """One fact on its way to one subscriber; gone when handled."""

    fact_id = models.BigIntegerField()
    fact_recorded_at = models.DateTimeField()
    subscriber = models.TextField()
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField()
    error = models.TextField(default="")

    class Meta:
        db_table = "kit_delivery"
        constraints = [
            models.UniqueConstraint(fields=["fact_id", "subscriber"], name="kit_delivery_once"),
        ]
        indexes = [models.Index(fields=["next_at", "id"], name="kit_delivery_due")]


class Command(models.Model):
    """An outside command that was carried out, and the answer it got: a repeat gets the same answer."""

    principal = models.TextField()
    key = models.TextField()
    operation = models.TextField()
    fingerprint = models.TextField()
    status = models.IntegerField(null=True)
    body = models.JSONField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "kit_command"
        constraints = [
            models.UniqueConstraint(fields=["principal", "key"], name="kit_command_once"),
        ]
        indexes = [models.Index(fields=["recorded_at"], name="kit_command_age")]


class AuditRow(models.Model):
    """Who did what to what, written in the doing's own transaction; never changed or removed."""

    recorded_at = models.DateTimeField()
    at = models.DateTimeField()
    xid = models.BigIntegerField()
    principal = models.TextField()
    verb = models.TextField()
    subject = models.TextField()
    subject_id = models.BigIntegerField()
    details = models.JSONField()
    command_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "kit_audit"
        indexes = [
            models.Index(fields=["subject", "subject_id", "id"], name="kit_audit_subject"),
            models.Index(fields=["xid", "id"], name="kit_audit_order"),
            models.Index(fields=["principal", "id"], name="kit_audit_principal"),
            models.Index(fields=["recorded_at"], name="kit_audit_time"),
            models.Index(fields=["command_id"], name="kit_audit_command", condition=models.Q(command_id__isnull=False)),
        ]


class AuditSeal(models.Model):
    """A link of the chain over committed audit rows, in commit order."""

    number = models.BigIntegerField(primary_key=True)
    audit = models.OneToOneField(AuditRow, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        db_table = "kit_audit_seal"


class RateWindow(models.Model):
    """How often one caller used one public door in one minute."""

    door = models.TextField()
    caller = models.TextField()
    minute = models.DateTimeField()
    count = models.IntegerField()

    class Meta:
        db_table = "kit_rate_window"
        constraints = [
            models.UniqueConstraint(fields=["door", "caller", "minute"], name="kit_rate_window_once"),
        ]


class Version(models.Model):
    """One version of a thing that is decided with care. What was published never changes (a trigger refuses)."""

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    number = models.IntegerField()
    title = models.CharField(max_length=120)
    content = models.JSONField()
    note = models.CharField(max_length=500, default="", blank=True)
    remark = models.CharField(max_length=500, default="", blank=True)
    state = models.CharField(max_length=20, default="draft")
    revision = models.IntegerField(default=1)
    organisation_id = models.BigIntegerField(null=True)
    authors = ArrayField(models.CharField(max_length=40))
    author_name = models.CharField(max_length=60, default="", blank=True)
    reviewer = models.CharField(max_length=40, default="", blank=True)
    reviewer_name = models.CharField(max_length=60, default="", blank=True)
    based_on = models.IntegerField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    valid_from = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "kit_version"
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "number"], name="kit_version_number"),
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=models.Q(state__in=["draft", "in_review"]),
                name="kit_version_one_open",
            ),
            models.CheckConstraint(
                name="kit_version_state",
                condition=models.Q(state__in=["draft", "in_review", "published", "retired"]),
            ),
            models.CheckConstraint(
                name="kit_version_four_eyes",
                condition=~models.Q(authors__contains=[models.F("reviewer")]) | models.Q(reviewer="system:0"),
            ),
            models.CheckConstraint(
                name="kit_version_published",
                condition=models.Q(state__in=["draft", "in_review"], valid_from=None, reviewer="")
                | models.Q(state__in=["published", "retired"], valid_from__isnull=False, published_at__isnull=False)
                & ~models.Q(reviewer=""),
            ),
            models.CheckConstraint(
                name="kit_version_retired",
                condition=models.Q(state="retired", retired_at__isnull=False)
                | ~models.Q(state="retired") & models.Q(retired_at=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["kind", "key", "-valid_from", "-number"],
                name="kit_version_current",
                condition=models.Q(state__in=["published", "retired"]),
            ),
            models.Index(fields=["-changed_at", "-id"], name="kit_version_newest"),
        ]


class ProcessBeat(models.Model):
    """The latest sign of life of one process, on whatever machine. Wall times."""

    kind = models.CharField(max_length=20)
    host = models.CharField(max_length=253)
    pid = models.IntegerField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    details = models.JSONField(default=dict)

    class Meta:
        db_table = "kit_process"
        constraints = [
            models.UniqueConstraint(fields=["kind", "host", "pid"], name="kit_process_once"),
        ]


class LegalHold(models.Model):
    """An order to keep everything about a person, or about one contact. It counts until it ends or is lifted."""

    person = models.CharField(max_length=20)
    person_id = models.BigIntegerField()
    reason = models.CharField(max_length=500)
    placed_by = models.CharField(max_length=40)
    placed_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        db_table = "kit_legal_hold"
        constraints = [
            models.CheckConstraint(name="kit_legal_hold_reasoned", condition=~models.Q(reason="")),
            models.CheckConstraint(
                name="kit_legal_hold_lifted",
                condition=models.Q(lifted_at=None, lifted_by="")
                | models.Q(lifted_at__isnull=False) & ~models.Q(lifted_by=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "person_id"], name="kit_legal_hold_standing", condition=models.Q(lifted_at=None)
            ),
        ]


class KeepPeriod(models.Model):
    """How many days the personal data of a table is kept, where the house chose other than its rule says."""

    table = models.CharField(max_length=60, unique=True)
    days = models.PositiveIntegerField()
    reason = models.CharField(max_length=500)
    set_by = models.CharField(max_length=40)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "kit_keep_period"
        constraints = [
            models.CheckConstraint(name="kit_keep_period_days", condition=models.Q(days__gt=0)),
            models.CheckConstraint(name="kit_keep_period_reasoned", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.days}"


class Tombstone(models.Model):
    """Proof that a row's personal data was erased: when, why, and a digest of what it was. Never the data."""

    table = models.CharField(max_length=60)
    row_id = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    erased_at = models.DateTimeField()
    why = models.CharField(max_length=60)

    class Meta:
        db_table = "kit_tombstone"
        constraints = [
            models.UniqueConstraint(fields=["table", "row_id"], name="kit_tombstone_once"),
        ]


class Approval(models.Model):
    """What one person asked for and another decides, once and in time."""

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    reference = models.CharField(max_length=40, default="", blank=True)
    title = models.CharField(max_length=120)
    amount_fen = models.BigIntegerField()
    reason = models.CharField(max_length=1000)
    organisation_id = models.BigIntegerField(null=True)
    requested_by = models.CharField(max_length=40)
    requested_by_name = models.CharField(max_length=60, default="", blank=True)
    requested_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=20, default="waiting")
    decided_by = models.CharField(max_length=40, default="", blank=True)
    decided_by_name = models.CharField(max_length=60, default="", blank=True)
    in_place_of = models.CharField(max_length=40, default="", blank=True)
    in_place_of_name = models.CharField(max_length=60, default="", blank=True)
    decided_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=1000, default="", blank=True)

    class Meta:
        db_table = "kit_approval"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "subject_id"],
                condition=models.Q(state="waiting"),
                name="kit_approval_one_waiting",
            ),
            models.CheckConstraint(
                name="kit_approval_four_eyes",
                condition=~models.Q(decided_by=models.F("requested_by"))
                & ~models.Q(in_place_of=models.F("requested_by")),
            ),
            models.CheckConstraint(
                name="kit_approval_decided",
                condition=models.Q(state="waiting", decided_by="", decided_at=None)
                | models.Q(state__in=["withdrawn", "expired"], decided_by="", decided_at__isnull=False)
                | models.Q(state__in=["approved", "refused"], decided_at__isnull=False) & ~models.Q(decided_by=""),
            ),
            models.CheckConstraint(name="kit_approval_amount", condition=models.Q(amount_fen__gte=0)),
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="kit_approval_due", condition=models.Q(state="waiting")),
            models.Index(fields=["subject", "subject_id", "-id"], name="kit_approval_subject"),
            models.Index(fields=["-requested_at", "-id"], name="kit_approval_newest"),
        ]


class ActivityRun(models.Model):
    """One doing of an activity for a flow: its input, its tries, its one answer."""

    code = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    given = models.JSONField()
    caller = models.CharField(max_length=80)
    token = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=20, default="failed")
    attempts = models.SmallIntegerField(default=0)
    error = models.CharField(max_length=500, default="", blank=True)
    remark = models.CharField(max_length=500, default="", blank=True)
    output = models.JSONField(null=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        db_table = "kit_activity_run"
        constraints = [
            models.UniqueConstraint(fields=["code", "key"], name="kit_activity_run_once"),
            models.CheckConstraint(
                name="kit_activity_run_answered",
                condition=models.Q(state="done", output__isnull=False, answered_at__isnull=False)
                | models.Q(state__in=["failed", "waiting", "needs_person"], answered_at=None),
            ),
            models.CheckConstraint(
                name="kit_activity_run_due",
                condition=models.Q(state__in=["failed", "waiting"], due_at__isnull=False)
                | models.Q(state__in=["done", "needs_person"], due_at=None),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="kit_activity_run_due", condition=models.Q(due_at__isnull=False)),
            models.Index(fields=["-started_at", "-id"], name="kit_activity_run_newest"),
        ]
