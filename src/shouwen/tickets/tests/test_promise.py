"""Whatever is done to a ticket, in whatever order: it has an owner, a clock or a date, and ends only by the rule."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from shouwen.accounts.tests.factories import by
from shouwen.kernel.errors import DomainError
from shouwen.kit import clock
from shouwen.kit.models import AuditRow, Fact
from shouwen.kit.testing import START
from shouwen.responsibility import queries as responsible
from shouwen.sla import queries as sla
from shouwen.tickets import actions, jobs
from shouwen.tickets.models import ContactAttempt, Ticket, TicketEntry
from shouwen.tickets.queries.detail import stamps
from shouwen.tickets.rules.journey import ordered
from shouwen.tickets.rules.states import is_over

from .factories import as_customer, as_link, fang, fresh, kinds, leader, opened, resolved, taken, zhou

pytestmark = pytest.mark.django_db

STAFF = {"fang": fang, "zhou": zhou, "leader": leader}
DEEDS: dict[str, dict[str, Any]] = {
    "take": {},
    "note": {"body": "核查线路"},
    "resolve": {"answer": "已恢复"},
    "wait_for_customer": {"question": "何时方便？"},
    "resume": {},
    "close": {},
    "reopen": {"reason": "仍未恢复"},
    "cancel": {"reason": "不需要了"},
    "accept_hand_over": {},
    "decline_hand_over": {},
}
PEOPLE = tuple(STAFF)
STEPS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys([*DEEDS, "assign", "offer_hand_over", "hold"], PEOPLE),
    "contact": ("reached", "agreed", "no_answer", "no_answer", "failed"),
    "customer": ("confirm", "reopen", "urge", "supplement"),
    "link": ("confirm", "reopen"),
    "pass": ("1", "9", "23", "23", "60"),
}
LIKELY: dict[str, tuple[str, ...]] = {
    "acknowledged": ("take", "assign", "offer_hand_over", "pass", "contact"),
    "inProgress": ("resolve", "resolve", "wait_for_customer", "hold", "accept_hand_over", "contact", "cancel"),
    "pending": ("customer", "resume", "pass", "pass", "resolve"),
    "held": ("pass", "resume", "wait_for_customer"),
    "resolved": ("contact", "contact", "pass", "pass", "close", "customer", "link", "reopen"),
}


def step(data: st.DataObject, state: str) -> tuple[str, str]:
    """Draw what happens next: mostly something that fits the state, sometimes anything."""
    fitting = data.draw(st.integers(0, 4)) > 0 and state in LIKELY
    verb = data.draw(st.sampled_from(LIKELY[state] if fitting else tuple(STEPS)))
    return verb, data.draw(st.sampled_from(STEPS[verb]))


def play(ticket: Ticket, verb: str, detail: str, clock_at: Any) -> None:
    """Do one thing that somebody might do; it may be refused."""
    number = ticket.number
    if verb == "pass":
        jobs.follow_up(clock_at.advance(hours=int(detail)))
    elif verb == "contact":
        outcome = "reached" if detail == "agreed" else detail
        said = {"agreed": True} if detail == "agreed" else {}
        call: Any = actions.record_contact_attempt
        call(by=by(leader()), number=number, channel="phone", outcome=outcome, **said)
    elif verb in ("customer", "link"):
        who = as_customer() if verb == "customer" else as_link(ticket)
        more = {"body": "补充"} if detail == "supplement" else {}
        getattr(actions, detail)(by=who, number=number, **more)
    elif verb in ("assign", "offer_hand_over"):
        getattr(actions, verb)(by=by(leader()), number=number, to_id=STAFF[detail]().id)
    elif verb == "hold":
        until = clock.now() + timedelta(hours=30)
        actions.hold(by=by(STAFF[detail]()), number=number, reason="等待第三方", next_contact_at=until)
    else:
        getattr(actions, verb)(by=by(STAFF[detail]()), number=number, **DEEDS[verb])


def picture(ticket: Ticket) -> tuple[Any, ...]:
    """Return everything that a refusal must leave alone."""
    row = Ticket.objects.filter(id=ticket.pk).values().get()
    hand = responsible.of("ticket", [ticket.pk])[ticket.pk]
    counts = (
        TicketEntry.objects.count(),
        AuditRow.objects.count(),
        Fact.objects.count(),
        ContactAttempt.objects.count(),
    )
    return row, hand, sla.of("ticket", [ticket.pk]), counts


def check(ticket: Ticket) -> None:
    """Check the promise for one ticket."""
    row = fresh(ticket)
    hand = responsible.of("ticket", [ticket.pk])[ticket.pk]
    clocks = sla.of("ticket", [ticket.pk])[ticket.pk]
    assert ordered(stamps(row))
    assert len(kinds(row)) == row.version
    if is_over(row.state):
        assert hand.closed_at == row.closed_at
        assert not any(c.open for c in clocks)
        assert row.state == "cancelled" or row.answer
        return
    assert hand.closed_at is None
    if hand.waits_on == "us":
        assert hand.next_contact_at is None
        assert any(c.open and c.paused_at is None for c in clocks)
    else:
        assert hand.next_contact_at is not None
    if any(c.paused_at for c in clocks if c.open):
        assert row.state == "pending"
    assert (hand.waits_on == "us") is (row.state in ("acknowledged", "inProgress"))


def check_end(ticket: Ticket) -> None:
    """Check that a closed ticket ended by the customer's word or by documented attempts."""
    row = fresh(ticket)
    tries = list(ContactAttempt.objects.filter(ticket=row).order_by("id"))
    own_word = TicketEntry.objects.filter(ticket=row, kind="confirm").exclude(actor__startswith="staff").exists()
    if row.closed_reason == "unreached":
        assert {t.outcome for t in tries[-3:]} <= {"no_answer", "failed"}
        assert len(tries) >= 3
    if row.closed_reason == "confirmed" and not own_word:
        assert [t.agreed for t in tries if t.agreed is not None][-1] is True


@given(data=st.data())
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@pytest.mark.req("R-AGT-011", "R-ACC-008", "R-PRC-015")
def test_an_open_ticket_always_has_an_owner_and_a_clock_or_a_date_and_ends_only_by_the_rule(data, clock_at):
    """Owner until an accepted hand-over; never closed without an answer and the customer's word or three attempts."""
    clock_at.set(START)
    ticket = data.draw(st.sampled_from([opened, taken, resolved]))()
    owner_id = fang().id
    for _ in range(data.draw(st.integers(4, 16))):
        verb, detail = step(data, fresh(ticket).state)
        before = picture(ticket)
        try:
            play(ticket, verb, detail, clock_at)
        except DomainError:
            assert picture(ticket) == before
        check(ticket)
        now_owner = responsible.of("ticket", [ticket.pk])[ticket.pk].owner_id
        if now_owner != owner_id:
            assert verb == "accept_hand_over"
            owner_id = now_owner
    check_end(ticket)
    event(f"{fresh(ticket).state} {fresh(ticket).closed_reason}")
