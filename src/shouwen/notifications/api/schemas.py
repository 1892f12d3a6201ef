"""Shapes of what notifications give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field


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


class NoticeChoiceOut(Schema):
    template: str
    title: str
    on: bool
    required: bool
    """Whether duty requires it, so that it cannot be switched off."""


class NoticeChoicesOut(Schema):
    items: list[NoticeChoiceOut]


class NoticesOffIn(Schema):
    off: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=60)]


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
