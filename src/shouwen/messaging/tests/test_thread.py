"""The way of a conversation: written, owned, answered, ended, written up; with its clocks and its journal."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shouwen.accounts.tests.factories import staff
from shouwen.customers.queries import timeline
from shouwen.interactions import queries as contacts
from shouwen.interactions.errors import HandlingNeeded, InteractionNotFound, InteractionOver, ReasonNeeded, StillOpen
from shouwen.kit.permissions import PermissionRefused
from shouwen.kit.testing import facts
from shouwen.messaging import actions, queries
from shouwen.messaging.errors import ConversationRunning, NobodyAnswersYet, SomebodyElseAnswers
from shouwen.responsibility import queries as responsibility
from shouwen.routing import queries as routing
from shouwen.sla import queries as sla

from . import scene
from .scene import by, key

pytestmark = pytest.mark.django_db(transaction=True)


def running(interaction_id: int) -> list[str]:
    return [c.metric for c in sla.of("conversation", [interaction_id])[interaction_id] if c.open]


def duty(interaction_id: int):
    return responsibility.of("conversation", [interaction_id])[interaction_id]


def test_from_the_first_second_somebody_answers_for_it_and_a_clock_runs(clock_at):
    leader = scene.open_house()
    who = scene.customer()
    interaction_id = scene.write(who, "家里宽带断了", topic="broadband")
    contact = contacts.conversation(interaction_id)
    assert (contact.state, contact.queue_code, contact.customer_id) == ("open", "broadband", who.id)
    assert (duty(interaction_id).owner_id, duty(interaction_id).handler_id) == (leader.id, None)
    clock = sla.of("conversation", [interaction_id])[interaction_id][0]
    assert (clock.metric, clock.due_at - clock.started_at) == ("answer", timedelta(seconds=60))
    assert [m.body for m in contacts.messages(interaction_id)] == ["家里宽带断了"]
    assert scene.names(interaction_id) == ["arrive", "human_request", "queue_in"]
    assert [line.kind for line in timeline(who.id).items] == ["contact.inbound"]


def test_an_unknown_topic_leads_to_the_general_queue():
    scene.open_house()
    interaction_id = scene.write(scene.visitor(), topic="星际漫游")
    assert contacts.conversation(interaction_id).queue_code == "general"


def test_the_first_to_answer_becomes_owner_and_the_clock_moves_on(clock_at):
    scene.open_house()
    agent = scene.agent()
    interaction_id = scene.write(scene.visitor())
    clock_at.advance(seconds=12)
    actions.answer(by=by(agent), work_item_id=scene.offer_of(agent, interaction_id))
    assert (duty(interaction_id).owner_id, duty(interaction_id).handler_id) == (agent.id, agent.id)
    assert running(interaction_id) == ["handling"]
    last = contacts.messages(interaction_id)[-1]
    assert (last.author_kind, last.body) == ("system", "工号 8021 为您服务。")
    assert scene.names(interaction_id) == ["arrive", "human_request", "queue_in", "offer", "answer"]


def test_taking_the_same_offer_twice_is_taking_it_once():
    scene.open_house()
    agent = scene.agent()
    interaction_id = scene.write(scene.visitor())
    offered = scene.offer_of(agent, interaction_id)
    assert [actions.answer(by=by(agent), work_item_id=offered) for _ in range(2)] == [interaction_id] * 2
    assert scene.names(interaction_id).count("answer") == 1


def test_an_ended_conversation_stays_with_a_clock_until_it_is_written_up():
    scene.open_house()
    agent = scene.agent()
    who = scene.customer()
    interaction_id = scene.served(agent, who)
    actions.end(by=by(agent), interaction_id=interaction_id)
    assert contacts.conversation(interaction_id).state == "ended"
    assert running(interaction_id) == ["wrap_up"]
    assert duty(interaction_id).closed_at is None
    scene.noted(agent, interaction_id)
    actions.complete(by=by(agent), interaction_id=interaction_id)
    assert contacts.conversation(interaction_id).state == "closed"
    assert running(interaction_id) == []
    assert duty(interaction_id).closed_at is not None
    assert scene.names(interaction_id)[-2:] == ["end", "wrap_end"]
    assert timeline(who.id).items[0].line_zh == "故障报修 · 当场答复"
    assert routing.work_of("conversation", [interaction_id])[interaction_id].state == "done"


@pytest.mark.parametrize(
    ("reason", "handling", "refusal"),
    [("", "", ReasonNeeded), ("", "answered", ReasonNeeded), (scene.REASON, "", HandlingNeeded)],
)
def test_completing_needs_reason_and_handling(reason, handling, refusal):
    scene.open_house()
    agent = scene.agent()
    interaction_id = scene.served(agent)
    actions.end(by=by(agent), interaction_id=interaction_id)
    actions.save_service_record(
        by=by(agent), interaction_id=interaction_id, reason=reason, handling=handling, note="", version=0
    )
    with pytest.raises(refusal):
        actions.complete(by=by(agent), interaction_id=interaction_id)
    assert contacts.conversation(interaction_id).state == "ended"
    assert running(interaction_id) == ["wrap_up"]


def test_completing_before_the_end_is_refused():
    scene.open_house()
    agent = scene.agent()
    interaction_id = scene.served(agent)
    scene.noted(agent, interaction_id)
    with pytest.raises(StillOpen):
        actions.complete(by=by(agent), interaction_id=interaction_id)


def test_completing_twice_is_completing_once():
    scene.open_house()
    agent = scene.agent()
    interaction_id = scene.served(agent)
    actions.end(by=by(agent), interaction_id=interaction_id)
    scene.noted(agent, interaction_id)
    for _ in range(2):
        actions.complete(by=by(agent), interaction_id=interaction_id)
    assert scene.names(interaction_id).count("wrap_end") == 1


def test_a_queue_without_wrap_up_time_still_waits_for_the_record():
    scene.open_house(wrap_up_seconds=0)
    agent = scene.agent()
    interaction_id = scene.served(agent)
    actions.end(by=by(agent), interaction_id=interaction_id)
    scene.noted(agent, interaction_id)
    actions.complete(by=by(agent), interaction_id=interaction_id)
    assert contacts.conversation(interaction_id).state == "closed"


def test_a_second_agent_is_refused_and_told_who_has_it():
    scene.open_house()
    first = scene.agent("8021")
    interaction_id = scene.served(first)
    second = scene.agent("8022")
    for deed in (
        lambda: actions.agent_says(by=by(second), interaction_id=interaction_id, body="我来", client_key=key()),
        lambda: actions.end(by=by(second), interaction_id=interaction_id),
        lambda: actions.complete(by=by(second), interaction_id=interaction_id),
        lambda: actions.transfer(by=by(second), interaction_id=interaction_id, queue_code="broadband"),
        lambda: scene.noted(second, interaction_id),
    ):
        with pytest.raises(SomebodyElseAnswers) as refusal:
            deed()
        assert "8021" in refusal.value.text("zh")
    assert [m.author_kind for m in contacts.messages(interaction_id)] == ["customer", "system"]


def test_nobody_speaks_in_a_waiting_conversation():
    scene.open_house()
    agent = staff("8021")
    interaction_id = scene.write(scene.visitor())
    with pytest.raises(NobodyAnswersYet):
        actions.agent_says(by=by(agent), interaction_id=interaction_id, body="您好", client_key=key())


def test_a_transfer_keeps_the_owner_and_takes_everything_along():
    scene.open_house()
    first = scene.agent("8021")
    interaction_id = scene.served(first)
    second = scene.agent("8022", skills=("broadband",))
    actions.transfer(by=by(first), interaction_id=interaction_id, queue_code="broadband")
    assert running(interaction_id) == ["answer"]
    actions.answer(by=by(second), work_item_id=scene.offer_of(second, interaction_id))
    assert (duty(interaction_id).owner_id, duty(interaction_id).handler_id) == (first.id, second.id)
    assert running(interaction_id) == ["handling"]
    assert [m.seq for m in contacts.messages(interaction_id)] == [1, 2, 3, 4]
    assert contacts.conversation(interaction_id).queue_code == "broadband"
    with pytest.raises(SomebodyElseAnswers):
        actions.agent_says(by=by(first), interaction_id=interaction_id, body="还在吗", client_key=key())


def test_leaving_after_a_transfer_gives_it_back_to_the_one_who_answers_for_it():
    scene.open_house()
    first = scene.agent("8021")
    who = scene.visitor()
    interaction_id = scene.served(first, who)
    actions.transfer(by=by(first), interaction_id=interaction_id, queue_code="broadband")
    actions.customer_leaves(by=who, interaction_id=interaction_id)
    assert scene.chat(interaction_id).staff_id == first.id
    assert running(interaction_id) == ["wrap_up"]
    scene.noted(first, interaction_id)
    actions.complete(by=by(first), interaction_id=interaction_id)
    assert contacts.conversation(interaction_id).state == "closed"
    assert running(interaction_id) == []


def test_a_customer_talks_in_one_conversation_at_a_time():
    scene.open_house()
    who = scene.visitor()
    scene.write(who)
    with pytest.raises(ConversationRunning):
        scene.write(who)


def test_the_same_press_begins_one_conversation():
    scene.open_house()
    who, press = scene.visitor(), key()
    begun = {
        actions.start_chat(by=who, topic="general", body="你好", client_key=press, language="en") for _ in range(2)
    }
    assert len(begun) == 1
    assert len(facts("messaging.ChatStarted")) == 1


def test_a_customer_reads_and_writes_only_in_his_own_conversation():
    scene.open_house()
    who, other = scene.visitor(), scene.visitor()
    interaction_id = scene.write(who)
    public_id = contacts.conversation(interaction_id).public_id
    assert queries.chat_of(public_id, by=who).interaction_id == interaction_id
    assert queries.current(by=other) is None
    with pytest.raises(InteractionNotFound):
        queries.chat_of(public_id, by=other)
    for deed in (
        lambda: actions.customer_says(by=other, interaction_id=interaction_id, body="?", client_key=key()),
        lambda: actions.customer_leaves(by=other, interaction_id=interaction_id),
        lambda: actions.rate(by=other, interaction_id=interaction_id, score=5),
    ):
        with pytest.raises(InteractionNotFound):
            deed()


def test_nothing_is_said_after_the_end():
    scene.open_house()
    agent, who = scene.agent(), scene.visitor()
    interaction_id = scene.served(agent, who)
    actions.end(by=by(agent), interaction_id=interaction_id)
    with pytest.raises(InteractionOver):
        actions.customer_says(by=who, interaction_id=interaction_id, body="等等", client_key=key())
    with pytest.raises(InteractionOver):
        actions.end(by=by(agent), interaction_id=interaction_id)


@pytest.mark.parametrize("role", ["quality", "data_maintenance", "system_management"])
def test_seats_without_the_permission_answer_nothing(role):
    scene.open_house()
    interaction_id = scene.served(scene.agent())
    other = staff("8099", role=role)
    for deed in (
        lambda: actions.answer(by=by(other), work_item_id=1),
        lambda: actions.agent_says(by=by(other), interaction_id=interaction_id, body="您好", client_key=key()),
        lambda: actions.end(by=by(other), interaction_id=interaction_id),
        lambda: actions.complete(by=by(other), interaction_id=interaction_id),
        lambda: actions.transfer(by=by(other), interaction_id=interaction_id, queue_code="broadband"),
        lambda: scene.noted(other, interaction_id),
        lambda: actions.save_draft(by=by(other), interaction_id=interaction_id, body="草稿"),
        lambda: actions.link_customer(by=by(other), interaction_id=interaction_id, customer_id=1),
        lambda: actions.register_contact(
            by=by(other), medium="letter", customer_id=1, topic="", body="信", client_key=key()
        ),
    ):
        with pytest.raises(PermissionRefused):
            deed()


def test_only_maintainers_set_topics():
    scene.open_house()
    with pytest.raises(PermissionRefused):
        actions.set_topic(by=by(staff("8021")), code="x", zh="某", en="x", queue_code="general")
    actions.set_topic(by=by(staff("8031", role="data_maintenance")), code="x", zh="某", en="x", queue_code="broadband")
    assert queries.queue_for("x") == "broadband"
