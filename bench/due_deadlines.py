"""A million running deadlines: how long it takes to find what is due."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from .parts import Part, judge

ROWS, DUE, ROUNDS = 1_000_000, 200, 50
FILL = """
    insert into sla_deadline (subject, subject_id, metric, facets, policy, policy_number, calendar, ladder,
        ladder_number, seconds, started_at, due_at, next_tell_at, told, paused_at, pause_ends_at)
    select 'ticket', n, 'handling', '{}', 'fault.handling', 1, '', 'standard', 1, 172800,
        %(now)s::timestamptz - interval '1 day',
        %(now)s::timestamptz + (n - %(due)s) * interval '1 second',
        %(now)s::timestamptz + (n - %(due)s) * interval '1 second',
        '{}',
        case when n %% 10 = 0 then %(now)s::timestamptz - interval '1 hour' end,
        case when n %% 10 = 0 then %(now)s::timestamptz + (n - %(due)s) * interval '1 second' end
    from generate_series(0, %(rows)s - 1) n
"""

STOPPED = """
    insert into sla_pause (deadline_id, reason, began_at, limit_at, ended_by)
    select id, 'customer', paused_at, pause_ends_at, '' from sla_deadline where paused_at is not null
"""


def measure() -> Sequence[Part]:
    """Fill a database of our own with clocks, one in ten stopped, and look for what is due as the sweep does."""
    from shouwen.project.postgres import Cluster

    with tempfile.TemporaryDirectory(prefix="shouwen-bench-") as folder:
        Path(folder).chmod(0o711)  # the server's own user passes through
        cluster = Cluster(Path(folder) / "postgres")
        cluster.start()
        try:
            cluster.ensure_database("shouwen")
            os.environ["DATABASE_URL"] = cluster.url("shouwen")
            return _measured()
        finally:
            cluster.stop()


def _measured() -> list[Part]:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.project.settings")
    django.setup()
    from django.core.management import call_command

    from shouwen.kit import clock
    from shouwen.project.agreement import agree
    from shouwen.sla.actions import sweeping

    call_command("migrate", verbosity=0)
    agree()
    at = clock.now()
    _fill(at)
    found: dict[str, Callable[[], list[object]]] = {
        "breaches": lambda: list(sweeping.breaches(at)[: sweeping.BATCH]),
        "rungs": lambda: list(sweeping.rungs_due(at)[: sweeping.BATCH]),
        "pauses": lambda: list(sweeping.pauses_over(at)[: sweeping.BATCH]),
    }
    parts = []
    print(sweeping.breaches(at)[: sweeping.BATCH].explain())
    for name, look in found.items():
        times = _times(look)
        print(f"{name}: {len(look())} due of {ROWS:,}, p95 {times[int(ROUNDS * 0.95)]:.1f} ms")
        parts.append(judge("deadlines", name, ours=times[ROUNDS // 2], unit="ms"))
    return [*parts, judge("deadlines", "sweep", ours=_sweep(at), unit="ms")]


def _fill(at: object) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(FILL, {"now": at, "due": DUE, "rows": ROWS})
        cursor.execute(STOPPED)
        cursor.execute("analyze sla_deadline, sla_pause")


def _times(look: Callable[[], object]) -> list[float]:
    """Return how many milliseconds each round took, the quickest first."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        look()
        times.append((time.perf_counter() - began) * 1000)
    return sorted(times)


def _sweep(at: object) -> float:
    """Return how long one whole round takes when it has all of these to do."""
    from shouwen.sla import jobs

    began = time.perf_counter()
    changed = jobs.sweep(at)  # type: ignore[arg-type]
    spent = (time.perf_counter() - began) * 1000
    print(f"one round changed {changed} clocks in {spent:.0f} ms")
    return spent
