"""Customers who are not there: nothing hangs and nothing is thrown away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.interactions import queries as contacts
from shouwen.kit import clock
from shouwen.kit.testing import deliver
from shouwen.messaging import actions, jobs, queries, rules
from shouwen.messaging.models import Chat
from shouwen.responsibility import queries as responsibility

from . import scene
from .scene import by, key


@pytest.fixture
def wall(monkeypatch):
    """A wall clock that moves only when told."""

    class Wall:
        at = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

        def advance(self, **span: float) -> None:
            self.at += timedelta(**span)

    hands = Wall()
    monkeypatch.setattr(clock, "wall", lambda: hands.at)
    return hands


def sweep() -> int:
    return jobs.sweep(clock.now())


@pytest.mark.django_db(transaction=True)
def test_who_waits_and_goes_away_is_abandoned_and_his_contact_kept(wall):
    scene.open_house()
    who = scene.visitor()
    interaction_id = scene.write(who, "我先走了")
    wall.advance(minutes=3)
    assert sweep() == 0
    wall.advance(seconds=1)
    assert sweep() == 1
    contact = contacts.conversation(interaction_id)
    assert (contact.state, contact.ended_by, contact.visitor_id) == ("closed", "system", who.id)
    assert [m.body for m in contacts.messages(interaction_id)] == ["我先走了"]
    assert scene.names(interaction_id)[-1] == "abandon"
    assert sweep() == 0


@pytest.mark.django_db(transaction=True)
def test_who_is_seen_waits_on(wall):
    scene.open_house()
    who = scene.visitor()
    interaction_id = scene.write(who)
    for _ in range(10):
        wall.advance(minutes=1)
        actions.customer_seen(by=who, interaction_id=interaction_id)
        assert sweep() == 0
    assert contacts.conversation(interaction_id).state == "open"


@pytest.mark.django_db(transaction=True)
def test_a_stranger_cannot_keep_a_conversation_alive(wall):
    scene.open_house()
    interaction_id = scene.write(scene.visitor())
    wall.advance(minutes=4)
    actions.customer_seen(by=scene.visitor(), interaction_id=interaction_id)
    assert sweep() == 1


@pytest.mark.django_db(transaction=True)
def test_a_silent_customer_is_told_first_and_then_it_ends(wall):
    scene.open_house()
    agent = scene.agent()
    interaction_id = scene.served(agent)
    actions.agent_says(by=by(agent), interaction_id=interaction_id, body="请问还在吗", client_key=key())
    wall.advance(minutes=10, seconds=1)
    assert (sweep(), sweep()) == (1, 0)
    assert "5 分钟后" in contacts.messages(interaction_id)[-1].body
    wall.advance(minutes=5, seconds=1)
    assert sweep() == 1
    contact = contacts.conversation(interaction_id)
    assert (contact.state, contact.ended_by) == ("ended", "system")
    assert responsibility.of("conversation", [interaction_id])[interaction_id].closed_at is None


@pytest.mark.django_db(transaction=True)
def test_a_word_from_the_customer_starts_the_patience_anew(wall):
    scene.open_house()
    agent, who = scene.agent(), scene.visitor()
    interaction_id = scene.served(agent, who)
    actions.agent_says(by=by(agent), interaction_id=interaction_id, body="请稍候", client_key=key())
    wall.advance(minutes=11)
    assert sweep() == 1
    actions.customer_says(by=who, interaction_id=interaction_id, body="在的", client_key=key())
    wall.advance(minutes=11)
    assert sweep() == 0
    assert contacts.conversation(interaction_id).state == "open"


@pytest.mark.django_db(transaction=True)
def test_silence_after_the_customers_own_word_is_ours_and_ends_nothing(wall):
    scene.open_house()
    interaction_id = scene.served(scene.agent())
    wall.advance(hours=5)
    assert sweep() == 0
    assert contacts.conversation(interaction_id).state == "open"


@pytest.mark.django_db(transaction=True)
def test_a_visitor_who_signs_in_keeps_his_conversation():
    scene.open_house()
    who, proved = scene.visitor(), scene.customer()
    interaction_id = scene.write(who)
    for _ in range(2):
        actions.visitor_signed_in(visitor_id=who.id, customer_id=proved.id)
    found = queries.current(by=proved)
    assert found is not None
    assert found.interaction_id == interaction_id
    assert queries.current(by=who) is None
    assert contacts.conversation(interaction_id).customer_id == proved.id


@pytest.mark.django_db(transaction=True)
def test_signing_in_while_talking_ends_the_visitors_conversation_not_the_customers():
    scene.open_house()
    who, proved = scene.visitor(), scene.customer()
    earlier, own = scene.write(who), scene.write(proved)
    actions.visitor_signed_in(visitor_id=who.id, customer_id=proved.id)
    assert contacts.conversation(earlier).state == "closed"
    assert contacts.conversation(own).state == "open"
    assert {c.interaction_id for c in queries.of_customer(by=proved)} == {earlier, own}
    deliver()


@pytest.mark.django_db(transaction=True)
def test_the_agents_word_who_a_visitor_is_gives_the_visitor_no_right():
    scene.open_house()
    agent, who, named = scene.agent(), scene.visitor(), scene.customer()
    interaction_id = scene.served(agent, who)
    actions.link_customer(by=by(agent), interaction_id=interaction_id, customer_id=named.id)
    assert contacts.conversation(interaction_id).customer_id == named.id
    assert Chat.objects.get(interaction_id=interaction_id).access_key == who.key
    assert queries.current(by=named) is None


_AT = datetime(2026, 11, 23, tzinfo=UTC)


@given(st.integers(0, 4000), st.one_of(st.none(), st.integers(0, 4000)))
def test_nobody_is_cut_off_without_a_word_and_time_to_answer_it(silent_s, warned_ago_s):
    warned_at = None if warned_ago_s is None else _AT - timedelta(seconds=warned_ago_s)
    step = rules.next_step(
        silent_since=_AT - timedelta(seconds=silent_s), warned_at=warned_at, at=_AT, patience=rules.PATIENCE
    )
    if step == "end":
        assert warned_ago_s is not None
        assert warned_ago_s > 300
    if step == "warn":
        assert warned_ago_s is None
        assert silent_s > 600
