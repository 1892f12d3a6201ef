"""Shapes of what customers take and give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

Name = Annotated[str, Field(min_length=1, max_length=120)]
Kind = Literal["public", "business", "gov_ent"]
Star = Annotated[int, Field(ge=1, le=7)]
Language = Literal["zh-CN", "en"]
Account = Annotated[str, Field(max_length=30)]
Value = Annotated[str, Field(min_length=1, max_length=254)]
Purpose = Literal["marketing", "profiling", "survey"]


class CustomerCardOut(Schema):
    """A customer beside other things: masked."""

    id: int
    public_id: str
    name: str
    phone: str
    kind: str
    star: int | None
    key: bool
    elderly: bool
    language: str
    organisation_id: int | None
    account_number: str


class CustomerContactOut(Schema):
    id: int
    kind: str
    value: str
    verified: bool
    preferred: bool
    signs_in: bool


class CustomerDetailOut(CustomerCardOut):
    """A customer on his own page: masked."""

    age: int | None
    registered_at: datetime
    contacts: list[CustomerContactOut]
    consents: dict[str, bool]
    has_pin: bool
    completeness: int
    missing: list[str]
    version: int


class SessionsEndedOut(Schema):
    ended: int


class CustomerContactIn(Schema):
    kind: Literal["phone", "email"]
    value: Value
    preferred: bool = False


class CustomerIn(Schema):
    model_config = ConfigDict(extra="forbid")

    name: Name
    phone: Annotated[str, Field(min_length=3, max_length=30)]
    kind: Kind = "public"
    email: Annotated[str, Field(max_length=254)] = ""
    star: Star | None = None
    birth_date: date | None = None
    organisation_id: int | None = None
    account_number: Account = ""
    language: Language = "zh-CN"


class CustomerPatchIn(Schema):
    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    kind: Kind | None = None
    star: Star | None = None
    birth_date: date | None = None
    organisation_id: int | None = None
    account_number: Account | None = None
    language: Language | None = None


class CustomerTimelineOut(Schema):
    id: int
    at: datetime
    kind: str
    channel: str
    subject: str
    subject_id: int
    text: str


class CustomerRevealIn(Schema):
    reason: Annotated[str, Field(max_length=200)]


class CustomerRevealOut(Schema):
    """Personal data in full; the screen hides them again after `seconds`."""

    name: str
    birth_date: date | None
    account_number: str
    contacts: dict[int, str]
    seconds: int


class ServicePinIn(Schema):
    pin: Annotated[str, Field(min_length=1, max_length=12)]


class ServicePinCheckOut(Schema):
    right: bool


class CustomerConsentIn(Schema):
    purpose: Purpose
    given: bool
    text_version: Annotated[str, Field(min_length=1, max_length=40)]
    channel: Annotated[str, Field(min_length=1, max_length=20)]
