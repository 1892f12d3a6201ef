"""The house's phones as who sets them up sees them."""

from __future__ import annotations

from typing import Any, Literal

from django.db.models import Q, QuerySet

from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from ..models import Phone
from ..permissions import SET_PHONES

PHONE = (
    *("id", "number", "kind", "address", "seat", "registered", "registered_at"),
    *("owner__number", "owner__name", "owner__active", "holder__number", "holder__name"),
)
State = Literal["", "registered", "lost", "fixed"]


def phone_book(*, by: Principal, q: str = "", seating: str = "", state: State = "") -> QuerySet[Phone, dict[str, Any]]:
    """Return the phones in somebody's data scope; those at seats are everybody's.

    `q` finds in number, seat, and the numbers and names of people; `seating`: own, seat, browser.
    """
    require(by, SET_PHONES)
    rows = Phone.objects.all()
    if by.organisations is not None:
        rows = rows.filter(Q(owner=None) | Q(owner__organisation_id__in=by.organisations))
    if q:
        rows = rows.filter(_found(q))
    found = rows.filter(_SEATING.get(seating, Q()), _STATE.get(state, Q()))
    shown: QuerySet[Phone, dict[str, Any]] = found.values(*PHONE)
    return shown


def _found(q: str) -> Q:
    words = ("number", "seat", "owner__number", "owner__name", "holder__number", "holder__name")
    found = Q()
    for word in words:
        found |= Q(**{f"{word}__icontains": q})
    return found


_SEATING = {
    "own": Q(kind="desk", owner__isnull=False),
    "seat": Q(kind="desk", owner=None),
    "browser": Q(kind="browser"),
}
_STATE = {
    "registered": Q(registered=True, address=""),
    "lost": Q(registered=False, address=""),
    "fixed": ~Q(address=""),
}
