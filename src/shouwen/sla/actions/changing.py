"""What every change to a clock does. Parts of this room's verbs."""

from __future__ import annotations

from datetime import datetime

from shouwen.kit.events import publish
from shouwen.kit.prepared import change

from ..events import DeadlineBreached
from ..models import Deadline, Pause
from ..queries import terms_of
from ..rules import ladders


def breach_if_late(row: Deadline, at: datetime) -> None:
    """Record a miss the moment anybody sees it, so that being kept late is never taken for being kept."""
    if row.breached_at is None and row.paused_at is None and at > row.due_at:
        change(row, breached_at=at)
        publish(DeadlineBreached(row.subject, row.subject_id, row.metric), at=at)


def end_pause(row: Deadline, at: datetime, ended_by: str) -> None:
    """Let a stopped clock run on: what the pause took is given back. A clock that runs is left alone."""
    if row.paused_at is None:
        return
    running = Pause.objects.filter(deadline=row, ended_at__isnull=True)
    running.update(ended_at=max(at, row.paused_at), ended_by=ended_by)
    counted = terms_of([row])[row.pk]
    next_tell_at = ladders.next_tell_at(counted.rungs, row.told)
    change(row, due_at=counted.due_at, next_tell_at=next_tell_at, paused_at=None, pause_ends_at=None)
