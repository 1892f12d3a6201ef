"""Rules for tests: published as they would be, at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shouwen.kit import clock
from shouwen.kit.models import Version
from shouwen.sla.queries.in_force import CALENDAR, LADDER, POLICY

OFFICE_DAY = [["09:00", "12:00"], ["13:00", "18:00"]]
NAME = {"zh": "测试", "en": "test"}


def version(
    kind: str, key: str, content: dict[str, Any], *, valid_from: datetime | None = None, unit: int | None = None
) -> Version:
    """Return a new published version of a rule, in force from now unless told otherwise."""
    at = clock.now()
    return Version.objects.create(
        kind=kind,
        key=key,
        number=Version.objects.filter(kind=kind, key=key).count() + 1,
        title=key,
        content={"name": NAME, **content},
        state="published",
        organisation_id=unit,
        authors=["staff:1"],
        reviewer="staff:2",
        created_at=at,
        changed_at=at,
        published_at=at,
        valid_from=valid_from or at,
    )


def policy(
    key: str = "complaint.handling", *, valid_from: datetime | None = None, unit: int | None = None, **changes: Any
) -> Version:
    """Return a new version of a policy; measures are given as `seconds`, `working_seconds` or `working_days`."""
    measures = ("seconds", "working_seconds", "working_days")
    given = {name: changes.pop(name) for name in measures if name in changes} or {"seconds": 72 * 3600}
    content = {
        "metric": "handling",
        "conditions": {"kind": ["complaint"]},
        "calendar": "office",
        "ladder": "standard",
        "pauses": [{"reason": "customer", "limit_hours": None}],
        **changes,
        "allowance": {**dict.fromkeys(measures), **given},
    }
    return version(POLICY, key, content, valid_from=valid_from, unit=unit)


def ladder(*steps: tuple[int, list[str], bool], quiet: list[str] | None = None) -> Version:
    """Return a new version of the standard ladder."""
    rows = [{"percent": percent, "to": to, "any_hour": any_hour} for percent, to, any_hour in steps]
    return version(LADDER, "standard", {"quiet": quiet, "steps": rows})


def office(week: list[Any] | None = None, *, public_holidays: bool = False) -> Version:
    """Return a new version of the office calendar."""
    content = {"week": week or [OFFICE_DAY] * 5 + [[]] * 2, "public_holidays": public_holidays, "days": []}
    return version(CALENDAR, "office", content)
