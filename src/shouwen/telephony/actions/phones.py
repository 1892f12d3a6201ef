"""The phones of staff."""

from __future__ import annotations

import secrets

from shouwen.accounts import queries as accounts
from shouwen.kit import audit
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.routing import actions as seating
from shouwen.routing import queries as routing

from .. import permissions, rules
from ..errors import NumberTaken, PhoneInvalid
from ..models import Phone


@action
def set_phone(*, by: Principal, staff_id: int, number: str, address: str = "") -> str:
    """Give somebody a phone, or change it, and return its password.

    With an address it stands there; without one it registers with number and password.
    """
    require(by, permissions.SET_PHONES)
    accounts.staff_card(staff_id)
    if not rules.NUMBER.match(number) or (address and not rules.ADDRESS.match(address)):
        raise PhoneInvalid
    if Phone.objects.filter(number=number).exclude(staff_id=staff_id).exists():
        raise NumberTaken(number=number)
    row, _ = Phone.objects.get_or_create(staff_id=staff_id, defaults=_fresh(number))
    row.number, row.address = number, address
    row.save(update_fields=["number", "address"])
    _give_room(staff_id)
    audit.record(by, "telephony.phone", subject="staff", subject_id=staff_id, number=number, address=address)
    return row.secret


def _give_room(staff_id: int) -> None:
    """Let the seat of somebody with a phone carry one call beside what it carries already."""
    seats = routing.agents(staff_ids=[staff_id])
    slots = {use.medium: use.total for use in seats[0].slots} if seats else dict(seating.CAPACITY)
    seating.open_seat(staff_id=staff_id, slots={**slots, "voice": 1}, by=SYSTEM)


def _fresh(number: str) -> dict[str, str]:
    return {"number": number, "secret": secrets.token_urlsafe(24)}
