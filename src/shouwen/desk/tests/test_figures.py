"""The table of figures: the same numbers as the board, in every division, with what is behind each."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from shouwen.accounts.tests.factories import organisation, staff, staff_client
from shouwen.kit import clock
from shouwen.messaging import actions as messaging
from shouwen.messaging.tests import scene
from shouwen.messaging.tests.scene import by
from shouwen.metrics.jobs import count_new
from shouwen.routing import actions as routing
from shouwen.tickets import actions as tickets
from shouwen.workforce import actions as workforce

from .test_board import Day

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = {"since": "2026-11-23", "until": "2026-11-23"}


def figures(**asked: Any) -> dict[str, Any]:
    count_new(clock.now())
    answer = staff_client(staff("8001")).get("/api/figures", **{**TODAY, **asked})
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def behind(key: str, **asked: Any) -> list[dict[str, Any]]:
    answer = staff_client(staff("8001")).get(f"/api/figures/lists/{key}", **{**TODAY, "limit": 200, **asked})
    rows: list[dict[str, Any]] = answer.json()["items"]
    return rows


@pytest.mark.parametrize("seed", range(2))
def test_the_table_tells_the_same_as_the_board_and_as_the_lists_it_opens(seed, clock_at):
    Day(seed, clock_at).live(50)
    whole = figures(by="queue")
    total = whole["total"]["figures"]
    board = {f["key"]: f["value"] for f in staff_client(staff("8001")).get("/api/board").json()["figures"]}
    for key in ("offered", "answered", "abandoned", "short_abandoned", "service_level", "abandon_rate", "satisfaction"):
        assert total[key] == board[key], key
    for key in ("asa", "handling_time"):
        assert total[key] == pytest.approx(board[key], abs=0.002), key
    for by_ in ("interval", "day", "channel"):
        other = figures(by=by_)["total"]["figures"]
        assert {key: other[key] for key in total} == total
    for line in whole["lines"]:
        for key in ("offered", "answered", "abandoned", "handled"):
            rows = behind(key, by="queue", line=line["key"])
            assert len(rows) == line["figures"][key], (line["key"], key)


def test_a_person_is_told_what_he_can_answer_for(clock_at):
    scene.open_house()
    fang = scene.agent("8021")
    for _ in range(2):
        clock_at.advance(minutes=1)
        talk = scene.served(fang)
        clock_at.advance(minutes=4)
        messaging.end(by=by(fang), interaction_id=talk)
        clock_at.advance(minutes=1)
        scene.noted(fang, talk)
        messaging.complete(by=by(fang), interaction_id=talk)
    routing.set_presence(state="break", by=by(fang))
    clock_at.advance(minutes=3)
    found = figures(by="agent")
    (line,) = [one for one in found["lines"] if one["label"] == "坐席8021 8021"]
    assert "offered" not in [c["key"] for c in found["columns"]]
    wanted = {
        "answered": 2,
        "handled": 2,
        "handling_time": 300.0,
        "talk_time": 240.0,
        "wrap_up_time": 60.0,
        "signed_in": 900.0,
        "busy_time": 600.0,
        "idle_time": 120.0,
        "away_time": 180.0,
        "occupancy": 83.3,
        "satisfaction": None,
    }
    assert {key: line["figures"][key] for key in wanted} == wanted
    midnight = clock.now().replace(hour=0)
    until = midnight + timedelta(hours=24)
    ledger = staff_client(staff("8021")).get(f"/api/agents/{fang.id}/ledger", since=midnight, until=until).json()
    seconds = ledger["seconds"]
    assert (ledger["signed_in"], seconds["ready"], seconds["break"]) == (900.0, 120.0, 180.0)
    assert seconds["busy"] + seconds["acw"] + seconds["offered"] == wanted["busy_time"]
    board = {f["key"]: f["value"] for f in staff_client(staff("8001")).get("/api/board").json()["figures"]}
    assert (board["answered"], board["handling_time"], board["asa"]) == (2, 300.0, line["figures"]["asa"])


def test_a_seat_is_measured_against_its_roster_the_same_in_every_division(clock_at):
    """Planned 10:00 to 11:00 at work and to 11:15 on break: there on time, off to the break at 11:00, back at 11:15."""
    scene.open_house()
    fang, begins = scene.agent("8021"), clock.now()
    leader = by(staff("8001"))
    workforce.plan(staff_id=fang.id, activity="work", starts_at=begins, ends_at=begins + timedelta(hours=1), by=leader)
    workforce.plan(
        staff_id=fang.id,
        activity="break",
        paid=False,
        starts_at=begins + timedelta(hours=1),
        ends_at=begins + timedelta(minutes=75),
        by=leader,
    )
    clock_at.advance(minutes=50)
    routing.set_presence(state="training", by=by(fang))
    clock_at.advance(minutes=10)
    routing.set_presence(state="break", by=by(fang))
    clock_at.advance(minutes=15)
    routing.set_presence(state="ready", by=by(fang))
    wanted = {
        "signed_in": 4500.0,
        "paid_time": 3600.0,
        "utilisation": 83.3,
        "shrinkage": 16.7,
        "adherence": 86.7,
        "conformance": 100.0,
        "conformance_raw": 100.0,
    }
    for division in ("agent", "day", "interval"):
        whole = figures(by=division)
        assert {key: whole["total"]["figures"][key] for key in wanted} == wanted, division
    assert sum(line["figures"]["paid_time"] or 0 for line in whole["lines"]) == 3600.0
    assert "adherence" not in figures(by="queue")["total"]["figures"]
    clock_at.advance(minutes=30)
    late = figures(by="day")["total"]["figures"]
    assert (late["utilisation"], late["conformance"], late["conformance_raw"]) == (133.3, 100.0, 140.0)


@pytest.mark.req("R-KPI-011")
def test_satisfaction_is_a_mean_and_a_share_with_how_many_and_how_sure():
    """CSAT from ratings: mean and top-box, with n and the interval of confidence shown."""
    scene.open_house()
    agent = scene.agent()
    for score in (5, 4, 4, 2):
        who = scene.visitor()
        messaging.rate(by=who, interaction_id=scene.served(agent, who), score=score)
    scene.served(agent)
    count_new(clock.now())
    tiles = staff_client(staff("8001")).get("/api/figures/service", **TODAY).json()["tiles"]
    tile = tiles[0]
    assert tile["key"] == "satisfaction"
    assert (tile["value"], tile["p50"], tile["count"], tile["base"]) == (75.0, 3.75, 4, 5)
    assert (tile["low"], tile["high"]) == (30.1, 95.4)
    by_queue = figures(by="queue")["lines"][0]["figures"]
    assert (by_queue["satisfaction"], by_queue["csat_mean"], by_queue["rated"]) == (75.0, 3.75, 4)
    rows = staff_client(staff("8001")).get("/api/figures/service/lists/satisfaction", **TODAY).json()["items"]
    assert sorted(row["state"] for row in rows) == ["2", "4", "4", "5"]


def faults(clock_at: Any, hours: tuple[int, ...]) -> None:
    agent = staff("8021")
    opened = [
        tickets.open_ticket(by=by(agent), kind="fault", title="断网", description="", customer_id=scene.customer().id)
        for _ in hours
    ]
    passed = 0
    for ticket, lasted in zip(opened, hours, strict=True):
        clock_at.advance(hours=lasted - passed)
        passed = lasted
        tickets.take(by=by(agent), number=ticket.number)
        tickets.resolve(by=by(agent), number=ticket.number, answer="已修复")


@pytest.mark.req("R-KPI-014", "R-KPI-015", "R-KPI-022")
def test_four_tiles_of_service_each_with_its_list(clock_at):
    """Fault recovery time is a mean and what nine in ten keep; the complaint rate shows its base; satisfaction,
    response time, recovery time and complaint rate stand together, and each opens what it is made of."""
    scene.open_house()
    agent = scene.agent()
    for _ in range(4):
        scene.served(agent)
    tickets.open_ticket(by=by(agent), kind="complaint", title="多收费", description="", customer_id=scene.customer().id)
    faults(clock_at, (1, 2, 6))
    count_new(clock.now())
    client = staff_client(staff("8001"))
    tiles = {tile["key"]: tile for tile in client.get("/api/figures/service", **TODAY).json()["tiles"]}
    assert list(tiles) == ["satisfaction", "asa", "mttr", "complaint_rate", "fcr"]
    assert (tiles["mttr"]["value"], tiles["mttr"]["p90"], tiles["mttr"]["count"]) == (3 * 3600.0, 6 * 3600.0, 3)
    rate = tiles["complaint_rate"]
    assert (rate["value"], rate["count"], rate["base"]) == (25.0, 1, 4)
    rows = client.get("/api/figures/service/lists/mttr", **TODAY).json()["items"]
    assert sorted(row["seconds"] for row in rows) == [3600.0, 7200.0, 21600.0]
    assert len(client.get("/api/figures/service/lists/complaint_rate", **TODAY).json()["items"]) == 1
    assert len(behind("answered")) == tiles["asa"]["count"] == 4


def test_a_matter_that_comes_back_within_a_week_was_not_settled_the_first_time(clock_at):
    scene.open_house()
    agent = scene.agent()
    for who in (chen := scene.customer(), scene.customer(), chen):
        talk = scene.served(agent, who)
        messaging.end(by=by(agent), interaction_id=talk)
        scene.noted(agent, talk)
        messaging.complete(by=by(agent), interaction_id=talk)
        clock_at.advance(minutes=5)
    count_new(clock.now())
    tile = staff_client(staff("8001")).get("/api/figures/service", **TODAY).json()["tiles"][4]
    assert (tile["key"], tile["value"], tile["count"], tile["base"]) == ("fcr", 50.0, 1, 2)
    assert (tile["low"], tile["provisional"]) == (33.3, 1)


def test_the_file_has_the_same_table_and_no_formulas(clock_at):
    leader = scene.open_house()
    routing.add_queue(
        code="odd",
        name="=1+1",
        skill="general",
        organisation_id=leader.organisation_id,
        duty_leader_id=leader.id,
        by=routing_system(),
        media=(),
    )
    messaging.set_topic(by=routing_system(), code="odd", zh="怪", en="Odd", queue_code="odd")
    scene.write(scene.visitor(), topic="odd")
    found = figures(by="queue")
    answer = staff_client(staff("8001")).get("/api/figures/file", **TODAY, by="queue")
    assert answer["Content-Disposition"] == 'attachment; filename="figures-queue-2026-11-23-2026-11-23.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))
    assert len(rows[0]) == len(found["columns"]) + 1
    assert rows[0][1] == "来访"
    assert [row[0] for row in rows[1:]] == ["'=1+1", "合计"]
    assert rows[-1][1] == "1"


def routing_system() -> Any:
    from shouwen.kit.principals import SYSTEM

    return SYSTEM


def test_a_leader_of_another_city_sees_nothing_of_ours(clock_at):
    Day(1, clock_at).live(20)
    count_new(clock.now())
    far = staff_client(staff("8061", role="shift_leader", organisation=organisation("无锡")))
    found = far.get("/api/figures", **TODAY, by="queue").json()
    assert (found["lines"], found["total"]["figures"]["offered"]) == ([], 0)
    assert far.get("/api/figures/lists/offered", **TODAY, by="queue", line="general").json()["items"] == []
    assert [one["label"] for one in far.get("/api/figures", **TODAY, by="agent").json()["lines"]] == []


def test_who_may_not_see_reports_and_what_cannot_be_asked_are_refused():
    scene.open_house()
    assert staff_client(staff("8021")).get("/api/figures", **TODAY).json()["code"] == "permission-refused"
    client = staff_client(staff("8001"))
    refused = client.get("/api/figures", since="2026-11-24", until="2026-11-23").json()
    assert (refused["code"], refused["status"]) == ("period-invalid", 422)
    assert (
        client.get("/api/figures", since="2026-01-01", until="2026-11-23", by="agent").json()["code"] == refused["code"]
    )
    assert client.get("/api/figures/lists/luck", **TODAY).json()["code"] == "figure-unknown"
    assert client.get("/api/figures/lists/offered", **TODAY, by="day", line="soon").json()["code"] == "figure-unknown"
    assert client.get("/api/figures/lists/offered", **TODAY, cursor="x").json()["code"] == "cursor-invalid"
    assert client.get("/api/figures/service/lists/luck", **TODAY).json()["code"] == "figure-unknown"


def test_an_interval_is_a_quarter_half_or_whole_hour():
    scene.open_house()
    scene.write(scene.visitor())
    found = {step: figures(by="interval", step=step)["lines"][0]["key"] for step in ("15", "30", "60")}
    assert found == dict.fromkeys(("15", "30", "60"), "2026-11-23T02:00:00Z")
    client = staff_client(staff("8001"))
    for wrong in ("20", "soon"):
        assert client.get("/api/figures", **TODAY, by="interval", step=wrong).status_code == 422
