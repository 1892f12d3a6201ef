"""Shapes of the phone at the desk."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field


class PhoneOut(Schema):
    available: bool
    number: str
    kind: str
    own: str


class PhoneIn(Schema):
    kind: Literal["browser", "desk", ""]
    number: Annotated[str, Field(max_length=20)] = ""


class CallIn(Schema):
    customer_id: int
    contact_id: int | None = None
    queue_code: Annotated[str, Field(max_length=40)] = ""
    ticket: Annotated[str, Field(max_length=20)] = ""
    """The ticket about which the customer is called; its history says what became of the call."""


class PhoneLineOut(Schema):
    number: str
    secret: str


class PhoneBackOut(Schema):
    conversation: str | None
