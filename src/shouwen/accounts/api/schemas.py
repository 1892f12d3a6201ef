"""Shapes of what accounts takes and gives."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field

from shouwen.kit.api import Shape

Number = Annotated[str, Field(min_length=1, max_length=20)]
Name = Annotated[str, Field(min_length=1, max_length=60)]
Scope = Literal["", "own", "team", "city", "province", "group"]
Permissions = Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=500)]
Password = Annotated[str, Field(min_length=1, max_length=200)]
KeyMap = Annotated[
    dict[
        Annotated[str, Field(pattern=r"^[A-Za-z]+(\.[A-Za-z]+){1,4}$", max_length=60)],
        Annotated[str, Field(pattern=r"^(((Ctrl|Alt|Shift)\+)*([!-~]|[A-Z][A-Za-z0-9]{1,9}))?$", max_length=24)],
    ],
    Field(max_length=60),
]


class SignInIn(Schema):
    number: Number
    password: Password
    code: Annotated[str, Field(max_length=40)] = ""


class OperatorOut(Schema):
    name: str
    access_code: str
    demo: bool
    opens: time | None
    closes: time | None
    weekdays: list[int]
    time_zone: str
    logo: str
    """The logo's digest: the picture is at /operator/logo/{digest}. Empty: our own sign."""


class OperatorIn(Schema):
    name: Name
    access_code: Annotated[str, Field(pattern=r"^[0-9]{3,11}$")]
    opens: time
    closes: time
    weekdays: Annotated[list[Annotated[int, Field(ge=0, le=6)]], Field(min_length=1, max_length=7)]
    time_zone: Annotated[str, Field(max_length=40)] | None = None


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
    time_zone: str
    """By which clock one sees times; empty: the operator's."""
    keys: dict[str, str]
    """The keys that one changed: what for, and the combination."""
    business: str
    operator: OperatorOut
    dues: list[str]
    idle_seconds: int
    """After how long without a deed the session ends; 0: never by that."""
    ends_at: datetime | None
    """When the session ends, whatever is done."""


class PreferencesIn(Schema):
    language: Literal["zh-CN", "en"] | None = None
    theme: Literal["system", "light", "dark"] | None = None
    time_zone: Annotated[str, Field(max_length=40)] | None = None
    keys: KeyMap | None = None


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
    temporary: bool = True


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
    second_factor: bool
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
    second_factor: bool | None = None


class StaffRolesIn(Schema):
    roles: list[str]


class SessionOut(Schema):
    id: str
    device: str
    address: str
    method: str
    opened_at: datetime
    seen_at: datetime
    current: bool


class StaffSessionsEndedOut(Schema):
    ended: int


class SecondFactorOut(Schema):
    on: bool
    required: bool
    since: datetime | None
    codes_left: int


class EnrolmentOut(Schema):
    secret: str
    uri: str
    qr_path: str
    qr_size: int


class CodeIn(Schema):
    code: Annotated[str, Field(min_length=1, max_length=40)]


class RecoveryCodesOut(Schema):
    codes: list[str]


class PasswordChangeIn(Schema):
    old: Password
    password: Password


class PasswordSetIn(Schema):
    password: Password


class SecurityPolicyOut(Schema):
    password_min: int
    password_history: int
    password_days: int
    lock_after: int
    lock_minutes: int
    session_hours: int
    idle_minutes: int


class SecurityPolicyIn(Schema):
    password_min: Annotated[int, Field(ge=8, le=64)]
    password_history: Annotated[int, Field(ge=0, le=24)]
    password_days: Annotated[int, Field(ge=0, le=366)]
    lock_after: Annotated[int, Field(ge=3, le=20)]
    lock_minutes: Annotated[int, Field(ge=1, le=1440)]
    session_hours: Annotated[int, Field(ge=1, le=24)]
    idle_minutes: Annotated[int, Field(ge=5, le=240)] = 30


class TokenOut(Schema):
    id: str
    name: str
    hint: str
    scopes: list[str]
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    used_from: str


class TokenIn(Schema):
    name: Name
    scopes: Annotated[Permissions, Field(min_length=1)]
    days: Annotated[int, Field(ge=1, le=366)] = 90


class TokenIssuedOut(Schema):
    secret: str


class QualificationKindOut(Schema):
    code: str
    zh: str
    en: str


class QualificationKindIn(Schema):
    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]{1,39}$")]
    zh: Annotated[str, Field(min_length=1, max_length=40)]
    en: Annotated[str, Field(min_length=1, max_length=60)]


class QualificationOut(Shape):
    id: int
    staff_id: int
    number: str
    name: str
    kind: str
    zh: str
    en: str
    level: int
    valid_until: date | None
    state: str


class QualificationIn(Schema):
    level: Annotated[int, Field(ge=1, le=10)]
    valid_until: date | None = None


class SubstitutionOut(Shape):
    id: int
    staff_id: int
    staff_number: str
    staff_name: str
    substitute_id: int
    substitute_number: str
    substitute_name: str
    first_day: date
    last_day: date
    reason: str
    placed_by_name: str
    state: Literal["ahead", "running", "over", "ended"]


class OwnSubstitutionsOut(Shape):
    away: list[SubstitutionOut]
    standing_in: list[SubstitutionOut]


class SubstitutionIn(Schema):
    substitute_id: int
    first_day: date
    last_day: date
    reason: Annotated[str, Field(max_length=200)]


class SignInWaysOut(Schema):
    single_sign_on: str | None


class ProviderAddressOut(Schema):
    url: str


class ProviderAnswerIn(Schema):
    code: Annotated[str, Field(min_length=1, max_length=4000)]
    state: Annotated[str, Field(min_length=1, max_length=200)]


class SignedOutOut(Schema):
    next: str


class SecurityLogLineOut(Shape):
    id: int
    at: datetime
    recorded_at: datetime
    principal: str
    who: str
    token: str
    verb: str
    subject: str
    subject_id: int
    details: dict[str, Any]
    sealed: bool


class SecurityLogQuery(Schema):
    sort: Literal["newest", "oldest"] = "newest"
    person: Annotated[str, Field(max_length=80)] = ""
    subject: Annotated[str, Field(max_length=80)] = ""
    subject_id: Annotated[int, Field(ge=0, le=2**63 - 1)] | None = None
    verb: Annotated[str, Field(max_length=80)] = ""
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


ViewName = Annotated[str, Field(min_length=1, max_length=40)]
Filters = Annotated[
    dict[Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,29}$")], Annotated[str, Field(max_length=200)]],
    Field(max_length=20),
]
Columns = Annotated[list[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.-]{0,39}$")]], Field(max_length=80)]


class ViewCardOut(Schema):
    id: UUID
    name: str
    filters: dict[str, str]
    columns: list[str]
    own: bool
    shared: bool
    owner: str


class ListViewsOut(Schema):
    views: list[ViewCardOut]
    columns: list[str]
    """The columns chosen for the list without a view, in their order; none: as it comes."""
    first: UUID | None
    """The view that opens first."""


class ListChoiceIn(Schema):
    columns: Columns | None = None
    first: UUID | None = None
    plain: bool = False
    """Whether no view opens first any more."""


class NewViewIn(Schema):
    name: ViewName
    filters: Filters
    columns: Columns
    shared: bool = False
    first: bool = False


class ViewChangeIn(Schema):
    name: ViewName | None = None
    filters: Filters | None = None
    columns: Columns | None = None
    shared: bool | None = None
