"""Test tools every room may use: frozen time, facts seen, deliveries run, a client with manners."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client, TransactionTestCase
from procrastinate.contrib.django import app

from shouwen.kernel.calendars import BEIJING
from shouwen.kit import clock, events, files
from shouwen.kit.models import Fact
from shouwen.kit.rooms import RoomConfig

START = datetime(2026, 11, 23, 10, 0, tzinfo=BEIJING)


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


def empty_tables(_case: TransactionTestCase) -> None:
    """Empty every table but those that migrations fill, which all tests share."""
    seeded = {t for c in apps.get_app_configs() if isinstance(c, RoomConfig) for t in c.seeded}
    kept = seeded | {"django_migrations", "django_content_type", "kit_subscription"}
    names = set(connection.introspection.table_names()) - kept
    with connection.cursor() as cursor:
        cursor.execute("select inhrelid::regclass::text from pg_inherits")
        names -= {row[0] for row in cursor.fetchall()}
        listed = ", ".join(connection.ops.quote_name(n) for n in sorted(names))
        cursor.execute(f"truncate {listed} restart identity")


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
