"""The one source of domain time.

A database marked *trial* may run its clock N times faster than the wall, so that days of service can be
watched in minutes. Sessions, one-time codes and rate limits keep wall time (`wall`).
"""

from __future__ import annotations

import functools
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from shouwen.kernel.errors import DomainError

from .actions import action
from .models import ClockSetting, Fact


class TrialRefused(DomainError):
    """Only an empty database may become a trial."""

    code = "trial-refused"
    zh = "这个数据库里已有业务数据，不能改成试运行。请换一个空的数据文件夹。"
    en = "This database already holds business data and cannot become a trial. Use an empty data folder."


@dataclass(frozen=True)
class Pace:
    """How domain time follows the wall: `domain` at `wall`, then `speed` domain seconds a second."""

    wall: datetime
    domain: datetime
    speed: float
    trial: bool

    def at(self, wall: datetime) -> datetime:
        """Return the domain time at a wall time."""
        return self.domain + (wall - self.wall) * self.speed


def wall() -> datetime:
    """Return the time on the wall, for sessions, codes, limits and figures about ourselves."""
    return datetime.fromtimestamp(time.time(), UTC)


def now() -> datetime:
    """Return domain time. Take it once at the top of an action and pass it on."""
    return pace().at(wall())


@functools.lru_cache(maxsize=1)
def pace() -> Pace:
    """Read how fast this database's time runs; fixed for the life of a process."""
    row = ClockSetting.objects.filter(id=1).first()
    if row is None or not row.trial:
        start = wall()
        return Pace(start, start, 1.0, trial=False)
    return Pace(row.wall_epoch, row.domain_epoch, row.speed, trial=True)


def to_wall(span: timedelta) -> timedelta:
    """Return how long a span of domain time lasts on the wall."""
    return span / pace().speed


@action
def mark_trial(*, speed: float, start: datetime) -> None:
    """Turn an empty database into a trial whose time begins at `start` and runs `speed` times faster."""
    if Fact.objects.exists():
        raise TrialRefused
    ClockSetting.objects.update_or_create(
        id=1, defaults={"trial": True, "speed": speed, "wall_epoch": wall(), "domain_epoch": start}
    )
    pace.cache_clear()
