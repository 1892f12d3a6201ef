"""The list of activities and their runs, for administrators; and finishing one by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.db.models import Count
from django.http import HttpRequest
from ninja import Field, Router, Schema

from shouwen.kit import activities
from shouwen.kit.activities import ACTIVITIES, Activity
from shouwen.kit.models import ActivityRun
from shouwen.kit.permissions import require

from .commands import command
from .paging import Page, page_of
from .requests import principal
from .shapes import Shape

activities_router = Router(tags=["activities"])
State = Literal["failed", "waiting", "needs_person", "done"]


class ActivityOut(Shape):
    """Something a room offers to flows."""

    code: str
    zh: str
    en: str
    takes: dict[str, Any]
    gives: dict[str, Any]
    timeout_seconds: float
    retries: int
    fallback_zh: str
    fallback_en: str
    runs: dict[str, int]


class ActivityRunOut(Shape):
    """One doing of an activity."""

    id: int
    code: str
    key: str
    caller: str
    state: State
    attempts: int
    error: str
    remark: str
    given: dict[str, Any]
    output: dict[str, Any] | None
    started_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    answered_by: str


class SettleIn(Schema):
    """The answer a person gives in the machine's place."""

    output: dict[str, Any]
    remark: str = Field("", max_length=500)


_RUN = tuple(ActivityRunOut.model_fields)


@activities_router.get("/activities", operation_id="listActivities", response=list[ActivityOut])
def list_activities(request: HttpRequest) -> list[ActivityOut]:
    """List what rooms offer, with how many runs stand where."""
    require(principal(request), activities.VIEW)
    counted: dict[str, dict[str, int]] = {}
    for row in ActivityRun.objects.values("code", "state").annotate(n=Count("id")):
        counted.setdefault(row["code"], {})[row["state"]] = row["n"]
    return [_activity(ACTIVITIES[code], counted.get(code, {})) for code in sorted(ACTIVITIES)]


@activities_router.get("/activity-runs", operation_id="listActivityRuns", response=Page[ActivityRunOut])
def list_runs(
    request: HttpRequest, code: str = "", state: State | None = None, cursor: str = "", limit: int = 50
) -> Page[ActivityRunOut]:
    """List runs, newest first."""
    require(principal(request), activities.VIEW)
    wanted = {name: value for name, value in (("code", code), ("state", state)) if value}
    rows = ActivityRun.objects.filter(**wanted).values(*_RUN)
    return page_of(rows, order=("-started_at", "-id"), cursor=cursor, limit=limit, shape=lambda r: ActivityRunOut(**r))


@activities_router.post("/activity-runs/{run_id}/settle", operation_id="settleActivityRun", response=ActivityRunOut)
@command()
def settle(request: HttpRequest, run_id: int, body: SettleIn) -> ActivityRunOut:
    """Finish by hand what the machine could not."""
    activities.settle(by=principal(request), run_id=run_id, given=body.output, remark=body.remark)
    return ActivityRunOut(**ActivityRun.objects.values(*_RUN).get(id=run_id))


def _activity(one: Activity, runs: dict[str, int]) -> ActivityOut:
    return ActivityOut(
        code=one.code,
        zh=one.zh,
        en=one.en,
        takes=one.takes.model_json_schema(),
        gives=one.gives.model_json_schema(),
        timeout_seconds=one.timeout.total_seconds(),
        retries=one.retries,
        fallback_zh=one.fallback_zh,
        fallback_en=one.fallback_en,
        runs=runs,
    )
