"""Does it live, is it ready, what do its figures say, and what may an administrator do about what hangs?"""

from __future__ import annotations

import json
import logging
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client, override_settings
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shouwen.accounts.tests.factories import staff, staff_client
from shouwen.kit import audit, clock, events, spans
from shouwen.kit.health import figures, machine, queries
from shouwen.kit.health.beats import Heart
from shouwen.kit.health.logs import JsonFormatter, TraceFilter, current_trace
from shouwen.kit.models import AuditRow, Delivery, ProcessBeat
from shouwen.kit.principals import SYSTEM
from shouwen.kit.testing import ApiClient
from shouwen.project import figures as ours
from shouwen.project.front_door import tls

TOKEN = "a-token-of-thirty-two-characters"


def admin_client() -> ApiClient:
    return staff_client(staff("1", "system_management"))


def worker_beats(**details: object) -> None:
    Heart("worker", lambda: details).beat()


def a_delivery(error: str = "", late: float = 0.0) -> Delivery:
    at = clock.wall() - timedelta(seconds=late)
    return Delivery.objects.create(
        fact_id=1, fact_recorded_at=at, subscriber="a.b", attempts=3, next_at=at, error=error
    )


def a_failed_job() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into procrastinate_jobs (queue_name, task_name, status, args, attempts, priority)
               values ('default', 'shouwen.x', 'failed', '{}', 8, 0) returning id"""
        )
        return int(cursor.fetchone()[0])


def test_a_process_lives_without_a_database() -> None:
    assert Client().get("/healthz").content == b"ok"


@pytest.mark.django_db
def test_it_is_ready_when_tables_are_there_and_a_worker_gives_signs_of_life() -> None:
    before = Client().get("/readyz")
    worker_beats()
    after = Client().get("/readyz")
    assert (before.status_code, before.json()["worker"]) == (503, "failed")
    assert (after.status_code, after.json()) == (
        200,
        {"ready": True, "database": "ok", "migrations": "ok", "worker": "ok"},
    )


@pytest.mark.django_db
def test_a_worker_that_fell_silent_is_no_worker() -> None:
    worker_beats()
    ProcessBeat.objects.update(seen_at=clock.wall() - timedelta(seconds=21))
    assert Client().get("/readyz").status_code == 503


@pytest.mark.django_db
def test_a_database_that_is_away_is_told_and_nothing_else_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", away)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["database"], answer.json()["worker"]) == (503, "failed", "unknown")


@pytest.mark.django_db
def test_signs_of_life_of_the_dead_are_removed() -> None:
    at = clock.wall()
    ProcessBeat.objects.create(kind="web", host=os.uname().nodename, pid=2**22 + 1, started_at=at, seen_at=at)
    worker_beats()
    assert [(row.kind, row.pid) for row in ProcessBeat.objects.all()] == [("worker", os.getpid())]


@pytest.mark.django_db
def test_figures_are_for_this_machine_only_unless_a_token_is_set() -> None:
    assert Client().get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 200
    assert Client().get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 403
    with override_settings(CONFIG=settings.CONFIG.model_copy(update={"metrics_token": TOKEN})):
        assert Client().get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 403
        held = {"X-Forwarded-For": "203.0.113.7", "Authorization": f"Bearer {TOKEN}"}
        assert Client().get("/metrics", headers=held).status_code == 200


@pytest.mark.django_db
def test_figures_count_routes_and_name_nobody() -> None:
    ours.register()
    worker_beats(chores=[])
    admin_client().get("/api/customers/13851886620")
    text = Client().get("/metrics").content.decode()
    assert 'shouwen_requests_total{method="GET",route="api/customers/<customer_id>",status="404"}' in text
    assert 'shouwen_promise_breaches{kind="lost"} 0.0' in text
    assert 'shouwen_source_failed{source="machinery"} 0.0' in text
    assert 'shouwen_process_silence_seconds{process="worker"}' in text
    assert "13851886620" not in text


@pytest.mark.django_db
def test_a_source_that_fails_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken():
        raise OperationalError

    monkeypatch.setattr(figures, "_sources", {"broken": broken, "machinery": ours.machinery})
    text = figures.page().decode()
    assert 'shouwen_source_failed{source="broken"} 1.0' in text
    assert "shouwen_database_bytes" in text


@pytest.mark.django_db
def test_the_page_shows_processes_chores_jobs_deliveries_audit_and_storage() -> None:
    told = {"name": "deadlines", "every": 0.5, "at": clock.wall().isoformat(), "seconds": 0.01}
    worker_beats(chores=[{**told, "failures": 2, "error": "no row for 13851886620"}])
    a_delivery(late=90)
    a_failed_job()
    waiting = queries.audit_trail().unsealed
    audit.record(SYSTEM, "test.done", subject="x", subject_id=1)
    shown = admin_client().get("/api/system").json()
    assert shown["ready"] is True
    assert [(one["kind"], one["silent"], one["memory"] > 0) for one in shown["processes"]] == [("worker", False, True)]
    assert [(one["name"], one["failures"], one["error"]) for one in shown["chores"]] == [
        ("deadlines", 2, "no row for ******")
    ]
    assert (shown["jobs"]["failed"], shown["jobs"]["stalled"]) == (1, 0)
    assert (shown["deliveries"]["waiting"], shown["deliveries"]["overdue"]) == (1, 1)
    assert (shown["audit"]["sealed"], shown["audit"]["unsealed"]) == (0, waiting + 1)
    assert "kit_audit" in {table["name"] for table in shown["tables"]}
    assert (shown["disk"]["free"] > 0, shown["certificates"]) == (True, [])


@pytest.mark.django_db(transaction=True)
def test_the_audit_trail_on_the_page_follows_the_sealer() -> None:
    from shouwen.kit.actions import action

    audit.seal()
    sealed = queries.audit_trail().sealed
    action(lambda: audit.record(SYSTEM, "test.done", subject="x", subject_id=1))()
    before = queries.audit_trail()
    audit.seal()
    after = queries.audit_trail()
    assert (before.sealed, before.unsealed) == (sealed, 1)
    assert (after.sealed, after.unsealed, after.oldest_unsealed) == (sealed + 1, 0, None)


@pytest.mark.django_db
def test_others_do_not_see_the_system() -> None:
    client = staff_client(staff("8021", "comprehensive"))
    for path in ("/api/system", "/api/system/deliveries", "/api/system/jobs"):
        assert client.get(path).json()["code"] == "permission-refused"


@pytest.mark.django_db(transaction=True)
def test_the_database_counts_its_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "SLOWEST", 5000)
    for _ in range(3):
        queries.database_size()
        ProcessBeat.objects.filter(kind="nobody").exists()
    found = queries.slow_queries()
    assert found is not None
    assert any("kit_process" in one.text and one.calls >= 3 for one in found)


@pytest.mark.django_db
def test_where_statements_are_not_counted_the_page_says_so_and_works() -> None:
    with connection.cursor() as cursor:
        cursor.execute("drop extension pg_stat_statements")
    assert admin_client().get("/api/system").json()["slow_queries"] is None


@pytest.mark.django_db
def test_a_stuck_delivery_is_tried_now_on_demand_and_the_press_is_audited() -> None:
    row = a_delivery(error="IntegrityError('Key (value)=(13851886620) for chen@example.com')")
    row.next_at = clock.wall() + timedelta(minutes=5)
    row.save()
    client = admin_client()
    listed = client.get("/api/system/deliveries").json()["items"]
    assert [(one["id"], one["attempts"], one["error"]) for one in listed] == [
        (row.pk, 3, "IntegrityError('Key (value)=(******) for ***@***')")
    ]
    assert client.post(f"/api/system/deliveries/{row.pk}/retry").status_code == 204
    row.refresh_from_db()
    assert row.next_at <= clock.wall()
    assert AuditRow.objects.filter(verb="health.retry_delivery", subject_id=row.pk).exists()


@pytest.mark.django_db
def test_a_failed_job_is_queued_again_once() -> None:
    job_id = a_failed_job()
    client = admin_client()
    assert [one["id"] for one in client.get("/api/system/jobs").json()["items"]] == [job_id]
    assert client.post(f"/api/system/jobs/{job_id}/retry").status_code == 204
    assert client.post(f"/api/system/jobs/{job_id}/retry").json()["code"] == "nothing-to-retry"
    assert client.get("/api/system/jobs").json()["items"] == []
    assert queries.jobs().waiting == 1


def test_a_certificate_tells_its_end_and_a_missing_one_is_told(tmp_path: Path) -> None:
    made, _ = tls.self_signed(tmp_path, host="127.0.0.1")
    found = machine.certificate(made)
    assert found.until is not None
    assert (found.subject, (found.until - clock.wall()).days) == ("CN=Shouwen", tls.VALID_DAYS - 1)
    assert "No such file" in machine.certificate(tmp_path / "none.crt").error


@pytest.mark.django_db
def test_the_number_on_the_screen_is_the_number_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_by: object) -> None:
        raise RuntimeError("defect")

    monkeypatch.setattr("shouwen.accounts.queries.organisations", broken)
    caplog.handler.addFilter(TraceFilter())
    caplog.handler.setFormatter(JsonFormatter())
    answer = admin_client().get("/api/organisations")
    lines = [json.loads(JsonFormatter().format(record)) for record in caplog.records]
    said = [line for line in lines if line["logger"] == "shouwen.kit.api.problems"]
    assert answer.status_code == 500
    assert [(line["level"], line["trace"]) for line in said] == [("ERROR", answer.json()["trace"])]
    assert "RuntimeError: defect" in said[0]["error"]


def test_a_line_of_the_json_log_is_one_object_without_empty_fields() -> None:
    record = logging.LogRecord("x", logging.INFO, "f", 1, "第一行\n第二行 %s", ("好",), None)
    TraceFilter().filter(record)
    line = JsonFormatter().format(record)
    assert "\n" not in line
    assert {name: value for name, value in json.loads(line).items() if name != "time"} == {
        "level": "INFO",
        "logger": "x",
        "message": "第一行\n第二行 好",
    }
    assert current_trace.get() == ""


@pytest.mark.django_db
def test_traces_carry_route_and_trace_number_when_they_are_on() -> None:
    exporter = InMemorySpanExporter()
    spans.start("", process="test", exporter=exporter)
    try:
        answer = admin_client().get("/api/customers/13851886620")
    finally:
        spans.stop()
    found = next(one for one in exporter.get_finished_spans() if one.name == "GET api/customers/<customer_id>")
    assert dict(found.attributes or {}) == {
        "shouwen.trace": answer["X-Trace"],
        "http.request.method": "GET",
        "http.route": "api/customers/<customer_id>",
        "http.response.status_code": 404,
    }


@pytest.mark.django_db
def test_a_worker_traces_what_it_found_to_do_and_of_what_failed_the_kind_alone() -> None:
    exporter = InMemorySpanExporter()
    spans.start("", process="test", exporter=exporter)
    try:
        a_delivery()
        spans.measured("round", lambda: 0)
        spans.measured("round", events.deliver)
        with pytest.raises(ValueError, match="张三"):
            spans.measured("round", lambda: int("张三"))
    finally:
        spans.stop()
    told = [(one.name, dict(one.attributes or {})) for one in exporter.get_finished_spans()]
    assert told == [("round", {}), ("round", {"error.type": "ValueError"})]


def test_tracing_is_off_without_an_endpoint() -> None:
    spans.start("", process="test")
    with spans.span("nothing") as current:
        assert current is None
