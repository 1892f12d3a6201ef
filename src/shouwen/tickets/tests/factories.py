"""A small centre for tests: a queue with a leader, two agents, one customer, and tickets at every stage."""

from __future__ import annotations

from typing import Any

from shouwen.accounts.models import Staff
from shouwen.accounts.tests.factories import by, staff
from shouwen.customers.models import Customer
from shouwen.customers.tests.factories import customer
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.routing import actions as routing
from shouwen.routing.models import Queue
from shouwen.tickets import actions, queries
from shouwen.tickets.models import Ticket, TicketEntry

BACK_OFFICE = "back_office"


def leader() -> Staff:
    """Return the duty leader of the queue."""
    return staff("9001", "duty_leader", name="沈立")


def fang() -> Staff:
    """Return the agent who is asked first."""
    return staff("8021", "comprehensive", name="方以宁")


def zhou() -> Staff:
    """Return a colleague in the back office."""
    return staff("8031", "back_office", name="周建平")


def chen(**fields: Any) -> Customer:
    """Return the customer."""
    return customer("陈国栋", organisation=fang().organisation, **fields)


def as_customer(row: Customer | None = None) -> Principal:
    """Return the customer's principal."""
    held = row or chen()
    return Principal(kind="customer", id=held.pk, name=held.name)


def as_link(ticket: Ticket) -> Principal:
    """Return the holder of a link to a ticket."""
    return Principal(kind="link", id=1, matter=("ticket", ticket.pk))


def queue(code: str = BACK_OFFICE, *, general: bool = True) -> str:
    """Make sure the queue is there, served by fang and zhou; return its code."""
    if not Queue.objects.filter(code=code).exists():
        routing.add_skill(code=code, name=code, by=SYSTEM)
        routing.add_queue(
            code=code,
            name="后台处理",
            skill=code,
            organisation_id=fang().organisation_id,
            duty_leader_id=leader().id,
            general=general,
            by=SYSTEM,
        )
        codes = list(Queue.objects.values_list("code", flat=True))
        for person in (fang(), zhou()):
            routing.set_skills(staff_id=person.id, levels=dict.fromkeys(codes, 5), by=SYSTEM)
    return code


def opened(who: Principal | None = None, **fields: Any) -> Ticket:
    """Return a new ticket, opened by fang unless told otherwise."""
    queue()
    values: dict[str, Any] = {
        "kind": "fault",
        "category": "network.broadband.los",
        "title": "宽带断网，光猫红灯",
        "description": "昨日 21:05 起断网，LOS 灯一直红，重启没用。",
        "customer_id": chen().pk,
        **fields,
    }
    return Ticket.objects.get(id=actions.open_ticket(by=who or by(fang()), **values).id)


def taken(who: Staff | None = None, **fields: Any) -> Ticket:
    """Return a ticket in the hands of zhou, owned by fang."""
    ticket = opened(**fields)
    actions.take(by=by(who or zhou()), number=ticket.number)
    return fresh(ticket)


def resolved(**fields: Any) -> Ticket:
    """Return a ticket that zhou answered."""
    ticket = taken(**fields)
    actions.resolve(by=by(zhou()), number=ticket.number, answer="已更换尾纤，光功率恢复。")
    return fresh(ticket)


def fresh(ticket: Ticket) -> Ticket:
    """Return the ticket as it is now."""
    return Ticket.objects.get(id=ticket.pk)


def kinds(ticket: Ticket) -> list[str]:
    """Return what happened to a ticket, in order."""
    return list(TicketEntry.objects.filter(ticket=ticket).order_by("id").values_list("kind", flat=True))


def by_number(who: Principal, number: str) -> Ticket | None:
    """Return a ticket if `who` may see it."""
    return queries.visible(who).filter(number=number).first()
