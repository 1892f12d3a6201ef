"""Phones at seats and in browsers, callers on hold, and lines that are lost."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from shouwen.accounts.tests.factories import staff, staff_client
from shouwen.desk.queries import promise
from shouwen.kit import clock
from shouwen.kit.principals import SYSTEM
from shouwen.kit.testing import FrozenClock, deliver
from shouwen.routing import actions as routing
from shouwen.routing import queries as queues
from shouwen.telephony import actions, jobs, queries
from shouwen.telephony.errors import NoPhoneHere, SeatTaken
from shouwen.telephony.models import Leg, Phone
from shouwen.telephony.rules import SILENT

from . import scene
from .scene import by

pytestmark = pytest.mark.django_db(transaction=True)


def lost(cause: int | None = SILENT) -> tuple[int, int]:
    """Let a call be talked in a browser and its line be lost; return the call and its agent."""
    scene.open_house()
    agent = scene.agent(phone=False)
    actions.use_browser(by=by(agent))
    call = scene.talks()
    actions.leg_gone(channel=scene.channel_of(call, "agent"), cause=cause)
    return call, agent.id


def test_a_browser_is_a_phone_of_ones_own_and_replaces_the_one_held_before():
    scene.open_house()
    agent = scene.agent("8021")
    number = actions.use_browser(by=by(agent))
    assert (number, queries.own_phone(agent.id)) == ("98021", queries.OwnPhone("98021", "browser", "8021"))
    assert actions.open_line(by=by(agent)).number == "98021"
    actions.take_phone(by=by(agent), number="8021")
    assert queries.own_phone(agent.id).kind == "desk"
    with pytest.raises(NoPhoneHere):
        actions.open_line(by=by(agent))


def test_two_pages_of_one_agent_that_ask_for_the_browser_at_once_have_one_phone():
    scene.open_house()
    agent = by(scene.agent(phone=False))

    def ask(gate: threading.Barrier) -> str:
        gate.wait(5)
        try:
            return actions.use_browser(by=agent)
        finally:
            connection.close()

    gate = threading.Barrier(4)
    with ThreadPoolExecutor(4) as pages:
        assert set(pages.map(ask, [gate] * 4)) == {"8021"}
    assert list(Phone.objects.values_list("number", "holder_id")) == [("8021", agent.id)]


def test_the_password_of_a_browser_changes_with_the_shift(clock_at: FrozenClock):
    scene.open_house()
    agent = scene.agent(phone=False)
    actions.use_browser(by=by(agent))
    first = actions.open_line(by=by(agent)).secret
    assert actions.open_line(by=by(agent)).secret == first
    clock_at.advance(hours=13)
    assert actions.open_line(by=by(agent)).secret != first


def test_a_seat_is_whose_person_sits_there_until_he_goes_home():
    scene.open_house()
    first, second = scene.agent("8021", phone=False), scene.agent("8022", phone=False)
    actions.set_seat_phone(by=SYSTEM, number="3001", address="sip:3001@127.0.0.3:5060")
    actions.take_phone(by=by(first), number="3001")
    with pytest.raises(SeatTaken, match="8021"):
        actions.take_phone(by=by(second), number="3001")
    routing.set_presence(state="offline", by=by(first))
    deliver()
    actions.take_phone(by=by(second), number="3001")
    assert (queries.own_phone(first.id).number, queries.own_phone(second.id).number) == ("", "3001")
    with pytest.raises(NoPhoneHere):
        actions.take_phone(by=by(first), number="7777")


def test_a_caller_on_hold_hears_music_and_the_journal_has_both_ends():
    scene.open_house()
    agent = scene.agent()
    call = scene.talks()
    for _ in range(2):
        actions.hold(by=by(agent), interaction_id=call)
    for _ in range(2):
        actions.resume(by=by(agent), interaction_id=call)
    assert scene.names(call)[-2:] == ["hold_on", "hold_off"]
    assert scene.verbs(call)[-2:] == ["hold", "join"]
    assert promise(clock.now()).holds


def test_while_somebody_talks_he_is_on_a_call_whatever_he_is_free_for():
    scene.open_house()
    agent = scene.agent()
    scene.talks()
    assert queues.engaged(agent.id).doing == "busy"


def test_a_line_that_comes_back_in_time_has_its_caller_again():
    call, agent_id = lost()
    assert (scene.call(call).staff_id, scene.verbs(call)[-2:]) == (agent_id, ["hold", "hang_up"])
    agent = by(scene.staff_of(agent_id))
    public_id = actions.phone_back(by=agent)
    assert (public_id is not None, actions.phone_back(by=agent)) == (True, public_id)
    actions.agent_answers(channel=scene.channel_of(call, "agent"))
    assert scene.verbs(call)[-3:] == ["ring", "join", "join"]
    assert (scene.call(call).step, scene.call(call).reconnect_by) == ("talking", None)
    assert [leg.cause for leg in Leg.objects.filter(call_id=call, side="agent").order_by("id")] == ["lost", ""]
    assert promise(clock.now()).holds


def test_a_line_that_stays_away_lets_somebody_else_take_over_before_all_others(clock_at: FrozenClock):
    call, agent_id = lost()
    assert jobs.sweep(clock.now()) == 0
    other = scene.agent("8022")
    clock_at.advance(seconds=6)
    assert jobs.sweep(clock.now()) == 1
    deliver()
    item = queues.work_of("conversation", [call])[call]
    assert (item.klass, item.offered_to_id, scene.call(call).step) == ("re_offer", other.id, "waiting")
    assert scene.names(call)[-3:] == ["line_lost", "queue_in", "offer"]
    assert promise(clock.now()).holds
    assert actions.phone_back(by=by(scene.staff_of(agent_id))) is None


def test_a_page_that_says_it_is_going_loses_its_line_at_once():
    scene.open_house()
    agent = scene.agent(phone=False)
    actions.use_browser(by=by(agent))
    call = scene.talks()
    assert (actions.phone_gone(by=by(agent)), actions.phone_gone(by=by(agent))) == (True, False)
    assert scene.call(call).reconnect_by is not None


def test_who_hangs_up_in_the_browser_ends_the_call():
    call, _ = lost(cause=16)
    assert (scene.call(call).step, scene.call(call).outcome) == ("over", "answered")


def test_phones_are_set_up_listed_given_a_password_once_and_retired():
    scene.open_house()
    owner, boss = scene.agent("8021", phone=False), staff("1001", "system_management")
    client = staff_client(boss)
    own = {"number": "4021", "seat": "A-12", "owner": "8021"}
    assert client.post("/api/phones", own).json()["owner"] == {"number": "8021", "name": "坐席8021"}
    assert client.post("/api/phones", {"number": "3001", "seat": "B-01"}).json()["seating"] == "seat"
    assert client.post("/api/phones", {"number": "3001"}).json()["errors"][0]["field"] == "number"
    assert client.post("/api/phones", {**own, "number": "4022"}).json()["code"] == "phone-one-of-his-own"
    assert client.post("/api/phones", {"number": "4023", "owner": "7777"}).json()["code"] == "phone-owner-unknown"
    before = Phone.objects.get(number="3001").secret
    given = client.post("/api/phones/3001/secret").json()["secret"]
    assert (given, given != before) == (Phone.objects.get(number="3001").secret, True)
    assert client.put("/api/phones/3001", {"address": "sip:3001@10.0.0.5:5060"}).json()["address"] != ""
    assert client.post("/api/phones/3001/secret").json()["code"] == "phone-has-no-secret"
    assert (actions.note_registered(numbers=["4021"]), actions.note_registered(numbers=["4021"])) == (1, 0)
    listed = client.get("/api/phones?state=registered").json()["items"]
    assert [(one["number"], one["registered"]) for one in listed] == [("4021", True)]
    assert [one["number"] for one in client.get("/api/phones?q=3001&seating=seat").json()["items"]] == ["3001"]
    actions.take_phone(by=by(owner), number="4021")
    assert client.delete("/api/phones/4021").status_code == 204
    assert (queries.own_phone(owner.id).number, client.get("/api/phones?q=8021").json()["items"]) == ("", [])
    assert staff_client(owner).get("/api/phones").status_code == 403


def test_a_phone_somebody_talks_at_is_not_taken_from_him():
    scene.open_house()
    agent = scene.agent("8021")
    scene.talks()
    client = staff_client(staff("1001", "system_management"))
    assert client.delete("/api/phones/8021").json()["code"] == "phone-in-use"
    other = scene.agent("8022", phone=False)
    moved = client.put("/api/phones/8021", {"owner": other.number})
    assert (moved.json()["code"], queries.own_phone(agent.id).number) == ("phone-in-use", "8021")


def test_the_rules_for_calling_out_are_changed_by_who_may_and_kept_as_versions():
    client = staff_client(staff("1001", "system_management"))
    rules = client.get("/api/dial-rules").json()
    assert client.put("/api/dial-rules", {**rules, "a_day": 2}).json()["a_day"] == 2
    refused = client.put("/api/dial-rules", {**rules, "allowed": ["1(3"]}).json()
    assert refused["errors"][0]["field"] == "allowed"
    kept = client.get("/api/versions?kind=telephony.dialling").json()["items"]
    assert [one["number"] for one in kept] == [1]
    assert staff_client(staff("7001", "shift_leader")).put("/api/dial-rules", rules).status_code == 403
