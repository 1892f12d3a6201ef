"""Calls at the desk: among somebody's conversations, written up there, with their recording for who may hear it."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from shouwen.accounts.tests.factories import staff, staff_client
from shouwen.customers.models import ContactPoint
from shouwen.interactions import queries as contacts
from shouwen.kit import clock
from shouwen.kit.principals import SYSTEM
from shouwen.kit.testing import FrozenClock, deliver, facts
from shouwen.routing import actions as routing
from shouwen.telephony import actions, jobs
from shouwen.telephony.tests import scene
from shouwen.tickets import actions as ticket_actions
from shouwen.tickets import queries as ticket_queries

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_offered_call_shows_who_calls_and_is_answered_at_the_phone():
    scene.open_house()
    agent, who = scene.agent(), scene.customer()
    scene.waits(ContactPoint.objects.get(customer_id=who.id).value)
    client = staff_client(agent)
    (offer,) = client.get("/api/desk/offers").json()
    assert (offer["medium"], offer["customer"]["name"]) == ("voice", "陈**")
    refused = client.post(f"/api/desk/offers/{offer['work_item_id']}/accept")
    assert (refused.status_code, refused.json()["code"]) == (409, "answer-at-your-phone")


def test_a_call_is_written_up_like_any_other_contact():
    scene.open_house()
    agent = scene.agent()
    call = scene.talks("13800001111")
    client, public_id = staff_client(agent), contacts.conversation(call).public_id
    inbox = client.get("/api/desk/inbox").json()
    assert (inbox["active"], [item["id"] for item in inbox["items"]]) == (1, [public_id])
    assert inbox["items"][0]["calling"] == "138 **** 1111"
    shown = client.get(f"/api/desk/conversations/{public_id}").json()
    assert (shown["call"]["step"], shown["call"]["calling"], shown["mine"]) == ("talking", "138 **** 1111", True)
    assert client.post(f"/api/desk/conversations/{public_id}/end").json()["state"] == "ended"
    record = {"reason": "broadband.fault", "handling": "answered", "note": "", "version": 0}
    assert client.put(f"/api/desk/conversations/{public_id}/service-record", record).status_code == 200
    assert client.post(f"/api/desk/conversations/{public_id}/complete").json()["state"] == "closed"


def test_a_call_passed_on_leaves_the_inbox():
    scene.open_house()
    agent = scene.agent()
    public_id = contacts.conversation(scene.talks()).public_id
    client = staff_client(agent)
    passed = client.post(f"/api/desk/conversations/{public_id}/transfer", {"queue_code": "broadband"})
    assert (passed.status_code, client.get("/api/desk/inbox").json()["active"]) == (200, 0)


def test_every_ring_and_its_end_is_shown():
    scene.open_house()
    scene.agent("8021")
    call = scene.waits()
    second = scene.agent("8022")
    actions.leg_gone(channel=scene.channel_of(call, "agent"), cause=17)
    deliver()
    actions.agent_answers(channel=scene.channel_of(call, "agent"))
    shown = staff_client(second).get(f"/api/desk/conversations/{contacts.conversation(call).public_id}").json()
    rings = [(ring["answered"], ring["cause"]) for ring in shown["call"]["rings"]]
    assert rings == [(False, "busy"), (True, "")]


def test_a_colleague_is_asked_from_the_desk_sees_what_it_is_about_and_takes_over():
    scene.open_house()
    agent = scene.agent("8021")
    call = scene.talks()
    other = scene.agent("8022")
    routing.set_skills(staff_id=other.id, levels={"broadband": 5}, by=SYSTEM)
    page = f"/api/desk/conversations/{contacts.conversation(call).public_id}"
    asking, asked = staff_client(agent), staff_client(other)
    assert asking.post(f"{page}/consult", {"queue_code": "broadband"}).status_code == 204
    deliver()
    assert asking.get(page).json()["call"]["consult"] == {
        "queue": "宽带报障",
        "answered": False,
        "number": "",
        "mine": False,
    }
    actions.agent_answers(channel=scene.channel_of(call, "consulted"))
    shown = asked.get(page).json()
    assert (shown["mine"], shown["call"]["held"], shown["call"]["consult"]["mine"]) == (False, True, True)
    assert asking.post(f"{page}/resume").status_code == 204
    assert asking.post(f"{page}/consult/pass-on").status_code == 204
    shown = asked.get(page).json()
    assert (shown["mine"], shown["call"]["consult"], shown["call"]["held"]) == (True, None, False)
    assert asked.post(f"{page}/return").status_code == 204
    assert asked.get("/api/desk/phone").json() == {"available": False, "number": "8022", "kind": "desk", "own": "8022"}


def test_a_recording_is_heard_by_who_took_the_call_and_by_who_may_listen():
    scene.open_house()
    agent = scene.agent()
    public_id = contacts.conversation(scene.talks()).public_id
    kept = scene.sound()
    assert actions.keep_recording(conversation=public_id, sound=kept) is True
    assert actions.keep_recording(conversation=public_id, sound=kept) is False
    client = staff_client(agent)
    recording = client.get(f"/api/desk/conversations/{public_id}").json()["call"]["recording"]
    assert recording["seconds"] == 2.0
    assert b"".join(client.get(recording["url"]).streaming_content) == kept
    other = staff("8030", "data_maintenance", name="旁人")
    assert staff_client(other).get(f"/api/desk/conversations/{public_id}").status_code == 404


def test_a_recording_is_paused_and_goes_on_only_once_its_media_server_has_done_so(clock_at: FrozenClock):
    scene.open_house()
    agent = scene.agent()
    call = scene.talks()
    client, page = staff_client(agent), f"/api/desk/conversations/{contacts.conversation(call).public_id}"

    def shown() -> tuple[str, str | None, int]:
        found = client.get(page).json()["call"]
        return found["pause"], found["paused_until"], len(found["pauses"])

    def after(seconds: int) -> str:
        return (clock.now() + timedelta(seconds=seconds)).astimezone(UTC).isoformat().replace("+00:00", "Z")

    assert client.post(f"{page}/recording/pause").status_code == 204
    assert shown() == ("pausing", None, 0)
    scene.does(call, "pause", failed="500 Internal Server Error")
    assert (shown(), scene.verbs(call)[-1]) == (("failed", None, 0), "pause")
    assert client.post(f"{page}/recording/pause").status_code == 204
    assert client.post(f"{page}/recording/resume").status_code == 204
    assert shown() == ("resuming", None, 0)
    assert client.post(f"{page}/recording/pause").status_code == 204
    clock_at.advance(seconds=100)
    scene.does(call, "pause")
    scene.does(call, "unpause")
    assert shown() == ("pausing", None, 0)
    scene.does(call, "pause")
    assert shown() == ("paused", after(120), 1)
    assert client.get(page).json()["call"]["pauses"][0]["begun_at"] == after(0)
    told = facts("telephony.RecordingPaused")
    assert [fact["payload"]["state"] for fact in told] == [
        *("pausing", "failed", "pausing", "resuming", "none", "pausing", "paused")
    ]
    assert all(f"staff:{agent.id}" in fact["audience"] for fact in told)
    clock_at.advance(seconds=119)
    assert jobs.sweep(clock.now()) == 0
    assert client.post(f"{page}/recording/resume").status_code == 204
    assert shown() == ("resuming", None, 1)
    scene.does(call, "unpause")
    assert shown() == ("none", None, 1)
    refused = staff_client(scene.agent("8022")).post(f"{page}/recording/pause")
    assert refused.json()["code"] == "call-not-yours"


@pytest.mark.parametrize(("cause", "outcome"), [(None, "已接通"), (17, "对方占线")])
def test_a_call_about_a_ticket_stands_in_its_history_with_who_when_and_what_became_of_it(
    clock_at: FrozenClock, cause: int | None, outcome: str
):
    scene.open_house()
    agent, who = scene.agent(), scene.customer()
    opened = ticket_actions.open_ticket(
        by=scene.by(agent), kind="fault", title="断网", description="", customer_id=who.id
    )
    client = staff_client(agent)
    asked = {"customer_id": who.id, "ticket": opened.number}
    wrong = client.post("/api/desk/calls", {**asked, "customer_id": scene.customer().id})
    assert wrong.json()["code"] == "ticket-not-found"
    call = contacts.id_of(client.post("/api/desk/calls", asked).json()["id"])
    actions.agent_answers(channel=scene.channel_of(call, "agent"))
    clock_at.advance(seconds=20)
    line = scene.channel_of(call, "customer")
    if cause:
        actions.leg_gone(channel=line, cause=cause)
    else:
        actions.customer_answers(channel=line)
    deliver()
    last = ticket_queries.history(opened.number, by=scene.by(agent))[0]
    assert (last.text_zh, last.at, last.visible_to_customer) == (f"{agent.name}致电客户：{outcome}", clock.now(), False)
    assert not ticket_actions.note_call(
        ticket_id=opened.id, staff_id=agent.id, outcome="busy" if cause else "answered", at=clock.now()
    )


def test_a_recording_is_held_and_released_by_who_may_with_a_reason():
    scene.open_house()
    agent = scene.agent()
    public_id = contacts.conversation(scene.talks()).public_id
    page = f"/api/desk/conversations/{public_id}"
    leader = staff_client(staff("6001", "quality"))
    assert leader.post(f"{page}/legal-hold", {"reason": "客户投诉处理中"}).status_code == 204
    shown = leader.get(page).json()["call"]
    assert (shown["hold"]["reason"], shown["may_hold"]) == ("客户投诉处理中", True)
    assert staff_client(agent).get(page).json()["call"]["hold"] is None
    refused = staff_client(agent).post(f"{page}/legal-hold/lift", {"reason": "投诉已办结"})
    assert refused.json()["code"] == "permission-refused"
    assert leader.post(f"{page}/legal-hold/lift", {"reason": "投诉已办结"}).status_code == 204
    assert leader.post(f"{page}/legal-hold/lift", {"reason": "投诉已办结"}).json()["code"] == "hold-not-found"
