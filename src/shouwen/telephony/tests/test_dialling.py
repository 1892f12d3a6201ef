"""Calls that we make and callbacks: who may be called, what each end means, and that nothing we owe is lost."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.accounts.models import Staff
from shouwen.customers.models import ContactPoint, TimelineEntry
from shouwen.desk.queries import promise
from shouwen.interactions import queries as contacts
from shouwen.interactions.models import JournalEntry
from shouwen.kernel.calendars import BEIJING
from shouwen.kernel.errors import DomainError
from shouwen.kit import clock
from shouwen.kit.testing import FrozenClock, deliver
from shouwen.responsibility import queries as responsibility
from shouwen.routing import actions as routing
from shouwen.routing import queries as queues
from shouwen.routing.errors import SeatTakenUp
from shouwen.routing.models import Callback
from shouwen.telephony import actions, errors, queries
from shouwen.telephony.models import Call, Instruction
from shouwen.telephony.rules import dialling

from . import scene
from .scene import by

db = pytest.mark.django_db(transaction=True)
MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=BEIJING)
MOBILE = "13800001111"
RULES = dialling.read(dialling.checked(dialling.SHIPPED))


def dials(agent: Staff, customer_id: int | None = None) -> int:
    """Let an agent call a customer."""
    who = customer_id or scene.customer().id
    return actions.dial(by=by(agent), customer_id=who, asterisk=scene.ASTERISK)


def picked_up(call: int) -> str:
    """Let who calls pick up his own phone; return the customer's line."""
    actions.agent_answers(channel=scene.channel_of(call, "agent"))
    return scene.channel_of(call, "customer")


def owed(agent: Staff) -> int:
    """Let a caller ask to be called back and `agent` take it; return the callback."""
    routing.set_presence(state="break", by=by(agent))
    waiting = scene.waits(MOBILE)
    scene.hears_place(waiting)
    assert actions.press_key(channel=scene.channel_of(waiting, "customer"), key="1")
    routing.set_presence(state="ready", by=by(agent))
    deliver()
    (offer,) = queues.offers_of(agent.id)
    return routing.take_callback(work_item_id=offer.work_item_id, by=by(agent))


def called_back(agent: Staff) -> tuple[int, int]:
    """Let a callback be taken and made; return it and the call."""
    callback = owed(agent)
    call = actions.dial_back(by=by(agent), callback_id=callback, asterisk=scene.ASTERISK)
    assert call is not None
    return callback, call


def ready_agent(number: str = "8021") -> Staff:
    """Return an agent at a desk phone who makes callbacks too."""
    row = scene.agent(number)
    routing.open_seat(staff_id=row.id, slots={"voice": 1, "callback": 1})
    routing.set_presence(state="ready", by=by(row))
    return row


@pytest.mark.parametrize(
    ("number", "why"),
    [(MOBILE, ""), ("02788886666", ""), ("0085212345678", "destination"), ("16812345", "destination")],
)
def test_only_numbers_of_the_allowed_patterns_are_called(number: str, why: str):
    assert dialling.judge(RULES, number, [], MORNING).why == why
    barred = dialling.read(dialling.checked({**dialling.SHIPPED, "barred": ["138."]}))
    assert dialling.judge(barred, MOBILE, [], MORNING).why == "destination"


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)), st.lists(st.integers(0, 2000), max_size=9))
def test_who_waits_until_the_time_that_was_named_may_call_in_the_end(naive: datetime, minutes: list[int]):
    at = naive.replace(tzinfo=BEIJING)
    before = [at - timedelta(minutes=m) for m in minutes]
    for _ in range(4):
        verdict = dialling.judge(RULES, MOBILE, before, at)
        if verdict.from_ is None:
            break
        assert verdict.from_ > at
        at = verdict.from_
    assert verdict.why == ""


@pytest.mark.parametrize(
    ("cause", "rang", "outcome"),
    [
        (17, True, "busy"),
        (19, True, "no_answer"),
        (18, True, "no_answer"),
        (19, False, "unreachable"),
        (21, True, "refused"),
        (1, False, "wrong_number"),
        (28, False, "wrong_number"),
        (34, False, "unreachable"),
        (None, True, "unreachable"),
    ],
)
def test_the_end_of_a_call_has_its_true_name(cause: int | None, rang: bool, outcome: str):
    assert dialling.outcome_of(cause, rang=rang) == outcome


@pytest.mark.parametrize(
    ("how", "of_customer", "of_caller"), [("seen", False, False), ("unseen", True, False), ("crash", True, True)]
)
def test_a_line_that_ended_unseen_or_with_its_media_server_was_cut(how: str, of_customer: bool, of_caller: bool):
    assert dialling.is_unknown(how, customers=True) is of_customer
    assert dialling.is_unknown(how, customers=False) is of_caller


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("allowed", []),
        ("allowed", ["1(3"]),
        ("barred", ["abc"]),
        ("opens", "noon"),
        ("closes", "07:00"),
        ("a_day", 0),
        ("apart_minutes", -1),
        ("tries", 10),
        ("again_minutes", 4),
    ],
)
def test_rules_that_mean_nothing_are_refused_at_their_field(field: str, wrong: object):
    with pytest.raises(dialling.DialRulesInvalid) as refused:
        dialling.checked({**dialling.SHIPPED, field: wrong})
    assert refused.value.faults("zh")[0][0] == field


@db
@pytest.mark.req("R-ACC-006")
def test_a_customer_is_called_answers_and_is_written_up_beside_his_own_calls(clock_at: FrozenClock):
    """R-ACC-006: contacts come in and go out; both stand on one timeline of the customer."""
    scene.open_house()
    agent, who = scene.agent(), scene.customer()
    number = ContactPoint.objects.get(customer_id=who.id).value.removeprefix("86")
    call = dials(agent, who.id)
    assert (scene.call(call).step, queues.engaged(agent.id).doing) == ("dialling", "busy")
    duty = responsibility.of("conversation", [call])[call]
    assert (duty.owner_id, promise(clock.now()).holds) == (agent.id, True)
    customer = picked_up(call)
    told = Instruction.objects.get(call_id=call, verb="dial").arguments
    assert (told["number"], told["channel"], told["hears"]) == (number, customer, scene.channel_of(call, "agent"))
    assert (actions.customer_rings(channel=customer), actions.customer_rings(channel=customer)) == (True, False)
    shown = queries.call_of(call)
    assert shown is not None
    assert (shown.dialling, shown.outbound) == ("ringing", True)
    assert actions.customer_answers(channel=customer) == actions.customer_answers(channel=customer) == call
    said = Instruction.objects.get(call_id=call, verb="connect").arguments["words"]
    assert ("录音" in said, "工号8021" in said) == (True, True)
    actions.leg_gone(channel=customer)
    assert scene.names(call) == ["arrive", "dial", "answer", "end"]
    actions.save_service_record(
        by=by(agent), interaction_id=call, reason="broadband.fault", handling="answered", note="", version=0
    )
    actions.complete(by=by(agent), interaction_id=call)
    assert (scene.state_of_work(call), contacts.conversation(call).direction) == ("done", "outbound_proactive")
    scene.calls(number)
    kinds = TimelineEntry.objects.filter(customer_id=who.id).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["contact.outbound", "contact.completed", "contact.inbound"]
    assert promise(clock.now()).holds


@db
@pytest.mark.parametrize(("cause", "outcome"), [(17, "busy"), (21, "refused"), (1, "wrong_number")])
def test_who_is_not_reached_is_written_down_truly_and_the_caller_is_free(
    cause: int, outcome: str, clock_at: FrozenClock
):
    scene.open_house()
    agent = scene.agent()
    call = dials(agent)
    actions.leg_gone(channel=picked_up(call), cause=cause)
    assert (scene.call(call).outcome, contacts.conversation(call).state) == (outcome, "closed")
    last = JournalEntry.objects.filter(interaction_id=call, name="dial_end").get()
    assert (last.detail, queues.engaged(agent.id).doing) == ({"outcome": outcome}, "")
    assert promise(clock.now()).holds


@db
def test_who_gives_up_or_never_picks_up_called_nobody(clock_at: FrozenClock):
    scene.open_house()
    agent = scene.agent()
    first = dials(agent)
    actions.leg_gone(channel=scene.channel_of(first, "agent"), cause=19)
    second = dials(agent)
    line = picked_up(second)
    actions.hang_up(by=by(agent), interaction_id=second)
    assert [scene.call(one).outcome for one in (first, second)] == ["not_taken", "cancelled"]
    assert scene.verbs(second)[-2:] == ["hang_up", "hang_up"]
    with pytest.raises(errors.RingOver):
        actions.customer_answers(channel=line)
    assert promise(clock.now()).holds


@db
def test_a_customer_is_called_once_whoever_dies_and_not_for_a_call_that_is_over(clock_at: FrozenClock):
    scene.open_house()
    agent = scene.agent()
    first = dials(agent)
    line = picked_up(first)
    due = Instruction.objects.get(call_id=first, verb="dial").pk
    assert [actions.begin_calling(instruction_id=due) for _ in range(2)] == ["now", "again"]
    actions.leg_gone(channel=line, how="crash")
    assert (scene.call(first).outcome, actions.begin_calling(instruction_id=due)) == ("cut", "over")
    clock_at.advance(minutes=5)
    second = dials(agent)
    picked_up(second)
    actions.hang_up(by=by(agent), interaction_id=second)
    due = Instruction.objects.get(call_id=second, verb="dial").pk
    assert actions.begin_calling(instruction_id=due) == "over"
    assert {one.verb for one in queries.due(scene.ASTERISK) if one.interaction_id == second} == {"hang_up"}
    assert promise(clock.now()).holds


@db
def test_what_may_not_be_called_now_is_refused_with_the_time_when_it_may(clock_at: FrozenClock):
    scene.open_house()
    agent, who = scene.agent(), scene.customer()

    def refusal() -> tuple[type[DomainError], str]:
        with pytest.raises(DomainError) as refused:
            dials(agent, who.id)
        return type(refused.value), refused.value.text("zh")

    actions.leg_gone(channel=picked_up(dials(agent, who.id)), cause=17)
    assert refusal() == (errors.CalledJustNow, "刚刚呼叫过这个号码。11-23 10:05 起可以再次呼叫。")
    for _ in range(4):
        clock_at.advance(minutes=5)
        actions.leg_gone(channel=picked_up(dials(agent, who.id)), cause=17)
    clock_at.advance(minutes=5)
    assert refusal() == (errors.CalledTooOften, "今天呼叫这个号码的次数已到上限。11-24 08:00 起可以再次呼叫。")
    clock_at.set(MORNING + timedelta(days=1, hours=11, minutes=30))
    assert refusal()[0] is errors.OutsideHours
    actions.set_dial_rules(by=scene.SYSTEM, content={**dialling.SHIPPED, "allowed": ["0Z."], "closes": "23:00"})
    assert refusal()[0] is errors.DestinationBarred


@db
def test_who_talks_already_or_has_no_phone_calls_nobody(clock_at: FrozenClock):
    scene.open_house()
    with pytest.raises(errors.NoPhoneHeld):
        dials(scene.agent("8022", phone=False))
    agent = scene.agent()
    scene.talks()
    with pytest.raises(SeatTakenUp):
        dials(agent)
    assert Call.objects.filter(outbound=True).count() == 0


@db
def test_a_callback_is_made_by_who_takes_it_and_done_when_the_customer_answers(clock_at: FrozenClock):
    scene.open_house()
    agent = ready_agent()
    callback, call = called_back(agent)
    assert (queues.callbacks_of(agent.id), queues.engaged(agent.id).doing) == ([], "busy")
    assert promise(clock.now()).holds
    customer = picked_up(call)
    actions.customer_answers(channel=customer)
    row = Callback.objects.get(pk=callback)
    assert (row.state, row.attempts) == ("done", 1)
    assert scene.names(row.from_subject_id)[-2:] == ["callback_accept", "callback_reached"]
    actions.leg_gone(channel=customer)
    assert queues.engaged(agent.id).doing == "acw"
    assert promise(clock.now()).holds


@db
def test_a_callback_that_is_not_answered_is_tried_again_up_to_its_limit(clock_at: FrozenClock):
    scene.open_house()
    actions.set_dial_rules(by=scene.SYSTEM, content={**dialling.SHIPPED, "tries": 2, "again_minutes": 10})
    agent = ready_agent()
    callback, call = called_back(agent)
    for attempt in (1, 2):
        line = picked_up(call)
        actions.customer_rings(channel=line)
        actions.leg_gone(channel=line, cause=19)
        row = Callback.objects.get(pk=callback)
        assert (row.attempts, scene.call(call).outcome, promise(clock.now()).holds) == (attempt, "no_answer", True)
        if attempt == 2:
            break
        assert row.state == "scheduled"
        clock_at.advance(minutes=10)
        routing.open_due_callbacks(at=clock.now())
        (offer,) = queues.offers_of(agent.id)
        routing.take_callback(work_item_id=offer.work_item_id, by=by(agent))
        made = actions.dial_back(by=by(agent), callback_id=callback, asterisk=scene.ASTERISK)
        assert made is not None
        call = made
    assert row.state == "unreached"


@db
def test_a_callback_nobody_was_called_for_is_in_line_again_in_its_place(clock_at: FrozenClock):
    scene.open_house()
    agent = ready_agent()
    callback, call = called_back(agent)
    actions.leg_gone(channel=scene.channel_of(call, "agent"), cause=19)
    row = Callback.objects.get(pk=callback)
    assert (row.state, row.attempts, row.due_at) == ("scheduled", 0, clock.now())
    routing.open_due_callbacks(at=clock.now())
    (offer,) = queues.offers_of(agent.id)
    assert (offer.subject_id, promise(clock.now()).holds) == (callback, True)


@db
def test_a_callback_whose_end_nobody_saw_was_cut_and_is_in_line_again(clock_at: FrozenClock):
    scene.open_house()
    agent = ready_agent()
    callback, call = called_back(agent)
    actions.leg_gone(channel=picked_up(call), how="unseen")
    row = Callback.objects.get(pk=callback)
    assert (scene.call(call).outcome, row.state, row.attempts) == ("cut", "scheduled", 0)
    assert (contacts.conversation(call).ended_by, promise(clock.now()).holds) == ("system", True)


@db
def test_where_no_port_is_free_nobody_is_called_and_what_we_owe_is_put_off(clock_at: FrozenClock):
    scene.open_house()
    agent = ready_agent()
    callback = owed(agent)
    actions.report(asterisk=scene.ASTERISK, ports=1, trunks={})
    caller = scene.calls()
    with pytest.raises(errors.AllPortsTaken):
        dials(agent)
    assert actions.dial_back(by=by(agent), callback_id=callback, asterisk=scene.ASTERISK) is None
    row = Callback.objects.get(pk=callback)
    assert (row.state, row.attempts, row.due_at) == ("scheduled", 0, clock.now() + timedelta(minutes=1))
    actions.leg_gone(channel=scene.channel_of(caller, "customer"))
    dials(agent)
    with pytest.raises(errors.AllPortsTaken):
        dials(ready_agent("8022"))  # the first one's call has the port although it does not ring yet
    assert promise(clock.now()).holds


@db
def test_a_callback_outside_the_hours_is_put_off_and_a_wrong_number_is_given_up(clock_at: FrozenClock):
    scene.open_house()
    agent = ready_agent()
    callback = owed(agent)
    clock_at.set(MORNING.replace(hour=21, minute=30))
    assert actions.dial_back(by=by(agent), callback_id=callback, asterisk=scene.ASTERISK) is None
    row = Callback.objects.get(pk=callback)
    assert (row.state, row.due_at) == ("scheduled", datetime(2026, 11, 24, 8, 0, tzinfo=BEIJING))
    assert (queues.engaged(agent.id).doing, promise(clock.now()).holds) == ("", True)
    clock_at.set(row.due_at)
    routing.open_due_callbacks(at=clock.now())
    (offer,) = queues.offers_of(agent.id)
    routing.take_callback(work_item_id=offer.work_item_id, by=by(agent))
    call = actions.dial_back(by=by(agent), callback_id=callback, asterisk=scene.ASTERISK)
    assert call is not None
    actions.leg_gone(channel=picked_up(call), cause=1)
    row.refresh_from_db()
    assert (row.state, promise(clock.now()).holds) == ("unreached", True)
