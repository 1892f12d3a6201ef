"""Test tools every room may use: frozen time, facts seen, deliveries run, a client with manners."""

from __future__ import annotations

import functools
import json
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django.test import Client, TransactionTestCase
from procrastinate.contrib.django import app

from shouwen.kernel.calendars import BEIJING
from shouwen.kernel.errors import DomainError
from shouwen.kit import clock, events, files
from shouwen.kit.models import Fact
from shouwen.kit.rooms import RoomConfig
from shouwen.kit.versions import queries as versions

START = datetime(2026, 11, 23, 10, 0, tzinfo=BEIJING)


def at_once(*orders: Callable[[], Any]) -> list[Any]:
    """Give orders at the same moment, each over a connection of its own: what each answered, or its refusal's code."""
    barrier = Barrier(len(orders))

    def give(order: Callable[[], Any]) -> Any:
        try:
            barrier.wait(10)
            return order()
        except DomainError as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(orders)) as pool:
        return list(pool.map(give, orders))


class FrozenClock:
    """Domain time that moves only when told."""

    def __init__(self) -> None:
        self._at = START

    def now(self) -> datetime:
        """Return the frozen time."""
        return self._at

    def set(self, at: datetime) -> None:
        """Stand at an instant."""
        self._at = at

    def advance(self, **span: float) -> datetime:
        """Move on by hours=…, minutes=…, days=… and return the new time."""
        self._at += timedelta(**span)
        return self._at


@pytest.fixture(autouse=True)
def clock_at() -> Iterator[FrozenClock]:
    """Freeze domain time at Monday 2026-11-23 10:00 in Beijing; wall time goes on."""
    frozen = FrozenClock()
    with patch.object(clock, "now", frozen.now):
        yield frozen


@pytest.fixture(autouse=True, scope="session")
def _files_aside(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what tests upload in a folder of their own."""
    files.connect(files.FolderStorage(tmp_path_factory.mktemp("files")))


TABLES = """
    select t.oid::regclass::text, array_remove(array_agg(s.oid::bigint), null) from pg_class t
    left join pg_depend d on d.refobjid = t.oid and d.refclassid = 'pg_class'::regclass
        and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i')
    left join pg_class s on s.oid = d.objid and s.relkind = 'S'
    where t.relkind in ('r', 'p') and not t.relispartition and t.relnamespace = 'public'::regnamespace
        and t.relname <> all(%s)
    group by t.oid order by 1"""
RENUMBER = """
    select setval(number::oid::regclass, seqstart, false) from unnest(%s::bigint[]) number
    join pg_sequence on seqrelid = number::oid where pg_sequence_last_value(seqrelid) is not null"""


def empty_tables(_case: TransactionTestCase) -> None:
    """Empty every table but those that migrations fill, which all tests share; their rows are numbered from one again.

    Rows are deleted where we may leave triggers out: to truncate means new files for more than a hundred tables and
    all their indexes, and costs more than most tests. Who still writes is waited for, as a truncation would.
    """
    names, numbers = _tables()
    versions.read_once.cache_clear()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("show is_superuser")
        if cursor.fetchone() != ("on",):
            cursor.execute(f"truncate {', '.join(names)} restart identity")
            return
        cursor.execute(f"lock table {', '.join(names)} in exclusive mode")
        cursor.execute("set local session_replication_role = replica")
        emptied = ", ".join(f"emptied_{n} as (delete from {name})" for n, name in enumerate(names))  # noqa: S608
        cursor.execute(f"with {emptied} {RENUMBER}", [numbers])


@functools.cache
def _tables() -> tuple[list[str], list[int]]:
    """Return the tables that tests fill, and the sequences that number their rows."""
    seeded = {t for c in apps.get_app_configs() if isinstance(c, RoomConfig) for t in c.seeded}
    kept = seeded | {"django_migrations", "django_content_type", "kit_subscription"}
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [sorted(kept)])
        found = cursor.fetchall()
    return [name for name, _ in found], [number for _, sequences in found for number in sequences]


def deliver() -> int:
    """Run every due delivery, those they cause included; return how many."""
    return events.deliver()


def run_jobs() -> int:
    """Do what is queued as a worker would, also what that queues; return how many jobs there were."""
    done = 0
    while found := _take_jobs():
        for name, arguments in found:
            app.tasks[name](**arguments)
        done += len(found)
    return done


def _take_jobs() -> list[tuple[str, dict[str, Any]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """delete from procrastinate_jobs where status = 'todo' and scheduled_at is null
               returning task_name, args::text"""
        )
        return [(name, json.loads(args)) for name, args in cursor.fetchall()]


def facts(name: str | None = None) -> list[dict[str, Any]]:
    """Return published facts in order: name, payload, audience."""
    rows = Fact.objects.order_by("id")
    rows = rows.filter(name=name) if name else rows
    return [dict(r) for r in rows.values("name", "payload", "audience")]


class ApiClient:
    """A browser's manners: cookies, CSRF token, an idempotency key for each press, JSON in and out."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or Client(enforce_csrf_checks=True)
        self.headers = {"Accept-Language": "zh-CN"}

    def get(self, path: str, **query: Any) -> Any:
        """Read."""
        return self.client.get(path, query or None, headers=self.headers)

    def post(self, path: str, json: Any = None, *, key: str | None = None, **headers: str) -> Any:
        """Press once; repeat with the same `key` to press twice."""
        return self._send("POST", path, json, key, headers)

    def put(self, path: str, json: Any = None, *, key: str | None = None, **headers: str) -> Any:
        """Replace."""
        return self._send("PUT", path, json, key, headers)

    def patch(self, path: str, json: Any = None, *, key: str | None = None, **headers: str) -> Any:
        """Change some fields."""
        return self._send("PATCH", path, json, key, headers)

    def delete(self, path: str, *, key: str | None = None, **headers: str) -> Any:
        """Remove."""
        return self._send("DELETE", path, None, key, headers)

    def upload(self, path: str, content: bytes, *, key: str | None = None, **query: str) -> Any:
        """Hand in a file: its bytes are the body."""
        self._arm()
        sent = self._headers(key)
        address = f"{path}?{urlencode(query)}"
        return self.client.generic("POST", address, content, content_type="application/octet-stream", headers=sent)

    def _arm(self) -> None:
        if "csrftoken" not in self.client.cookies:
            self.client.get("/api/csrf")

    def _headers(self, key: str | None) -> dict[str, str]:
        token = self.client.cookies["csrftoken"].value
        return {**self.headers, "X-CSRFToken": token, "Idempotency-Key": key or uuid.uuid4().hex}

    def _send(self, method: str, path: str, json: Any, key: str | None, headers: dict[str, str]) -> Any:
        self._arm()
        sent = {
            **self._headers(key),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        data = {} if json is None else {"data": json, "content_type": "application/json"}
        call = getattr(self.client, method.lower())
        return call(path, headers=sent, **(data or {"data": "", "content_type": "application/json"}))
