"""Background work: nothing stuck, nothing overdue, somebody there to do it."""

from __future__ import annotations

import psycopg

from shouwen.project.speech import say

from .finding import Finding

LATE_SECONDS = 60
Connection = psycopg.Connection[tuple[object, ...]]
_STALLED = """
    select count(*) from procrastinate_jobs j left join procrastinate_workers w on w.id = j.worker_id
    where j.status = 'doing' and coalesce(w.last_heartbeat, '-infinity') < now() - make_interval(secs => %s)
"""
_WAITING = """
    select count(*) from procrastinate_jobs
    where status = 'todo' and coalesce(scheduled_at, '-infinity') < now() - make_interval(secs => %s)
      and not exists (select 1 from procrastinate_workers where last_heartbeat > now() - make_interval(secs => %s))
"""


def _number(connection: Connection, query: str, *values: object) -> int:
    (found,) = connection.execute(query.encode(), values).fetchone() or (0,)
    return int(str(found))


def _start_worker() -> str:
    return say(
        "确认 worker 进程在运行（shouwen up 或 shouwen worker），它会自动补做。",
        "See that a worker runs (shouwen up, or shouwen worker): it makes up for it by itself.",
    )


def jobs(connection: Connection) -> Finding:
    """Say how many jobs hang because their worker was killed."""
    count = _number(connection, _STALLED, LATE_SECONDS)
    detail = say(f"{count} 个停滞", f"{count} stalled")
    return Finding(say("后台任务", "jobs"), ok=count == 0, detail=detail, remedy=_start_worker())


def deliveries(connection: Connection) -> Finding:
    """Say how many facts have not reached a subscriber in time."""
    count = _number(
        connection, "select count(*) from kit_delivery where next_at < now() - make_interval(secs => %s)", LATE_SECONDS
    )
    worst = connection.execute(
        "select subscriber, left(error, 200) from kit_delivery where error <> '' order by attempts desc limit 1"
    ).fetchone()
    detail = say(f"{count} 条逾期未送达", f"{count} overdue")
    if worst:
        detail += f" · {worst[0]}: {worst[1]}"
    return Finding(say("内部消息", "deliveries"), ok=count == 0, detail=detail, remedy=_start_worker())


def worker(connection: Connection) -> Finding:
    """Say whether jobs wait with nobody to do them."""
    count = _number(connection, _WAITING, LATE_SECONDS, LATE_SECONDS)
    detail = say(f"{count} 个任务无人处理", f"{count} jobs without a worker")
    return Finding(say("任务进程", "worker"), ok=count == 0, detail=detail, remedy=_start_worker())
