"""What seats' time went into: the ledger of presence, for a stretch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from ..models import PresenceSpan


@dataclass(frozen=True)
class TimeSpan:
    """One state of a seat, cut to the stretch that was asked for."""

    state: str
    started_at: datetime
    ended_at: datetime


def presence_spans(staff_ids: Iterable[int], *, since: datetime, until: datetime) -> dict[int, list[TimeSpan]]:
    """Return what people did from `since` until before `until`, in the order of time; offline too."""
    found: dict[int, list[TimeSpan]] = defaultdict(list)
    rows = PresenceSpan.objects.filter(staff_id__in=set(staff_ids), started_at__lt=until)
    rows = rows.filter(Q(ended_at=None) | Q(ended_at__gt=since)).order_by("staff_id", "started_at")
    for staff_id, state, started, ended in rows.values_list("staff_id", "state", "started_at", "ended_at"):
        found[staff_id].append(TimeSpan(state, max(started, since), min(ended or until, until)))
    return found
