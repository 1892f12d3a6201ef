"""Summing visits, segments and missed offers into intervals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from ..rules.aggregates import COUNTS, STEP
from ..rules.policy import Policy
from ..rules.visits import MILLISECOND

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)

_VISITS = """
select b.starts_at, v.queue_code, v.medium, coalesce(v.staff_id, 0) as staff_id,
       1 as offered,
       (outcome = 'answered')::int as answered,
       (outcome = 'answered' and waited_ms <= %(in_time)s)::int as in_time,
       (outcome = 'abandoned')::int as abandoned,
       (outcome = 'abandoned' and waited_ms < %(short)s)::int as short,
       (outcome = 'abandoned' and waited_ms <= %(in_time)s)::int as abandoned_in_time,
       (outcome = 'flow_out')::int as flow_out,
       (outcome = 'callback')::int as callbacks,
       (outcome = 'callback' and reached_at - left_at <= %(window)s)::int as callbacks_kept,
       (outcome = 'waiting')::int as waiting,
       case when outcome = 'answered' then waited_ms else 0 end as wait_answered_ms,
       case when outcome = 'abandoned' then waited_ms else 0 end as wait_abandoned_ms
  from unnest(%(starts)s::timestamptz[]) b (starts_at)
  join metrics_visit v on v.queued_at >= b.starts_at and v.queued_at < b.starts_at + %(step)s
"""
_SEGMENTS = """
select b.starts_at, s.queue_code, s.medium, coalesce(s.staff_id, 0) as staff_id,
       1 as handled, handling_ms, coalesce(talk_ms, 0) as talk_ms, held_ms, coalesce(wrap_up_ms, 0) as wrap_up_ms,
       transferred::int as transferred, disconnected::int as disconnected
  from unnest(%(starts)s::timestamptz[]) b (starts_at)
  join metrics_segment s on s.finished_at >= b.starts_at and s.finished_at < b.starts_at + %(step)s
"""
_RINGS = """
select b.starts_at, r.queue_code, r.medium, coalesce(r.staff_id, 0) as staff_id, 1 as missed_offers
  from unnest(%(starts)s::timestamptz[]) b (starts_at)
  join metrics_ring r on r.missed and r.began_at >= b.starts_at and r.began_at < b.starts_at + %(step)s
"""
_PARTS = (
    (_VISITS, COUNTS[: COUNTS.index("handled")]),
    (_SEGMENTS, COUNTS[COUNTS.index("handled") : COUNTS.index("missed_offers")]),
    (_RINGS, ("missed_offers",)),
)


def begins(at: datetime) -> datetime:
    """Return the beginning of the interval to which an instant belongs."""
    return at - (at - EPOCH) % STEP


def sum_intervals(starts: Iterable[datetime], policy: Policy) -> None:
    """Sum some intervals again from what is counted in them."""
    values: dict[str, Any] = {
        "starts": sorted(starts),
        "step": STEP,
        "in_time": policy.in_time // MILLISECOND,
        "short": policy.short // MILLISECOND,
        "window": policy.callback_window,
    }
    with connection.cursor() as cursor:
        cursor.execute("delete from metrics_interval where starts_at = any (%(starts)s)", values)
        cursor.execute(_insert(), values)


def _insert() -> str:
    """Return the one statement that sums all three kinds together."""
    parts = " union all ".join(_select(select, own) for select, own in _PARTS)
    sums = ", ".join(f"coalesce(sum({name}), 0)" for name in COUNTS)
    return f"""
        insert into metrics_interval (starts_at, queue_code, medium, staff_id, {", ".join(COUNTS)})
        select starts_at, queue_code, medium, staff_id, {sums} from ({parts}) counted
         group by starts_at, queue_code, medium, staff_id"""  # noqa: S608 - names of our own columns


def _select(select: str, own: tuple[str, ...]) -> str:
    columns = ", ".join(name if name in own else f"0 as {name}" for name in COUNTS)
    return f"select starts_at, queue_code, medium, staff_id, {columns} from ({select}) part"  # noqa: S608
