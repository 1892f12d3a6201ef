"""Coming in and going out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.models import Session

from shouwen.kit import audit, clock, events
from shouwen.kit.actions import action
from shouwen.kit.principals import SYSTEM, Principal

from .. import queries, rules
from ..errors import CodeNeeded, CodeRefused, FirstPasswordOver, SignInLocked, SignInRefused
from ..events import SignedOut
from ..models import SignIn, Staff
from .second_factor import use_code


@dataclass(frozen=True)
class Accepted:
    """Who came in, and by what."""

    staff_id: int
    method: str


def sign_in(*, number: str, password: str, code: str = "") -> Accepted:
    """Check number, password and, where somebody has one, the second factor; failures in a row lock the account.

    The check runs outside the transaction (hashing is slow on purpose), and an unknown number costs the
    same time as a known one.
    """
    row = Staff.objects.filter(number=number, active=True).first()
    if row and row.locked_until and row.locked_until > clock.wall():
        raise SignInLocked(minutes=math.ceil((row.locked_until - clock.wall()).total_seconds() / 60))
    if row is None:
        make_password(password)
        note_unknown(number=number)
        raise SignInRefused
    if not check_password(password, row.password):
        note_failure(staff_id=row.id)
        raise SignInRefused
    if row.password_due and rules.first_password_is_over(row.password_set_at, clock.wall()):
        note_turned_away(staff_id=row.id, why=FirstPasswordOver.code)
        raise FirstPasswordOver(days=rules.FIRST_PASSWORD_DAYS)
    method = _second_factor(row.id, code) if queries.has_factor(row.id) else "password"
    note_success(staff_id=row.id, method=method)
    return Accepted(row.id, method)


def _second_factor(staff_id: int, code: str) -> str:
    if not code:
        raise CodeNeeded
    method = use_code(staff_id=staff_id, code=code)
    if not method:
        note_failure(staff_id=staff_id)
        raise CodeRefused
    return method


@action
def note_failure(*, staff_id: int) -> None:
    """Count a failure, and lock the account when there were too many in a row."""
    row = Staff.objects.select_for_update(no_key=True).get(id=staff_id)
    row.failed_sign_ins += 1
    row.locked_until = rules.lock_until(row.failed_sign_ins, clock.wall(), queries.policy())
    if row.locked_until:
        row.failed_sign_ins = 0
    row.save(update_fields=["failed_sign_ins", "locked_until"])
    _record(staff_id, "accounts.sign-in.refused", locked_until=row.locked_until)


@action
def note_unknown(*, number: str) -> None:
    """Note a try for a number that is nobody's: how it begins, for somebody may have typed his password there."""
    audit.record(SYSTEM, "accounts.sign-in.unknown", subject="house", subject_id=0, begins=number[:2])


@action
def note_turned_away(*, staff_id: int, why: str) -> None:
    """Note that somebody who is who he says was not let in all the same; no failure of his."""
    _record(staff_id, "accounts.sign-in.refused", locked_until=None, why=why)


@action
def note_success(*, staff_id: int, method: str) -> None:
    """Note that somebody came in; failures begin anew."""
    Staff.objects.filter(id=staff_id).update(failed_sign_ins=0, locked_until=None, last_login=clock.wall())
    _record(staff_id, "accounts.sign-in.accepted", locked_until=None, method=method)


@action
def session_opened(*, staff_id: int, session: str, method: str, address: str, agent: str) -> None:
    """Keep in which browser somebody came in; `session` is the digest of its key."""
    at = clock.wall()
    SignIn.objects.create(
        staff_id=staff_id,
        session_digest=session,
        method=method,
        address=address[:45],
        device=rules.device(agent)[:80],
        opened_at=at,
        seen_at=at,
    )


@action
def session_moved(*, before: str, after: str) -> None:
    """Follow a session that got a new key."""
    SignIn.objects.filter(session_digest=before).update(session_digest=after)


@action
def session_seen(*, session: str, address: str, acted_at: datetime, until: datetime) -> None:
    """Keep when and from where a session was last used, and let it last until then; never less than it did."""
    SignIn.objects.filter(session_digest=session, ended_at=None).update(seen_at=acted_at, address=address[:45])
    Session.objects.filter(session_key=session, expire_date__lt=until).update(expire_date=until)


@action
def signed_out(*, by: Principal, session: str = "") -> None:
    """Note that somebody left one of his browsers, so that its live connection ends."""
    SignIn.objects.filter(session_digest=session, ended_at=None).update(ended_at=clock.wall(), ended_by="self")
    audit.record(by, "accounts.sign-out", subject="staff", subject_id=by.id)
    events.publish(SignedOut(by.id), audience=[by.key], at=clock.now())


def _record(staff_id: int, verb: str, *, locked_until: datetime | None, **more: object) -> None:
    who = Principal(kind="staff", id=staff_id)
    audit.record(who, verb, subject="staff", subject_id=staff_id, locked_until=locked_until, **more)
