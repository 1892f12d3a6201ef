"""Start, pause, meet and miss promises of time; set how long they are.

The verbs that run clocks are parts of other rooms' verbs, which have checked who asks: they share the
caller's transaction and its time, so they take `at` and no principal.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from django.db.models import QuerySet

from shouwen.kernel.calendars import WorkingCalendar
from shouwen.kit import audit
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from . import permissions, queries, rules
from .errors import AllowanceInvalid, PolicyNotFound
from .events import DeadlineBreached, DeadlineWarned
from .models import Deadline, Policy

NO_HOLIDAYS = WorkingCalendar()
BATCH = 200


class Batch(Protocol):
    """A verb that handles some of what is due and says how much; zero when nothing is left."""

    def __call__(self, *, at: datetime) -> int: ...


@action
def start(*, subject: str, subject_id: int, metric: str, policy: str, at: datetime, pausable: bool = True) -> None:
    """Start a promise for a subject under a policy. One that is already open keeps running as it was."""
    start_all(subject=subject, subject_id=subject_id, policies={metric: policy}, at=at, pausable=pausable)


@action
def start_all(
    *, subject: str, subject_id: int, policies: Mapping[str, str], at: datetime, pausable: bool = True
) -> None:
    """Start several promises at once: metric → policy. Those already open keep running as they were."""
    cards = {card.code: card for card in queries.policies(policies.values())}
    rows = []
    for metric, code in policies.items():
        if code not in cards:
            raise PolicyNotFound(policy=code)
        row = Deadline(subject=subject, subject_id=subject_id, metric=metric, pausable=pausable)
        rows.append(_fill(row, cards[code], at))
    Deadline.objects.bulk_create(rows, ignore_conflicts=True)


@action
def meet(*, subject: str, subject_id: int, metric: str, at: datetime) -> None:
    """Note that a promise was kept, late or in time. Nothing happens when none is open."""
    for row in _locked(subject, subject_id).filter(metric=metric):
        _breach_if_late(row, at)
        _change(row, met_at=at, paused_at=None)


@action
def cancel(*, subject: str, subject_id: int, at: datetime) -> None:
    """Let every open promise of a subject go: nobody waits for it any more."""
    for row in _locked(subject, subject_id):
        _breach_if_late(row, at)
        _change(row, cancelled_at=at, paused_at=None)


@action
def pause(*, subject: str, subject_id: int, reason: str, at: datetime) -> None:
    """Stop the pausable clocks of a subject while the time is not ours. Stopped ones stay as they are."""
    for row in _locked(subject, subject_id).filter(pausable=True, paused_at__isnull=True):
        _breach_if_late(row, at)
        _change(row, paused_at=at, pause_reason=reason[:200])


@action
def resume(*, subject: str, subject_id: int, at: datetime) -> None:
    """Let the stopped clocks of a subject run on, giving back the time that did not count."""
    for row in _locked(subject, subject_id).filter(paused_at__isnull=False):
        assert row.paused_at is not None
        resumed_at = max(at, row.paused_at)
        due_at = row.due_at if row.breached_at else _due_after_pause(row, row.paused_at, resumed_at)
        moved = due_at - row.due_at
        _change(row, due_at=due_at, warn_at=row.warn_at + moved, paused_at=None)


@action
def breach_due(*, at: datetime) -> int:
    """Mark a batch of promises whose time has passed; return how many. Each is announced once."""
    due = Deadline.objects.filter(queries.RUNNING, breached_at__isnull=True, due_at__lt=at)
    rows = list(due.order_by("due_at").select_for_update(skip_locked=True)[:BATCH])
    for row in rows:
        _breach_if_late(row, at)
    return len(rows)


@action
def warn_due(*, at: datetime) -> int:
    """Announce, once each, a batch of promises that have used most of their time; return how many."""
    due = Deadline.objects.filter(queries.RUNNING, warned_at__isnull=True, warn_at__lt=at)
    rows = list(due.order_by("warn_at").select_for_update(skip_locked=True)[:BATCH])
    for row in rows:
        _change(row, warned_at=at)
        if row.breached_at is None and at <= row.due_at:
            publish(DeadlineWarned(row.subject, row.subject_id, row.metric), at=at)
    return len(rows)


@action
def set_policy(
    *,
    by: Principal,
    code: str,
    allowance_seconds: int | None = None,
    working_days: int | None = None,
    warn_percent: int = 80,
) -> None:
    """Change how long a promise has. Clocks that run keep the allowance they started with."""
    require(by, permissions.SET_POLICY)
    if not rules.Allowance(allowance_seconds, working_days).valid or not 0 < warn_percent <= 100:
        raise AllowanceInvalid
    row = Policy.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise PolicyNotFound(policy=code)
    before = [row.allowance_seconds, row.working_days, row.warn_percent]
    row.allowance_seconds, row.working_days = allowance_seconds, working_days
    row.warn_percent = warn_percent
    row.save(update_fields=["allowance_seconds", "working_days", "warn_percent"])
    after = [allowance_seconds, working_days, warn_percent]
    audit.record(by, "sla.set_policy", subject="sla.policy", subject_id=row.pk, before=before, after=after)


def _fill(row: Deadline, card: queries.PolicyCard, at: datetime) -> Deadline:
    """Give a new deadline its policy, allowance and times."""
    allowance = rules.Allowance(card.allowance_seconds, card.working_days)
    row.policy, row.allowance_seconds, row.working_days = card.code, allowance.seconds, allowance.working_days
    row.started_at, row.due_at = at, rules.due(allowance, at, _calendar(allowance))
    row.warn_at = rules.warn_at(at, row.due_at, card.warn_percent)
    return row


def _open(subject: str, subject_id: int) -> QuerySet[Deadline]:
    return Deadline.objects.filter(queries.OPEN, subject=subject, subject_id=subject_id)


def _locked(subject: str, subject_id: int) -> QuerySet[Deadline]:
    return _open(subject, subject_id).order_by("id").select_for_update()


def _breach_if_late(row: Deadline, at: datetime) -> None:
    """Record a miss the moment anybody sees it, so that being kept late is never taken for being kept."""
    if row.breached_at is None and row.paused_at is None and at > row.due_at:
        _change(row, breached_at=at)
        publish(DeadlineBreached(row.subject, row.subject_id, row.metric), at=at)


def _change(row: Deadline, **fields: datetime | str | None) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))


def _calendar(allowance: rules.Allowance) -> WorkingCalendar:
    return NO_HOLIDAYS if allowance.working_days is None else queries.calendar()


def _due_after_pause(row: Deadline, paused_at: datetime, resumed_at: datetime) -> datetime:
    allowance = rules.Allowance(row.allowance_seconds, row.working_days)
    return rules.due_after_pause(
        allowance,
        started_at=row.started_at,
        due_at=row.due_at,
        paused_at=paused_at,
        resumed_at=resumed_at,
        calendar=_calendar(allowance),
    )
