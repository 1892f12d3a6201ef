"""What may be asked about the system's own state. No question costs more the longer the house has stood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import Error, connection, transaction
from django.db.models import Count, Max, Min, Q, QuerySet

from shouwen.kit import audit, clock
from shouwen.kit.models import AuditRow, AuditSeal, Delivery, ProcessBeat

from .beats import SILENT

OVERDUE = timedelta(seconds=60)
LARGEST = 15
SLOWEST = 20
_LONG_NUMBERS = re.compile(r"\d{6,}")
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+")


@dataclass(frozen=True)
class Process:
    """One process that gave a sign of life within the hour."""

    kind: str
    host: str
    pid: int
    started_at: datetime
    seen_at: datetime
    silent: bool
    memory: int


@dataclass(frozen=True)
class ChoreState:
    """How the latest round of a chore went, on the worker that did it last."""

    name: str
    every: float
    at: datetime
    seconds: float
    failures: int
    error: str


@dataclass(frozen=True)
class Jobs:
    """Background jobs by what became of them."""

    waiting: int
    running: int
    stalled: int
    failed: int
    oldest_waiting: datetime | None


@dataclass(frozen=True)
class Deliveries:
    """Facts on their way to their subscribers."""

    waiting: int
    overdue: int
    failing: int
    oldest: datetime | None


@dataclass(frozen=True)
class AuditTrail:
    """How far the audit trail is sealed."""

    sealed: int
    sealed_at: datetime | None
    unsealed: int
    oldest_unsealed: datetime | None


@dataclass(frozen=True)
class Table:
    """A table with its indexes and, where it is cut into months, all its parts."""

    name: str
    bytes: int
    rows: int


@dataclass(frozen=True)
class SlowQuery:
    """One form of statement, without its values."""

    text: str
    calls: int
    mean_ms: float
    total_ms: float
    rows: int


def processes() -> list[Process]:
    """Return who gave a sign of life, web first."""
    late = clock.wall() - SILENT
    rows = ProcessBeat.objects.order_by("kind", "host", "pid")
    return [
        Process(
            row.kind,
            row.host,
            row.pid,
            row.started_at,
            row.seen_at,
            silent=row.seen_at < late,
            memory=int(row.details.get("memory", 0)),
        )
        for row in rows
    ]


def chores() -> list[ChoreState]:
    """Return the latest round of every chore, whichever worker did it."""
    latest: dict[str, dict[str, Any]] = {}
    for details in ProcessBeat.objects.filter(kind="worker").values_list("details", flat=True):
        for round_ in details.get("chores", ()):
            held = latest.get(round_["name"])
            if held is None or held["at"] < round_["at"]:
                latest[round_["name"]] = round_
    return [_chore(latest[name]) for name in sorted(latest)]


def _chore(told: dict[str, Any]) -> ChoreState:
    at = datetime.fromisoformat(told["at"])
    return ChoreState(told["name"], told["every"], at, told["seconds"], told["failures"], without_people(told["error"]))


def jobs() -> Jobs:
    """Return how many background jobs wait, run, hang or failed."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select count(*) filter (where j.status = 'todo'), count(*) filter (where j.status = 'doing'),
                      count(*) filter (where j.status = 'doing'
                                         and coalesce(w.last_heartbeat, '-infinity') < %s),
                      count(*) filter (where j.status = 'failed'),
                      (select min(e.at) from procrastinate_events e join procrastinate_jobs t on t.id = e.job_id
                        where t.status = 'todo' and e.type = 'deferred')
               from procrastinate_jobs j left join procrastinate_workers w on w.id = j.worker_id
               where j.status in ('todo', 'doing', 'failed')""",
            [clock.wall() - OVERDUE],
        )
        return Jobs(*cursor.fetchone())


def failed_jobs() -> QuerySet[Any, Any]:
    """Return jobs that failed for good, for paging."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    found: QuerySet[Any, Any] = ProcrastinateJob.objects.filter(status="failed")
    shown: QuerySet[Any, Any] = found.annotate(at=Max("procrastinateevent__at"))
    return shown.values("id", "task_name", "attempts", "at")


def deliveries() -> Deliveries:
    """Return how many facts wait, are late, or failed at least once."""
    found = Delivery.objects.aggregate(
        waiting=Count("id"),
        overdue=Count("id", filter=Q(next_at__lt=clock.wall() - OVERDUE)),
        failing=Count("id", filter=Q(attempts__gt=0)),
        oldest=Min("fact_recorded_at"),
    )
    return Deliveries(**found)


def failing_deliveries() -> QuerySet[Any, Any]:
    """Return deliveries that failed or are late, for paging."""
    stuck = Q(attempts__gt=0) | Q(next_at__lt=clock.wall() - OVERDUE)
    return Delivery.objects.filter(stuck).values(
        "id", "fact_id", "subscriber", "attempts", "fact_recorded_at", "next_at", "error"
    )


def audit_trail() -> AuditTrail:
    """Return how far the trail is sealed, without walking it."""
    last = AuditSeal.objects.order_by("-number").values_list("number", "sealed_at").first()
    sealed, sealed_at = last or (0, None)
    newest = audit.newest_sealed_xid()
    waiting = AuditRow.objects.filter(xid__gte=newest).exclude(id__in=AuditSeal.objects.values("audit_id"))
    found = waiting.aggregate(unsealed=Count("id"), oldest=Min("recorded_at"))
    return AuditTrail(sealed, sealed_at, found["unsealed"], found["oldest"])


def database_size() -> int:
    """Return the bytes of the whole database."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def largest_tables() -> list[Table]:
    """Return the largest tables; the parts of one that is cut into months count together."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select coalesce(p.relname, c.relname)::text as name, sum(pg_total_relation_size(c.oid))::bigint,
                      sum(greatest(c.reltuples, 0))::bigint
               from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = current_schema()
               left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent
               where c.relkind = 'r' group by 1 order by 2 desc, 1 limit %s""",
            [LARGEST],
        )
        return [Table(*row) for row in cursor.fetchall()]


def slow_queries() -> list[SlowQuery] | None:
    """Return the statements that took most time on average, or None where the database does not count them."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                """select left(regexp_replace(s.query, '\\s+', ' ', 'g'), 500), s.calls, s.mean_exec_time,
                          s.total_exec_time, s.rows
                   from pg_stat_statements s join pg_database d on d.oid = s.dbid
                   where d.datname = current_database() and s.calls >= 3
                     and s.query ~* '^\\s*(select|insert|update|delete|with)'
                   order by s.mean_exec_time desc limit %s""",
                [SLOWEST],
            )
            rows: Sequence[tuple[Any, ...]] = cursor.fetchall()
    except Error:
        return None
    return [SlowQuery(*row) for row in rows]


def without_people(text: str) -> str:
    """Return an error's text without what could be a number or an address of somebody."""
    return _MAIL.sub("***@***", _LONG_NUMBERS.sub("******", text))[:500]


def beats_by_kind(kinds: Iterable[str]) -> dict[str, float]:
    """Return how many seconds ago each kind of process last gave a sign of life."""
    found = dict(ProcessBeat.objects.filter(kind__in=kinds).values_list("kind").annotate(seen=Max("seen_at")))
    return {kind: (clock.wall() - seen).total_seconds() for kind, seen in found.items()}
