"""Shapes of what notifications give."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema


class NoticeOut(Schema):
    id: int
    template: str
    title: str
    body: str
    subject: str
    subject_id: int
    params: dict[str, str]
    at: datetime
    read: bool


class UnreadNoticesOut(Schema):
    unread: int


class MessageDeliveryOut(Schema):
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
