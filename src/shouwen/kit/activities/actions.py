"""Starting, answering, trying again, finishing by hand. Each run has one answer."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from pydantic import BaseModel, ValidationError

from shouwen.kernel.errors import DomainError
from shouwen.kit import audit, clock, events
from shouwen.kit.actions import action
from shouwen.kit.models import ActivityRun
from shouwen.kit.permissions import require
from shouwen.kit.principals import SYSTEM, Principal

from .errors import InputUnfit, KeyOfAnother, RunNotFound, RunOver
from .events import ActivityAnswered, ActivityNeedsPerson
from .registry import SETTLE, Activity, Later, Run, activity_of

logger = logging.getLogger(__name__)
WAIT = timedelta(seconds=5)


@dataclass(frozen=True)
class RunView:
    """A run and how it stands; `output` is there when it is done."""

    id: int
    state: str
    output: dict[str, Any] | None
    token: str


@action
def start(*, code: str, key: str, given: BaseModel | dict[str, Any], caller: str) -> RunView:
    """Do an activity once per key: the same key and input give the same run, whatever became of it.

    1. Take the input in the activity's shape.
    2. Insert the run; a twin waits here for our commit, then finds it.
    3. Work. A failure undoes the work alone; the run stays and is tried again.
    """
    known = activity_of(code)
    fitting = _fitting(known.code, known.takes, given)
    at = clock.now()
    _one_at_a_time(code, key)
    held = ActivityRun.objects.filter(code=code, key=key).first()
    if held is not None:
        if held.given != fitting.model_dump(mode="json"):
            raise KeyOfAnother(code=code, key=key)
        return _view(held)
    row = ActivityRun.objects.create(
        code=code,
        key=key,
        given=fitting.model_dump(mode="json"),
        caller=caller,
        token=secrets.token_urlsafe(24),
        started_at=at,
        due_at=at,
    )
    _note(row, "start", SYSTEM, caller=caller)
    _try(row, known, at)
    return _view(row)


@action
def answer(*, token: str, given: BaseModel | dict[str, Any]) -> None:
    """Give a run the answer that was to come later. The same answer twice is one."""
    row = ActivityRun.objects.select_for_update().filter(token=token).first()
    if row is None:
        raise RunNotFound
    known = activity_of(row.code)
    output = _fitting(row.code, known.gives, given).model_dump(mode="json")
    if row.state == "done":
        if row.output == output:
            return
        raise RunOver
    _done(row, output, SYSTEM, clock.now())


@action
def settle(*, by: Principal, run_id: int, given: dict[str, Any], remark: str) -> None:
    """Finish by hand what the machine could not, with the answer the flow waits for."""
    require(by, SETTLE)
    row = ActivityRun.objects.select_for_update().filter(id=run_id).first()
    if row is None:
        raise RunNotFound
    if row.state != "needs_person":
        raise RunOver
    row.remark = remark.strip()
    _done(row, _fitting(row.code, activity_of(row.code).gives, given).model_dump(mode="json"), by, clock.now())


@action
def work_due(*, at: datetime, limit: int = 50) -> int:
    """Try again what failed, and bring before a person what stayed unanswered; return how many."""
    due = ActivityRun.objects.filter(state__in=["failed", "waiting"], due_at__lte=at).order_by("due_at")
    rows = list(due.select_for_update(skip_locked=True)[:limit])
    for row in rows:
        _go_on(row, activity_of(row.code), at)
    return len(rows)


def _go_on(row: ActivityRun, known: Activity, at: datetime) -> None:
    if row.attempts <= known.retries:
        _try(row, known, at)
    else:
        _before_a_person(row, row.error or "no answer in time", at)


def _try(row: ActivityRun, known: Activity, at: datetime) -> None:
    """Work once within the time-out; keep the answer, the wait for one, or why there is none."""
    row.attempts += 1
    try:
        with transaction.atomic():
            result = _in_time(known, row)
    except DomainError as refusal:
        _before_a_person(row, refusal.text("zh"), at)
        return
    except Exception as error:
        logger.exception("activity %s failed (run %s, try %s)", row.code, row.pk, row.attempts)
        _failed(row, known, repr(error)[:500], at)
        return
    if isinstance(result, Later):
        row.state, row.due_at, row.error = "waiting", at + known.timeout, ""
        row.save()
        return
    _done(row, _fitting(row.code, known.gives, result).model_dump(mode="json"), SYSTEM, at)


def _in_time(known: Activity, row: ActivityRun) -> BaseModel | Later:
    """Call the work; the database ends a statement that takes longer than the time-out."""
    run = Run(row.pk, row.token, row.key, row.attempts)
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('statement_timeout')")
        before = cursor.fetchone()[0]
        cursor.execute(
            "select set_config('statement_timeout', %s, true)", [str(int(known.timeout.total_seconds() * 1000))]
        )
        result: BaseModel | Later = known.work(known.takes.model_validate(row.given), run)
        cursor.execute("select set_config('statement_timeout', %s, true)", [before])
    return result


def _failed(row: ActivityRun, known: Activity, error: str, at: datetime) -> None:
    if row.attempts > known.retries:
        _before_a_person(row, error, at)
        return
    row.state, row.error, row.due_at = "failed", error, at + WAIT * 2 ** (row.attempts - 1)
    row.save()


def _before_a_person(row: ActivityRun, why: str, at: datetime) -> None:
    row.state, row.error, row.due_at = "needs_person", why[:500], None
    row.save()
    _note(row, "needs_person", SYSTEM, why=row.error)
    events.publish(ActivityNeedsPerson(row.pk, row.code, row.key, row.caller), audience=["activities"], at=at)


def _done(row: ActivityRun, output: dict[str, Any], by: Principal, at: datetime) -> None:
    row.state, row.output, row.answered_at, row.due_at = "done", output, at, None
    row.answered_by = by.key
    row.save()
    _note(row, "answer", by, output=output)
    events.publish(ActivityAnswered(row.pk, row.code, row.key, row.caller), audience=["activities"], at=at)


def _fitting(code: str, shape: type[BaseModel], given: Any) -> BaseModel:
    try:
        return shape.model_validate(given if isinstance(given, dict) else given.model_dump())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(p) for p in first["loc"])
        raise InputUnfit(code=code, why=f"{where} {first['msg']}") from None


def _one_at_a_time(code: str, key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"kit.activity:{code}:{key}"])


def _note(row: ActivityRun, verb: str, by: Principal, **details: object) -> None:
    audit.record(by, f"activities.{verb}", subject=f"activity.{row.code}", subject_id=row.pk, **details)


def _view(row: ActivityRun) -> RunView:
    return RunView(row.pk, row.state, row.output, row.token)
