"""A call from the first ring to the written record, and every other end it may have."""

from __future__ import annotations

import pytest

from shouwen.customers.models import ContactPoint, TimelineEntry
from shouwen.desk.queries import promise
from shouwen.interactions import queries as contacts
from shouwen.interactions.models import Interaction
from shouwen.kit import clock, versions
from shouwen.kit.principals import SYSTEM
from shouwen.kit.testing import FrozenClock, deliver
from shouwen.responsibility import queries as responsibility
from shouwen.routing import actions as routing
from shouwen.routing import queries as queues
from shouwen.routing.models import Queue
from shouwen.sla import queries as sla
from shouwen.telephony import actions
from shouwen.telephony.errors import CallNotYours, NobodyTalksYet, NumberTaken, PhoneInvalid, RingOver
from shouwen.telephony.models import Call, Instruction, Leg

from . import scene
from .scene import by

pytestmark = pytest.mark.django_db(transaction=True)


def running(interaction_id: int) -> list[str]:
    return [c.metric for c in sla.of("conversation", [interaction_id])[interaction_id] if c.open]


def duty(interaction_id: int) -> responsibility.Responsibility:
    return responsibility.of("conversation", [interaction_id])[interaction_id]


def test_from_the_first_second_a_call_has_an_owner_and_a_clock():
    leader = scene.open_house()
    call = scene.calls("13800001111")
    assert (duty(call).owner_id, running(call)) == (leader.id, ["answer"])
    assert scene.verbs(call) == ["greet"]
    assert promise(clock.now()).holds


def test_a_code_rings_told_twice_is_one_call():
    scene.open_house()
    first = actions.arrive(asterisk="test", channel="a", dialled="10000", calling="")
    assert actions.arrive(asterisk="test", channel="a", dialled="10000", calling="") == first
    assert (Interaction.objects.count(), Call.objects.count()) == (1, 1)


def test_an_answered_call_goes_all_the_way():
    scene.open_house()
    agent, who = scene.agent(), scene.customer()
    phone = ContactPoint.objects.get(customer_id=who.id).value
    call = scene.talks(phone)
    assert (scene.call(call).step, scene.call(call).staff_id) == ("talking", agent.id)
    assert (duty(call).owner_id, duty(call).handler_id, running(call)) == (agent.id, agent.id, ["handling"])
    assert scene.verbs(call) == ["greet", "ring", "connect"]
    actions.leg_gone(channel=scene.channel_of(call, "customer"))
    assert (contacts.conversation(call).ended_by, running(call)) == ("customer", ["wrap_up"])
    actions.save_service_record(
        by=by(agent), interaction_id=call, reason="broadband.fault", handling="answered", note="已答复", version=0
    )
    actions.complete(by=by(agent), interaction_id=call)
    assert scene.names(call) == ["arrive", "human_request", "queue_in", "offer", "answer", "end", "wrap_end"]
    assert (contacts.conversation(call).state, scene.state_of_work(call)) == ("closed", "done")
    assert list(TimelineEntry.objects.filter(customer_id=who.id).order_by("id").values_list("kind", flat=True)) == [
        "contact.inbound",
        "contact.completed",
    ]
    assert promise(clock.now()).holds


def test_the_caller_is_told_who_answers():
    scene.open_house()
    scene.agent("8021")
    call = scene.talks()
    told = Instruction.objects.get(call_id=call, verb="connect").arguments
    assert told["words"] == "工号8021为您服务。"
    assert told["channels"] == [scene.channel_of(call, "customer"), scene.channel_of(call, "agent")]


@pytest.mark.parametrize(
    ("cause", "reason"), [(17, "busy"), (21, "declined"), (19, "no_answer"), (20, "unreachable"), (None, "lost")]
)
def test_a_phone_that_is_not_answered_sends_the_call_on_with_the_true_reason(cause: int | None, reason: str):
    scene.open_house()
    first = scene.agent("8021")
    call = scene.waits()
    second = scene.agent("8022")
    actions.leg_gone(channel=scene.channel_of(call, "agent"), cause=cause)
    deliver()
    assert scene.reasons(call) == [reason]
    legs = list(Leg.objects.filter(call_id=call, side="agent").order_by("id").values_list("staff_id", "cause"))
    assert legs == [(first.id, reason), (second.id, "")]
    assert promise(clock.now()).holds


def test_an_offer_that_runs_out_lets_the_phone_ring_no_more(clock_at: FrozenClock):
    scene.open_house()
    scene.agent()
    call = scene.waits()
    clock_at.advance(minutes=2)
    routing.sweep(at=clock.now())
    deliver()
    assert (scene.reasons(call), scene.verbs(call)[-1]) == (["no_answer"], "hang_up")
    assert Leg.objects.get(call_id=call, side="agent").cause == "no_answer"
    assert scene.call(call).step == "waiting"


def test_a_caller_who_hangs_up_while_a_phone_rings_is_gone_and_the_phone_rings_no_more():
    scene.open_house()
    agent = scene.agent()
    call = scene.waits()
    actions.leg_gone(channel=scene.channel_of(call, "customer"))
    deliver()
    assert (scene.call(call).outcome, scene.state_of_work(call)) == ("abandoned", "abandoned")
    assert (scene.names(call)[-1], scene.verbs(call)[-1]) == ("abandon", "hang_up")
    assert contacts.conversation(call).state == "closed"
    assert queues.offers_of(agent.id) == []
    assert promise(clock.now()).holds


def test_a_caller_who_hangs_up_during_the_notice_is_kept_as_abandoned():
    scene.open_house()
    call = scene.calls()
    actions.leg_gone(channel=scene.channel_of(call, "customer"))
    assert scene.names(call) == ["arrive", "end"]
    assert (contacts.conversation(call).state, scene.call(call).outcome) == ("closed", "abandoned")
    assert promise(clock.now()).holds


def test_a_code_that_leads_to_a_queue_without_calls_says_so_and_the_contact_is_kept():
    leader = scene.open_house()
    routing.add_skill(code="letters", name="信函", by=SYSTEM)
    routing.add_queue(
        code="letters",
        name="信函",
        skill="letters",
        organisation_id=leader.organisation_id,
        duty_leader_id=leader.id,
        by=SYSTEM,
        media=("letter", "voice"),
    )
    content = {"zh": "信函", "en": "Letters", "queue": "letters"}
    versions.install(kind="routing.code", key="10009", title="10009", content=content)
    Queue.objects.filter(code="letters").update(media=["letter"])
    call = scene.calls(dialled="10009")
    assert (scene.verbs(call), scene.names(call)) == (["turn_away"], ["arrive", "end"])
    assert (scene.call(call).outcome, contacts.conversation(call).state) == ("turned_away", "closed")
    assert promise(clock.now()).holds


@pytest.mark.req("R-ACC-001")
def test_a_call_to_any_configured_code_is_exactly_one_contact():
    """R-ACC-001: every configured code is answered; however often the ring is told, one interaction is kept."""
    scene.open_house()
    for code in ("10000", "112"):
        versions.install(
            kind="routing.code", key=code, title=code, content={"zh": code, "en": code, "queue": "general"}
        )
    for code in ("10000", "112"):
        for _ in range(2):
            actions.arrive(asterisk="test", channel=f"to-{code}", dialled=code, calling="13800001111")
    assert list(Call.objects.order_by("interaction_id").values_list("dialled", flat=True)) == ["10000", "112"]
    assert Interaction.objects.filter(medium="voice").count() == 2


def test_an_agent_who_hangs_up_ends_the_call_and_the_callers_line_is_cut():
    scene.open_house()
    scene.agent()
    call = scene.talks()
    customer = scene.channel_of(call, "customer")
    actions.leg_gone(channel=scene.channel_of(call, "agent"))
    assert contacts.conversation(call).ended_by == "staff"
    last = Instruction.objects.filter(call_id=call).order_by("-id").first()
    assert last is not None
    bridge = contacts.conversation(call).public_id
    assert (last.verb, last.arguments) == ("hang_up", {"channel": customer, "bridge": bridge})
    assert actions.leg_gone(channel=customer) is False


def test_an_agent_who_picks_up_too_late_is_refused_and_his_line_is_cut():
    scene.open_house()
    scene.agent()
    call = scene.waits()
    channel = scene.channel_of(call, "agent")
    actions.leg_gone(channel=scene.channel_of(call, "customer"))
    with pytest.raises(RingOver):
        actions.agent_answers(channel=channel)
    assert scene.verbs(call) == ["greet", "ring", "hang_up"]


def test_who_has_no_phone_is_passed_over():
    scene.open_house()
    scene.agent("8021", phone=False)
    call = scene.waits()
    assert (scene.reasons(call), scene.verbs(call)) == (["no_phone"], ["greet"])


def test_a_call_passed_to_another_queue_waits_there_first_and_keeps_its_owner():
    scene.open_house()
    agent = scene.agent()
    call = scene.talks()
    actions.transfer(by=by(agent), interaction_id=call, queue_code="broadband")
    deliver()
    assert (scene.call(call).step, contacts.conversation(call).queue_code) == ("waiting", "broadband")
    assert (duty(call).owner_id, duty(call).handler_id, running(call)) == (agent.id, None, ["answer"])
    assert scene.verbs(call)[-2:] == ["hold", "hang_up"]
    assert promise(clock.now()).holds
    actions.leg_gone(channel=scene.channel_of(call, "customer"))
    assert (scene.call(call).staff_id, scene.call(call).outcome) == (agent.id, "answered")


def test_nobody_else_ends_or_writes_up_a_call():
    scene.open_house()
    scene.agent("8021")
    call = scene.waits()
    other = scene.agent("8022")
    with pytest.raises(NobodyTalksYet):
        actions.hang_up(by=by(other), interaction_id=call)
    actions.agent_answers(channel=scene.channel_of(call, "agent"))
    with pytest.raises(CallNotYours):
        actions.hang_up(by=by(other), interaction_id=call)


def test_a_phone_needs_a_number_of_its_own():
    scene.open_house()
    row, other = scene.agent("8021"), scene.agent("8022")
    with pytest.raises(PhoneInvalid):
        actions.set_phone(by=SYSTEM, staff_id=row.id, number="80a1")
    with pytest.raises(PhoneInvalid):
        actions.set_phone(by=SYSTEM, staff_id=row.id, number="8021", address="sip:8021@;rm -rf")
    with pytest.raises(NumberTaken):
        actions.set_phone(by=SYSTEM, staff_id=other.id, number="8021")


@pytest.mark.parametrize(("stands", "outcome"), [("waits", "cut"), ("talks", "answered")])
def test_a_call_whose_media_server_ended_was_ended_by_nobody_on_the_line(stands: str, outcome: str):
    scene.open_house()
    scene.agent()
    call = scene.waits() if stands == "waits" else scene.talks()
    for leg in Leg.objects.filter(call_id=call).order_by("id"):
        actions.leg_gone(channel=leg.channel, how="crash")
    row = scene.call(call)
    assert (row.step, row.outcome, contacts.conversation(call).ended_by) == ("over", outcome, "system")
    assert not Leg.objects.filter(call_id=call, ended_at=None).exists()
    assert promise(clock.now()).holds


def test_a_ring_that_ended_unseen_rings_again_at_the_same_phone():
    scene.open_house()
    for number in ("8021", "8022"):
        scene.agent(number)
    call = scene.waits()
    first = Leg.objects.get(call_id=call, side="agent")
    assert actions.leg_gone(channel=first.channel, how="unseen")
    deliver()
    again = Leg.objects.get(call_id=call, side="agent", ended_at=None)
    assert (again.staff_id, again.channel != first.channel, scene.reasons(call)) == (first.staff_id, True, [])
    actions.agent_answers(channel=again.channel)
    assert scene.call(call).staff_id == first.staff_id


def test_a_call_that_a_seat_was_offered_rings_at_once_and_once():
    scene.open_house()
    scene.agent()
    call = scene.calls()
    assert actions.ring_offered(interaction_id=call) is False
    actions.notice_over(interaction_id=call)
    assert actions.ring_offered(interaction_id=call)
    deliver()
    assert scene.verbs(call) == ["greet", "ring"]
