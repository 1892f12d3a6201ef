"""Sending what is queued: at least once, outside any transaction.

The row is the queue: `due_at` says when it is tried next. A try first takes a lease on its row by moving that on, then
sends, then keeps what came of it. A sender killed in between loses its lease after a while and the message goes out
again with the same reference. Times here are wall times.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, ExpressionWrapper, F, Q

from shouwen.customers import queries as customers
from shouwen.customers.errors import CustomerNotFound
from shouwen.kernel import masking
from shouwen.kit import audit, clock
from shouwen.kit.actions import action, forbid_inside_action
from shouwen.kit.events import announce, publish
from shouwen.kit.permissions import require
from shouwen.kit.prepared import Prepared
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.notifications import permissions, ports, rules
from shouwen.notifications.errors import NotFailed, NotificationNotFound, TooLate
from shouwen.notifications.events import NotificationFailed, NotificationSent
from shouwen.notifications.links import absolute
from shouwen.notifications.models import Notification
from shouwen.notifications.sealing import unseal
from shouwen.notifications.templates import TEMPLATES

logger = logging.getLogger(__name__)
ADDRESS = "to"
BATCH = 20
ADDRESSLESS = "no address on record for this channel"
_SHORT_LIVED = sorted(code for code, template in TEMPLATES.items() if template.valid_for is not None)
LATE = "out of date before it could be sent"

_WAITING = Prepared(
    lambda channel, at: Notification.objects.filter(state="queued", channel=channel, due_at__lte=at).values_list("id")[
        :1
    ]
)
"""Asked at all news, by every sender: mostly there is nothing."""


@dataclass(frozen=True)
class Envelope:
    """One try of one message, ready to be carried."""

    id: int
    channel: str
    address: str
    title: str
    body: str
    reference: str
    subject: str
    subject_id: int


@dataclass(frozen=True)
class Taken:
    """How many messages were taken, those of them that can be carried, and until when a try may begin."""

    count: int
    envelopes: list[Envelope]
    until: datetime


def send_due(channel: str) -> int:
    """Send what is due in one channel and nobody else is at; return how many were taken."""
    forbid_inside_action("Sending")
    if not _WAITING(channel=channel, at=clock.wall()):
        return 0
    taken = _take(channel=channel)
    for place, envelope in enumerate(taken.envelopes):
        if clock.wall() > taken.until:
            _put_back(ids=[left.id for left in taken.envelopes[place:]])
            break
        _carry(envelope)
    return taken.count


def _carry(envelope: Envelope) -> None:
    try:
        receipt = ports.transport(envelope.channel).send(
            channel=envelope.channel,
            address=envelope.address,
            title=envelope.title,
            body=envelope.body,
            reference=envelope.reference,
        )
    except ports.SendFailed as failure:
        _failed(notification_id=envelope.id, reason=str(failure), final=failure.final)
    except Exception as failure:
        logger.exception("carrying message %s failed", envelope.id)
        _failed(notification_id=envelope.id, reason=repr(failure), final=False)
    else:
        _sent(envelope=envelope, receipt=receipt)


@action
def _take(*, channel: str) -> Taken:
    """Take the lease of the messages due first; give up on those that have no use or no address.

    What soon has no use any more, like a one-time code, goes before everything else: somebody waits for it.
    """
    at = clock.wall()
    due = Notification.objects.filter(state="queued", channel=channel, due_at__lte=at)
    due = due.order_by(ExpressionWrapper(Q(template__in=_SHORT_LIVED), BooleanField()).desc(), "due_at", "id")
    rows = list(due.select_for_update(skip_locked=True)[:BATCH])
    envelopes = [_sealed_up(row, at) for row in rows]
    return Taken(len(rows), [envelope for envelope in envelopes if envelope], at + rules.LEASE - rules.LONGEST_TRY)


@action
def _put_back(*, ids: list[int]) -> None:
    """Let go of messages whose turn did not come within the lease: they were not tried, and are due at once."""
    rows = Notification.objects.filter(id__in=ids, state="queued")
    rows.update(due_at=clock.wall(), attempts=F("attempts") - 1)


def _sealed_up(row: Notification, at: datetime) -> Envelope | None:
    """Address one message and take its lease, or give it up."""
    template = TEMPLATES[row.template]
    secrets = unseal(row.sealed)
    address = secrets.pop(ADDRESS, "") or _address(row)
    if rules.is_too_late(row.queued_at, template.valid_for, at) or not address:
        _give_up(row, ADDRESSLESS if not address else LATE)
        return None
    row.attempts += 1
    row.due_at = at + rules.LEASE
    row.address = masking.email(address) if row.channel == "email" else masking.phone(address)
    row.save(update_fields=["attempts", "due_at", "address"])
    title, body = rules.message(template, row.language, row.params | absolute(secrets))
    return Envelope(row.pk, row.channel, address, title, body, str(row.public_id), row.subject, row.subject_id)


def _address(row: Notification) -> str:
    if row.recipient_kind != "customer":
        return ""
    try:
        reach = customers.reach(row.recipient_id)
    except CustomerNotFound:
        return ""
    return reach.email if row.channel == "email" else reach.phone


@action
def _sent(*, envelope: Envelope, receipt: str) -> None:
    at = clock.now()
    changed = Notification.objects.filter(id=envelope.id, state="queued").update(
        state="sent", due_at=None, sent_at=at, receipt=receipt[:300], error="", sealed=""
    )
    if not changed:
        return
    channel = envelope.channel
    audit.record(SYSTEM, "notifications.sent", subject="notification", subject_id=envelope.id, channel=channel)
    publish(NotificationSent(envelope.id, channel, envelope.subject, envelope.subject_id), at=at)


@action
def _failed(*, notification_id: int, reason: str, final: bool) -> None:
    """Keep why a try failed, and try again later or give up."""
    row = Notification.objects.select_for_update().get(id=notification_id)
    if row.state != "queued":
        return
    at = clock.wall()
    again = rules.next_try(row.attempts, at, final=final)
    if again is None:
        _give_up(row, reason)
        return
    row.due_at, row.error = again, reason[:500]
    row.save(update_fields=["due_at", "error"])


def _give_up(row: Notification, reason: str) -> None:
    row.state, row.due_at, row.error = "failed", None, reason[:500]
    if TEMPLATES[row.template].valid_for is not None:
        row.sealed = ""
    row.save(update_fields=["state", "due_at", "error", "sealed"])
    audit.record(SYSTEM, "notifications.failed", subject="notification", subject_id=row.pk, reason=row.error)
    publish(NotificationFailed(row.pk, row.channel, row.subject, row.subject_id), at=clock.now())


@action
def resend(*, by: Principal, notification_id: int) -> None:
    """Queue a failed message again, with all its tries before it."""
    require(by, permissions.RESEND)
    row = Notification.objects.select_for_update().filter(id=notification_id).first()
    if row is None:
        raise NotificationNotFound
    if row.state != "failed":
        raise NotFailed
    at = clock.wall()
    if rules.is_too_late(row.queued_at, TEMPLATES[row.template].valid_for, at):
        raise TooLate
    row.state, row.due_at, row.attempts = "queued", at, 0
    row.save(update_fields=["state", "due_at", "attempts"])
    audit.record(by, "notifications.resend", subject="notification", subject_id=row.pk)
    announce()
