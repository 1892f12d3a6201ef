"""Which live audiences a session belongs to: nobody hears a fact he could not fetch."""

from __future__ import annotations

from shouwen.accounts import queries as accounts
from shouwen.accounts.errors import StaffNotFound
from shouwen.customers import queries as customers
from shouwen.routing import queries as routing


def of_staff(staff_id: str | None) -> frozenset[str]:
    """Return what a member of staff hears: himself, his organisations, his queues, the board if allowed."""
    if staff_id is None:
        return frozenset()
    try:
        by = accounts.principal_of(int(staff_id))
    except StaffNotFound:
        return frozenset()
    queues = {f"queue:{code}" for code in routing.queue_codes_of(by)}
    board = {"board"} if by.may("desk.board.view") else set()
    return accounts.audience_of(by) | queues | board


def of_portal(token: str) -> frozenset[str]:
    """Return what a customer or visitor hears: his own matters."""
    by = customers.session_principal(token)
    return frozenset({by.key}) if by else frozenset()
