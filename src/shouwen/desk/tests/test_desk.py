"""The desk over HTTP: from the offer to the written record, as an agent's browser does it."""

from __future__ import annotations

import uuid

import pytest

from shouwen.accounts.tests.factories import organisation, staff, staff_client
from shouwen.interactions import queries as contacts
from shouwen.kit.testing import facts
from shouwen.messaging import actions as messaging
from shouwen.messaging.tests import scene
from shouwen.messaging.tests.scene import by

pytestmark = pytest.mark.django_db(transaction=True)


def public(interaction_id: int) -> str:
    return contacts.conversation(interaction_id).public_id


@pytest.fixture
def house():
    """An open house with one agent at his seat and his browser."""
    scene.open_house()
    agent = scene.agent("8021")
    return agent, staff_client(agent)


def answered(client, who=None, body="家里宽带断了") -> str:
    """Let somebody write, and take it in the browser; return the conversation's name."""
    scene.write(who or scene.visitor(), body)
    offers = client.get("/api/desk/offers").json()
    taken = client.post(f"/api/desk/offers/{offers[-1]['work_item_id']}/accept")
    assert taken.status_code == 200
    return str(taken.json()["conversation"])


def completed(client, conversation: str) -> None:
    url = f"/api/desk/conversations/{conversation}"
    assert client.post(f"{url}/end").json() == {"id": conversation, "state": "ended"}
    record = {"reason": scene.REASON, "handling": "answered", "note": "已恢复", "version": 0}
    assert client.put(f"{url}/service-record", record).json()["version"] == 1
    assert client.post(f"{url}/complete").json() == {"id": conversation, "state": "closed"}


def test_an_offer_shows_who_waits_and_since_when(house, clock_at):
    _, client = house
    who = scene.customer(star=5)
    scene.write(who, "家里宽带断了", topic="general")
    clock_at.advance(seconds=9)
    (offer,) = client.get("/api/desk/offers").json()
    assert offer["queue"] == {"code": "general", "name": "综合业务"}
    assert offer["waited_seconds"] == 9.0
    assert (offer["customer"]["name"], offer["customer"]["star"]) == ("陈**", 5)
    assert offer["last_message"]["body"] == "家里宽带断了"


def test_declining_sends_it_back_to_the_queue(house):
    _, client = house
    interaction_id = scene.write(scene.visitor())
    (offer,) = client.get("/api/desk/offers").json()
    assert client.post(f"/api/desk/offers/{offer['work_item_id']}/decline").status_code == 204
    assert client.get("/api/desk/offers").json() == []
    assert contacts.conversation(interaction_id).state == "open"


def test_a_conversation_shows_everything_that_belongs_to_it(house, clock_at):
    agent, client = house
    scene.write(scene.customer(), "账单不对")
    clock_at.advance(seconds=7)
    (offer,) = client.get("/api/desk/offers").json()
    conversation = client.post(f"/api/desk/offers/{offer['work_item_id']}/accept").json()["conversation"]
    page = client.get(f"/api/desk/conversations/{conversation}").json()
    assert page["owner"] == page["handler"] == {"id": agent.id, "number": "8021", "name": "坐席8021"}
    assert (page["state"], page["waited_seconds"], page["mine"]) == ("open", 7.0, True)
    assert [m["author_kind"] for m in page["messages"]] == ["customer", "system"]
    assert page["service_record"] == {"reason": "", "handling": "", "note": "", "version": 0, "saved_at": None}
    assert [(c["metric"], c["state"]) for c in page["clocks"]] == [("answer", "met"), ("handling", "running")]
    assert page["recent"][0]["kind"] == "contact.inbound"


@pytest.mark.req("R-AGT-011")
def test_the_first_agent_owns_the_request_until_an_accepted_hand_over(house):
    """First-contact responsibility: who answers first owns the conversation and the ticket opened from it; a transfer
    changes the handler and not the owner, and every change stands in the log."""
    agent, client = house
    conversation = answered(client, scene.customer())
    url = f"/api/desk/conversations/{conversation}"
    body = {"kind": "fault", "title": "宽带断网", "description": "红灯"}
    number = client.post(f"{url}/tickets", body).json()["number"]
    second = scene.agent("8022", skills=("broadband",))
    assert client.post(f"{url}/transfer", {"queue_code": "broadband"}).status_code == 200
    other = staff_client(second)
    (offer,) = other.get("/api/desk/offers").json()
    other.post(f"/api/desk/offers/{offer['work_item_id']}/accept")
    page = client.get(url).json()
    assert (page["owner"]["number"], page["handler"]["number"]) == ("8021", "8022")
    assert page["tickets"][0]["number"] == number
    assert page["tickets"][0]["owner"]["id"] == agent.id
    from shouwen.responsibility import queries as responsibility

    log = responsibility.changes("conversation", contacts.id_of(conversation))
    assert [(c.verb, c.owner_id == agent.id) for c in log][1:] == [("assume", True), ("hand", True), ("assume", True)]


@pytest.mark.req("R-ACC-008")
def test_an_inbound_request_is_not_closed_without_an_answer_on_record(house):
    """Accept, work, answer: completing is refused while reason and handling are not on record, and the conversation
    stays in the inbox with its clock."""
    _, client = house
    conversation = answered(client)
    url = f"/api/desk/conversations/{conversation}"
    client.post(f"{url}/end")
    refused = client.post(f"{url}/complete")
    assert (refused.status_code, refused.json()["code"]) == (422, "record-incomplete")
    assert refused.json()["errors"][0]["field"] == "reason"
    inbox = client.get("/api/desk/inbox", box="follow_up").json()
    assert [i["id"] for i in inbox["items"]] == [conversation]
    assert inbox["items"][0]["clock"]["metric"] == "wrap_up"


def test_a_completed_conversation_moves_to_the_ended_box(house):
    _, client = house
    conversation = answered(client)
    completed(client, conversation)
    inbox = client.get("/api/desk/inbox", box="ended").json()
    assert (inbox["active"], inbox["follow_up"], inbox["ended"]) == (0, 0, 1)
    assert [i["id"] for i in inbox["items"]] == [conversation]


def test_the_inbox_shows_what_waits_for_a_reply_and_drafts(house):
    _, client = house
    conversation = answered(client)
    client.put(f"/api/desk/conversations/{conversation}/draft", {"body": "您好，我"})
    (item,) = client.get("/api/desk/inbox").json()["items"]
    assert (item["awaits_reply"], item["has_draft"]) == (False, True)
    assert item["last_message"]["author_kind"] == "system"


def test_the_same_press_says_it_once(house):
    _, client = house
    conversation = answered(client)
    url = f"/api/desk/conversations/{conversation}/messages"
    answers = [client.post(url, {"body": "请稍候"}, key="press-00000001") for _ in range(3)]
    assert {(a.status_code, a.json()["seq"]) for a in answers} == {(201, 3)}
    assert [m["seq"] for m in client.get(url, after=1).json()["items"]] == [2, 3]


@pytest.mark.parametrize(
    ("body", "code", "says"),
    [
        ("啊" * 4001, "message-too-long", "4000"),
        ("   ", "message-empty", "空"),
        ("\x00\x07\u202e", "message-empty", "空"),
    ],
)
def test_messages_that_cannot_be_sent_are_refused_with_the_remedy(house, body, code, says):
    _, client = house
    conversation = answered(client)
    refused = client.post(f"/api/desk/conversations/{conversation}/messages", {"body": body})
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert says in refused.json()["detail"]


def test_the_limit_itself_is_inside_and_control_characters_go(house):
    _, client = house
    url = f"/api/desk/conversations/{answered(client)}/messages"
    assert len(client.post(url, {"body": "啊" * 4000}).json()["body"]) == 4000
    said = client.post(url, {"body": "a\x00b\r\nc\u202ed\t👨\u200d👩"}).json()["body"]
    assert said == "ab\ncd\t👨\u200d👩"


def test_a_second_agent_is_told_who_has_the_conversation_and_keeps_what_he_wrote(house):
    _, client = house
    conversation = answered(client)
    other = staff_client(scene.seat(staff("8001"), skills=("general",)))
    url = f"/api/desk/conversations/{conversation}"
    assert other.put(f"{url}/draft", {"body": "我来处理"}).status_code == 204
    refused = other.post(f"{url}/messages", {"body": "我来处理"})
    assert (refused.status_code, refused.json()["code"]) == (409, "answered-by-another")
    assert "8021" in refused.json()["detail"]
    page = other.get(url).json()
    assert (page["draft"], page["mine"]) == ("我来处理", False)


def test_an_expired_session_loses_nothing(house):
    agent, client = house
    conversation = answered(client)
    url = f"/api/desk/conversations/{conversation}"
    client.put(f"{url}/draft", {"body": "写到一半"})
    client.put(f"{url}/service-record", {"reason": "", "handling": "", "note": "断网", "version": 0})
    client.client.logout()
    refused = client.post(f"{url}/messages", {"body": "写到一半，继续"})
    assert (refused.status_code, refused.json()["code"]) == (401, "signed-out")
    page = staff_client(agent).get(url).json()
    assert (page["draft"], page["service_record"]["note"]) == ("写到一半", "断网")


def test_sending_removes_the_draft(house):
    _, client = house
    url = f"/api/desk/conversations/{answered(client)}"
    client.put(f"{url}/draft", {"body": "您好"})
    client.post(f"{url}/messages", {"body": "您好"})
    assert client.get(url).json()["draft"] == ""


def test_a_stale_record_is_refused(house):
    _, client = house
    url = f"/api/desk/conversations/{answered(client)}/service-record"
    record = {"reason": "", "handling": "", "note": "一", "version": 0}
    assert client.put(url, record).status_code == 200
    refused = client.put(url, record)
    assert (refused.status_code, refused.json()["code"]) == (412, "record-stale")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": "moon"}, "unknown-reason"),
        ({"reason": "broadband"}, "unknown-reason"),
        ({"handling": "magic"}, "unknown-handling"),
        ({"note": "长" * 4001}, "note-too-long"),
    ],
)
def test_records_take_only_what_is_on_the_lists(house, change, code):
    _, client = house
    url = f"/api/desk/conversations/{answered(client)}/service-record"
    refused = client.put(url, {"reason": "", "handling": "", "note": "", "version": 0, **change})
    assert (refused.status_code, refused.json()["code"]) == (422, code)


def test_a_visitor_must_be_known_before_a_ticket_is_opened(house):
    _, client = house
    url = f"/api/desk/conversations/{answered(client)}"
    body = {"kind": "complaint", "title": "多扣费"}
    refused = client.post(f"{url}/tickets", body)
    assert (refused.status_code, refused.json()["code"]) == (422, "customer-unknown")
    known = scene.customer()
    assert client.post(f"{url}/customer", {"customer_id": known.id}).status_code == 200
    assert client.post(f"{url}/tickets", body).status_code == 201
    assert [t["kind"] for t in client.get(url).json()["tickets"]] == ["complaint"]


def test_a_double_click_opens_one_ticket(house):
    _, client = house
    url = f"/api/desk/conversations/{answered(client, scene.customer())}"
    opened = [client.post(f"{url}/tickets", {"kind": "fault", "title": "断网"}, key="double-click-1") for _ in range(2)]
    assert {a.json()["number"] for a in opened} == {opened[0].json()["number"]}
    assert len(client.get(url).json()["tickets"]) == 1


@pytest.mark.req("R-ACC-004")
@pytest.mark.parametrize(("medium", "mode"), [("letter", "indirect_manual"), ("mini_program", "direct_manual")])
def test_each_contact_has_exactly_one_contact_mode(house, medium, mode):
    """Three modes: a letter is indirect manual, a mini-program conversation direct manual; each contact has one."""
    _, client = house
    body = {"medium": medium, "customer_id": scene.customer().id, "body": "来信一封"}
    conversation = client.post("/api/desk/contacts", body).json()["id"]
    client.post(f"/api/desk/offers/{client.get('/api/desk/offers').json()[0]['work_item_id']}/accept")
    assert client.get(f"/api/desk/conversations/{conversation}").json()["contact_mode"] == mode


@pytest.mark.req("R-ACC-005", "R-ACC-033")
@pytest.mark.parametrize(
    "medium",
    ["letter", "voice_mailbox", "email", "e_form", "fax", "mini_program", "official_account", "social", "web_chat"],
)
def test_every_written_medium_is_registered_queued_and_opens_every_kind_of_ticket(house, medium):
    """Letter, voice mailbox, e-mail, e-form and fax, and the chat media beside them: one contact is one interaction
    with its transcript, is queued to an agent, and every kind of ticket can be opened from it."""
    _, client = house
    body = {"medium": medium, "customer_id": scene.customer().id, "body": "我的诉求"}
    conversation = client.post("/api/desk/contacts", body).json()["id"]
    (offer,) = client.get("/api/desk/offers").json()
    assert (offer["medium"], offer["conversation"]) == (medium, conversation)
    client.post(f"/api/desk/offers/{offer['work_item_id']}/accept")
    url = f"/api/desk/conversations/{conversation}"
    for kind in ("enquiry", "fault", "complaint", "suggestion"):
        assert client.post(f"{url}/tickets", {"kind": kind, "title": "诉求"}).status_code == 201
    page = client.get(url).json()
    assert page["medium"] == medium
    assert page["messages"][0]["body"] == "我的诉求"
    assert [t["kind"] for t in page["tickets"]] == ["enquiry", "fault", "complaint", "suggestion"]


@pytest.mark.req("R-ACC-006")
def test_both_directions_of_service_stand_on_one_time_line(house):
    """A contact the customer began and one we began ourselves appear on the same customer's time line."""
    agent, client = house
    who = scene.customer()
    completed(client, answered(client, who))
    body = {
        "medium": "sms",
        "direction": "outbound_proactive",
        "customer_id": who.id,
        "body": "您的宽带已恢复，祝您使用愉快",
    }
    conversation = client.post("/api/desk/contacts", body).json()["id"]
    page = client.get(f"/api/desk/conversations/{conversation}").json()
    assert (page["direction"], page["owner"]["id"]) == ("outbound_proactive", agent.id)
    completed(client, conversation)
    lines = client.get(f"/api/customers/{who.id}/timeline").json()["items"]
    assert {line["kind"] for line in lines} >= {"contact.inbound", "contact.outbound"}


def test_presence_is_said_and_read(house):
    _, client = house
    said = client.put("/api/desk/presence", {"state": "break", "reason": "午餐"}).json()
    assert (said["state"], said["reason"]) == ("break", "午餐")
    assert client.get("/api/desk/presence").json()["state"] == "break"
    assert client.post("/api/desk/presence/seen").status_code == 204


def test_a_state_that_does_not_exist_is_refused(house):
    assert house[1].put("/api/desk/presence", {"state": "dreaming"}).status_code == 422


def test_own_queues_show_who_waits(house, clock_at):
    agent, client = house
    client.put("/api/desk/presence", {"state": "break"})
    scene.write(scene.visitor())
    clock_at.advance(seconds=40)
    (queue,) = client.get("/api/desk/queues").json()
    assert (queue["code"], queue["waiting"], queue["longest_wait_seconds"]) == ("general", 1, 40.0)
    assert by(agent).id == agent.id


def test_reasons_and_handlings_can_be_chosen(house):
    lists = house[1].get("/api/desk/reasons").json()
    assert {"code": "broadband.fault", "parent": "broadband", "zh": "故障报修", "en": "Fault report"} in lists[
        "reasons"
    ]
    assert [h["code"] for h in lists["handlings"]][:2] == ["answered", "ticket"]


def test_maintainers_add_topics(house):
    maintainer = staff_client(staff("8031", role="data_maintenance"))
    topic = {"zh": "eSIM", "en": "eSIM", "queue_code": "general"}
    assert maintainer.put("/api/desk/topics/esim", topic).status_code == 200
    assert maintainer.get("/api/desk/topics").json()[-1] == {
        "code": "esim",
        "zh": "eSIM",
        "en": "eSIM",
        "queue_code": "general",
    }


REFUSED = [
    ("put", "/api/desk/topics/x", {"zh": "某", "en": "x", "queue_code": "general"}),
    ("get", "/api/board", None),
    ("get", "/api/board/lists/waiting", None),
    ("get", "/api/promise", None),
]


@pytest.mark.parametrize(("method", "path", "body"), REFUSED)
def test_agents_do_not_maintain_lists_or_watch_the_board(house, method, path, body):
    client = house[1]
    answer = client.get(path) if method == "get" else getattr(client, method)(path, body)
    assert (answer.status_code, answer.json()["code"]) == (403, "permission-refused")


def test_nobody_reads_what_is_not_his(house):
    _, client = house
    conversation = answered(client)
    stranger = staff_client(staff("8077"))
    url = f"/api/desk/conversations/{conversation}"
    for path in (url, f"{url}/messages"):
        assert stranger.get(path).json()["code"] == "conversation-not-found"
    assert stranger.put(f"{url}/draft", {"body": "?"}).status_code == 404
    assert stranger.post(f"{url}/tickets", {"kind": "fault", "title": "?"}).status_code == 404
    assert client.get(f"/api/desk/conversations/{uuid.uuid4()}").status_code == 404


def test_leaders_read_what_is_in_their_area_and_no_further(house):
    conversation = answered(house[1])
    near = staff_client(staff("8051", role="shift_leader"))
    far = staff_client(staff("8052", role="shift_leader", organisation=organisation("无锡")))
    assert near.get(f"/api/desk/conversations/{conversation}").status_code == 200
    assert far.get(f"/api/desk/conversations/{conversation}").status_code == 404


SIGNED_OUT = [
    "/api/desk/presence",
    "/api/desk/inbox",
    "/api/desk/offers",
    "/api/desk/queues",
    "/api/desk/reasons",
    "/api/desk/topics",
    "/api/board",
    "/api/promise",
]


@pytest.mark.parametrize("path", SIGNED_OUT)
def test_nothing_is_shown_to_who_is_signed_out(path):
    from shouwen.kit.testing import ApiClient

    answer = ApiClient().get(path)
    assert (answer.status_code, answer.json()["code"]) == (401, "signed-out")


def test_accepting_after_the_customer_left_is_a_clear_refusal(house):
    _, client = house
    who = scene.visitor()
    interaction_id = scene.write(who)
    (offer,) = client.get("/api/desk/offers").json()
    messaging.customer_leaves(by=who, interaction_id=interaction_id)
    refused = client.post(f"/api/desk/offers/{offer['work_item_id']}/accept")
    assert (refused.status_code, refused.json()["code"]) == (409, "customer-left")
    assert client.get("/api/desk/offers").json() == []


def test_facts_of_a_conversation_reach_only_those_who_may_read_it(house):
    agent, client = house
    who = scene.visitor()
    conversation = answered(client, who)
    client.post(f"/api/desk/conversations/{conversation}/messages", {"body": "您好"})
    said = facts("interactions.MessagePosted")
    assert all(
        set(fact["payload"]) == {"interaction_id", "message_id", "seq", "author_kind", "conversation"} for fact in said
    )
    assert [fact["audience"] for fact in said] == [
        [who.key],
        sorted([who.key, f"staff:{agent.id}"]),
        sorted([who.key, f"staff:{agent.id}"]),
    ]


def test_a_clock_that_jumps_back_breaks_nothing(house, clock_at):
    _, client = house
    conversation = answered(client)
    clock_at.advance(hours=-3)
    completed(client, conversation)
    page = client.get(f"/api/desk/conversations/{conversation}").json()
    assert (page["state"], page["ended_at"]) == ("closed", page["opened_at"])


def test_a_leader_reads_why_a_conversation_went_to_whom_and_an_agent_does_not(house) -> None:
    _agent, client = house
    conversation = answered(client)
    path = f"/api/desk/conversations/{conversation}/why"
    told = staff_client(staff("8001", "shift_leader", organisation=organisation())).get(path).json()
    assert [(one["number"], one["outcome"]) for one in told] == [("8021", "taken")]
    assert told[0]["reasons_zh"][0].startswith("客户在此队列等了 ")
    assert len(told[0]["reasons_zh"]) == len(told[0]["reasons_en"])
    assert client.get(path).status_code == 403
