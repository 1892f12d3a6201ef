"""Conversations as the doors keep them, and where topics lead."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Chat(models.Model):
    """One written conversation: who may read it outside, who answers it here, and whether the customer is there.

    `access_key` is the session that proved itself ("customer:5", "visitor:7"); empty for a registered letter. `live`
    means the customer may still write. Presence times are wall times: they are about a browser, not about business.
    """

    interaction = models.OneToOneField(
        "interactions.Interaction", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    access_key = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=5, default="zh-CN")
    live = models.BooleanField(default=True)
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    customer_seen_at = models.DateTimeField(null=True)
    silent_since = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["access_key"], name="messaging_chat_one_live", condition=Q(live=True)),
            models.CheckConstraint(
                name="messaging_chat_live_is_watched",
                condition=Q(live=False) | ~Q(access_key="") & Q(customer_seen_at__isnull=False),
            ),
            models.CheckConstraint(
                name="messaging_chat_answered", condition=Q(staff=None) | Q(answered_at__isnull=False)
            ),
            models.CheckConstraint(
                name="messaging_chat_warned_after_silence",
                condition=Q(warned_at=None) | Q(silent_since__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["access_key", "-interaction"], name="messaging_chat_of"),
            models.Index(fields=["customer_seen_at"], name="messaging_chat_waits", condition=Q(live=True, staff=None)),
            models.Index(
                fields=["silent_since"],
                name="messaging_chat_silent",
                condition=Q(live=True, silent_since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"chat {self.pk}"


class Topic(models.Model):
    """What a customer can choose to talk about, and the queue it leads to."""

    code = models.CharField(max_length=40, unique=True)
    zh = models.CharField(max_length=40)
    en = models.CharField(max_length=60)
    queue_code = models.CharField(max_length=40)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="messaging_topic_named", condition=~Q(zh="") & ~Q(en="") & ~Q(queue_code="")),
        ]

    def __str__(self) -> str:
        return self.code
