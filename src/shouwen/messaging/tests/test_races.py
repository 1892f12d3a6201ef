"""Several at once: two agents, a customer who leaves while an agent answers, many presses of one key."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from shouwen.interactions import queries as contacts
from shouwen.kernel.errors import DomainError
from shouwen.messaging import actions
from shouwen.messaging.actions import finding
from shouwen.messaging.errors import ConversationRunning, CustomerLeft
from shouwen.responsibility import queries as responsibility
from shouwen.routing import queries as routing
from shouwen.sla import queries as sla

from . import scene
from .scene import by, key

pytestmark = pytest.mark.django_db(transaction=True)


def together(*deeds: Callable[[], Any]) -> list[Any]:
    """Do several things at the same moment, each in a connection of its own; return answers or refusals."""
    gate = threading.Barrier(len(deeds))
    outcomes: list[Any] = [None] * len(deeds)

    def run(number: int, deed: Callable[[], Any]) -> None:
        try:
            gate.wait(10)
            outcomes[number] = deed()
        except DomainError as refusal:
            outcomes[number] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


def settled(interaction_id: int) -> tuple[str, bool, list[str]]:
    """Return state, whether somebody answers for it, and the running clocks."""
    duty = responsibility.of("conversation", [interaction_id])[interaction_id]
    clocks = [c.metric for c in sla.of("conversation", [interaction_id])[interaction_id] if c.open]
    return contacts.conversation(interaction_id).state, duty.closed_at is None, clocks


def test_messages_of_many_threads_have_numbers_without_gap_or_twin():
    scene.open_house()
    agent, who = scene.agent(), scene.visitor()
    interaction_id = scene.served(agent, who)
    said = [
        lambda n=n: actions.customer_says(by=who, interaction_id=interaction_id, body=f"{n}", client_key=key())
        for n in range(6)
    ]
    said += [
        lambda n=n: actions.agent_says(by=by(agent), interaction_id=interaction_id, body=f"{n}", client_key=key())
        for n in range(6)
    ]
    together(*said)
    assert [m.seq for m in contacts.messages(interaction_id)] == list(range(1, 15))


def test_one_press_sent_many_times_at_once_is_one_message():
    scene.open_house()
    who, press = scene.visitor(), key()
    interaction_id = scene.write(who)
    said = together(
        *[
            lambda: actions.customer_says(by=who, interaction_id=interaction_id, body="急", client_key=press)
            for _ in range(5)
        ]
    )
    assert {m.seq for m in said} == {2}
    assert len(contacts.messages(interaction_id)) == 2


def test_starting_twice_at_once_begins_one_conversation():
    scene.open_house()
    who = scene.visitor()
    begun = together(*[lambda: scene.write(who) for _ in range(4)])
    assert sorted(type(b).__name__ for b in begun) == ["ConversationRunning"] * 3 + ["int"]
    assert isinstance(next(b for b in begun if not isinstance(b, int)), ConversationRunning)


def test_two_agents_taking_one_conversation_only_the_one_asked_gets_it():
    scene.open_house()
    first = scene.agent("8021")
    interaction_id = scene.write(scene.visitor())
    offered = scene.offer_of(first, interaction_id)
    second = scene.agent("8022")
    taken = together(
        lambda: actions.answer(by=by(first), work_item_id=offered),
        lambda: actions.answer(by=by(second), work_item_id=offered),
    )
    assert taken[0] == interaction_id
    assert isinstance(taken[1], DomainError)
    assert scene.chat(interaction_id).staff_id == first.id
    assert scene.names(interaction_id).count("answer") == 1


def _held_up(monkeypatch: pytest.MonkeyPatch, first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """Let `first` take the conversation and hold it until `second` stands before the same door."""
    inside, waiting = threading.Event(), threading.Event()
    take = finding.locked
    leader = threading.local()

    def locked(interaction_id: int) -> Any:
        if getattr(leader, "first", False):
            row = take(interaction_id)
            inside.set()
            waiting.wait(10)
            return row
        waiting.set()
        return take(interaction_id)

    for module in ("serving", "ending", "finding"):
        target = f"shouwen.messaging.actions.{module}.locked"
        monkeypatch.setattr(target, locked, raising=False)

    def lead() -> Any:
        leader.first = True
        return first()

    def follow() -> Any:
        inside.wait(10)
        return second()

    return together(lead, follow)


def test_leaving_just_before_the_answer_ends_it_and_the_agent_is_told(monkeypatch):
    scene.open_house()
    agent, who = scene.agent(), scene.visitor()
    interaction_id = scene.write(who)
    offered = scene.offer_of(agent, interaction_id)
    left, answered = _held_up(
        monkeypatch,
        lambda: actions.customer_leaves(by=who, interaction_id=interaction_id),
        lambda: actions.answer(by=by(agent), work_item_id=offered),
    )
    assert left is None
    assert isinstance(answered, CustomerLeft)
    assert settled(interaction_id) == ("closed", False, [])
    assert scene.names(interaction_id)[-1] == "abandon"
    assert [slot.offered + slot.busy for slot in routing.agents()[0].slots if slot.medium == "web_chat"] == [0]


def test_leaving_just_after_the_answer_leaves_it_with_the_agent(monkeypatch):
    scene.open_house()
    agent, who = scene.agent(), scene.visitor()
    interaction_id = scene.write(who)
    offered = scene.offer_of(agent, interaction_id)
    answered, left = _held_up(
        monkeypatch,
        lambda: actions.answer(by=by(agent), work_item_id=offered),
        lambda: actions.customer_leaves(by=who, interaction_id=interaction_id),
    )
    assert (answered, left) == (interaction_id, None)
    assert settled(interaction_id) == ("ended", True, ["wrap_up"])
    assert scene.names(interaction_id)[-2:] == ["answer", "end"]
    assert scene.chat(interaction_id).staff_id == agent.id


def test_both_ending_at_once_ends_once():
    scene.open_house()
    agent, who = scene.agent(), scene.visitor()
    interaction_id = scene.served(agent, who)
    together(
        lambda: actions.end(by=by(agent), interaction_id=interaction_id),
        lambda: actions.customer_leaves(by=who, interaction_id=interaction_id),
    )
    assert settled(interaction_id) == ("ended", True, ["wrap_up"])
    assert scene.names(interaction_id).count("end") == 1


def test_whoever_is_last_with_a_record_is_told_and_nothing_is_overwritten():
    scene.open_house()
    agent = scene.agent()
    interaction_id = scene.served(agent)
    saved = together(*[lambda: scene.noted(agent, interaction_id) for _ in range(3)])
    assert sorted(type(s).__name__ for s in saved) == ["NoneType", "RecordStale", "RecordStale"]
    assert contacts.service_record(interaction_id).version == 1
