"""One row a message a recipient a channel."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shouwen.kit.ids import PublicId

CHANNELS = ["inapp", "email", "sms"]
STATES = ["queued", "sent", "failed", "read"]


class Notification(models.Model):
    """Something we told, or are about to tell, one person in one way.

    `due_at` and `queued_at` are wall time: when a queued row is tried next, which a running try moves on as its
    lease. `sealed` holds the values that open something, encrypted, until the message has left.
    """

    public_id = PublicId()
    recipient_kind = models.CharField(max_length=10)
    recipient_id = models.BigIntegerField()
    channel = models.CharField(max_length=10)
    template = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    sealed = models.TextField(default="")
    language = models.CharField(max_length=5, default="zh-CN")
    subject = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    dedupe_key = models.CharField(max_length=200)
    state = models.CharField(max_length=10)
    attempts = models.SmallIntegerField(default=0)
    address = models.CharField(max_length=254, default="")
    receipt = models.CharField(max_length=300, default="")
    error = models.CharField(max_length=500, default="")
    at = models.DateTimeField()
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dedupe_key", "channel"], name="notifications_once"),
            models.CheckConstraint(
                name="notifications_recipient", condition=Q(recipient_kind__in=["staff", "customer"])
            ),
            models.CheckConstraint(name="notifications_channel", condition=Q(channel__in=CHANNELS)),
            models.CheckConstraint(name="notifications_state", condition=Q(state__in=STATES)),
            models.CheckConstraint(name="notifications_queued_is_due", condition=Q(state="queued") ^ Q(due_at=None)),
            models.CheckConstraint(
                name="notifications_read_in_app",
                condition=Q(read_at=None) & ~Q(state="read") | Q(state="read", channel="inapp"),
            ),
            models.CheckConstraint(
                name="notifications_sent_has_time", condition=~Q(state__in=["sent", "read"]) | ~Q(sent_at=None)
            ),
            models.CheckConstraint(name="notifications_failed_says_why", condition=~Q(state="failed") | ~Q(error="")),
        ]
        indexes = [
            models.Index(
                F("recipient_kind"),
                F("recipient_id"),
                F("id").desc(),
                name="notifications_in_app",
                condition=Q(channel="inapp"),
            ),
            models.Index(fields=["due_at"], name="notifications_due", condition=Q(state="queued")),
            models.Index(fields=["subject", "subject_id"], name="notifications_subject"),
            models.Index(fields=["state", "-id"], name="notifications_by_state"),
        ]


class NoticeOff(models.Model):
    """A kind of notice that a member of staff does not want; what duty requires is never here."""

    staff_id = models.BigIntegerField()
    template = models.CharField(max_length=60)

    class Meta:
        db_table = "notifications_notice_off"
        constraints = [models.UniqueConstraint(fields=["staff_id", "template"], name="notifications_notice_off_once")]
