"""What may be asked about messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shouwen.kit.api import Page, page_of
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from . import permissions, rules
from .models import NoticeOff, Notification
from .templates import STAFF, TEMPLATES


@dataclass(frozen=True)
class Notice:
    """A notice in the app, in its reader's language."""

    id: int
    template: str
    title: str
    body: str
    subject: str
    subject_id: int
    params: dict[str, str]
    at: datetime
    read: bool


@dataclass(frozen=True)
class Delivery:
    """What became of one message on one channel. Addresses are masked."""

    id: int
    channel: str
    template: str
    title: str
    recipient_kind: str
    recipient_id: int
    subject: str
    subject_id: int
    state: str
    attempts: int
    address: str
    error: str
    receipt: str
    at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class NoticeChoice:
    """A kind of notice: whether one gets it, and whether duty requires it."""

    template: str
    title: str
    on: bool
    required: bool


_NOTICE = ("id", "template", "params", "subject", "subject_id", "at", "state")
_DELIVERY = (
    "id",
    "channel",
    "template",
    "recipient_kind",
    "recipient_id",
    "subject",
    "subject_id",
    "state",
    "attempts",
    "address",
    "error",
    "receipt",
    "at",
    "sent_at",
)


def notices(
    *, by: Principal, language: str, unread_only: bool = False, cursor: str = "", limit: int = 50
) -> Page[Notice]:
    """Return one's own notices, newest first."""
    rows = Notification.objects.filter(recipient_kind=by.kind, recipient_id=by.id, channel="inapp")
    if unread_only:
        rows = rows.filter(state="sent")

    def shape(row: dict[str, Any]) -> Notice:
        state, template = row.pop("state"), TEMPLATES[row["template"]]
        title, body = rules.notice(template, language, row["params"])
        return Notice(**row, title=title, body=body, read=state == "read")

    return page_of(rows.values(*_NOTICE), order=("-id",), cursor=cursor, limit=limit, shape=shape)


def notice_choices(*, by: Principal, language: str) -> list[NoticeChoice]:
    """Return every kind of notice for staff, and whether one gets it in the app."""
    off = set(NoticeOff.objects.filter(staff_id=by.id).values_list("template", flat=True))
    return [
        NoticeChoice(name, TEMPLATES[name].text(language).title, name not in off, not TEMPLATES[name].optional)
        for name in sorted(STAFF)
    ]


def unread(*, by: Principal) -> int:
    """Return how many of one's own notices are new."""
    mine = Notification.objects.filter(recipient_kind=by.kind, recipient_id=by.id, channel="inapp")
    return mine.filter(state="sent").count()


def deliveries(*, by: Principal, language: str, state: str = "", cursor: str = "", limit: int = 50) -> Page[Delivery]:
    """Return what left, or failed to leave, the house, newest first."""
    require(by, permissions.VIEW)
    rows = Notification.objects.exclude(channel="inapp")
    if state:
        rows = rows.filter(state=state)

    def shape(row: dict[str, Any]) -> Delivery:
        return Delivery(**row, title=TEMPLATES[row["template"]].text(language).title)

    return page_of(rows.values(*_DELIVERY), order=("-id",), cursor=cursor, limit=limit, shape=shape)


def failed_count() -> int:
    """Return how many messages failed and wait for somebody to look."""
    return Notification.objects.filter(state="failed").count()
