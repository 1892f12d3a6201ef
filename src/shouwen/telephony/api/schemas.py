"""What phones look like from outside."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

Number = Annotated[str, Field(min_length=2, max_length=20)]
Address = Annotated[str, Field(max_length=80)]
Seat = Annotated[str, Field(max_length=40)]
Pattern = Annotated[str, Field(max_length=21)]


class PersonRefOut(Schema):
    number: str
    name: str


class PhoneRowOut(Schema):
    number: str
    seating: Literal["own", "seat", "browser"]
    address: str
    seat: str
    owner: PersonRefOut | None
    holder: PersonRefOut | None
    registered: bool
    registered_at: datetime | None


class PhoneChangeIn(Schema):
    address: Address = ""
    seat: Seat = ""
    owner: Annotated[str, Field(max_length=20)] = ""


class PhoneAddIn(PhoneChangeIn):
    number: Number


class PhoneSecretOut(Schema):
    secret: str


class DialRulesIn(Schema):
    allowed: Annotated[list[Pattern], Field(max_length=200)]
    barred: Annotated[list[Pattern], Field(max_length=200)] = []
    opens: Annotated[str, Field(max_length=8)]
    closes: Annotated[str, Field(max_length=8)]
    a_day: int
    apart_minutes: int
    tries: int = 3
    again_minutes: int = 30


class DialRulesOut(DialRulesIn):
    pass
