"""Shapes of what accounts takes and gives."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

Number = Annotated[str, Field(min_length=1, max_length=20)]
Name = Annotated[str, Field(min_length=1, max_length=60)]
Scope = Literal["", "own", "team", "city", "province", "group"]
Permissions = Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=500)]
Password = Annotated[str, Field(min_length=1, max_length=200)]


class SignInIn(Schema):
    number: Number
    password: Password


class OperatorOut(Schema):
    name: str
    access_code: str
    demo: bool
    opens: time | None
    closes: time | None
    weekdays: list[int]
    logo: str
    """The logo's digest: the picture is at /operator/logo/{digest}. Empty: our own sign."""


class OperatorIn(Schema):
    name: Name
    access_code: Annotated[str, Field(pattern=r"^[0-9]{3,11}$")]
    opens: time
    closes: time
    weekdays: Annotated[list[Annotated[int, Field(ge=0, le=6)]], Field(min_length=1, max_length=7)]


class LogoIn(Schema):
    image: Annotated[str, Field(max_length=300_000)]
    """The picture in base64; empty to have none."""


class MeOut(Schema):
    id: int
    number: str
    name: str
    organisation_id: int
    organisation_name: str
    roles: list[str]
    permissions: list[str]
    language: str
    theme: str
    business: str
    operator: OperatorOut


class PreferencesIn(Schema):
    language: Literal["zh-CN", "en"] | None = None
    theme: Literal["system", "light", "dark"] | None = None


class SetUpIn(Schema):
    token: Annotated[str, Field(min_length=20, max_length=200)]
    organisation: Name
    number: Number
    name: Name
    password: Password


class StaffOut(Schema):
    id: int
    number: str
    name: str
    organisation_id: int
    organisation_name: str
    roles: list[str]
    email: str
    business: str
    scope: str
    active: bool


class StaffIn(Schema):
    number: Number
    name: Name
    password: Password
    organisation_id: int
    roles: list[str]
    email: Annotated[str, Field(max_length=254)] = ""
    business: Annotated[str, Field(max_length=40)] = ""
    scope: Scope = ""


class StaffPatchIn(Schema):
    name: Name | None = None
    email: Annotated[str, Field(max_length=254)] | None = None
    roles: list[str] | None = None
    organisation_id: int | None = None
    scope: Scope | None = None
    business: Annotated[str, Field(max_length=40)] | None = None
    active: bool | None = None
    covered_by: int | None = None


class OrganisationOut(Schema):
    id: int
    parent_id: int | None
    level: str
    name: str


class OrganisationIn(Schema):
    name: Name
    parent_id: int


class OrganisationPatchIn(Schema):
    name: Name


class PermissionOut(Schema):
    code: str
    zh: str
    en: str


class RoleOut(Schema):
    code: str
    zh: str
    en: str
    permissions: list[str]
    granted: list[str]
    withheld: list[str]
    own: bool
    holders: int


class RoleIn(Schema):
    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
    zh: Annotated[str, Field(min_length=1, max_length=40)]
    en: Annotated[str, Field(min_length=1, max_length=60)]
    permissions: Permissions = []


class RolePatchIn(Schema):
    zh: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    en: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    allow: Permissions = []
    deny: Permissions = []


class StaffRolesIn(Schema):
    roles: list[str]
