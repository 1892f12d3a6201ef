"""The second factor: an authenticator on a phone, and codes for the day it is lost."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass

import pyotp

from shouwen.kit import audit, clock, events, sealing
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from .. import queries, rules
from ..errors import FactorAlreadyOn, FactorOff, FactorRequired, WrongCode
from ..events import AccessChanged
from ..models import RecoveryCode, Staff, Totp
from ..permissions import MANAGE_STAFF
from .locks import locked_staff
from .sessions import end_all

PURPOSE = "accounts.totp"
CODE_BYTES = 15
"""120 bits: so many that a quick digest of a recovery code is as good as a slow one."""


@dataclass(frozen=True)
class Enrolment:
    """What an authenticator needs to make codes, shown while it is being set up."""

    secret: str
    uri: str


@action
def begin_factor(*, by: Principal) -> Enrolment:
    """Make a secret for somebody's authenticator; it counts once a code of it was confirmed."""
    row = Staff.objects.select_for_update(no_key=True).get(id=by.id)
    if queries.has_factor(row.id):
        raise FactorAlreadyOn
    secret = pyotp.random_base32()
    sealed = sealing.seal(PURPOSE, secret)
    Totp.objects.update_or_create(staff=row, defaults={"sealed": sealed, "confirmed_at": None, "last_step": 0})
    issuer = queries.operator_name() or "Shouwen"
    audit.record(by, "accounts.second-factor.begin", subject="staff", subject_id=row.id)
    return Enrolment(secret, pyotp.TOTP(secret).provisioning_uri(name=row.number, issuer_name=issuer))


@action
def confirm_factor(*, code: str, by: Principal, current: str = "") -> list[str]:
    """Switch the second factor on with its first code; return the recovery codes, which are shown this once.

    His other sessions began without it, so they end.
    """
    row = Totp.objects.select_for_update().filter(staff_id=by.id).first()
    if row is None:
        raise FactorOff
    if row.confirmed_at:
        raise FactorAlreadyOn
    _take_step(row, code)
    row.confirmed_at = clock.wall()
    row.save(update_fields=["confirmed_at"])
    end_all(by.id, ended_by="factor", but=current)
    audit.record(by, "accounts.second-factor.on", subject="staff", subject_id=by.id)
    return _fresh_codes(by.id)


@action
def renew_codes(*, code: str, by: Principal) -> list[str]:
    """Replace the recovery codes; the old ones stop working."""
    _take_step(_confirmed(by.id), code)
    audit.record(by, "accounts.second-factor.codes", subject="staff", subject_id=by.id)
    return _fresh_codes(by.id)


@action
def end_factor(*, code: str, by: Principal, current: str = "") -> None:
    """Switch the second factor off, unless a seat type asks for it; the other sessions end."""
    if queries.needs_factor(by.id):
        raise FactorRequired
    _take_step(_confirmed(by.id), code)
    _forget(by.id)
    end_all(by.id, ended_by="factor", but=current)
    audit.record(by, "accounts.second-factor.off", subject="staff", subject_id=by.id)


@action
def reset_factor(*, staff_id: int, by: Principal) -> None:
    """Take somebody's second factor away because his phone is lost; he is signed out everywhere."""
    require(by, MANAGE_STAFF)
    row = locked_staff(staff_id, by)
    _forget(row.id)
    end_all(row.id, ended_by="administrator")
    audit.record(by, "accounts.second-factor.reset", subject="staff", subject_id=row.id)
    events.publish(AccessChanged(row.id), audience=[f"staff:{row.id}"], at=clock.now())


@action
def use_code(*, staff_id: int, code: str) -> str:
    """Use up a code at sign-in; return by what somebody came in, or "" when it is no good."""
    row = _confirmed(staff_id)
    step = rules.step_of(sealing.unseal(PURPOSE, row.sealed), code.strip(), clock.wall(), row.last_step)
    if step is not None:
        Totp.objects.filter(staff_id=staff_id).update(last_step=step)
        return "totp"
    mark = sealing.digest("accounts.recovery", f"{staff_id}:{rules.tidy(code)}")
    unused = RecoveryCode.objects.filter(staff_id=staff_id, digest=mark, used_at=None)
    if not unused.update(used_at=clock.wall()):
        return ""
    who = Principal(kind="staff", id=staff_id)
    audit.record(who, "accounts.second-factor.recovery", subject="staff", subject_id=staff_id)
    return "recovery"


def _take_step(row: Totp, code: str) -> None:
    """Use up the code of an authenticator; refuse a wrong one."""
    step = rules.step_of(sealing.unseal(PURPOSE, row.sealed), code.strip(), clock.wall(), row.last_step)
    if step is None:
        raise WrongCode
    row.last_step = step
    row.save(update_fields=["last_step"])


def _confirmed(staff_id: int) -> Totp:
    row = Totp.objects.select_for_update().filter(staff_id=staff_id).exclude(confirmed_at=None).first()
    if row is None:
        raise FactorOff
    return row


def _fresh_codes(staff_id: int) -> list[str]:
    RecoveryCode.objects.filter(staff_id=staff_id).delete()
    codes = [base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode() for _ in range(rules.RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(staff_id=staff_id, digest=sealing.digest("accounts.recovery", f"{staff_id}:{code}"))
        for code in codes
    )
    return ["-".join(code[n : n + 4] for n in range(0, len(code), 4)) for code in codes]


def _forget(staff_id: int) -> None:
    Totp.objects.filter(staff_id=staff_id).delete()
    RecoveryCode.objects.filter(staff_id=staff_id).delete()
