"""What the house says in figures: the promise, who waits, and how the machinery does. Labels name no person."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from shouwen.desk.queries import recent_promise
from shouwen.kit import clock
from shouwen.kit.health import figures, machine, queries
from shouwen.kit.health.figures import Gauge
from shouwen.routing import queries as routing

KINDS = ("web", "live", "worker")


def register() -> None:
    """Add our figures to every scrape."""
    figures.register("machinery", machinery)
    figures.register("service", service)


def machinery() -> Iterator[Gauge]:
    """Return how processes, jobs, deliveries, the audit trail and the disk do."""
    jobs, deliveries, trail = queries.jobs(), queries.deliveries(), queries.audit_trail()
    states = {"waiting": jobs.waiting, "running": jobs.running, "stalled": jobs.stalled, "failed": jobs.failed}
    moved = {"waiting": deliveries.waiting, "overdue": deliveries.overdue, "failing": deliveries.failing}
    oldest = trail.oldest_unsealed
    age = (clock.wall() - oldest).total_seconds() if oldest else 0.0
    chores = {one.name: one.seconds for one in queries.chores()}
    beats = queries.beats_by_kind(KINDS)
    yield Gauge("shouwen_process_silence_seconds", "Seconds since the last sign of life.", beats, "process")
    yield Gauge("shouwen_jobs", "Background jobs by state.", states, "state")
    yield Gauge("shouwen_deliveries", "Facts on their way by state.", moved, "state")
    yield Gauge("shouwen_audit_unsealed", "Audit rows not in the chain yet.", trail.unsealed)
    yield Gauge("shouwen_audit_unsealed_seconds", "Age of the oldest of them.", age)
    yield Gauge("shouwen_database_bytes", "Size of the database.", queries.database_size())
    yield Gauge("shouwen_disk_free_bytes", "Free space where the data lies.", machine.disk(settings.CONFIG.data).free)
    yield Gauge("shouwen_chore_seconds", "How long the last round of a chore took.", chores, "chore")


def service() -> Iterator[Gauge]:
    """Return whether the promise holds, and how many wait in each queue."""
    found = recent_promise(clock.now())
    broken = {"lost": len(found.lost), "doubled": len(found.doubled), "ownerless": len(found.ownerless)}
    waiting = {queue.code: queue.waiting for queue in routing.queue_figures()}
    yield Gauge("shouwen_promise_breaches", "Requests lost, doubled or ownerless.", broken, "kind")
    yield Gauge("shouwen_waiting", "Contacts waiting by queue.", waiting, "queue")
