"""Past days under other rules: what overflow, flow-out, hours and skills would have changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from shouwen.accounts.tests.factories import staff_client
from shouwen.kit.testing import FrozenClock
from shouwen.routing import actions
from shouwen.routing.rules.matching import Item, Queue, Seat
from shouwen.routing.rules.whatif import Hours, Replay, Rules, Shift, Visit, run

from .factories import agent, ask, leader, queue

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ONE, OTHER = 1, 2


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def replayed(came: list[float], *queues: Queue, hours: dict[int, Hours] | None = None, talk: float = 10) -> Replay:
    """Let contacts come to queue 1; 101 serves queue 1, 102 queue 2, all day."""
    rules = Rules({one.id: one for one in queues}, hours=hours or {})
    visits = [
        Visit(Item(n, rules.queues[ONE], "web_chat", at(when), 1), at(when), timedelta(minutes=talk))
        for n, when in enumerate(came, 1)
    ]
    seats = [Seat(100 + n, 1, {n: 5}, {"web_chat": 1}) for n in (ONE, OTHER)]
    return run(visits, seats, [Shift(100 + n, NINE, at(600)) for n in (ONE, OTHER)], rules)


def test_who_finds_the_queue_full_goes_on_with_his_place() -> None:
    alone = replayed([0, 1, 2], Queue(ONE, ONE), Queue(OTHER, OTHER))
    assert (alone.seats, alone.waits[3]) == ({1: 101, 2: 101, 3: 101}, 18 * 60)
    full = replayed([0, 1, 2], Queue(ONE, ONE, most_waiting=1, overflow_to=OTHER), Queue(OTHER, OTHER))
    assert (full.seats, full.waits[3]) == ({1: 101, 2: 101, 3: 102}, 0)
    assert (full.outcomes[ONE].answered, full.outcomes[ONE].moved_on) == (3, 1)


def test_who_has_waited_too_long_goes_on_once() -> None:
    found = replayed([0, 1], Queue(ONE, ONE, flow_out=timedelta(minutes=3), flow_out_to=OTHER), Queue(OTHER, OTHER))
    assert (found.seats[2], found.waits[2], found.outcomes[ONE].moved_on) == (102, 180, 1)


@pytest.mark.parametrize(("to", "answered", "away"), [(None, 1, 1), (OTHER, 2, 0)])
def test_who_comes_when_a_queue_is_closed_is_turned_away_or_goes_elsewhere(
    to: int | None, answered: int, away: int
) -> None:
    hours = {ONE: Hours([(at(30), at(60))], to)}
    found = replayed([0, 30], Queue(ONE, ONE), Queue(OTHER, OTHER), hours=hours).outcomes[ONE]
    assert (found.offered, found.answered, found.turned_away) == (2, answered, away)


@pytest.mark.django_db(transaction=True)
def test_a_day_is_tried_with_overflow_and_with_other_skills(clock_at: FrozenClock) -> None:
    """Two at once and one specialist: full at one, or with a second specialist, nobody would have waited long."""
    queue()
    queue("mobile")
    fang, other = agent("8021", {"broadband": 5}), agent("8022", {"mobile": 5})
    for n, work in enumerate([ask(n) for n in (1, 2, 3)], 1):
        actions.accept_offer(work_item_id=work, by=fang)
        clock_at.advance(seconds=100)
        actions.finish(subject="conversation", subject_id=n, at=clock_at.now())
        actions.complete_wrap_up(subject="conversation", subject_id=n, by=fang)
    client = staff_client(leader())

    def tried(**body: object) -> dict[str, float]:
        answer = client.post("/api/queues/broadband/what-if", {"day": "2026-11-23", "content": {}, **body})
        assert answer.status_code == 200, answer.content
        line: dict[str, float] = answer.json()["lines"][0]["changed"]
        return line

    assert tried()["mean_wait"] == pytest.approx(100)
    assert tried()["moved_on"] == 0
    full = tried(content={"most_waiting": 1, "overflow_to": "mobile"})
    assert full["moved_on"] == 1
    assert full["mean_wait"] == pytest.approx(100 / 3)
    assert tried(skills={other.id: {"broadband": 5}})["mean_wait"] == pytest.approx(100 / 3)
    refused = client.post(
        "/api/queues/broadband/what-if",
        {"day": "2026-11-23", "content": {}, "skills": {other.id: {"luck": 1}}},
    )
    assert refused.json()["code"] == "skill-not-found"
