"""The queues somebody serves, at the foot of his desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shouwen.kit.principals import Principal
from shouwen.metrics import queries as metrics
from shouwen.routing import queries as routing


@dataclass(frozen=True)
class OwnQueue:
    """One queue as its agents see it."""

    code: str
    name: str
    paused: bool
    waiting: int
    longest_wait_seconds: float | None
    agents: int
    service_level: float | None


def own_queues(*, by: Principal, at: datetime) -> list[OwnQueue]:
    """Return the queues somebody serves or leads, with today's service level as of a few seconds ago."""
    served = set(routing.queue_codes_of(by))
    levels = metrics.recent_levels(at)
    return [
        OwnQueue(
            code=q.code,
            name=q.name,
            paused=q.paused,
            waiting=q.waiting,
            longest_wait_seconds=longest(q.waiting_since, at),
            agents=q.agents_ready,
            service_level=levels.get(q.code),
        )
        for q in routing.queue_figures()
        if q.code in served
    ]


def longest(since: datetime | None, at: datetime) -> float | None:
    """Return for how long the first in line has waited; nothing when nobody waits."""
    return None if since is None else max((at - since).total_seconds(), 0)
