"""Carriers for tests, and a worker for one moment."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from django.db import connection
from procrastinate.contrib.django import app

from shouwen.kit import clock
from shouwen.kit.actions import forbid_inside_action
from shouwen.notifications import actions, ports


@dataclass
class Mailbag:
    """A carrier that keeps what it is given, or refuses it."""

    carried: list[dict[str, str]] = field(default_factory=list)
    refuse: ports.SendFailed | Exception | None = None

    def send(self, *, channel: str, address: str, title: str, body: str, reference: str) -> str:
        """Keep one message."""
        forbid_inside_action("Sending")
        if self.refuse:
            raise self.refuse
        self.carried.append({"channel": channel, "address": address, "title": title, "body": body, "ref": reference})
        return f"bag:{len(self.carried)}"


@contextmanager
def connected(carrier: Any, *channels: str) -> Iterator[None]:
    """Let `carrier` carry these channels for a while."""
    carriers = dict.fromkeys(channels or ("sms", "email"), carrier)
    with patch.dict("shouwen.notifications.ports._connected", carriers, clear=True):
        yield


def run_jobs(*, scheduled: bool = False) -> int:
    """Do what is queued as a worker would, also what that queues; return how many jobs there were.

    With `scheduled`, what waits for its time is done too, once.
    """
    done = 0
    while found := _take_jobs(scheduled=scheduled):
        for name, arguments in found:
            app.tasks[name](**arguments)
        done, scheduled = done + len(found), False
    return done


def _take_jobs(*, scheduled: bool) -> list[tuple[str, dict[str, Any]]]:
    when = "true" if scheduled else "scheduled_at is null"
    with connection.cursor() as cursor:
        cursor.execute(
            f"delete from procrastinate_jobs where status = 'todo' and {when} returning task_name, args::text"
        )
        return [(name, json.loads(args)) for name, args in cursor.fetchall()]


def tell(recipient: str, **changes: Any) -> list[int]:
    """Tell somebody that his matter was received."""
    told: dict[str, Any] = {
        "recipient": recipient,
        "template": "tickets.opened",
        "params": {"number": "GD20261123-000001"},
        "subject": "ticket",
        "subject_id": 1,
        "dedupe_key": "tickets.opened:1",
        "at": clock.now(),
    }
    return actions.notify(**(told | changes))
