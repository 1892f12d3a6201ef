"""A small service for tests: two queues, a duty leader, agents at their seats, customers and visitors."""

from __future__ import annotations

import itertools
from datetime import date

from shouwen.accounts.models import Staff
from shouwen.accounts.tests.factories import by, organisation, staff
from shouwen.customers.models import ContactPoint, Customer
from shouwen.interactions import actions as interactions
from shouwen.kit import clock
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.messaging import actions
from shouwen.messaging.models import Chat
from shouwen.routing import actions as routing
from shouwen.routing import queries as queues

_numbers = itertools.count(1)
_keys = itertools.count(1)
REASON = "broadband.fault"


def key() -> str:
    """Return a fresh press."""
    return f"press-{next(_keys):08d}"


def open_house(*, wrap_up_seconds: int = 300) -> Staff:
    """Open two queues for one city and return their duty leader; topics lead to them."""
    leader = staff("8001", role="duty_leader", name="沈佳")
    for code, name, general in (("general", "综合业务", True), ("broadband", "宽带报障", False)):
        routing.add_skill(code=code, name=name, by=SYSTEM)
        routing.add_queue(
            code=code,
            name=name,
            skill=code,
            organisation_id=organisation().id,
            duty_leader_id=leader.id,
            by=SYSTEM,
            media=(),
            general=general,
            wrap_up_seconds=wrap_up_seconds,
        )
        actions.set_topic(by=SYSTEM, code=code, zh=name, en=code.title(), queue_code=code)
    return leader


def seat(row: Staff, *, skills: tuple[str, ...] = ("general",), slots: int = 5, ready: bool = True) -> Staff:
    """Put somebody at a seat with room for `slots` conversations of each medium."""
    media = (
        "web_chat",
        "letter",
        "email",
        "fax",
        "voice_mailbox",
        "e_form",
        "mini_program",
        "social",
        "official_account",
    )
    routing.open_seat(staff_id=row.id, slots=dict.fromkeys(media, slots))
    routing.set_skills(staff_id=row.id, levels=dict.fromkeys(skills, 5), by=SYSTEM)
    if ready:
        routing.set_presence(state="ready", by=by(row))
    return row


def agent(number: str = "8021", *, skills: tuple[str, ...] = ("general",), slots: int = 5) -> Staff:
    """Return an agent who is ready at a seat."""
    return seat(staff(number, name=f"坐席{number}"), skills=skills, slots=slots)


def customer(**fields: object) -> Principal:
    """Register a customer and return him signed in."""
    number = next(_numbers)
    values = {"name": "陈国栋", "registered_at": clock.now(), "organisation": organisation(), **fields}
    row = Customer.objects.create(**values)
    phone = f"8613{number:09d}"
    ContactPoint.objects.create(customer=row, kind="phone", value=phone, preferred=True, signs_in=True)
    return Principal(kind="customer", id=row.pk, name=row.name)


def elderly() -> Principal:
    """Return a customer of 70."""
    return customer(birth_date=date(1956, 1, 1))


def visitor() -> Principal:
    """Return a visitor nobody knows."""
    return Principal(kind="visitor", id=1000 + next(_numbers))


def write(who: Principal, body: str = "宽带断了", topic: str = "general") -> int:
    """Let somebody write to us."""
    return actions.start_chat(by=who, topic=topic, body=body, client_key=key())


def offer_of(row: Staff, interaction_id: int) -> int:
    """Return the work item by which somebody is offered a conversation."""
    return next(o.work_item_id for o in queues.offers_of(row.id) if o.subject_id == interaction_id)


def served(row: Staff, who: Principal | None = None) -> int:
    """Return a conversation that somebody has just answered."""
    interaction_id = write(who or visitor())
    actions.answer(by=by(row), work_item_id=offer_of(row, interaction_id))
    return interaction_id


def noted(row: Staff, interaction_id: int) -> None:
    """Write a complete service record."""
    actions.save_service_record(
        by=by(row), interaction_id=interaction_id, reason=REASON, handling="answered", note="已答复", version=0
    )


def chat(interaction_id: int) -> Chat:
    """Return the conversation's row."""
    return Chat.objects.get(interaction_id=interaction_id)


def names(interaction_id: int) -> list[str]:
    """Return what the journal says of a conversation, in order."""
    from shouwen.interactions.models import JournalEntry

    rows = JournalEntry.objects.filter(interaction_id=interaction_id).order_by("at", "id")
    return list(rows.values_list("name", flat=True))


__all__ = ["agent", "by", "chat", "customer", "interactions", "key", "names", "noted", "open_house", "write"]
