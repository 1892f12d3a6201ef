"""How full the telephone platform is: ports, trunks, callers who found no port, and what the board makes of it."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

import pytest

from shouwen.accounts.tests.factories import staff, staff_client
from shouwen.insight import jobs as alerts
from shouwen.kit import clock
from shouwen.kit.testing import FrozenClock, deliver
from shouwen.metrics.jobs import count_new
from shouwen.telephony import actions, queries
from shouwen.telephony.models import RefusedCall

from . import scene

pytestmark = pytest.mark.django_db(transaction=True)
DAY = "since=2026-11-23&until=2026-11-23&by=day"


def told(ports: int = 4, **trunks: bool) -> bool:
    return actions.report(asterisk=scene.ASTERISK, ports=ports, trunks=trunks or {"10.1.0.5": True})


def board(number: str = "8001") -> dict[str, Any]:
    count_new(clock.now())
    figures = staff_client(staff(number)).get("/api/board").json()["figures"]
    return {f["key"]: f for f in figures}


def behind(key: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = staff_client(staff("8001")).get(f"/api/board/lists/{key}").json()["items"]
    return found


def test_where_no_calls_are_taken_the_board_says_nothing_of_ports():
    scene.open_house()
    assert not {"ports_in_use", "trunks_up", "call_service_level"} & board().keys()


@pytest.mark.req("R-KPI-007")
def test_the_system_connect_rate_is_calls_that_found_a_port_over_calls_offered():
    """R-KPI-007: calls entering the platform ÷ calls offered to it; a call told twice counts once, nothing is no
    figure, and the figure opens the calls that were refused."""
    scene.open_house()
    told()
    assert board()["system_connect_rate"]["value"] is None
    for _ in range(3):
        scene.calls()
    assert actions.note_refused(asterisk=scene.ASTERISK, channel="full-1", dialled="10000")
    assert not actions.note_refused(asterisk=scene.ASTERISK, channel="full-1", dialled="10000")
    found = board()
    assert (found["system_connect_rate"]["value"], found["calls_refused"]["value"]) == (75.0, 1)
    assert [(row["kind"], row["reference"]) for row in behind("calls_refused")] == [("refused", "10000")]
    assert RefusedCall.objects.count() == found["system_connect_rate"]["count"] == 1


def test_a_call_is_refused_once_by_several_servers_and_not_at_all_when_another_takes_it(clock_at: FrozenClock):
    scene.open_house()
    told()
    for number, (name, why) in enumerate([("a", "full"), ("a", "full"), ("b", "unled"), ("c", "full")]):
        channel = f"full-{number}"
        actions.note_refused(asterisk="other", channel=channel, dialled="10000", why=why, network_id=f"{name}@switch")
    actions.arrive(asterisk=scene.ASTERISK, channel="in", dialled="10000", calling="", network_id="c@switch")
    assert board()["system_connect_rate"]["value"] == 33.3
    assert [row["state"] for row in behind("calls_refused")] == ["full", "unled"]
    earlier = clock.now() - timedelta(minutes=3)
    minutes = timedelta(minutes=3)
    assert actions.note_refused(asterisk="other", channel="unled-d", dialled="10000", network_id="d@x", ago=minutes)
    assert RefusedCall.objects.get(network_id="d@x").at == earlier


@pytest.mark.req("R-KPI-004")
def test_the_platform_is_as_full_as_its_ports_at_most_and_on_average(clock_at: FrozenClock):
    """R-KPI-004: ports in use ÷ ports installed, the peak and the mean weighed by time."""
    scene.open_house()
    told()
    begun = clock.now()
    first = scene.calls()
    clock_at.advance(minutes=10)
    second = scene.calls()
    told()
    assert (board()["ports_in_use"]["value"], board()["ports_in_use"]["of"]) == (2, 4)
    assert {row["id"] for row in behind("ports_in_use")} == {first, second}
    clock_at.advance(minutes=10)
    actions.leg_gone(channel=scene.channel_of(first, "customer"))
    actions.leg_gone(channel=scene.channel_of(second, "customer"))
    clock_at.advance(minutes=20)
    levels = queries.port_levels(begun, clock.now())
    assert [level for _, level in levels] == [1, 2, 0]
    tiles = staff_client(staff("8001")).get(f"/api/figures/service?{DAY}").json()["tiles"]
    tile = next(t for t in tiles if t["key"] == "port_occupancy")
    assert (tile["high"], tile["count"], tile["base"]) == (50.0, 2, 4)


@pytest.mark.req("R-KPI-006")
def test_a_call_is_in_time_from_its_first_ring_to_the_answer_of_a_person(clock_at: FrozenClock):
    """R-KPI-006: the answer time runs from the ring until an operator answers, the notice included; 15 s are inside,
    more is a long no answer; it is computed from the journal."""
    scene.open_house()
    told()
    agent = scene.agent()
    for seconds in (15.0, 15.001):
        call = scene.calls()
        clock_at.advance(seconds=7)
        actions.notice_over(interaction_id=call)
        deliver()
        clock_at.advance(seconds=seconds - 7)
        actions.agent_answers(channel=scene.channel_of(call, "agent"))
        actions.hang_up(by=scene.by(agent), interaction_id=call)
        scene.written_up(agent, call)
    found = board()["call_service_level"]
    assert (found["value"], found["count"], found["target"]) == (50.0, 2, 85.0)
    assert sorted(row["seconds"] for row in behind("call_service_level")) == [15.0, 15.001]


def test_a_full_platform_and_a_silent_trunk_alarm_who_leads_until_they_are_well_again():
    leader = scene.open_house()
    told(ports=2, a=True, b=False)
    scene.calls()
    assert alerts.watch(clock.now()) == 1
    scene.calls()
    assert alerts.watch(clock.now()) == 1
    client = staff_client(leader)
    raised = {one["kind"]: (one["device"], one["value"]) for one in client.get("/api/alerts").json()["items"]}
    assert raised == {"trunk_down": ("b", None), "ports_full": (scene.ASTERISK, 100.0)}
    titles = {one["title"] for one in client.get("/api/notices").json()["items"]}
    assert titles == {"告警：电话端口将满", "告警：中继不应答"}
    assert (board()["trunks_up"]["value"], board()["trunks_up"]["of"]) == (1, 2)
    assert not told(ports=2, a=True, b=False)
    assert told(ports=3, a=True)
    assert alerts.watch(clock.now()) == 0
    assert client.get("/api/alerts").json()["items"] == []


def test_a_media_server_that_reports_no_more_has_no_ports_and_no_trunks_and_alarms(clock_at: FrozenClock):
    leader = scene.open_house()
    told(a=True)
    heard = clock.now().astimezone(UTC).isoformat().replace("+00:00", "Z")
    clock_at.advance(seconds=90)
    assert (alerts.watch(clock.now()), board()["ports_in_use"]["of"], board()["trunks_up"]["value"]) == (0, 4, 1)
    clock_at.advance(microseconds=1)
    found = board()
    assert (found["ports_in_use"]["of"], found["trunks_up"]["value"], found["trunks_up"]["of"]) == (0, 0, 1)
    assert [(row["state"], row["at"]) for row in behind("trunks_up")] == [("down", heard)]
    assert alerts.watch(clock.now()) == 2
    raised = {(one["kind"], one["device"]) for one in staff_client(leader).get("/api/alerts").json()["items"]}
    assert raised == {("server_gone", scene.ASTERISK), ("trunk_down", "a")}
    clock_at.advance(days=1)
    assert "ports_in_use" not in board()
    assert told(a=True)
    assert (alerts.watch(clock.now()), board()["ports_in_use"]["of"], board()["trunks_up"]["value"]) == (0, 4, 1)
    assert staff_client(leader).get("/api/alerts").json()["items"] == []
