"""Contacts, messages, records and ratings."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from shouwen.accounts.tests.factories import by, staff
from shouwen.customers.models import Customer
from shouwen.interactions import actions, facts, queries, rules
from shouwen.interactions.errors import (
    AlreadyRated,
    InteractionClosed,
    InteractionNotFound,
    InteractionOver,
    ReasonInvalid,
    ScoreInvalid,
    StillOpen,
)
from shouwen.interactions.models import Interaction, Message
from shouwen.kit import clock
from shouwen.kit import testing as kit
from shouwen.kit.permissions import PermissionRefused
from shouwen.kit.principals import SYSTEM, Principal

VISITOR = Principal(kind="visitor", id=9)


def opened(**fields: object) -> int:
    values: dict[str, object] = {
        "medium": "web_chat",
        "contact_mode": "direct_manual",
        "direction": "inbound",
        "customer_id": None,
        "visitor_id": VISITOR.id,
        "topic": "",
        "queue_code": "general",
        "by": VISITOR,
        "at": clock.now(),
    }
    return actions.open(**{**values, **fields})  # type: ignore[arg-type]


def say(interaction_id: int, body: str = "你好", key: str = "k", who: Principal = VISITOR) -> queries.MessageView:
    return actions.post_message(
        interaction_id=interaction_id, by=who, body=body, client_key=key, at=clock.now(), audience=["visitor:9"]
    )


@pytest.mark.django_db
def test_what_is_said_is_numbered_kept_once_and_told_without_its_words():
    interaction_id = opened()
    assert [say(interaction_id, f"{n}", f"k{n}").seq for n in (1, 2, 3)] == [1, 2, 3]
    assert say(interaction_id, "另一句", "k2").body == "2"
    assert [m.body for m in queries.messages(interaction_id, after=1)] == ["2", "3"]
    told = kit.facts("interactions.MessagePosted")
    assert [f["payload"]["seq"] for f in told] == [1, 2, 3]
    assert told[0]["audience"] == ["visitor:9"]
    assert "2" not in {str(value) for value in told[0]["payload"].values()} - {"2"}


@pytest.mark.django_db
def test_customer_and_agent_may_use_the_same_key():
    interaction_id = opened()
    agent = by(staff("8021"))
    assert (say(interaction_id, "问").seq, say(interaction_id, "答", who=agent).seq) == (1, 2)


@pytest.mark.django_db
def test_only_the_house_speaks_after_the_end():
    interaction_id = opened()
    actions.end(interaction_id=interaction_id, ended_by="customer", by=VISITOR, at=clock.now())
    with pytest.raises(InteractionOver):
        say(interaction_id)
    assert say(interaction_id, "会话已结束", who=SYSTEM).author_kind == "system"


@pytest.mark.django_db
def test_a_retry_of_what_was_said_before_the_end_still_gets_its_answer():
    interaction_id = opened()
    said = say(interaction_id)
    actions.end(interaction_id=interaction_id, ended_by="customer", by=VISITOR, at=clock.now())
    assert say(interaction_id) == said


@pytest.mark.django_db
def test_the_life_of_a_contact_goes_one_way():
    interaction_id = opened()
    with pytest.raises(StillOpen):
        actions.close(interaction_id=interaction_id, by=SYSTEM, at=clock.now())
    actions.end(interaction_id=interaction_id, ended_by="system", by=SYSTEM, at=clock.now())
    with pytest.raises(InteractionOver):
        actions.end(interaction_id=interaction_id, ended_by="staff", by=SYSTEM, at=clock.now())
    for _ in range(2):
        actions.close(interaction_id=interaction_id, by=SYSTEM, at=clock.now())
    assert queries.conversation(interaction_id).state == "closed"
    assert len(kit.facts("interactions.InteractionClosed")) == 1


@pytest.mark.django_db
def test_time_that_runs_backwards_does_not_break_a_contact(clock_at):
    interaction_id = opened()
    earlier = clock_at.advance(hours=-1)
    actions.end(interaction_id=interaction_id, ended_by="system", by=SYSTEM, at=earlier)
    actions.close(interaction_id=interaction_id, by=SYSTEM, at=earlier - timedelta(hours=1))
    contact = queries.conversation(interaction_id)
    assert contact.opened_at == contact.ended_at == contact.closed_at


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "constraint"),
    [
        ("medium", "pigeon", "interactions_interaction_medium"),
        ("contact_mode", "psychic", "interactions_interaction_contact_mode"),
        ("direction", "sideways", "interactions_interaction_direction"),
        ("visitor_id", None, "interactions_interaction_party"),
        ("state", "ended", "interactions_interaction_state"),
    ],
)
def test_the_database_keeps_nonsense_out(field, value, constraint):
    interaction_id = opened()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Interaction.objects.filter(id=interaction_id).update(**{field: value})


@pytest.mark.django_db
def test_the_database_keeps_twins_out():
    interaction_id = opened()
    say(interaction_id)
    twin = Message(
        interaction_id=interaction_id,
        seq=1,
        author_kind="customer",
        author_id=9,
        body="x",
        sent_at=clock.now(),
        client_key="other",
    )
    with pytest.raises(IntegrityError, match="interactions_message_seq"), transaction.atomic():
        twin.save()
    twin.seq, twin.client_key = 2, "k"
    with pytest.raises(IntegrityError, match="interactions_message_once"), transaction.atomic():
        twin.save()


@pytest.mark.django_db
def test_a_rating_is_one_to_five_and_given_once():
    interaction_id = opened()

    def rate(score: int) -> None:
        actions.rate(interaction_id=interaction_id, score=score, comment="快", by=VISITOR, at=clock.now())

    for score in (0, 6):
        with pytest.raises(ScoreInvalid):
            rate(score)
    rate(5)
    with pytest.raises(AlreadyRated):
        rate(1)
    assert queries.rating(interaction_id) == 5


@pytest.mark.django_db
def test_a_closed_contact_keeps_its_record():
    interaction_id, agent = opened(), by(staff("8021"))
    actions.end(interaction_id=interaction_id, ended_by="staff", by=agent, at=clock.now())
    actions.close(interaction_id=interaction_id, by=agent, at=clock.now())
    with pytest.raises(InteractionClosed):
        actions.save_service_record(
            interaction_id=interaction_id, reason="", handling="", note="补充", version=0, by=agent
        )


@pytest.mark.django_db
def test_drafts_are_each_persons_own_and_go_when_empty():
    interaction_id, first, second = opened(), by(staff("8021")), by(staff("8022"))
    actions.save_draft(interaction_id=interaction_id, body="一", by=first)
    actions.save_draft(interaction_id=interaction_id, body="一二", by=first)
    actions.save_draft(interaction_id=interaction_id, body="三", by=second)
    assert queries.drafts(first.id, [interaction_id]) == {interaction_id: "一二"}
    actions.save_draft(interaction_id=interaction_id, body="  ", by=first)
    assert queries.drafts(first.id, [interaction_id]) == {}
    with pytest.raises(InteractionNotFound):
        actions.save_draft(interaction_id=interaction_id + 1, body="x", by=first)


@pytest.mark.django_db
def test_linking_a_customer_twice_changes_nothing_the_second_time():
    interaction_id = opened()
    known = Customer.objects.create(name="陈国栋", registered_at=clock.now())
    for _ in range(2):
        actions.link_customer(interaction_id=interaction_id, customer_id=known.pk, by=SYSTEM, at=clock.now())
    assert len(kit.facts("interactions.CustomerLinked")) == 1


@pytest.mark.django_db
def test_seats_without_the_permission_write_nothing():
    interaction_id, nobody = opened(), by(staff("8031", role="data_maintenance"))
    with pytest.raises(PermissionRefused):
        actions.save_draft(interaction_id=interaction_id, body="x", by=nobody)
    with pytest.raises(PermissionRefused):
        actions.save_service_record(
            interaction_id=interaction_id, reason="", handling="", note="", version=0, by=nobody
        )
    with pytest.raises(PermissionRefused):
        actions.add_reason(code="x", parent=None, zh="某", en="x", by=by(staff("8021")))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "parent", "zh"),
    [("broadband", None, "某"), ("x", "broadband.fault", "某"), ("x", "none", "某"), ("x", None, "")],
)
def test_a_reason_must_fit_into_the_tree(code, parent, zh):
    with pytest.raises(ReasonInvalid):
        actions.add_reason(code=code, parent=parent, zh=zh, en="x", by=SYSTEM)


@pytest.mark.django_db
def test_an_unknown_contact_is_refused():
    with pytest.raises(InteractionNotFound):
        queries.conversation(404)
    with pytest.raises(InteractionNotFound):
        queries.id_of("01919191-0000-7000-8000-000000000000")
    with pytest.raises(InteractionNotFound):
        say(404)


@pytest.mark.django_db
def test_views_for_analysis_have_the_columns_they_promise():
    opened()
    row = facts.contacts().get()
    own = {"reason", "handling", "score"}
    assert all(hasattr(row, column) for column in set(facts.CONTACT_COLUMNS) - own)
    assert set(facts.journal().values().get()) >= set(facts.JOURNAL_COLUMNS)


@given(st.text())
def test_cleaning_keeps_what_people_write_and_cleans_once(text):
    cleaned = rules.clean(text)
    assert rules.clean(cleaned) == cleaned
    assert not any(c in cleaned for c in "\x00\x07\x1b\u202e\r\ud800")
    assert cleaned == cleaned.strip()
    cleaned.encode()


@given(st.text(st.characters(categories=["L", "N", "P", "S"])))
def test_cleaning_loses_no_letter(text):
    assert rules.clean(text) == text.strip()


@given(st.integers(0, 9000))
def test_the_limit_is_four_thousand_and_inside(length):
    assert rules.is_too_long("字" * length) == (length > 4000)
