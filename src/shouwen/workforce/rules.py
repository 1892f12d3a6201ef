"""What may be planned. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from shouwen.kernel.calendars import BEIJING

ACTIVITIES = ("work", "break", "training", "meeting")
NAMES: Mapping[str, tuple[str, str]] = {
    "work": ("在岗", "work"),
    "break": ("小休", "break"),
    "training": ("培训", "training"),
    "meeting": ("会议", "meeting"),
}
LONGEST = timedelta(hours=16)
YES = frozenset({"是", "计薪", "yes", "y", "true", "1", "paid"})
NO = frozenset({"否", "不计薪", "no", "n", "false", "0", "unpaid"})
_FORMS = ("%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S")


def is_sound(activity: str, starts_at: datetime, ends_at: datetime) -> bool:
    """Tell whether a stretch may be planned: a known activity, forwards, of 16 hours at most."""
    return activity in ACTIVITIES and timedelta() < ends_at - starts_at <= LONGEST


def activity_of(text: str) -> str | None:
    """Read an activity by its name in either language; nothing is work, an unknown one is None."""
    given = text.strip().casefold() or "work"
    return next((code for code, names in NAMES.items() if given in {code, *names}), None)


def paid_of(text: str) -> bool | None:
    """Read whether a stretch is paid; nothing is yes, anything unknown is None."""
    given = text.strip().casefold()
    return True if not given or given in YES else False if given in NO else None


def moment_of(text: str) -> datetime | None:
    """Read a moment as people write it, in Beijing; None when it is none."""
    for form in _FORMS:
        try:
            return datetime.strptime(text.strip(), form).replace(tzinfo=BEIJING)
        except ValueError:
            continue
    return None
