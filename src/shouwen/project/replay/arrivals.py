"""When each request comes in: pure, so that a seed gives the same day twice."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from shouwen.kernel.calendars import BEIJING

from .errors import NoTimes, RowRefused, ShapeRefused
from .reading import rows_of

HOURS = 24
TIME_COLUMNS = ("vru_entry", "started_at", "start", "time", "at", "来电时间", "呼入时间", "时间")
_HOUR = re.compile(r"(?:^|[T\s])(\d{1,2}):\d{2}(?::\d{2})?")
Profile = tuple[int, ...]
FLAT: Profile = (1,) * HOURS


def own_times(written: Sequence[datetime], *, start: datetime, days: float) -> list[datetime]:
    """Lay the times of a file onto `days` days from `start`, order and proportions kept."""
    first, last = min(written), max(written)
    span = (last - first) or timedelta(seconds=1)
    return [start + timedelta(days=days) * ((moment - first) / span) for moment in written]


def by_hours(count: int, profile: Profile, *, start: datetime, days: float, seed: int) -> list[datetime]:
    """Draw `count` times over `days` days from `start`, as busy at each hour of the day as the profile."""
    dice = random.Random(f"arrivals:{seed}")  # noqa: S311  a simulation, not a secret
    hours = [start + timedelta(hours=n) for n in range(max(1, round(days * HOURS)))]
    weights = [profile[moment.astimezone(BEIJING).hour] for moment in hours]
    if not any(weights):
        weights = [1] * len(hours)
    drawn = dice.choices(hours, weights=weights, k=count)
    return sorted(hour + timedelta(seconds=dice.random() * 3600) for hour in drawn)


def read_profile(path: Path) -> Profile:
    """Count the calls of a file by hour of the day."""
    rows = rows_of(path)
    _, header = next(rows, (0, []))
    plain = [name.strip().lower() for name in header]
    place = next((plain.index(name) for name in TIME_COLUMNS if name in plain), None)
    if place is None:
        raise NoTimes(path=path, names=", ".join(TIME_COLUMNS))
    counts = [0] * HOURS
    for line, cells in rows:
        if len(cells) != len(header):
            raise ShapeRefused(line=line, cells=len(cells), columns=len(header))
        counts[_hour(line, header[place], cells[place])] += 1
    return tuple(counts)


def _hour(line: int, column: str, cell: str) -> int:
    found = _HOUR.search(cell.strip())
    if found is None or int(found[1]) >= HOURS:
        shown = cell.strip()[:30]
        raise RowRefused(
            line=line, column=column, reason_zh=f"「{shown}」里没有时刻", reason_en=f"“{shown}” holds no time of day"
        )
    return int(found[1])
