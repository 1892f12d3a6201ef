"""Two people at once, and a crash in the middle."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection

from shouwen.accounts.tests.factories import by
from shouwen.kernel.errors import DomainError
from shouwen.kit.models import AuditRow, Fact
from shouwen.kit.principals import Principal
from shouwen.notifications.models import Notification
from shouwen.responsibility import queries as responsible
from shouwen.sla import queries as sla
from shouwen.tickets import actions
from shouwen.tickets.actions import change
from shouwen.tickets.errors import AlreadyTaken, TicketChanged
from shouwen.tickets.models import Ticket

from .factories import as_customer, fang, fresh, kinds, opened, resolved, taken, zhou

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run calls at the same moment, each on a connection of its own; return what each gave or refused."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return call()
        except DomainError as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.parametrize("version", [1, None])
def test_of_two_agents_who_take_at_once_one_wins(version):
    ticket = opened()
    people = [by(fang()), by(zhou())]
    answers = at_once(*[lambda who=who: actions.take(by=who, number=ticket.number, version=version) for who in people])
    refusal = TicketChanged if version else AlreadyTaken
    assert sorted(map(str, answers)) == sorted(["None", str(refusal)])
    winner = people[answers.index(None)]
    hand = responsible.of("ticket", [ticket.pk])[ticket.pk]
    assert (hand.owner_id, hand.handler_id) == (fang().id, winner.id)
    assert kinds(ticket) == ["open", "take"]


def test_confirming_and_reopening_at_once_do_not_both_happen():
    ticket = resolved()
    customer = as_customer()
    at_once(
        lambda: actions.confirm(by=customer, number=ticket.number),
        lambda: actions.reopen(by=customer, number=ticket.number),
    )
    assert (fresh(ticket).state, kinds(ticket)[-1]) in (("closed", "confirm"), ("inProgress", "reopen"))
    assert len(kinds(ticket)) == 4


def test_the_follow_up_and_the_customer_at_once_leave_one_end(clock_at):
    ticket = resolved()
    clock_at.advance(hours=22)
    customer = as_customer()
    at_once(
        lambda: actions.confirm(by=customer, number=ticket.number),
        lambda: actions.follow_up(ticket_id=ticket.pk),
        lambda: actions.follow_up(ticket_id=ticket.pk),
    )
    assert fresh(ticket).state == "closed"
    assert kinds(ticket).count("contact") <= 1
    assert kinds(ticket).count("confirm") == 1


def test_tickets_opened_at_once_have_different_numbers():
    opened()
    who, customer = by(fang()), as_customer()

    def one() -> str:
        values: dict[str, Any] = {"kind": "fault", "title": "断网", "description": "", "customer_id": customer.id}
        return actions.open_ticket(by=who, **values).number

    assert len(set(at_once(*[one] * 6))) == 6


STAGES = ["_write_timeline", "_audience"]


@pytest.mark.parametrize("stage", STAGES)
def test_a_crash_in_the_middle_leaves_nothing_of_the_deed(stage):
    ticket = taken()
    before = (
        AuditRow.objects.count(),
        Fact.objects.count(),
        Notification.objects.count(),
        sla.of("ticket", [ticket.pk]),
        responsible.of("ticket", [ticket.pk]),
    )
    with patch.object(change, stage, side_effect=OSError("power")), pytest.raises(OSError, match="power"):
        actions.resolve(by=by(zhou()), number=ticket.number, answer="已恢复")
    assert (fresh(ticket).state, fresh(ticket).version, kinds(ticket)) == ("inProgress", 2, ["open", "take"])
    assert before == (
        AuditRow.objects.count(),
        Fact.objects.count(),
        Notification.objects.count(),
        sla.of("ticket", [ticket.pk]),
        responsible.of("ticket", [ticket.pk]),
    )


def test_a_crash_while_opening_leaves_no_ticket():
    opened()
    with patch.object(change, "_audience", side_effect=OSError("power")), pytest.raises(OSError, match="power"):
        opened(Principal(kind="customer", id=as_customer().id))
    assert Ticket.objects.count() == 1
    assert len(responsible.open_subjects("ticket")) == 1
