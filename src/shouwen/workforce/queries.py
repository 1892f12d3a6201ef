"""What is planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from shouwen.accounts import queries as accounts
from shouwen.kit.principals import Principal

from .errors import RosterSpanInvalid
from .models import Shift
from .permissions import VIEW
from .rules import ACTIVITIES, NAMES

__all__ = ["ACTIVITIES", "NAMES", "ShiftView", "planned", "roster"]
LONGEST_READ = timedelta(days=31)
MOST = 5000
Plan = tuple[str, bool, datetime, datetime]


@dataclass(frozen=True)
class ShiftView:
    """A planned stretch with whose it is."""

    id: int
    staff_id: int
    number: str
    name: str
    activity: str
    paid: bool
    starts_at: datetime
    ends_at: datetime


def planned(staff_ids: Iterable[int], *, since: datetime, until: datetime) -> dict[int, list[Plan]]:
    """Return what is planned for people between two instants, cut at both ends, in the order of time."""
    found: dict[int, list[Plan]] = defaultdict(list)
    rows = Shift.objects.filter(staff_id__in=set(staff_ids), starts_at__lt=until, ends_at__gt=since)
    values = rows.order_by("staff_id", "starts_at").values_list("staff_id", "activity", "paid", "starts_at", "ends_at")
    for staff_id, activity, paid, starts, ends in values:
        found[staff_id].append((activity, paid, max(starts, since), min(ends, until)))
    return found


def roster(*, by: Principal, since: datetime, until: datetime) -> list[ShiftView]:
    """Return the roster of one's area, or one's own without the permission, by time."""
    if not timedelta() < until - since <= LONGEST_READ:
        raise RosterSpanInvalid
    rows = Shift.objects.filter(starts_at__lt=until, ends_at__gt=since)
    mine = Q(staff_id=by.id if by.kind == "staff" else 0)
    if not by.may(VIEW):
        rows = rows.filter(mine)
    elif by.organisations is not None:
        rows = rows.filter(mine | Q(staff__organisation_id__in=by.organisations))
    fields = ("id", "staff_id", "activity", "paid", "starts_at", "ends_at")
    found = list(rows.order_by("starts_at", "id").values_list(*fields)[:MOST])
    people = accounts.staff_cards(row[1] for row in found)
    return [
        ShiftView(number, staff_id, people[staff_id].number, people[staff_id].name, *rest)
        for number, staff_id, *rest in found
    ]
