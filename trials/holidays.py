"""The holidays that calendars count by, against an independent list of the announcements."""

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

from shouwen.kernel.holidays import special_days

from .kill import MissingData

LIST = "data/holidays_cn/holiday_cn.csv"


def main() -> bool:
    """Compare every day of the list in SHARED; tell whether none differs."""
    file = Path(os.environ.get("SHARED", "")) / LIST
    if not os.environ.get("SHARED") or not file.is_file():
        raise MissingData(f"{LIST} is not there. Name the folder that holds data/ with SHARED=.")
    days = special_days()
    with file.open(encoding="utf-8") as rows:
        listed = {date.fromisoformat(row["date"]): row["isOffDay"] == "True" for row in csv.DictReader(rows)}
    differing = [day for day, off in listed.items() if _is_off(day) != off]
    known = [day for day in days if min(listed) <= day <= max(listed)]
    missing = [day for day in known if day not in listed and _is_off(day) != _weekend(day)]
    for day in (*differing, *missing):
        print(f"{day}: ours {'off' if _is_off(day) else 'worked'}")
    print(f"{len(listed)} days from {min(listed)} to {max(listed)}: {len(differing)} differ, {len(missing)} not listed")
    return not differing and not missing


def _is_off(day: date) -> bool:
    special = special_days().get(day)
    return not special.works if special else _weekend(day)


def _weekend(day: date) -> bool:
    return day.weekday() >= 5
