"""What needs a person is raised once, told to who leads, seen by one, and over when the floor is well again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.accounts.tests.factories import organisation, staff, staff_client
from shouwen.insight import actions, jobs
from shouwen.insight.models import Alert
from shouwen.insight.rules import RULES, PlatformNow, QueueNow, SeatNow, signals
from shouwen.kit import clock
from shouwen.kit.testing import facts
from shouwen.messaging import actions as messaging
from shouwen.messaging.tests import scene
from shouwen.messaging.tests.scene import by
from shouwen.metrics.jobs import count_new
from shouwen.project.chores import CHORES
from shouwen.routing import actions as routing

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LIMITS = {kind: rule.limit for kind, rule in RULES.items()}


def queue(**how: Any) -> QueueNow:
    values = {"waiting": 0, "waiting_since": None, "staffed": 1, "counted": 0, "level": None, **how}
    return QueueNow(code="general", organisation_id=1, **values)


def seat(**how: Any) -> SeatNow:
    values = {"state": "ready", "reason": "", "since": NOW, "serving_since": None, **how}
    return SeatNow(staff_id=7, organisation_id=1, **values)


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("queues", "seats", "kinds"),
    [
        ([queue(waiting=1, waiting_since=ago(60))], [], []),
        ([queue(waiting=1, waiting_since=ago(60.001))], [], ["waiting_long"]),
        ([queue(counted=10, level=75.0)], [], []),
        ([queue(counted=10, level=74.9)], [], ["level_low"]),
        ([queue(counted=9, level=0.0)], [], []),
        ([queue(waiting=1, waiting_since=ago(1), staffed=0)], [], ["queue_unstaffed"]),
        ([queue(staffed=0)], [], []),
        ([], [seat(state="not_ready", reason="lost")], ["agent_lost"]),
        ([], [seat(state="break", since=ago(900))], []),
        ([], [seat(state="break", since=ago(901))], ["break_long"]),
        ([], [seat(serving_since=ago(721))], ["talk_long"]),
    ],
)
def test_a_limit_itself_is_not_past(queues, seats, kinds):
    assert [signal.kind for signal in signals(queues, seats, LIMITS, NOW)] == kinds


@pytest.mark.parametrize(
    ("in_use", "down", "kinds"),
    [
        (90, (), []),
        (91, (), ["ports_full"]),
        (0, ("10.1.0.5",), ["trunk_down"]),
    ],
)
def test_a_platform_alarms_everybody_whose_queues_take_calls(in_use, down, kinds):
    platform = PlatformNow("asterisk", (1, 2), 100, in_use, down)
    found = list(signals([], [], LIMITS, NOW, [platform]))
    assert [(s.kind, s.organisation_id) for s in found] == [(kind, unit) for kind in kinds for unit in (1, 2)]
    assert list(signals([], [], {}, NOW, [platform])) == []


@given(st.integers(0, 5000), st.integers(0, 100))
def test_a_rule_that_is_off_never_alarms(waited, level):
    worst = [queue(waiting=3, waiting_since=ago(waited), staffed=0, counted=50, level=float(level))]
    seats = [seat(state="break", reason="lost", since=ago(waited), serving_since=ago(waited))]
    assert list(signals(worst, seats, {}, NOW)) == []


def look() -> int:
    count_new(clock.now())
    return jobs.watch(clock.now())


def alerts(number: str = "8001") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = staff_client(staff(number)).get("/api/alerts").json()["items"]
    return found


@pytest.mark.req("R-KPI-023")
@pytest.mark.django_db(transaction=True)
def test_an_indicator_past_its_limit_alarms_its_leader_within_a_minute_and_is_acknowledged(clock_at):
    """A threshold rule engine: what passes its limit is looked for every two seconds, raised once, told to the duty
    leader by itself, acknowledged by a person, and ended when it is over."""
    assert next(chore.every for chore in CHORES if chore.name == "alerts") <= 60
    leader = scene.open_house()
    agent = scene.agent()
    routing.set_presence(state="break", by=by(agent))
    waiting = scene.visitor()
    talk = scene.write(waiting)
    assert look() == 1
    clock_at.advance(seconds=61)
    assert look() == 1
    assert look() == 0
    told = {one["kind"]: one for one in alerts()}
    assert set(told) == {"waiting_long", "queue_unstaffed"}
    assert (told["waiting_long"]["value"], told["waiting_long"]["limit"]) == (61.0, 60.0)
    assert (told["waiting_long"]["queue_name"], told["waiting_long"]["skill"]) == ("综合业务", "general")
    notices = staff_client(leader).get("/api/notices").json()["items"]
    assert [one["title"] for one in notices] == ["告警：等待过久", "告警：队列无人"]
    client = staff_client(leader)
    kept = client.post(f"/api/alerts/{told['waiting_long']['id']}/acknowledge").json()["items"]
    assert [(one["kind"], one["acknowledged_by"]) for one in kept] == [
        ("queue_unstaffed", ""),
        ("waiting_long", "沈佳"),
    ]
    messaging.customer_leaves(by=waiting, interaction_id=talk)
    assert look() == 0
    assert alerts() == []
    assert Alert.objects.filter(cleared_at=None).count() == 0
    names = [fact["name"] for fact in facts() if fact["name"].startswith("insight.")]
    assert names == ["insight.AlertRaised"] * 2 + ["insight.AlertAcknowledged"] + ["insight.AlertCleared"] * 2


@pytest.mark.django_db(transaction=True)
def test_the_first_who_acknowledges_is_kept(clock_at):
    scene.open_house()
    staff("8002", role="shift_leader")
    scene.write(scene.visitor())
    look()
    number = alerts()[0]["id"]
    actions.acknowledge(alert_id=number, by=by(staff("8001")))
    actions.acknowledge(alert_id=number, by=by(staff("8002")))
    assert Alert.objects.get(id=number).acknowledged_by_id == staff("8001").id


@pytest.mark.django_db(transaction=True)
def test_long_contacts_and_breaks_alarm(clock_at):
    scene.open_house()
    scene.served(scene.agent("8021"))
    routing.set_presence(state="break", by=by(scene.agent("8022")))
    clock_at.advance(seconds=901)
    look()
    assert {one["kind"] for one in alerts()} == {"talk_long", "break_long"}
    assert {one["staff_name"] for one in alerts()} == {"坐席8021 8021", "坐席8022 8022"}


@pytest.mark.django_db(transaction=True)
def test_a_limit_that_is_set_counts_from_the_next_look(clock_at):
    scene.open_house()
    scene.agent()
    client = staff_client(staff("8005", role="shift_leader"))
    rules = client.put("/api/alert-rules/waiting_long", {"limit": 20}).json()["items"]
    assert next(r for r in rules if r["kind"] == "waiting_long")["limit"] == 20
    client.put("/api/alert-rules/queue_unstaffed", {"limit": 0, "active": False})
    routing.set_presence(state="break", by=by(staff("8021")))
    scene.write(scene.visitor())
    clock_at.advance(seconds=20)
    assert look() == 0
    clock_at.advance(seconds=1)
    assert look() == 1


@pytest.mark.django_db(transaction=True)
def test_another_city_neither_sees_nor_acknowledges_and_agents_may_not(clock_at):
    scene.open_house()
    scene.write(scene.visitor())
    look()
    far = staff_client(staff("8061", role="shift_leader", organisation=organisation("无锡")))
    assert far.get("/api/alerts").json()["items"] == []
    number = alerts()[0]["id"]
    assert far.post(f"/api/alerts/{number}/acknowledge").json()["code"] == "alert-not-found"
    assert staff_client(staff("8021")).get("/api/alerts").json()["code"] == "permission-refused"
    client = staff_client(staff("8005", role="shift_leader"))
    assert client.put("/api/alert-rules/luck", {"limit": 5}).json()["code"] == "alert-rule-unknown"
    assert client.put("/api/alert-rules/waiting_long", {"limit": 0}).json()["code"] == "alert-limit-invalid"
    assert len(client.get("/api/alert-rules").json()["items"]) == len(RULES)
