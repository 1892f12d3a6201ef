"""Assignments a second with all rules on, beside the same clients writing single rows; and a steady 100 a second.

A client's round is what one contact costs: its seat gives the slot back (a durable transaction), `routing_ready` gives
it the next one, somebody else asks (a durable transaction), `routing_route` puts him in line.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from ..parts import Part, judge
from .against_oracle import clean
from .scene import ASK, CLIENTS, FLOOR, SERVE, furnish, occupy, prepare

SIZES = (50, 500, 5000)
STEADY = 100.0
FORK = multiprocessing.get_context("fork")
Line = psycopg.Connection[tuple[Any, ...]]
Round = Callable[[Line, list[int], int], int]


def parts(url: str, seconds: int, steady_seconds: int) -> Sequence[Part]:
    """Measure each size between two measurements of the floor."""
    found = []
    for agents in SIZES:
        seats = _scene(url, agents)
        before = _press(url, _floor_round, seats, seconds / 2)
        ours = _press(url, _assignment, seats, seconds)
        after = _press(url, _floor_round, seats, seconds / 2)
        floor = (_rate(before, seconds / 2) + _rate(after, seconds / 2)) / 2
        rate, peer = _rate(ours, seconds), f"single-row updates, {CLIENTS} clients"
        found.append(judge("routing", f"rate_{agents}", ours=rate, unit="/s", peer=peer, peer_value=floor))
    return [*found, *_steady(url, steady_seconds)]


def _steady(url: str, seconds: int) -> Sequence[Part]:
    """Hold a pace between two halves of the floor, paced alike and as long: the disk's bad moments count for both."""
    seats = _scene(url, 500)
    before = _press(url, _floor_round, seats, seconds / 2, a_second=STEADY)
    steady = _press(url, _assignment, seats, seconds, a_second=STEADY)
    after = _press(url, _floor_round, seats, seconds / 2, a_second=STEADY)
    rate, ours_p95, floor_p95 = _rate(steady, seconds), _p95(steady), _p95([*before, *after])
    print(f"steady: {rate:.0f} assignments/s held for {seconds} s")
    return [
        judge("routing", "steady_rate", ours=rate, unit="/s"),
        judge("routing", "steady_p95", ours=ours_p95, unit="ms", peer="single-row update p95", peer_value=floor_p95),
    ]


def _scene(url: str, agents: int) -> list[int]:
    clean()
    prepare()
    with psycopg.connect(url, autocommit=True) as line:
        seats = furnish(line, agents)
        occupy(line, seats)
    return seats


def _assignment(line: Line, seats: list[int], n: int) -> int:
    """Serve one contact and let another ask; return how many seats were given something."""
    seat = seats[n % len(seats)]
    line.execute(SERVE, [seat])
    given = line.execute("select routing_ready(%s, clock_timestamp())", [seat]).fetchall()[0][0]
    asked = line.execute(ASK, [n]).fetchall()[0][0]
    placed = line.execute("select routing_route(%s, clock_timestamp())", [asked]).fetchall()[0][0]
    return int(given) + int(bool(placed))


def _floor_round(line: Line, seats: list[int], n: int) -> int:
    line.execute(FLOOR, [seats[n % len(seats)]])
    return 1


Result = tuple[int, list[float]]


@dataclass(frozen=True)
class Share:
    """What one client does: its seats, for how long, how many rounds a second (0: as many as it can)."""

    url: str
    what: Round
    seats: list[int]
    seconds: float
    pace: float
    number: int


def _press(url: str, what: Round, seats: list[int], seconds: float, *, a_second: float = 0.0) -> list[Result]:
    """Let the clients do rounds for so long, as fast as they can or at a pace; return what each did."""
    with FORK.Pool(CLIENTS) as pool:
        shares = [Share(url, what, seats[n::CLIENTS], seconds, a_second / CLIENTS, n) for n in range(CLIENTS)]
        return pool.map(_client, shares, chunksize=1)


def _client(share: Share) -> Result:
    done, took, n = 0, list[float](), (share.number + 1) * 10_000_000
    with psycopg.connect(share.url, autocommit=True, prepare_threshold=0) as line:
        started = time.perf_counter()
        due = started - (share.number / CLIENTS / share.pace if share.pace else 0)  # at a pace: one after the other
        while (now := time.perf_counter()) < started + share.seconds:
            if share.pace:
                due += 1 / share.pace
                time.sleep(max(0.0, due - now))
                begun = due  # a late start counts
            else:
                begun = now
            done += share.what(line, share.seats, n)
            took.append(time.perf_counter() - begun)
            n += 1
    return done, took


def _rate(results: Sequence[Result], seconds: float) -> float:
    return sum(done for done, _ in results) / seconds


def _p95(results: Sequence[Result]) -> float:
    took = sorted(one for _, mine in results for one in mine)
    return took[round(0.95 * (len(took) - 1))] * 1000
