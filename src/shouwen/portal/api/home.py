"""The first page: what is open, and how it stands."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from shouwen.customers import queries as customers
from shouwen.kit.api import language, principal
from shouwen.kit.principals import Principal
from shouwen.messaging import queries as messaging
from shouwen.tickets import queries as tickets
from shouwen.tickets.queries import MatterCard

from .chats import shape_current
from .doors import CUSTOMER
from .schemas import PortalCountsOut, PortalHomeOut
from .shapes import matter_card

home_router = Router(auth=CUSTOMER)
SHOWN = 3
OVER = frozenset({"closed", "cancelled", "rejected"})
FOR_ME = frozenset({"resolved", "pending"})


@home_router.get("/home", operation_id="getPortalHome", response=PortalHomeOut)
def get_home(request: HttpRequest) -> PortalHomeOut:
    """Return the customer's open matters, those that wait for him first, with the counts of all."""
    by = principal(request)
    mine = _all(by)
    opened = sorted((m for m in mine if m.state not in OVER), key=lambda m: m.state not in FOR_ME)
    chat = messaging.current(by=by)
    return PortalHomeOut(
        name=by.name,
        phone=customers.card(by.id).phone,
        matters=[matter_card(tickets.matter(m.number, by=by)) for m in opened[:SHOWN]],
        counts=PortalCountsOut(
            open=len(opened),
            to_confirm=sum(m.state == "resolved" for m in mine),
            closed=len(mine) - len(opened),
        ),
        chat=shape_current(chat, language(request)) if chat else None,
    )


def _all(by: Principal) -> list[MatterCard]:
    found, cursor = [], ""
    while True:
        page = tickets.matters(by=by, cursor=cursor, limit=200)
        found += page.items
        if page.next is None:
            return found
        cursor = page.next
