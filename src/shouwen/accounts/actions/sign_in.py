"""Coming in and going out."""

from __future__ import annotations

import math
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password

from shouwen.kit import audit, clock, events
from shouwen.kit.actions import action
from shouwen.kit.principals import Principal

from .. import rules
from ..errors import SignInLocked, SignInRefused
from ..events import SignedOut
from ..models import Staff


def sign_in(*, number: str, password: str) -> int:
    """Check number and password and return the staff id; five failures in a row lock the account.

    The check runs outside the transaction (hashing is slow on purpose), and an unknown number costs the
    same time as a known one.
    """
    row = Staff.objects.filter(number=number, active=True).first()
    if row and row.locked_until and row.locked_until > clock.wall():
        raise SignInLocked(minutes=math.ceil((row.locked_until - clock.wall()).total_seconds() / 60))
    if row is None:
        make_password(password)
        raise SignInRefused
    if not check_password(password, row.password):
        _note_failure(staff_id=row.id)
        raise SignInRefused
    _note_success(staff_id=row.id)
    return row.id


@action
def _note_failure(*, staff_id: int) -> None:
    row = Staff.objects.select_for_update(no_key=True).get(id=staff_id)
    row.failed_sign_ins += 1
    row.locked_until = rules.lock_until(row.failed_sign_ins, clock.wall())
    if row.locked_until:
        row.failed_sign_ins = 0
    row.save(update_fields=["failed_sign_ins", "locked_until"])
    _record(staff_id, "accounts.sign-in.refused", locked_until=row.locked_until)


@action
def _note_success(*, staff_id: int) -> None:
    Staff.objects.filter(id=staff_id).update(failed_sign_ins=0, locked_until=None, last_login=clock.wall())
    _record(staff_id, "accounts.sign-in.accepted", locked_until=None)


@action
def signed_out(*, by: Principal) -> None:
    """Note that somebody left one of his browsers, so that its live connection ends."""
    audit.record(by, "accounts.sign-out", subject="staff", subject_id=by.id)
    events.publish(SignedOut(by.id), audience=[by.key], at=clock.now())


def _record(staff_id: int, verb: str, *, locked_until: datetime | None) -> None:
    who = Principal(kind="staff", id=staff_id)
    audit.record(who, verb, subject="staff", subject_id=staff_id, locked_until=locked_until)
