"""The ledger of seats: where the seconds of a day went, and what is left of the breaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from shouwen.kernel.calendars import BEIJING
from shouwen.kit import versions

from ..models import Choice, PresenceSpan, WorkItem
from ..rules.ledger import Carried, Doing, Span, pieces, seconds, signed_in
from ..rules.presence import State

BREAK = "routing.break"


@dataclass(frozen=True)
class Spent:
    """A stretch of one seat in which it did one thing."""

    doing: str
    reason: str
    started_at: datetime
    ended_at: datetime


@dataclass(frozen=True)
class Ledger:
    """Where the time of a seat went: seconds by what was done, the signed-in time they sum to, and piece by piece."""

    seconds: dict[str, float]
    signed_in: float
    spans: list[Spent]


@dataclass(frozen=True)
class BreakReason:
    """A reason to be away, what is allowed of it a day (None: no limit) and what of that is used."""

    code: str
    zh: str
    en: str
    state: str
    minutes_a_day: int | None
    times_a_day: int | None
    minutes_used: int
    times_used: int

    @property
    def used_up(self) -> bool:
        """Tell whether nothing is left for today."""
        minutes = self.minutes_a_day is not None and self.minutes_used >= self.minutes_a_day
        return minutes or (self.times_a_day is not None and self.times_used >= self.times_a_day)


def ledger(staff_id: int, since: datetime, until: datetime) -> Ledger:
    """Return where somebody's time went between two instants."""
    spans = spans_of(staff_id, since, until)
    carried = _carried(staff_id, since, until)
    shares, whole = seconds(spans, carried), signed_in(spans)
    told = [Spent(p.doing.value, p.reason, p.started, p.ended) for p in pieces(spans, carried)]
    return Ledger({d.value: span.total_seconds() for d, span in shares.items()}, whole.total_seconds(), told)


def spans_of(staff_id: int, since: datetime, until: datetime) -> list[Span]:
    """Return what somebody said he did, cut at both ends."""
    rows = PresenceSpan.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=since), staff_id=staff_id, started_at__lt=until
    )
    values = rows.order_by("started_at", "id").values_list("state", "reason", "started_at", "ended_at")
    cut = ((State(s), why, max(a, since), min(b or until, until)) for s, why, a, b in values)
    return [span for span in cut if span[2] < span[3]]


def _carried(staff_id: int, since: datetime, until: datetime) -> list[Carried]:
    items = WorkItem.objects.filter(
        Q(closed_at=None) | Q(closed_at__gt=since), staff_id=staff_id, answered_at__lt=until
    )
    found = []
    for answered, finished, closed in items.values_list("answered_at", "finished_at", "closed_at"):
        assert answered is not None
        found.append(Carried(Doing.BUSY, answered, finished or until))
        if finished is not None:
            found.append(Carried(Doing.ACW, finished, closed or until))
    offers = Choice.objects.filter(Q(ended_at=None) | Q(ended_at__gt=since), staff_id=staff_id, at__lt=until)
    return found + [Carried(Doing.OFFERED, at, end or until) for at, end in offers.values_list("at", "ended_at")]


def breaks_of(staff_id: int, at: datetime) -> list[BreakReason]:
    """Return the reasons to be away that are in force, with what somebody used of them today."""
    reasons = versions.all_current(BREAK, at)
    if not reasons:
        return []
    used = spans_of(staff_id, _midnight(at), at)
    return [_reason(one.key, one.content, used) for one in reasons]


def _reason(code: str, content: dict[str, Any], spans: list[Span]) -> BreakReason:
    mine = [(started, ended) for _, why, started, ended in spans if why == code]
    minutes = sum((ended - started for started, ended in mine), timedelta()).total_seconds() // 60
    return BreakReason(code, **content, minutes_used=int(minutes), times_used=len(mine))


def _midnight(at: datetime) -> datetime:
    return at.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)
