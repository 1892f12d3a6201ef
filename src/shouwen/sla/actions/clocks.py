"""The verbs that run clocks.

They are parts of other rooms' verbs, which have checked who asks: they share the caller's transaction and its
time, so they take `at` and no principal.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from shouwen.kit.actions import action
from shouwen.kit.prepared import Prepared, change, columns, fetched, note

from .. import queries
from ..models import Deadline, Pause
from ..queries.terms import Reader, policy, terms
from ..rules import clockwork, ladders
from ..rules.choosing import Facets
from .changing import breach_if_late, end_pause

_OPEN = Prepared(
    lambda subject, subject_id: (
        Deadline.objects.filter(queries.OPEN, subject=subject, subject_id=subject_id)
        .order_by("id")
        .values_list(*columns(Deadline))
    ),
    takes=Deadline,
)


@action
def start(
    *,
    subject: str,
    subject_id: int,
    metric: str,
    facets: Facets,
    at: datetime,
    organisation_id: int | None = None,
) -> None:
    """Start a promise for a subject. One that is already open keeps running as it was."""
    start_all(
        subject=subject,
        subject_id=subject_id,
        metrics=[metric],
        facets=facets,
        at=at,
        organisation_id=organisation_id,
    )


@action
def start_all(
    *,
    subject: str,
    subject_id: int,
    metrics: Iterable[str],
    facets: Facets,
    at: datetime,
    organisation_id: int | None = None,
) -> None:
    """Start several promises at once, each under the policy that fits best. Those already open run as they were."""
    chosen = queries.chosen(metrics, facets, at=at, organisation_id=organisation_id)
    reader = Reader(chosen.values())
    known = {name: value for name, value in facets.items() if value}
    rows = [
        _new(Deadline(subject=subject, subject_id=subject_id, metric=metric, facets=known), found, at, reader)
        for metric, found in chosen.items()
    ]
    for row in rows:
        note(row, once=True)


@action
def meet(*, subject: str, subject_id: int, metric: str, at: datetime) -> None:
    """Note that a promise was kept, late or in time. Nothing happens when none is open."""
    for row in (row for row in _locked(subject, subject_id) if row.metric == metric):
        breach_if_late(row, at)
        end_pause(row, at, "settled")
        change(row, met_at=at)


@action
def cancel(*, subject: str, subject_id: int, at: datetime) -> None:
    """Let every open promise of a subject go: nobody waits for it any more."""
    for row in _locked(subject, subject_id):
        breach_if_late(row, at)
        end_pause(row, at, "settled")
        change(row, cancelled_at=at)


@action
def pause(*, subject: str, subject_id: int, reason: str, at: datetime) -> None:
    """Stop the clocks of a subject whose policies let this reason stop them, while there is time left for it.

    Stopped ones stay as they are; those that the reason may not stop, or not any longer, run on.
    """
    for row in (row for row in _locked(subject, subject_id) if row.paused_at is None):
        breach_if_late(row, at)
        allowed = policy(row).pauses
        if reason in allowed:
            _stop(row, reason, allowed[reason], at)


@action
def resume(*, subject: str, subject_id: int, at: datetime) -> None:
    """Let the stopped clocks of a subject run on, giving back the time that did not count."""
    for row in _locked(subject, subject_id):
        end_pause(row, at, "resumed")


def _new(row: Deadline, chosen: queries.Chosen, at: datetime, reader: Reader) -> Deadline:
    """Give a new deadline its versions, its allowance and its times."""
    measure = chosen.content.allowance
    row.policy, row.policy_number = chosen.policy.key, chosen.policy.number
    if chosen.calendar:
        row.calendar, row.calendar_number = chosen.calendar.key, chosen.calendar.number
    if chosen.ladder:
        row.ladder, row.ladder_number = chosen.ladder.key, chosen.ladder.number
    row.seconds, row.working_seconds, row.working_days = measure.seconds, measure.working_seconds, measure.working_days
    row.started_at = at
    counted = terms(row, reader)
    row.due_at = counted.due_at
    row.next_tell_at = ladders.next_tell_at(counted.rungs, [])
    return row


def _stop(row: Deadline, reason: str, limit_hours: int | None, at: datetime) -> None:
    limit = timedelta(hours=limit_hours) if limit_hours is not None else None
    earlier = Pause.objects.filter(deadline=row, reason=reason, ended_at__isnull=False)
    spans = [clockwork.Pause(one.began_at, one.ended_at) for one in earlier if one.ended_at]
    left = clockwork.remaining_pause(limit, spans)
    if left is not None and not left:
        return
    ends_at = at + left if left is not None else None
    Pause.objects.create(deadline=row, reason=reason, began_at=at, limit_at=ends_at)
    change(row, paused_at=at, pause_ends_at=ends_at)


def _locked(subject: str, subject_id: int) -> list[Deadline]:
    rows = (fetched(Deadline, [row]) for row in _OPEN(subject=subject, subject_id=subject_id))
    return [row for row in rows if row is not None]
