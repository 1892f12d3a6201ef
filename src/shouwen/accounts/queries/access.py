"""Who is signed in where, with which tokens, and what is asked of passwords and sessions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet

from shouwen.kit import clock, sealing
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from .. import rules
from ..errors import StaffNotFound
from ..models import ApiToken, PasswordUsed, RecoveryCode, Role, SecurityPolicy, SignIn, Staff, Totp
from ..permissions import MANAGE_SECURITY, MANAGE_STAFF
from ..rules import Policy
from .people import principal_of

_COMMON = CommonPasswordValidator()


def session_digest(key: str) -> str:
    """Return under what a session's key stands in the database."""
    return sealing.digest("accounts.session", key)[:40]


def policy() -> Policy:
    """Return what is asked of passwords and sessions here."""
    columns = tuple(asdict(Policy()))
    row = SecurityPolicy.objects.filter(id=1).values(*columns).first()
    return Policy(**row) if row else Policy()


def policy_for(by: Principal) -> Policy:
    """Return the policy to who may change it."""
    require(by, MANAGE_SECURITY)
    return policy()


def password_fault(password: str, *, number: str, name: str, policy: Policy, staff_id: int | None = None) -> str:
    """Return what is wrong with a new password, or "". Slow on purpose where somebody's earlier ones are compared."""
    fault = rules.password_fault(password, number=number, name=name, policy=policy)
    if fault:
        return fault
    if _is_common(password):
        return "common"
    used = _used(staff_id, policy.password_history) if staff_id else []
    return "used" if any(check_password(password, one) for one in used) else ""


def _is_common(password: str) -> bool:
    try:
        _COMMON.validate(password)
    except ValidationError:
        return True
    return False


def _used(staff_id: int, count: int) -> Iterable[str]:
    return PasswordUsed.objects.filter(staff_id=staff_id).order_by("-at", "-id").values_list("hash", flat=True)[:count]


def dues_of(staff_id: int) -> list[str]:
    """Return what somebody who came in by password must do before anything else: password, second factor."""
    row = Staff.objects.get(id=staff_id)
    dues = []
    if row.password_due or rules.password_is_due(row.password_set_at, clock.wall(), policy()):
        dues.append("password")
    if needs_factor(staff_id) and not has_factor(staff_id):
        dues.append("second_factor")
    return dues


def needs_factor(staff_id: int) -> bool:
    """Tell whether one of somebody's seat types asks for a second factor."""
    return Role.objects.filter(held_by=staff_id, second_factor=True).exists()


def has_factor(staff_id: int) -> bool:
    """Tell whether somebody's second factor is in force."""
    return Totp.objects.filter(staff_id=staff_id).exclude(confirmed_at=None).exists()


@dataclass(frozen=True)
class FactorView:
    """How it stands with somebody's second factor."""

    on: bool
    required: bool
    since: datetime | None
    codes_left: int


def factor_of(staff_id: int) -> FactorView:
    """Return how it stands with somebody's second factor."""
    since = Totp.objects.filter(staff_id=staff_id).values_list("confirmed_at", flat=True).first()
    left = RecoveryCode.objects.filter(staff_id=staff_id, used_at=None).count()
    return FactorView(on=since is not None, required=needs_factor(staff_id), since=since, codes_left=left)


@dataclass(frozen=True)
class SessionView:
    """One browser in which somebody is signed in."""

    id: str
    device: str
    address: str
    method: str
    opened_at: datetime
    seen_at: datetime
    current: bool


def living(staff_id: int) -> QuerySet[SignIn]:
    """Return where somebody is signed in now."""
    kept = Session.objects.filter(session_key=OuterRef("session_digest"), expire_date__gt=clock.wall())
    return SignIn.objects.filter(Exists(kept), staff_id=staff_id, ended_at=None)


def sessions(staff_id: int, *, current: str = "") -> list[SessionView]:
    """Return where somebody is signed in, the latest seen first; `current` is the digest of the one that asks."""
    rows = living(staff_id).order_by("-seen_at", "-id")
    return [
        SessionView(
            id=str(row.public_id),
            device=row.device,
            address=row.address,
            method=row.method,
            opened_at=row.opened_at,
            seen_at=row.seen_at,
            current=row.session_digest == current,
        )
        for row in rows
    ]


def sessions_of(staff_id: int, by: Principal) -> list[SessionView]:
    """Return where one of the staff is signed in, to who manages him."""
    managed(staff_id, by)
    return sessions(staff_id)


def managed(staff_id: int, by: Principal) -> Staff:
    """Return somebody in the data scope to who manages staff."""
    require(by, MANAGE_STAFF)
    row = Staff.objects.filter(id=staff_id).first()
    if row is None or not by.sees(row.organisation_id):
        raise StaffNotFound(number=staff_id)
    return row


@dataclass(frozen=True)
class TokenView:
    """A key of a program, without what opens."""

    id: str
    name: str
    hint: str
    scopes: list[str]
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    used_from: str


def tokens(staff_id: int) -> list[TokenView]:
    """Return somebody's tokens that were not revoked, the newest first."""
    rows = ApiToken.objects.filter(staff_id=staff_id, revoked_at=None).order_by("-made_at", "-id")
    columns = ("name", "hint", "scopes", "made_at", "expires_at", "used_at", "used_from")
    return [TokenView(id=str(row.pop("public_id")), **row) for row in rows.values("public_id", *columns)]


def tokens_of(staff_id: int, by: Principal) -> list[TokenView]:
    """Return the tokens of one of the staff, to who manages him."""
    managed(staff_id, by)
    return tokens(staff_id)


def token_principal(secret: str) -> Principal | None:
    """Return in whose name a program acts: its owner, as far as the token's scopes and his own rights go."""
    living = ApiToken.objects.filter(revoked_at=None, expires_at__gt=clock.wall())
    row = living.filter(digest=sealing.digest("accounts.token", secret)).values("id", "staff_id", "scopes").first()
    if row is None:
        return None
    try:
        owner = principal_of(row["staff_id"])
    except StaffNotFound:
        return None
    return replace(owner, permissions=owner.permissions & frozenset(row["scopes"]), token=row["id"])
