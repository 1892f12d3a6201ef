"""The system's state over HTTP: for administrators with a face, for machines with plain addresses."""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Router

from shouwen.kit import clock
from shouwen.kit.api import Page, Shape, command, page_of, principal, remote_address
from shouwen.kit.permissions import require

from . import actions, figures, machine, permissions, probes, queries

router = Router(tags=["health"])


class ProcessOut(Shape):
    kind: str
    host: str
    pid: int
    started_at: datetime
    seen_at: datetime
    silent: bool
    memory: int
    restarts: int | None


class ChoreOut(Shape):
    name: str
    every: float
    at: datetime
    seconds: float
    failures: int
    error: str


class JobsOut(Shape):
    waiting: int
    running: int
    stalled: int
    failed: int
    oldest_waiting: datetime | None


class DeliveriesOut(Shape):
    waiting: int
    overdue: int
    failing: int
    oldest: datetime | None


class AuditTrailOut(Shape):
    sealed: int
    sealed_at: datetime | None
    unsealed: int
    oldest_unsealed: datetime | None
    head_day: str


class StoredTableOut(Shape):
    name: str
    bytes: int
    rows: int


class DiskOut(Shape):
    place: str
    total: int
    free: int


class CertificateOut(Shape):
    place: str
    subject: str
    until: datetime | None
    error: str


class SlowQueryOut(Shape):
    text: str
    calls: int
    mean_ms: float
    total_ms: float
    rows: int


class SystemOut(Shape):
    """Everything the page shows at once; `slow_queries` is null where the database does not count statements."""

    at: datetime
    ready: bool
    processes: list[ProcessOut]
    chores: list[ChoreOut]
    jobs: JobsOut
    deliveries: DeliveriesOut
    audit: AuditTrailOut
    database_bytes: int
    tables: list[StoredTableOut]
    disk: DiskOut
    certificates: list[CertificateOut]
    slow_queries: list[SlowQueryOut] | None


class StuckDeliveryOut(Shape):
    id: int
    fact_id: int
    subscriber: str
    attempts: int
    fact_recorded_at: datetime
    next_at: datetime
    error: str


class FailedJobOut(Shape):
    id: int
    task_name: str
    attempts: int
    at: datetime | None


@router.get("/system", operation_id="getSystem", response=SystemOut)
def get_system(request: HttpRequest) -> SystemOut:
    """Return the state of processes, jobs, deliveries, audit, storage, certificates and statements."""
    require(principal(request), permissions.VIEW)
    config = settings.CONFIG
    slow = queries.slow_queries()
    return SystemOut(
        at=clock.wall(),
        ready=probes.readiness().ready,
        processes=_processes(config.run_folder / "processes.json"),
        chores=[ChoreOut(**asdict(one)) for one in queries.chores()],
        jobs=JobsOut(**asdict(queries.jobs())),
        deliveries=DeliveriesOut(**asdict(queries.deliveries())),
        audit=AuditTrailOut(
            **asdict(queries.audit_trail()), head_day=machine.last_head(config.data / "audit-heads.jsonl")
        ),
        database_bytes=queries.database_size(),
        tables=[StoredTableOut(**asdict(one)) for one in queries.largest_tables()],
        disk=DiskOut(**asdict(machine.disk(config.data))),
        certificates=[CertificateOut(**asdict(machine.certificate(file))) for file in _certificates()],
        slow_queries=None if slow is None else [SlowQueryOut(**asdict(one)) for one in slow],
    )


def _processes(note: Path) -> list[ProcessOut]:
    again = machine.restarts(note)
    return [ProcessOut(**asdict(one), restarts=again.get(one.kind)) for one in queries.processes()]


def _certificates() -> list[Path]:
    config = settings.CONFIG
    kinds = {"self-signed": config.data / "tls" / "self-signed.crt", "files": config.tls_cert}
    found = kinds.get(config.tls_mode)
    return [found] if found else []


@router.get("/system/deliveries", operation_id="listStuckDeliveries", response=Page[StuckDeliveryOut])
def list_deliveries(request: HttpRequest, cursor: str = "", limit: int = 50) -> Page[StuckDeliveryOut]:
    """List facts that failed to reach a subscriber or are late, oldest first."""
    require(principal(request), permissions.VIEW)
    return page_of(queries.failing_deliveries(), order=["id"], cursor=cursor, limit=limit, shape=_delivery)


def _delivery(row: dict[str, Any]) -> StuckDeliveryOut:
    return StuckDeliveryOut(**{**row, "error": queries.without_people(row["error"])})


@router.get("/system/jobs", operation_id="listFailedJobs", response=Page[FailedJobOut])
def list_jobs(request: HttpRequest, cursor: str = "", limit: int = 50) -> Page[FailedJobOut]:
    """List jobs that failed for good, newest first."""
    require(principal(request), permissions.VIEW)
    found = queries.failed_jobs()
    return page_of(found, order=["-id"], cursor=cursor, limit=limit, shape=lambda row: FailedJobOut(**row))


@router.post("/system/deliveries/{delivery_id}/retry", operation_id="retryDelivery", response={204: None})
@command(status=204)
def retry_delivery(request: HttpRequest, delivery_id: int) -> None:
    """Try a delivery now."""
    actions.retry_delivery(by=principal(request), delivery_id=delivery_id)


@router.post("/system/jobs/{job_id}/retry", operation_id="retryJob", response={204: None})
@command(status=204)
def retry_job(request: HttpRequest, job_id: int) -> None:
    """Queue a failed job again."""
    actions.retry_job(by=principal(request), job_id=job_id)


def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that this process answers; asks nobody else."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(_request: HttpRequest) -> HttpResponse:
    """Say whether traffic may come: 200 when database, tables and a worker are there, else 503."""
    found = probes.readiness()
    return JsonResponse({"ready": found.ready, **asdict(found)}, status=200 if found.ready else 503)


def metrics(request: HttpRequest) -> HttpResponse:
    """Return the figures to whoever holds the token; without one set, to this machine only."""
    if not _may_scrape(request):
        return HttpResponse(status=403)
    return HttpResponse(figures.page(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_scrape(request: HttpRequest) -> bool:
    token = settings.CONFIG.metrics_token
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    try:
        return ipaddress.ip_address(remote_address(request) or "127.0.0.1").is_loopback
    except ValueError:
        return False
