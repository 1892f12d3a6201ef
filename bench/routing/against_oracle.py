"""Random events in the database and by brute force at once: how many choices differ."""

from __future__ import annotations

import multiprocessing
import os
import time
from multiprocessing.queues import SimpleQueue
from typing import Any
from unittest.mock import patch

from django.db import connection, connections
from django.test import TransactionTestCase

from shouwen.kit import clock
from shouwen.kit.testing import FrozenClock, empty_tables
from shouwen.routing.tests.random_day import RandomDay
from shouwen.routing.tests.snapshots import broken

EVENTS_A_DAY, LOOK_EVERY = 2500, 100
FORK = multiprocessing.get_context("fork")


def differing(events: int) -> int:
    """Let so many events happen, in days of their own; return how many ended otherwise than the model says.

    A processor works on a day at a time, each in a database of its own.
    """
    days = [(n + 1, min(EVENTS_A_DAY, events - start)) for n, start in enumerate(range(0, events, EVENTS_A_DAY))]
    found, done, started = 0, 0, time.monotonic()
    names: SimpleQueue[str] = FORK.SimpleQueue()
    hands = min(os.cpu_count() or 1, len(days))
    for name in _copies(hands):
        names.put(name)
    with FORK.Pool(hands, _sit_down, (names,)) as pool:
        for wrong, size in pool.imap_unordered(_day_of, days):
            found, done = found + wrong, done + size
            print(f"{done} random events in {time.monotonic() - started:.0f} s: {found} differing choices", flush=True)
    return found


def _copies(count: int) -> list[str]:
    """Make so many empty copies of the database."""
    original = str(connection.settings_dict["NAME"])
    connection.close()
    names = [f"{original}_{n}" for n in range(1, count + 1)]
    _use("postgres")
    with connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = %s", [original])
        for name in names:
            cursor.execute(f'create database "{name}" template "{original}"')
    connection.close()
    _use(original)
    return names


def _use(name: str) -> None:
    connections["default"].settings_dict["NAME"] = name


def _sit_down(names: SimpleQueue[str]) -> None:
    """Let a process work in a database that nobody else has."""
    connections.close_all()
    _use(names.get())


def _day_of(day: tuple[int, int]) -> tuple[int, int]:
    return _day(*day), day[1]


def _day(seed: int, events: int) -> int:
    """Run one day; it ends with the first difference, because everything after it differs too."""
    clean()
    frozen = FrozenClock()
    with patch.object(clock, "now", frozen.now):
        day = RandomDay(seed, frozen)
        for n in range(events):
            day.step()
            wrong = day.differs() or (str(broken() or "") if n % LOOK_EVERY == 0 else "")
            if wrong:
                print(f"day {seed}, event {n}: {wrong}")
                return 1
    return 0


def clean() -> None:
    """Empty the database, but for what migrations fill."""
    empty_tables(_Anything())


class _Anything(TransactionTestCase):
    """What `empty_tables` is given; it does not look at it."""

    def runTest(self, *_: Any) -> None:  # noqa: N802  the name is unittest's
        """Do nothing."""
