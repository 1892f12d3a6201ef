"""Writing to us over HTTP, signed in or not."""

from __future__ import annotations

import pytest

from shouwen.accounts.tests.factories import by, staff_client
from shouwen.customers.tests.factories import PHONE, customer, customer_client
from shouwen.interactions.models import Interaction, Message
from shouwen.kit.api import commands_effects
from shouwen.kit.principals import SYSTEM
from shouwen.kit.testing import deliver
from shouwen.messaging import actions as messaging
from shouwen.messaging.tests.scene import agent, noted, offer_of, open_house
from shouwen.responsibility import queries as responsibility
from shouwen.routing import actions as routing
from shouwen.routing import queries as routed
from shouwen.routing.rules.definitions import queue_content, queue_rules
from shouwen.sla import queries as sla

from .browser import AT, ask_code, browser, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
HELLO = {"topic": "broadband", "body": "宽带断了，什么时候能好？"}


@pytest.fixture(autouse=True)
def leader():
    return open_house()


@pytest.mark.req("R-ACC-033")
def test_a_visitor_writes_without_signing_in_and_somebody_answers_for_it(leader):
    """One web chat is one interaction with its transcript, an owner and a clock, whoever writes."""
    client = customer_client()

    answer = client.post(f"{AT}/chats", HELLO)

    assert answer.status_code == 201
    chat = answer.json()
    assert (chat["state"], chat["topic"], chat["agent"]) == ("waiting", "宽带报障", None)
    assert chat["position"]["ahead"] == 0
    row = Interaction.objects.get(public_id=chat["id"])
    assert (row.medium, row.customer_id, row.queue_code) == ("web_chat", None, "broadband")
    assert list(Message.objects.values_list("body", flat=True)) == [HELLO["body"]]
    assert responsibility.of("conversation", [row.pk])[row.pk].owner_id == leader.pk
    assert [c.metric for c in sla.of("conversation", [row.pk])[row.pk]] == ["answer"]


def test_government_and_enterprise_go_the_green_way_from_the_first_word_to_the_person(leader):
    """Into the green queue whatever the topic, before who came earlier, to who serves it; the floor reads why."""
    routing.add_skill(code="gov", name="政企", by=SYSTEM)
    rules = queue_rules(
        queue_content({"name": "政企专席", "skill": "gov", "duty_leader": leader.number, "green": True})
    )
    routing.adopt_rules(queue_code="gov", number=1, rules=rules)
    row = agent("8021", skills=("broadband", "gov"), slots=1)
    routing.set_presence(state="break", by=by(row))
    earlier, office = (
        customer_client(customer(star=7)),
        customer_client(customer("苏州市医保局", "13800138009", kind="gov_ent")),
    )
    earlier.post(f"{AT}/chats", HELLO)
    chat = office.post(f"{AT}/chats", HELLO).json()
    assert Interaction.objects.get(public_id=chat["id"]).queue_code == "gov"
    routing.set_presence(state="ready", by=by(row))
    (offered,) = routed.offers_of(row.id)
    assert offered.queue_code == "gov"
    messaging.answer(by=by(row), work_item_id=offered.work_item_id)
    assert office.get(f"{AT}/chats/{chat['id']}").json()["state"] == "answered"
    why = staff_client(leader).get(f"/api/work/conversation/{offered.subject_id}/why").json()[0]["reasons"][0]
    assert why["zh"].endswith("政企绿色通道")


def test_one_press_sent_twice_is_one_conversation():
    client = customer_client()

    answers = [client.post(f"{AT}/chats", HELLO, key="press-0001").json() for _ in range(2)]

    assert answers[0] == answers[1]
    assert Interaction.objects.count() == 1
    again = client.post(f"{AT}/chats", HELLO)
    assert (again.status_code, again.json()["code"]) == (409, "conversation-running")
    assert client.get(f"{AT}/chats/current").json()["id"] == answers[0]["id"]


def test_an_answered_conversation_shows_who_answers_and_what_is_said():
    row = agent("8021", skills=("general", "broadband"))
    client = customer_client(customer())
    chat = client.post(f"{AT}/chats", HELLO).json()
    inside = Interaction.objects.get().pk
    messaging.answer(by=by(row), work_item_id=offer_of(row, inside))
    messaging.agent_says(by=by(row), interaction_id=inside, body="正在为您查询", client_key="desk-0001")

    sent = client.post(f"{AT}/chats/{chat['id']}/messages", {"body": "好的"}, key="press-0002")
    again = client.post(f"{AT}/chats/{chat['id']}/messages", {"body": "好的"}, key="press-0002")
    shown = client.get(f"{AT}/chats/{chat['id']}").json()
    said = client.get(f"{AT}/chats/{chat['id']}/messages").json()["items"]
    tail = client.get(f"{AT}/chats/{chat['id']}/messages", after=said[-2]["seq"]).json()["items"]

    assert (sent.status_code, sent.json()) == (201, again.json())
    assert (shown["state"], shown["agent"], shown["position"]) == (
        "answered",
        {"name": "坐席8021", "number": "8021"},
        None,
    )
    assert [(m["author_kind"], m["author_name"]) for m in said] == [
        ("customer", ""),
        ("system", ""),
        ("staff", "坐席8021"),
        ("customer", ""),
    ]
    assert [m["body"] for m in tail] == ["好的"]


def test_a_visitor_who_signs_in_goes_on_in_the_same_conversation(bag):
    row = customer()
    client = browser()
    client.post(f"{AT}/visitor")
    before = client.post(f"{AT}/chats", HELLO).json()
    as_visitor = client.client.cookies["sw_customer"].value

    assert sign_in(client, bag).status_code == 200

    after = client.get(f"{AT}/chats/current").json()
    assert after["id"] == before["id"]
    assert client.post(f"{AT}/chats/{after['id']}/messages", {"body": "我登录了"}).status_code == 201
    assert Interaction.objects.get().customer_id == row.pk
    assert client.get(f"{AT}/home").json()["chat"]["id"] == before["id"]
    old = browser()
    old.client.cookies["sw_customer"] = as_visitor
    assert old.get(f"{AT}/chats/{before['id']}").status_code == 401
    deliver()
    assert Interaction.objects.count() == 1


def test_a_sign_in_that_failed_leaves_the_visitor_where_he_was(bag):
    customer()
    client = browser()
    client.post(f"{AT}/visitor")
    before = client.post(f"{AT}/chats", HELLO).json()
    code = ask_code(client, bag)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"

    assert client.post(f"{AT}/sign-in", {"phone": PHONE, "code": wrong}).status_code == 422

    assert client.get(f"{AT}/chats/current").json()["id"] == before["id"]
    assert Interaction.objects.get().customer_id is None


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("get", "", None),
        ("get", "/messages", None),
        ("post", "/messages", {"body": "x"}),
        ("post", "/end", {}),
        ("post", "/rating", {"score": 1}),
    ],
)
def test_a_conversation_of_somebody_else_is_not_there(method, path, body):
    chat = customer_client().post(f"{AT}/chats", HELLO).json()
    strangers = [customer_client(), customer_client(customer())]

    for stranger in strangers:
        call = getattr(stranger, method)
        arguments = {} if body is None else {"json": body}
        assert call(f"{AT}/chats/{chat['id']}{path}", **arguments).status_code == 404
    assert (
        browser().get(f"{AT}/chats/{chat['id']}{path}" if method == "get" else f"{AT}/chats/current").status_code == 401
    )
    assert Message.objects.count() == 1


def test_leaving_ends_the_conversation_and_leaving_again_changes_nothing():
    client = customer_client()
    chat = client.post(f"{AT}/chats", HELLO).json()

    answers = [client.post(f"{AT}/chats/{chat['id']}/end").json()["state"] for _ in range(2)]

    assert answers == ["closed", "closed"]
    assert client.get(f"{AT}/chats/current").json() is None
    refused = client.post(f"{AT}/chats/{chat['id']}/messages", {"body": "还在吗"})
    assert refused.status_code == 409
    assert commands_effects() == []


def test_a_served_conversation_is_rated_once():
    row = agent("8021", skills=("general", "broadband"))
    client = customer_client(customer())
    chat = client.post(f"{AT}/chats", HELLO).json()
    inside = Interaction.objects.get().pk
    messaging.answer(by=by(row), work_item_id=offer_of(row, inside))
    messaging.end(by=by(row), interaction_id=inside)

    rated = client.post(f"{AT}/chats/{chat['id']}/rating", {"score": 5, "comment": "很快"})
    again = client.post(f"{AT}/chats/{chat['id']}/rating", {"score": 1})

    assert rated.json()["rating"] == {"score": 5}
    assert again.status_code == 409
    assert client.post(f"{AT}/chats/{chat['id']}/rating", {"score": 6}).status_code == 422


def test_the_topics_are_in_the_readers_language_and_lead_by_code_or_words():
    client = customer_client()
    assert client.get(f"{AT}/topics").json() == [
        {"code": "general", "text": "综合业务"},
        {"code": "broadband", "text": "宽带报障"},
    ]

    chat = client.post(f"{AT}/chats", {**HELLO, "topic": "宽带报障"}).json()

    assert Interaction.objects.get(public_id=chat["id"]).topic == "broadband"


def test_empty_and_endless_messages_are_refused():
    client = customer_client()

    assert client.post(f"{AT}/chats", {**HELLO, "body": ""}).status_code == 422
    assert client.post(f"{AT}/chats", {**HELLO, "body": "长" * 4001}).status_code == 422
    assert Interaction.objects.count() == 0


@pytest.mark.req("R-ACC-006", "R-INF-006")
def test_what_he_began_and_what_we_began_stand_in_one_line_of_one_customer():
    """Inbound and outbound contacts carry the same customer id and appear on his one timeline."""
    row = customer()
    person = agent("8021", skills=("general", "broadband"))
    customer_client(row).post(f"{AT}/chats", HELLO)
    inside = Interaction.objects.get().pk
    messaging.answer(by=by(person), work_item_id=offer_of(person, inside))
    messaging.end(by=by(person), interaction_id=inside)
    noted(person, inside)
    messaging.complete(by=by(person), interaction_id=inside)
    messaging.register_contact(
        by=by(person),
        medium="email",
        customer_id=row.pk,
        topic="general",
        body="回访：宽带是否已恢复？",
        client_key="desk-0002",
        direction="outbound_proactive",
    )

    lines = staff_client(person).get(f"/api/customers/{row.pk}/timeline").json()["items"]

    assert {line["kind"] for line in lines} >= {"contact.inbound", "contact.outbound"}
    assert set(Interaction.objects.values_list("customer_id", "direction")) == {
        (row.pk, "inbound"),
        (row.pk, "outbound_proactive"),
    }
