"""Visits, segments and intervals kept in step with the journal.

Whatever is new, late or out of order: the contacts it belongs to are read from their beginning, their visits and
segments are replaced, and the intervals they were in or are in now are summed again. So a line that comes late corrects
what was counted, counting twice changes nothing, and counting anew gives the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from shouwen.interactions import queries as interactions
from shouwen.kit.actions import action

from ..models import Interval, Progress, Ring, Segment, Visit
from ..rules.figures import is_disconnected
from ..rules.policy import Policy
from ..rules.visits import MILLISECOND, Day, fold
from .summing import begins, sum_intervals

BATCH = 5000


@action
def count_new(*, policy: Policy, at: datetime, limit: int = BATCH) -> int:
    """Count what was written to the journal since the last time; return how many contacts that touched.

    1. Take the one row of progress; if another process has it, there is nothing to do for us.
    2. Find the contacts touched since, in the order of commits.
    3. Replace their visits, segments and rings; sum the intervals that lost or gained something.
    """
    Progress.objects.get_or_create(id=1)
    progress = Progress.objects.select_for_update(skip_locked=True).filter(id=1).first()
    if progress is None:
        return 0
    ids, reached = interactions.touched(interactions.Reached(progress.xid, progress.journal_id), limit)
    if not ids:
        return 0
    sum_intervals(_replaced(ids, policy), policy)
    progress.xid, progress.journal_id, progress.counted_at = reached.xid, reached.id, at
    progress.save()
    return len(ids)


@action
def rebuild(*, policy: Policy, at: datetime) -> int:
    """Forget everything and count the whole journal anew; return how many contacts were read."""
    Progress.objects.get_or_create(id=1)
    Progress.objects.select_for_update().get(id=1)
    for table in (Visit, Segment, Ring, Interval):
        table.objects.all().delete()
    Progress.objects.filter(id=1).update(xid=0, journal_id=0)
    counted = 0
    while found := count_new(policy=policy, at=at):
        counted += found
    return counted


def _replaced(ids: set[int], policy: Policy) -> set[datetime]:
    """Write what the journal tells of some contacts now; return the intervals this changes."""
    changed = _intervals_of(ids)
    for table in (Visit, Segment, Ring):
        table.objects.filter(interaction_id__in=ids).delete()
    told, media = _told(ids), interactions.conversations(ids)
    for interaction_id, day in told.items():
        medium = media[interaction_id].medium if interaction_id in media else ""
        _write(day, medium, policy)
    return changed | _intervals_of(ids)


def _told(ids: set[int]) -> dict[int, Day]:
    lines: dict[int, list[interactions.Entry]] = defaultdict(list)
    for line in interactions.journal_of(ids):
        lines[line.interaction_id].append(line)
    return {interaction_id: fold(some) for interaction_id, some in lines.items()}


def _write(day: Day, medium: str, policy: Policy) -> None:
    Visit.objects.bulk_create(
        Visit(
            interaction_id=v.interaction_id,
            ordinal=n,
            queue_code=v.queue_code,
            medium=medium,
            staff_id=v.staff_id if v.outcome == "answered" else None,
            queued_at=v.queued_at,
            left_at=v.left_at,
            reached_at=v.reached_at,
            outcome=v.outcome,
            waited_ms=v.waited(v.left_at) // MILLISECOND if v.left_at else None,
            since_arrival_ms=None if v.since_arrival is None else v.since_arrival // MILLISECOND,
        )
        for n, v in enumerate(day.visits, start=1)
    )
    Segment.objects.bulk_create(
        Segment(
            interaction_id=s.interaction_id,
            ordinal=n,
            queue_code=s.queue_code,
            medium=medium,
            staff_id=s.staff_id,
            answered_at=s.answered_at,
            ended_at=s.ended_at,
            finished_at=s.finished_at,
            transferred=s.transferred,
            disconnected=is_disconnected(s, policy),
            handling_ms=None if s.handling is None else s.handling // MILLISECOND,
            talk_ms=None if s.talk is None else s.talk // MILLISECOND,
            held_ms=s.held // MILLISECOND,
            wrap_up_ms=None if s.wrap_up is None else s.wrap_up // MILLISECOND,
        )
        for n, s in enumerate(day.segments, start=1)
    )
    Ring.objects.bulk_create(
        Ring(
            interaction_id=r.interaction_id,
            ordinal=n,
            queue_code=r.queue_code,
            medium=medium,
            staff_id=r.staff_id,
            began_at=r.began_at,
            ended_at=r.ended_at,
            missed=r.missed,
        )
        for n, r in enumerate(day.rings, start=1)
    )


_INTERVALS = """
select queued_at from metrics_visit where interaction_id = any (%(ids)s)
union select finished_at from metrics_segment where interaction_id = any (%(ids)s) and finished_at is not null
union select began_at from metrics_ring where interaction_id = any (%(ids)s) and missed
"""


def _intervals_of(ids: Iterable[int]) -> set[datetime]:
    """Return the intervals in which some contacts are counted."""
    with connection.cursor() as cursor:
        cursor.execute(_INTERVALS, {"ids": sorted(ids)})
        return {begins(row[0]) for row in cursor.fetchall()}
