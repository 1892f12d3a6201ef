"""Ending sessions: one's own, or those of staff."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib.sessions.models import Session

from shouwen.kit import audit, clock, events
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from .. import queries
from ..errors import SessionNotFound
from ..events import SignedOut
from ..models import SignIn
from ..permissions import MANAGE_STAFF
from .locks import locked_staff

KEPT = timedelta(days=180)


@action
def end_session(*, session_id: UUID, by: Principal) -> None:
    """Sign oneself out in one browser."""
    _end_one(by.id, session_id, ended_by="self")
    audit.record(by, "accounts.session.end", subject="staff", subject_id=by.id, session=session_id)


@action
def end_other_sessions(*, current: str, by: Principal) -> int:
    """Sign oneself out in every browser but this one; return how many there were."""
    ended = end_all(by.id, ended_by="self", but=current)
    audit.record(by, "accounts.session.end-others", subject="staff", subject_id=by.id, ended=ended)
    return ended


@action
def end_session_of(*, staff_id: int, session_id: UUID, by: Principal) -> None:
    """Sign one of the staff out in one browser."""
    require(by, MANAGE_STAFF)
    row = locked_staff(staff_id, by)
    _end_one(row.id, session_id, ended_by="administrator")
    audit.record(by, "accounts.session.revoke", subject="staff", subject_id=row.id, session=session_id)


@action
def end_sessions_of(*, staff_id: int, by: Principal) -> int:
    """Sign one of the staff out everywhere; return in how many browsers he was."""
    require(by, MANAGE_STAFF)
    row = locked_staff(staff_id, by)
    ended = end_all(row.id, ended_by="administrator")
    audit.record(by, "accounts.session.revoke", subject="staff", subject_id=row.id, ended=ended)
    return ended


@action
def lapse(*, session: str) -> None:
    """End a session whose person was away for too long, as his own browser says."""
    end_rows(list(SignIn.objects.filter(session_digest=session, ended_at=None)), "idle")


@action
def replaced(*, session: str) -> None:
    """End the session that a browser had when somebody signed in there again."""
    end_rows(list(SignIn.objects.filter(session_digest=session, ended_at=None)), "other")


@action
def end_expired() -> int:
    """End the sessions whose time is over, so that their live connections end too; return how many."""
    at = clock.wall()
    keys = list(Session.objects.filter(expire_date__lte=at).values_list("session_key", flat=True)[:500])
    rows = list(SignIn.objects.filter(session_digest__in=keys, ended_at=None))
    hours = timedelta(hours=queries.policy().session_hours)
    idle = [row for row in rows if row.opened_at + hours > at]
    end_rows(idle, "idle")
    end_rows([row for row in rows if row not in idle], "expired")
    Session.objects.filter(session_key__in=keys, expire_date__lte=at).delete()
    return len(rows)


@action
def forget_sessions() -> int:
    """Note which sessions are no more, and forget old sign-ins; return how many."""
    at = clock.wall()
    keys = Session.objects.values("session_key")
    over = SignIn.objects.filter(ended_at=None).exclude(session_digest__in=keys)
    over.update(ended_at=at, ended_by="expired")
    return SignIn.objects.filter(ended_at__lt=at - KEPT).delete()[0]


def end_all(staff_id: int, *, ended_by: str, but: str = "") -> int:
    """End every session of somebody, but one; inside the calling action."""
    ending = list(queries.living(staff_id).exclude(session_digest=but))
    end_rows(ending, ended_by)
    return len(ending)


def _end_one(staff_id: int, session_id: UUID, *, ended_by: str) -> None:
    row = queries.living(staff_id).filter(public_id=session_id).first()
    if row is None:
        raise SessionNotFound
    end_rows([row], ended_by)


def end_rows(rows: list[SignIn], ended_by: str) -> None:
    """Take the sessions away from under their browsers, and let the live connections say again who they are."""
    Session.objects.filter(session_key__in=[row.session_digest for row in rows]).delete()
    SignIn.objects.filter(id__in=[row.pk for row in rows]).update(ended_at=clock.wall(), ended_by=ended_by)
    for staff_id in {row.staff_id for row in rows}:
        events.publish(SignedOut(staff_id), audience=[f"staff:{staff_id}"], at=clock.now())
