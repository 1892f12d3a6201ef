"""Which live audiences a session belongs to: nobody hears a fact he could not fetch."""

from __future__ import annotations

from shouwen.accounts import queries as accounts
from shouwen.accounts.errors import StaffNotFound
from shouwen.customers import queries as customers
from shouwen.routing import queries as routing


def of_staff(staff_id: str | None) -> frozenset[str]:
    """Return what somebody hears: himself, his organisations, his queues, and if allowed their boards and reviews."""
    if staff_id is None:
        return frozenset()
    try:
        by = accounts.principal_of(int(staff_id))
    except StaffNotFound:
        return frozenset()
    queues = {f"queue:{code}" for code in routing.queue_codes_of(by)}
    heard = accounts.audience_of(by)
    areas = {name for name in heard if name.startswith("org:")}
    boards = {name.replace("org:", "board:") for name in areas} if by.may("desk.board.view") else set()
    reviews = {name.replace("org:", "review:") for name in areas} if by.may("kit.versions.view") else set()
    runs = {"activities"} if by.may("kit.activities.view") else set()
    return heard | queues | boards | reviews | runs


def of_portal(token: str) -> frozenset[str]:
    """Return what a customer or visitor hears: his own matters."""
    by = customers.session_principal(token)
    return frozenset({by.key}) if by else frozenset()
