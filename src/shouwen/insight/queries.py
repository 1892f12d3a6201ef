"""Alerts that are open, and the rules by which they are raised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shouwen.accounts import queries as accounts
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.metrics import queries as metrics
from shouwen.routing import queries as routing
from shouwen.telephony import queries as telephony

from .models import Alert, Limit
from .permissions import ACKNOWLEDGE
from .rules import RULES, PlatformNow, QueueNow, Rule, SeatNow


@dataclass(frozen=True)
class AlertView:
    """One open alert with the names a person reads; `skill` is what its queue needs, `device` a server or trunk."""

    id: int
    kind: str
    queue_code: str
    queue_name: str
    skill: str
    staff_id: int | None
    staff_name: str
    device: str
    value: float | None
    limit: float
    raised_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str


@dataclass(frozen=True)
class RuleView:
    """One rule as it is set."""

    rule: Rule
    limit: float
    active: bool


def open_alerts(*, by: Principal) -> list[AlertView]:
    """Return the open alerts of one's area, those nobody has seen first, the newest first."""
    require(by, ACKNOWLEDGE)
    rows = Alert.objects.filter(cleared_at=None).order_by("-raised_at", "-id")
    mine = [row for row in rows if by.sees(row.organisation_id)]
    queues = {q.code: q for q in routing.queues()}
    people = accounts.staff_cards(i for row in mine for i in (row.staff_id, row.acknowledged_by_id) if i)
    found = [_view(row, queues, people) for row in mine]
    return sorted(found, key=lambda one: one.acknowledged_at is not None)


def _view(row: Alert, queues: dict[str, routing.QueueCard], people: dict[int, accounts.StaffCard]) -> AlertView:
    queue = queues.get(row.queue_code)
    about = people.get(row.staff_id) if row.staff_id else None
    seen = people.get(row.acknowledged_by_id) if row.acknowledged_by_id else None
    return AlertView(
        id=row.pk,
        kind=row.kind,
        queue_code=row.queue_code,
        queue_name=queue.name if queue else "",
        skill=queue.skill if queue else "",
        staff_id=row.staff_id,
        staff_name=f"{about.name} {about.number}" if about else "",
        device=row.subject.partition("@")[0] if "@" in row.subject else "",
        value=row.value,
        limit=row.limit,
        raised_at=row.raised_at,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=seen.name if seen else "",
    )


def alert_rules() -> list[RuleView]:
    """Return every rule as it is set."""
    kept = {row.kind: row for row in Limit.objects.all()}
    return [
        RuleView(rule, kept[kind].value if kind in kept else rule.limit, kind not in kept or kept[kind].active)
        for kind, rule in RULES.items()
    ]


def active_limits() -> dict[str, float]:
    """Return the limits of the rules that are on."""
    return {view.rule.kind: view.limit for view in alert_rules() if view.active}


def queues_now(at: datetime) -> list[QueueNow]:
    """Return how each queue stands, with its level of the last half-hour."""
    codes = frozenset(q.code for q in routing.queues())
    recent = metrics.Filters(since=at - metrics.RECENT, until=at, queue_codes=codes)
    lines = {line.key: line for line in metrics.lines("queue", recent)}
    return [
        QueueNow(
            code=q.code,
            organisation_id=q.organisation_id,
            waiting=q.waiting,
            waiting_since=q.waiting_since,
            staffed=q.agents_ready,
            counted=lines[q.code].sums.offered if q.code in lines else 0,
            level=lines[q.code].figures["service_level"] if q.code in lines else None,
        )
        for q in routing.queue_figures()
    ]


def platforms_now(at: datetime) -> list[PlatformNow]:
    """Return how each media server stands, for the organisations whose queues take calls."""
    servers = telephony.servers(at)
    if not servers:
        return []
    concerned = {q.organisation_id for q in routing.queues() if not q.media or "voice" in q.media}
    return [
        PlatformNow(
            server.name,
            tuple(sorted(concerned)),
            server.ports,
            server.in_use,
            tuple(trunk.address for trunk in server.trunks if not trunk.up),
            gone=server.gone,
        )
        for server in servers
    ]


def seats_now() -> list[SeatNow]:
    """Return how each seat stands that is signed in or was lost."""
    cards: Iterable[routing.AgentCard] = routing.agents()
    serving = metrics.serving_since()
    return [
        SeatNow(c.staff_id, c.organisation_id, c.state, c.reason, c.since, serving.get(c.staff_id))
        for c in cards
        if c.state != "offline"
    ]
