"""Contacts that wait, are offered, or are served."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from shouwen.kit import clock
from shouwen.kit.prepared import Prepared

from ..errors import WorkNotFound
from ..models import WorkItem
from ..rules.waiting import SAMPLE, expected_seconds

PACE_WINDOW = timedelta(hours=1)
_NOT_TAKEN = ("arrived", "waiting", "offered")


@dataclass(frozen=True)
class WorkView:
    """One visit of a contact to a queue."""

    id: int
    subject: str
    subject_id: int
    customer_id: int | None
    medium: str
    state: str
    klass: str
    queue_code: str
    queue_name: str
    staff_id: int | None
    offered_to_id: int | None
    offer_expires_at: datetime | None
    requested_at: datetime
    answered_at: datetime | None
    finished_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True)
class OfferView:
    """A contact somebody is asked to take."""

    work_item_id: int
    subject: str
    subject_id: int
    customer_id: int | None
    medium: str
    klass: str
    queue_code: str
    queue_name: str
    requested_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Position:
    """How many stand before a waiting contact, and how long it may take (None while the pace is unknown)."""

    ahead: int
    expected_seconds: int | None


@dataclass(frozen=True)
class Accuracy:
    """How far told waits were from those that came: in seconds, over so many answers. `bias` > 0: told too long."""

    answers: int
    median_error: float
    bias: float


_LAST = 2**62
_ACCURACY = """
select q.code, count(*), percentile_cont(0.5) within group (order by abs(e.error)), avg(e.error)
  from routing_work_item w
  join routing_queue q on q.id = w.queue_id
  cross join lateral (
        select w.expected_seconds - extract(epoch from w.answered_at - w.requested_at)::float8 as error) e
 where w.answered_at >= %s and w.expected_seconds is not null
 group by q.code
"""
_VIEW = (
    "id",
    "subject",
    "subject_id",
    "customer_id",
    "medium",
    "state",
    "klass",
    "queue__code",
    "queue__name",
    "staff_id",
    "offered_to_id",
    "offer_expires_at",
    "requested_at",
    "answered_at",
    "finished_at",
    "closed_at",
)
_OFFER = (
    "id",
    "subject",
    "subject_id",
    "customer_id",
    "medium",
    "klass",
    "queue__code",
    "queue__name",
    "requested_at",
    "offer_expires_at",
)
_NUMBERED = Prepared(lambda item: WorkItem.objects.filter(id=item).values_list(*_VIEW))
_OF = Prepared(
    lambda subject, ids: (
        WorkItem.objects.filter(subject=subject, subject_id__any=ids).order_by("id").values_list(*_VIEW)
    )
)
_AHEAD = Prepared(
    lambda queue, vtime, item: (
        WorkItem.objects.filter(queue_id=queue, state__in=("arrived", "waiting"))
        .filter(Q(vtime__lt=vtime) | Q(vtime=vtime, id__lt=item))
        .values("queue_id")
        .annotate(n=Count("id"))
        .values_list("n")
    )
)
_ANSWERS = Prepared(
    lambda queue, since, at: (
        WorkItem.objects.filter(queue_id=queue, outbound=False, answered_at__gt=since, answered_at__lte=at)
        .order_by("-answered_at")
        .values_list("answered_at")[:SAMPLE]
    )
)


def work_item(work_item_id: int) -> WorkView:
    """Return one visit."""
    found = _NUMBERED(item=work_item_id)
    if not found:
        raise WorkNotFound
    return WorkView(*found[0])


def work_of(subject: str, ids: Iterable[int]) -> dict[int, WorkView]:
    """Return the latest visit of each subject that ever asked for a person."""
    views = (WorkView(*row) for row in _OF(subject=subject, ids=sorted(set(ids))))
    return {view.subject_id: view for view in views}


def offers_of(staff_id: int) -> list[OfferView]:
    """Return what somebody is asked to take, the oldest offer first."""
    rows = WorkItem.objects.filter(state="offered", offered_to_id=staff_id)
    return [OfferView(*row) for row in rows.order_by("offer_expires_at", "id").values_list(*_OFFER)]


def waiting(queue_code: str | None = None) -> list[WorkView]:
    """Return everybody no person has taken yet, in the order in which they will be served."""
    rows = WorkItem.objects.filter(state__in=_NOT_TAKEN)
    if queue_code is not None:
        rows = rows.filter(queue__code=queue_code)
    return _views(rows.order_by("vtime", "id"))


def serving() -> list[WorkView]:
    """Return every contact that a person has now and that goes on, the longest first."""
    return _views(WorkItem.objects.filter(state=WorkItem.State.ASSIGNED).order_by("answered_at", "id"))


def position(subject: str, subject_id: int) -> Position | None:
    """Return where a contact stands in its line; None when it does not wait."""
    item = WorkItem.objects.filter(subject=subject, subject_id=subject_id, state__in=_NOT_TAKEN).first()
    return None if item is None else place_of(item, clock.now())


def place_of(item: WorkItem, at: datetime) -> Position:
    """Return where an item stands in its queue, and how long it may take at the pace of the last answers."""
    line = _AHEAD(queue=item.queue_id, vtime=item.vtime, item=item.id or _LAST) if item.state != "offered" else []
    ahead = line[0][0] if line else 0
    answers = [answered_at for (answered_at,) in _ANSWERS(queue=item.queue_id, since=at - PACE_WINDOW, at=at)]
    return Position(ahead, expected_seconds(ahead, answers, at))


def wait_accuracy(since: datetime) -> dict[str, Accuracy]:
    """Return by queue how good the waits told to customers were, over those answered since then."""
    with connection.cursor() as cursor:
        cursor.execute(_ACCURACY, [since])
        return {code: Accuracy(*row) for code, *row in cursor.fetchall()}


def _views(rows: QuerySet[WorkItem, Any]) -> list[WorkView]:
    return [WorkView(*row) for row in rows.values_list(*_VIEW)]
