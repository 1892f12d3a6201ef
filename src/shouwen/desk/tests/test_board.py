"""The live board: every figure opens the list it counts, and equals it."""

from __future__ import annotations

import random
from typing import Any

import pytest

from shouwen.accounts.models import Staff
from shouwen.accounts.tests.factories import organisation, staff, staff_client
from shouwen.customers.models import Customer
from shouwen.desk.queries import lists
from shouwen.interactions import queries as contacts
from shouwen.messaging import actions as messaging
from shouwen.messaging.tests import scene
from shouwen.messaging.tests.scene import by
from shouwen.metrics.jobs import count_new
from shouwen.metrics.rules.definitions import DEFINITIONS
from shouwen.routing import actions as routing
from shouwen.routing import queries as routing_queries
from shouwen.tickets import actions as tickets

pytestmark = pytest.mark.django_db(transaction=True)


class Day:
    """A day at random: people write, leave, are answered, passed on, written up, and rate us."""

    def __init__(self, seed: int, clock_at: Any) -> None:
        self.dice, self.clock = random.Random(seed), clock_at
        scene.open_house()
        self.agents = [scene.agent(f"802{n}", skills=("general", "broadband"), slots=3) for n in range(3)]
        self.waiting: dict[int, Any] = {}
        self.served: dict[int, tuple[Staff, Any]] = {}
        self.ended: dict[int, tuple[Staff, Any]] = {}

    def live(self, steps: int) -> None:
        for _ in range(steps):
            deeds = [self.write, self.write, self.answer, self.answer, self.leave, self.end, self.complete]
            self.dice.choice([*deeds, self.transfer, self.rate, self.ticket, self.pause])()
            self.clock.advance(seconds=self.dice.choice([0, 1, 3, 4, 8, 15]))

    def write(self) -> None:
        who = self.dice.choice([scene.visitor, scene.customer])()
        self.waiting[scene.write(who, topic=self.dice.choice(["general", "broadband"]))] = who

    def answer(self) -> None:
        for agent in self.agents:
            for offer in routing_queries.offers_of(agent.id)[:1]:
                taken = messaging.answer(by=by(agent), work_item_id=offer.work_item_id)
                self.served[taken] = (agent, self.waiting.pop(taken))
                return

    def leave(self) -> None:
        if self.waiting:
            left = self.dice.choice(list(self.waiting))
            messaging.customer_leaves(by=self.waiting.pop(left), interaction_id=left)

    def end(self) -> None:
        if self.served:
            over = self.dice.choice(list(self.served))
            self.ended[over] = self.served.pop(over)
            messaging.end(by=by(self.ended[over][0]), interaction_id=over)

    def complete(self) -> None:
        if self.ended:
            done = self.dice.choice(list(self.ended))
            agent, _ = self.ended.pop(done)
            scene.noted(agent, done)
            messaging.complete(by=by(agent), interaction_id=done)

    def transfer(self) -> None:
        for moved, (agent, who) in list(self.served.items())[:1]:
            code = contacts.conversation(moved).queue_code
            target = "broadband" if code == "general" else "general"
            messaging.transfer(by=by(agent), interaction_id=moved, queue_code=target)
            del self.served[moved]
            self.waiting[moved] = who

    def rate(self) -> None:
        if self.ended:
            rated = self.dice.choice(list(self.ended))
            if contacts.rating(rated) is None:
                score = self.dice.randint(1, 5)
                messaging.rate(by=self.ended[rated][1], interaction_id=rated, score=score)

    def ticket(self) -> None:
        who = scene.customer()
        tickets.open_ticket(by=by(self.agents[0]), kind="fault", title="断网", description="", customer_id=who.id)

    def pause(self) -> None:
        agent = self.dice.choice(self.agents)
        state = self.dice.choice(["ready", "ready", "break", "offline"])
        routing.set_presence(state=state, by=by(agent))


def rows_of(client: Any, figure: dict[str, Any]) -> list[dict[str, Any]]:
    """Read a figure's list to the end, a few rows at a time."""
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = client.get(figure["list"], cursor=cursor, limit=4).json()
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            return found


def from_rows(key: str, rows: list[dict[str, Any]]) -> float | None:
    """Count a figure anew from nothing but its rows."""
    seconds = [row["seconds"] for row in rows]
    if key in {"service_level", "satisfaction"}:
        return round(100 * sum(row["in_time"] for row in rows) / len(rows), 1) if rows else None
    if key == "abandon_rate":
        return round(100 * sum(row["state"] == "abandoned" for row in rows) / len(rows), 1) if rows else None
    if key in {"asa", "handling_time"}:
        return sum(seconds) / len(seconds) if rows else None
    if key == "longest_wait":
        return max(seconds, default=None)
    return len(rows)


@pytest.mark.parametrize("seed", range(3))
def test_every_figure_equals_the_list_it_opens(seed, clock_at):
    Day(seed, clock_at).live(70)
    client = staff_client(staff("8001"))
    count_new(clock_at.now())
    board = client.get("/api/board").json()
    assert [f["key"] for f in board["figures"]] == list(lists.KEYS)
    for figure in board["figures"]:
        rows = rows_of(client, figure)
        assert figure["count"] == len(rows), figure["key"]
        counted = from_rows(figure["key"], rows)
        if counted is None or figure["value"] is None:
            assert counted == figure["value"], figure["key"]
        else:
            assert figure["value"] == pytest.approx(counted, abs=0.051), figure["key"]
    assert board["promise"] == {"lost": 0, "doubled": 0, "ownerless": 0, "holds": True}
    whole = {f["key"]: f["value"] for f in board["figures"]}
    assert whole["waiting"] == sum(q["waiting"] for q in board["queues"])
    assert whole["agents_on_duty"] == sum(a["state"] != "offline" for a in board["agents"])
    for queue in board["queues"]:
        for key, number in (("waiting", "waiting"), ("in_service", "in_service"), ("agents_ready", "agents_ready")):
            rows = client.get(f"/api/board/lists/{key}", queue=queue["code"], limit=200).json()["items"]
            assert len(rows) == queue[number], (queue["code"], key)
        level = client.get("/api/board/lists/service_level", queue=queue["code"], limit=200).json()["items"]
        assert from_rows("service_level", level) == queue["service_level"]


def test_every_figure_says_in_both_languages_what_it_counts():
    scene.open_house()
    for figure in staff_client(staff("8001")).get("/api/board").json()["figures"]:
        meaning = DEFINITIONS[figure["key"]]
        assert (figure["zh"], figure["en"], figure["unit"]) == (meaning.zh, meaning.en, meaning.unit)
        assert len(figure["definition_zh"]) > 8
        assert len(figure["definition_en"]) > 20


def test_an_empty_day_has_no_rates():
    scene.open_house()
    figures = {f["key"]: f["value"] for f in staff_client(staff("8001")).get("/api/board").json()["figures"]}
    rates = ("service_level", "abandon_rate", "asa", "handling_time", "longest_wait", "satisfaction")
    assert [figures[key] for key in rates] == [None] * 6
    assert figures["offered"] == 0


def test_a_leader_sees_the_figures_of_his_area_only(clock_at):
    Day(1, clock_at).live(30)
    far = staff("8061", role="shift_leader", organisation=organisation("无锡"))
    board = staff_client(far).get("/api/board").json()
    figures = {f["key"]: f["value"] for f in board["figures"]}
    assert (figures["offered"], figures["waiting"], figures["open_conversations"]) == (0, 0, 0)
    assert (board["queues"], board["agents"]) == ([], [])


def test_an_unknown_figure_and_a_foreign_cursor_are_refused():
    scene.open_house()
    client = staff_client(staff("8001"))
    assert client.get("/api/board/lists/luck").json()["code"] == "figure-unknown"
    assert client.get("/api/board/lists/waiting", cursor="xx").json()["code"] == "cursor-invalid"


def test_yesterdays_contacts_are_not_counted_today(clock_at):
    scene.open_house()
    agent = scene.agent()
    scene.served(agent)
    client = staff_client(staff("8001"))
    clock_at.advance(hours=15)
    figures = {f["key"]: f["value"] for f in client.get("/api/board").json()["figures"]}
    assert (figures["answered"], figures["open_conversations"]) == (0, 1)


def test_the_promise_tells_what_is_without_owner_or_clock(clock_at):
    leader = scene.open_house()
    agent, who = scene.agent(), scene.customer()
    waiting, held = scene.write(scene.visitor()), scene.served(agent, who)
    client = staff_client(staff("8051", role="shift_leader"))
    assert client.get("/api/promise").json()["holds"] is True
    Staff.objects.filter(id=leader.id).update(active=False)
    from shouwen.sla.models import Deadline

    Deadline.objects.filter(subject_id=held).delete()
    told = client.get("/api/promise").json()
    assert told["holds"] is False
    assert told["ownerless"] == [
        {"subject": "conversation", "subject_id": waiting, "why": "owner-away"},
        {"subject": "conversation", "subject_id": held, "why": "no-clock"},
    ]
    board = client.get("/api/board").json()
    assert board["promise"] == {"lost": 0, "doubled": 0, "ownerless": 2, "holds": False}
    rows = client.get("/api/board/lists/ownerless").json()["items"]
    assert [(row["state"], row["id"]) for row in rows] == [("owner-away", waiting), ("no-clock", held)]


def test_the_promise_tells_of_an_open_conversation_nobody_answers_for():
    from shouwen.responsibility.models import Responsibility, ResponsibilityChange

    scene.open_house()
    interaction_id = scene.write(scene.visitor())
    ResponsibilityChange.objects.all().delete()
    Responsibility.objects.filter(subject_id=interaction_id).delete()
    told = staff_client(staff("8051", role="shift_leader")).get("/api/promise").json()
    assert told["ownerless"] == [{"subject": "conversation", "subject_id": interaction_id, "why": "no-owner"}]


def test_the_promise_tells_what_was_acknowledged_and_left_no_effect():
    from shouwen.kit.models import Command

    scene.open_house()
    client = staff_client(staff("8051", role="shift_leader"))
    from shouwen.kit import clock

    row = Command.objects.create(
        principal="staff:1",
        key="lost-0001",
        operation="POST /api/tickets",
        fingerprint="",
        status=201,
        recorded_at=clock.wall(),
    )
    told = client.get("/api/promise").json()
    assert told["lost"] == [{"subject": "command", "subject_id": row.id, "why": "POST /api/tickets"}]
    assert Customer.objects.count() == 0


@pytest.mark.req("R-KPI-008")
@pytest.mark.parametrize(("scores", "share"), [((5, 4, 3), 66.7), ((1,), 0.0), ((), None)])
def test_satisfaction_is_satisfied_over_valid_ratings(scores, share):
    """Satisfaction with the answer: ratings of 4 and 5 over all given today; without ratings there is no figure."""
    scene.open_house()
    agent = scene.agent()
    for score in scores:
        who = scene.visitor()
        rated = scene.served(agent, who)
        messaging.rate(by=who, interaction_id=rated, score=score)
    figures = {f["key"]: f["value"] for f in staff_client(staff("8001")).get("/api/board").json()["figures"]}
    assert figures["satisfaction"] == share
