"""Seats: how much they can carry, what their people are doing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from shouwen.accounts import queries as accounts
from shouwen.kit import audit, clock, events
from shouwen.kit.actions import action, after_commit
from shouwen.kit.permissions import require
from shouwen.kit.principals import SYSTEM, Principal

from ..errors import BreakUsedUp, OutOfScope, PresenceInvalid
from ..models import Domain, Presence, PresenceSpan, Slot
from ..permissions import LEAD, WORK
from ..queries.ledger import breaks_of
from ..rules.presence import State
from .matching import ready, sweep_domain

DOMAIN = "main"
CAPACITY: Mapping[str, int] = {"web_chat": 5, "callback": 1}
"""What a seat carries unless told otherwise."""


@action
def open_seat(
    *, staff_id: int, slots: Mapping[str, int] | None = None, by: Principal = SYSTEM, domain: str = DOMAIN
) -> None:
    """Give somebody a seat with slots by medium, or change how many it has; slots in use stay until they are free."""
    require(by, LEAD)
    at = clock.now()
    _seat(staff_id, domain, at)
    wanted = dict(slots or CAPACITY)
    for medium in {*wanted, *Slot.objects.filter(staff_id=staff_id).values_list("medium", flat=True)}:
        _resize(staff_id, medium, wanted.get(medium, 0))
    audit.record(by, "routing.seat", subject="staff", subject_id=staff_id, slots=wanted)
    after_commit(lambda: ready(staff_id=staff_id, at=at))


def _seat(staff_id: int, domain: str, at: datetime) -> Presence:
    """Return somebody's seat, locked; made on first use, offline."""
    home = accounts.staff_card(staff_id).organisation_id
    row = Presence.objects.select_for_update(of=("self",), no_key=True).filter(staff_id=staff_id).first()
    if row is not None:
        if row.organisation_id != home:
            row.organisation_id = home
            row.save(update_fields=["organisation_id"])
        return row
    area, _ = Domain.objects.get_or_create(code=domain)
    row, made = Presence.objects.get_or_create(
        staff_id=staff_id,
        defaults={"domain": area, "organisation_id": home, "since": at, "idle_since": at},
    )
    if made:
        PresenceSpan.objects.create(staff_id=staff_id, state=State.OFFLINE, started_at=at)
    return row


def _resize(staff_id: int, medium: str, count: int) -> None:
    """Make the slots of one medium `count`. New ones are `released`: the matching makes them free in its lock."""
    held = Slot.objects.filter(staff_id=staff_id, medium=medium)
    surplus = held.filter(ordinal__gt=count, state=Slot.State.FREE).select_for_update()
    Slot.objects.filter(id__in=[row.id for row in surplus]).delete()
    have = set(held.values_list("ordinal", flat=True))
    Slot.objects.bulk_create(
        [Slot(staff_id=staff_id, medium=medium, ordinal=n) for n in range(1, count + 1) if n not in have]
    )


@action
def set_presence(*, state: str, reason: str = "", by: Principal, staff_id: int | None = None) -> None:
    """Say what somebody is doing: oneself, or as a leader anybody in one's area.

    Leaving `ready` counts at once. Becoming `ready` counts when the matching has taken note of it, which happens
    before this returns.
    """
    whose = by.id if staff_id is None else staff_id
    require(by, WORK if whose == by.id and by.kind == "staff" else LEAD)
    if state not in set(State):
        raise PresenceInvalid(state=state, choices=", ".join(State))
    at = clock.now()
    if not Presence.objects.filter(staff_id=whose).exists():
        open_seat(staff_id=whose)
    row = _seat(whose, DOMAIN, at)
    if not by.sees(row.organisation_id):
        raise OutOfScope
    if whose == by.id and by.kind == "staff" and reason:
        _check_allowance(whose, reason, at)
    before = row.state
    if whose == by.id and row.seen_at is not None:
        seen(staff_id=whose)  # he has just used his screen, however long it was silent before
    if (row.state, row.reason) != (state, reason):
        _write(whose, state, reason, at)
    audit.record(by, "routing.presence", subject="staff", subject_id=whose, before=before, after=state, reason=reason)
    _follow_up(row, state, at)


def _check_allowance(staff_id: int, reason: str, at: datetime) -> None:
    """Refuse a break of which nothing is left today; a leader may still put somebody on it."""
    found = next((one for one in breaks_of(staff_id, at) if one.code == reason), None)
    if found is not None and found.used_up:
        raise BreakUsedUp(name=found.zh, used=found.minutes_used, times=found.times_used)


def _write(staff_id: int, state: str, reason: str, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select routing_set_presence(%s, %s, %s, %s)", [staff_id, state, reason, at])
    events.announce()


def _follow_up(row: Presence, state: str, at: datetime) -> None:
    """After the commit give work to who became ready; find others for what was offered to or held for who left."""
    staff_id, domain_id = row.pk, row.domain_id
    if state == State.READY:
        after_commit(lambda: ready(staff_id=staff_id, at=at))
    else:
        after_commit(lambda: sweep_domain(domain_id=domain_id, at=at))


@action
def seen(*, staff_id: int) -> None:
    """Note that a seat's screen is there; a seat that was seen once and then falls silent is lost."""
    Presence.objects.filter(staff_id=staff_id).update(seen_at=clock.wall())
