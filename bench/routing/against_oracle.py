"""Random events in the database and by brute force at once: how many choices differ."""

from __future__ import annotations

import time
from typing import Any
from unittest.mock import patch

from django.test import TransactionTestCase

from shouwen.kit import clock
from shouwen.kit.testing import FrozenClock, empty_tables
from shouwen.routing.tests.random_day import RandomDay
from shouwen.routing.tests.snapshots import broken

EVENTS_A_DAY, LOOK_EVERY = 2500, 100


def differing(events: int) -> int:
    """Let so many events happen, in days of their own; return how many ended otherwise than the model says."""
    found, day, started = 0, 0, time.monotonic()
    while day * EVENTS_A_DAY < events:
        day += 1
        found += _day(day, min(EVENTS_A_DAY, events - (day - 1) * EVENTS_A_DAY))
        done = min(day * EVENTS_A_DAY, events)
        print(f"{done} random events in {time.monotonic() - started:.0f} s: {found} differing choices", flush=True)
    return found


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
