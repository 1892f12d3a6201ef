"""Watching the floor; seeing an alert; setting a rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from shouwen.kit import audit, clock, events
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.notifications import actions as notifications
from shouwen.routing import queries as routing

from . import queries
from .errors import AlertNotFound, AlertRuleUnknown, LimitInvalid
from .events import AlertAcknowledged, AlertCleared, AlertRaised
from .models import Alert, Limit
from .permissions import ACKNOWLEDGE, SET_RULES
from .rules import RULES, Signal, signals

MOST = {"seconds": 86_400.0, "percent": 100.0}


@action
def watch(*, at: datetime) -> int:
    """Raise what is past its limit and nobody was told of, end what is well again; return how many were raised.

    One watcher at a time; another process finds nothing left to do.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtext('insight.watch'))")
        if not cursor.fetchone()[0]:
            return 0
    limits = queries.active_limits()
    now = signals(queries.queues_now(at), queries.seats_now(), limits, at, queries.platforms_now(at))
    found = {(s.kind, s.subject): s for s in now}
    held = {(row.kind, row.subject): row for row in Alert.objects.filter(cleared_at=None)}
    _clear((row for key, row in held.items() if key not in found), at)
    _follow((row, found[key]) for key, row in held.items() if key in found)
    fresh = [signal for key, signal in found.items() if key not in held]
    for signal in fresh:
        _raise(signal, limits[signal.kind], at)
    return len(fresh)


def _raise(signal: Signal, limit: float, at: datetime) -> None:
    row = Alert.objects.create(
        kind=signal.kind,
        subject=signal.subject,
        organisation_id=signal.organisation_id,
        queue_code=signal.queue_code,
        staff_id=signal.staff_id,
        value=signal.value,
        limit=limit,
        raised_at=at,
    )
    events.publish(AlertRaised(row.pk, row.kind), audience=[f"board:{row.organisation_id}"], at=at)
    for leader in _leaders(signal):
        notifications.notify(
            recipient=f"staff:{leader}",
            template=f"insight.{signal.kind}",
            params={},
            subject="alert",
            subject_id=row.pk,
            dedupe_key=f"alert:{row.pk}",
            at=at,
        )


def _leaders(signal: Signal) -> set[int]:
    """Return who is told: the duty leader of the queue, or those of the queues of the seat's unit."""
    cards = routing.queues()
    if signal.queue_code:
        return {q.duty_leader_id for q in cards if q.code == signal.queue_code}
    return {q.duty_leader_id for q in cards if q.organisation_id == signal.organisation_id}


def _follow(pairs: Iterable[tuple[Alert, Signal]]) -> None:
    for row, signal in pairs:
        Alert.objects.filter(id=row.pk).update(value=signal.value)


def _clear(rows: Iterable[Alert], at: datetime) -> None:
    for row in rows:
        Alert.objects.filter(id=row.pk).update(cleared_at=max(at, row.raised_at))
        events.publish(AlertCleared(row.pk, row.kind), audience=[f"board:{row.organisation_id}"], at=at)


@action
def acknowledge(*, alert_id: int, by: Principal) -> None:
    """Say that one has seen an alert; the first who does is kept."""
    require(by, ACKNOWLEDGE)
    at = clock.now()
    row = Alert.objects.select_for_update(of=("self",)).filter(id=alert_id).first()
    if row is None or not by.sees(row.organisation_id):
        raise AlertNotFound
    audit.record(by, "insight.acknowledge", subject="alert", subject_id=row.pk, kind=row.kind)
    if row.acknowledged_at is not None:
        return
    row.acknowledged_at, row.acknowledged_by_id = at, by.id
    row.save(update_fields=["acknowledged_at", "acknowledged_by"])
    events.publish(AlertAcknowledged(row.pk, by.id), audience=[f"board:{row.organisation_id}"], at=at)


@action
def set_rule(*, kind: str, limit: float, active: bool, by: Principal) -> None:
    """Set the limit of a rule, or turn it off; it counts from the next look."""
    require(by, SET_RULES)
    if kind not in RULES:
        raise AlertRuleUnknown(kind=kind)
    unit = RULES[kind].unit
    if unit in MOST and not 1 <= limit <= MOST[unit]:
        raise LimitInvalid
    value = limit if unit in MOST else 0.0
    Limit.objects.update_or_create(kind=kind, defaults={"value": value, "active": active})
    audit.record(by, "insight.rule", subject="alert-rule", subject_id=list(RULES).index(kind), kind=kind, limit=value)
