"""Passwords: one's own, first ones, and what is asked of them."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password, make_password

from shouwen.kit import audit, clock
from shouwen.kit.actions import action, forbid_inside_action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from .. import queries
from ..errors import OldPasswordWrong, weak_password
from ..models import PasswordUsed, SecurityPolicy, Staff
from ..permissions import MANAGE_SECURITY, MANAGE_STAFF
from .locks import locked_staff
from .sessions import end_all
from .sign_in import note_failure


def change_password(*, old: str, password: str, current: str, by: Principal) -> None:
    """Give oneself a new password, showing the old one; every other session of his ends.

    Outside a transaction: comparing with earlier passwords is slow on purpose.
    """
    forbid_inside_action("hashing passwords")
    row = Staff.objects.get(id=by.id)
    if not check_password(old, row.password):
        note_failure(staff_id=row.id)
        raise OldPasswordWrong
    refuse_weak(password, number=row.number, name=row.name, staff_id=row.id)
    _keep(staff_id=row.id, hashed=make_password(password), current=current, by=by)


@action
def _keep(*, staff_id: int, hashed: str, current: str, by: Principal) -> None:
    row = Staff.objects.select_for_update(no_key=True).get(id=staff_id)
    put_password(row, hashed, due=False)
    end_all(staff_id, ended_by="password", but=current)
    audit.record(by, "accounts.password.change", subject="staff", subject_id=staff_id)


@action
def set_password(*, staff_id: int, password: str, by: Principal) -> None:
    """Give one of the staff a password that he changes at his next sign-in; he is signed out and unlocked."""
    require(by, MANAGE_STAFF)
    row = locked_staff(staff_id, by)
    refuse_weak(password, number=row.number, name=row.name)
    put_password(row, make_password(password), due=True)
    Staff.objects.filter(id=row.id).update(failed_sign_ins=0, locked_until=None)
    end_all(row.id, ended_by="administrator")
    audit.record(by, "accounts.password.set", subject="staff", subject_id=row.id)


@action
def set_policy(
    *,
    password_min: int,
    password_history: int,
    password_days: int,
    lock_after: int,
    lock_minutes: int,
    session_hours: int,
    idle_minutes: int,
    by: Principal,
) -> None:
    """Change what is asked of passwords and sessions; new passwords and new sessions obey it."""
    require(by, MANAGE_SECURITY)
    given = {
        "password_min": password_min,
        "password_history": password_history,
        "password_days": password_days,
        "lock_after": lock_after,
        "lock_minutes": lock_minutes,
        "session_hours": session_hours,
        "idle_minutes": idle_minutes,
    }
    SecurityPolicy.objects.update_or_create(id=1, defaults=given)
    audit.record(by, "accounts.policy.update", subject="house", subject_id=0, after=given)


def refuse_weak(password: str, *, number: str, name: str, staff_id: int | None = None) -> None:
    """Refuse a password that is easy to guess, common, or was used."""
    policy = queries.policy()
    fault = queries.password_fault(password, number=number, name=name, policy=policy, staff_id=staff_id)
    if fault:
        raise weak_password(fault, policy.password_min)


def put_password(row: Staff, hashed: str, *, due: bool) -> None:
    """Write a password's hash and keep it among the used ones; inside the calling action."""
    at = clock.wall()
    row.password, row.password_set_at, row.password_due = hashed, at, due
    row.save(update_fields=["password", "password_set_at", "password_due"])
    PasswordUsed.objects.create(staff=row, hash=hashed, at=at)
    old = PasswordUsed.objects.filter(staff=row).order_by("-at", "-id").values_list("id", flat=True)
    PasswordUsed.objects.filter(staff=row, id__in=list(old[24:])).delete()
