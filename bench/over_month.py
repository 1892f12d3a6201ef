"""Three weeks of a real log through the real router: calibrated on the first, compared on the other two."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .month import log
from .month.changes import AS_LOGGED, Change
from .month.model import Outcome, Result, Settings, logged, result, simulate
from .parts import CannotMeasure, Part, judge

CALLS = "data/anonymousbank_aug1999/calls.csv.gz"
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "256MB"}
TRIED = (7, 9)
"""The days that the changes are tried on: Sunday and Monday of week 2, the fullest."""
CHANGES = (
    Change("rings: who rarely takes a type joins after 20 s", rings=20),
    Change("important callers as a class of their own", vip=True),
    Change("a callback after 60 s, four in ten accept", callback_after=60, callback_share=0.4),
)
GRID = [
    Settings(away_after, least, wrap_up, lead)
    for away_after in (120.0, 300.0, 600.0)
    for least in (0.01, 0.05)
    for wrap_up in (1.0, 1.2, 1.4)
    for lead in (0.0, 90.0)
]


def measure() -> Sequence[Part]:
    """Calibrate, run, compare; then try what ringing and priority change."""
    calls = log.read(_file())
    settings = _calibrate(log.weeks(calls, 1, 1))
    with _database():
        compared = _prepared(calls, 2, 3, settings)
        ours = _routed(compared, settings, AS_LOGGED, 0)
        theirs = result(logged(compared))
        _week_by_week(compared, ours)
        tried = [c for c in compared if TRIED[0] <= c.at // log.DAY < TRIED[1]]
        there = {c.number for c in tried}
        _show_change("two days as they were", [o for o in ours if o.number in there])
        for number, change in enumerate(CHANGES, start=1):
            _show_change(change.name, _routed(tried, settings, change, number))
    return _judged(result(ours), theirs)


def _file() -> Path:
    shared = os.environ.get("SHARED", "")
    if not shared or not (Path(shared) / CALLS).is_file():
        raise CannotMeasure("Name the folder that holds data/ with SHARED=, for example make bench NAME=month SHARED=…")
    return Path(shared) / CALLS


def _prepared(calls: Sequence[log.Call], first: int, last: int, settings: Settings) -> list[log.Call]:
    known, chosen = log.weeks(calls, 1, 1), log.weeks(calls, first, last)
    log.complete(chosen, known, log.pauses(known, log.skills(known, settings.least), settings.away_after))
    return chosen


def _calibrate(week: Sequence[log.Call]) -> Settings:
    """Try every setting on week 1 in memory and take the one that comes nearest to the log in all three figures."""
    wanted = result(logged(week))
    print(f"week 1, log          {wanted}")
    tried = [(_distance(found, wanted), settings, found) for settings in GRID if (found := _try(week, settings))]
    _, best, found = min(tried, key=lambda one: one[0])
    print(f"week 1, calibrated   {found}")
    print(
        f"  absent after {best.away_after:g} s without a call, skill from {best.least:.0%} of one's calls, "
        f"time after a call as the log shows it times {best.wrap_up:g}, lead of important callers {best.lead:g} s"
    )
    return best


def _try(week: Sequence[log.Call], settings: Settings) -> Result:
    skills = log.skills(week, settings.least)
    log.complete(week, week, log.pauses(week, skills, settings.away_after))
    return result(simulate(week, log.shifts(week, settings.away_after), skills, settings))


def _distance(found: Result, wanted: Result) -> float:
    """Return how far three figures are from the log's, each by its own tolerance."""
    return max(
        abs(found.mean_wait / wanted.mean_wait - 1) / 0.2,
        abs(found.in_time / wanted.in_time - 1) / 0.2,
        abs(found.abandoned - wanted.abandoned) / 0.03,
    )


def _routed(calls: Sequence[log.Call], settings: Settings, change: Change, run: int) -> list[Outcome]:
    from .month.floor import Floor

    began = time.monotonic()
    floor = Floor(log.skills(calls, settings.least), settings, change, run)
    found = floor.play(calls, log.shifts(calls, settings.away_after))
    print(f"  {len(calls) / (time.monotonic() - began):.0f} calls/s through the real router", flush=True)
    return found


def _week_by_week(calls: Sequence[log.Call], ours: Sequence[Outcome]) -> None:
    print(f"{'':<12}{'mean wait':>12}{'≤ 20 s':>9}{'abandoned':>11}")
    for week in (2, 3):
        inside = [log.DAY * 7 * (week - 1) <= c.at < log.DAY * 7 * week for c in calls]
        print(f"week {week} log   {result([o for o, i in zip(logged(calls), inside, strict=True) if i])}")
        print(f"week {week} ours  {result([o for o, i in zip(ours, inside, strict=True) if i])}")


def _show_change(name: str, outcomes: Sequence[Outcome]) -> None:
    high, others = [o for o in outcomes if o.high], [o for o in outcomes if not o.high]
    print(f"{name}:\n  all       {result(outcomes)}\n  important {result(high)}\n  others    {result(others)}")


def _judged(ours: Result, theirs: Result) -> list[Part]:
    return [
        judge("month", "mean_wait", ours=ours.mean_wait, unit="s", peer="log", peer_value=theirs.mean_wait),
        judge("month", "in_time", ours=100 * ours.in_time, unit="%", peer="log", peer_value=100 * theirs.in_time),
        judge("month", "abandoned", ours=100 * abs(ours.abandoned - theirs.abandoned), unit="points"),
    ]


@contextmanager
def _database() -> Iterator[None]:
    """Make a trial database that nobody keeps, and let Django use it."""
    from shouwen.project.postgres import Cluster

    folder = Path(tempfile.mkdtemp(prefix="shouwen-month-"))
    folder.chmod(0o711)
    cluster = Cluster(folder / "postgres", settings=FAST)
    cluster.start()
    try:
        os.environ["DATABASE_URL"] = cluster.url("shouwen")
        os.environ["DJANGO_SETTINGS_MODULE"] = "shouwen.project.settings"
        cluster.ensure_database("shouwen")
        _migrate()
        yield
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _migrate() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from shouwen.accounts import actions as accounts
    from shouwen.kit import clock, events

    from .month.floor import moment

    events.make_partitions()
    accounts.sync_roles()
    clock.mark_trial(speed=1, start=moment(0))
