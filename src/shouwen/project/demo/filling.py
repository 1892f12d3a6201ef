"""Filling an empty database with the demo operator: each part is one action, and nothing is written twice."""

from __future__ import annotations

from shouwen.accounts import actions as accounts
from shouwen.accounts import queries as people
from shouwen.customers import actions as customers
from shouwen.kit import clock, versions
from shouwen.kit.actions import action
from shouwen.kit.principals import SYSTEM
from shouwen.messaging import actions as messaging
from shouwen.routing import actions as routing
from shouwen.tickets import actions as tickets

from .cast import (
    BREAKS,
    CALLERS,
    CATEGORIES,
    CODES,
    DUTY_LEADER,
    LINES,
    PASSWORD,
    SKILLS,
    STAFF,
    TOPICS,
    Caller,
    Line,
    Person,
)
from .matters import MATTERS

OFFER_SECONDS, HOLD_SECONDS = 30, 30


@action
def fill() -> None:
    """Write organisation, staff, queues, topics, customers and some open matters, all or nothing."""
    cities = _organisation()
    for person in STAFF:
        _hire(person, cities[person.city])
    for code, name in SKILLS:
        routing.add_skill(code=code, name=name, by=SYSTEM)
    for line in LINES:
        _open_line(line, cities["苏州"])
    for code, zh, en, queue in TOPICS:
        messaging.set_topic(by=SYSTEM, code=code, zh=zh, en=en, queue_code=queue)
    for category, queue in CATEGORIES:
        tickets.route_category(by=SYSTEM, code=category, queue_code=queue)
    for person in STAFF:
        _seat(person)
    _define()
    known = {caller.phone: _register(caller, cities["苏州"]) for caller in CALLERS}
    for matter in MATTERS:
        tickets.open_ticket(
            by=SYSTEM,
            kind=matter.kind,
            title=matter.title,
            description=matter.description,
            customer_id=known[matter.phone],
            urgency=matter.urgency,
            category=matter.category,
        )


def _define() -> None:
    """Put the reasons to be away and the dialled codes in force."""
    for key, zh, en, state, minutes, times in BREAKS:
        allowed = {"minutes_a_day": minutes, "times_a_day": times}
        versions.install(
            kind="routing.break", key=key, title=zh, content={"zh": zh, "en": en, "state": state, **allowed}
        )
    for key, zh, en, more in CODES:
        versions.install(kind="routing.code", key=key, title=key, content={"zh": zh, "en": en, **more})


def _organisation() -> dict[str, int]:
    group = accounts.add_organisation(name="江海通信", parent_id=None, by=SYSTEM)
    province = accounts.add_organisation(name="江苏", parent_id=group, by=SYSTEM)
    return {city: accounts.add_organisation(name=city, parent_id=province, by=SYSTEM) for city in ("苏州", "南京")}


def _hire(person: Person, organisation_id: int) -> None:
    accounts.register(
        number=person.number,
        name=person.name,
        password=PASSWORD,
        organisation_id=organisation_id,
        roles=[person.role],
        business=person.business,
        by=SYSTEM,
    )


def _open_line(line: Line, organisation_id: int) -> None:
    routing.add_queue(
        code=line.code,
        name=line.name,
        skill=line.skill,
        organisation_id=organisation_id,
        duty_leader_id=people.find_staff(DUTY_LEADER).id,
        media=line.media,
        general=line.general,
        offer_seconds=_for_people(OFFER_SECONDS),
        hold_seconds=_for_people(HOLD_SECONDS),
        by=SYSTEM,
    )


def _for_people(seconds: int) -> int:
    """Return how much domain time that is: people react on the wall, also when a trial's time runs fast."""
    return round(seconds * clock.pace().speed)


def _seat(person: Person) -> None:
    if person.skills:
        staff_id = people.find_staff(person.number).id
        routing.set_skills(staff_id=staff_id, levels=dict(person.skills), by=SYSTEM)
        routing.open_seat(staff_id=staff_id, by=SYSTEM)


def _register(caller: Caller, organisation_id: int) -> int:
    return customers.register(
        by=SYSTEM,
        name=caller.name,
        phone=caller.phone,
        kind=caller.kind,
        email=caller.email,
        star=caller.star,
        birth_date=caller.born,
        organisation_id=organisation_id,
        account_number=caller.account,
    )
