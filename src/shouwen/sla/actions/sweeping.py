"""The verbs of the sweep: what is due is found by its partial index, a batch at a time, by any number of workers."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.db.models import QuerySet

from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.prepared import change

from .. import queries
from ..events import DeadlineReached, PauseRanOut
from ..models import Deadline, Pause
from ..queries import Terms
from ..rules import ladders
from .changing import breach_if_late, end_pause

BATCH = 200


class Batch(Protocol):
    """A verb that handles some of what is due and says how much; zero when nothing is left."""

    def __call__(self, *, at: datetime) -> int: ...


@action
def breach_due(*, at: datetime) -> int:
    """Mark a batch of promises whose time has passed; return how many. Each is announced once."""
    rows = _held(breaches(at))
    for row in rows:
        breach_if_late(row, at)
    return len(rows)


@action
def tell_due(*, at: datetime) -> int:
    """Announce a batch of rungs that have come; return of how many clocks."""
    rows = _held(rungs_due(at))
    for pk, counted in queries.terms_of(rows).items():
        _announce(next(row for row in rows if row.pk == pk), counted, at)
    return len(rows)


@action
def end_pauses(*, at: datetime) -> int:
    """Let a batch of clocks run on that stood as long as their reason allows; return how many."""
    rows = _held(pauses_over(at))
    for row in rows:
        reason = Pause.objects.values_list("reason", flat=True).get(deadline=row, ended_at__isnull=True)
        assert row.pause_ends_at is not None
        end_pause(row, row.pause_ends_at, "limit")
        publish(PauseRanOut(row.subject, row.subject_id, row.metric, reason), at=at)
    return len(rows)


def breaches(at: datetime) -> QuerySet[Deadline]:
    """Return the promises whose time has passed and that nobody has marked yet, the longest overdue first."""
    return Deadline.objects.filter(queries.RUNNING, breached_at__isnull=True, due_at__lt=at).order_by("due_at")


def rungs_due(at: datetime) -> QuerySet[Deadline]:
    """Return the running promises of which somebody is to be told."""
    return Deadline.objects.filter(queries.RUNNING, next_tell_at__lt=at).order_by("next_tell_at")


def pauses_over(at: datetime) -> QuerySet[Deadline]:
    """Return the stopped clocks whose reason allows no more."""
    return Deadline.objects.filter(queries.OPEN, pause_ends_at__lte=at).order_by("pause_ends_at")


def _held(due: QuerySet[Deadline]) -> list[Deadline]:
    return list(due.select_for_update(skip_locked=True)[:BATCH])


def _announce(row: Deadline, counted: Terms, at: datetime) -> None:
    ahead = counted.rungs
    come = [rung.step for rung in ahead if rung.tell_at < at and rung.step.percent not in row.told]
    told = sorted({*row.told, *(step.percent for step in come)})
    change(row, told=told, next_tell_at=ladders.next_tell_at(ahead, told))
    if come:
        people = sorted({person for step in come for person in step.to})
        percent = max(step.percent for step in come)
        publish(DeadlineReached(row.subject, row.subject_id, row.metric, percent, people), at=at)
