"""Browsers hear exactly the facts of their audiences, once, in order, also after a break."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import psycopg
import pytest
from django.db import connection

from shouwen.kit import clock, events
from shouwen.kit.actions import action
from shouwen.kit.live.cursor import Cursor
from shouwen.kit.live.hub import Hub, running
from shouwen.kit.notifier import dsn

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class LampLit(events.Fact):
    number: int


@action
def light(number: int, *audience: str) -> None:
    events.publish(LampLit(number), audience=audience, at=clock.now())


async def in_thread(work: Callable[[], object]) -> None:
    def run() -> None:
        work()
        connection.close()

    await asyncio.to_thread(run)


async def take(frames: AsyncIterator[bytes], count: int) -> list[tuple[str, int]]:
    """Read frames until `count` lamps were seen; return (event id, number) of each."""
    text = ""
    found: list[tuple[str, str]] = []
    while len(found) < count:
        text += (await asyncio.wait_for(anext(frames), 10)).decode()
        found = re.findall(r'id: (\S+)\nevent: kit\.LampLit\ndata: {"number":(\d+)}', text)
    return [(place, int(number)) for place, number in found]


def scene(play: Callable[[Hub], Awaitable[None]]) -> None:
    async def run() -> None:
        async with running(Hub(dsn(), restart_on=frozenset())) as hub:
            await play(hub)

    asyncio.run(run())


def test_a_browser_hears_its_audiences_and_nobody_elses() -> None:
    async def play(hub: Hub) -> None:
        mine = hub.join(frozenset({"staff:1", "queue:a"}), None)
        await anext(mine)
        await in_thread(lambda: [light(1, "staff:2"), light(2, "queue:a", "staff:1"), light(3, "staff:1")])
        assert [number for _, number in await take(mine, 2)] == [2, 3]

    scene(play)


def test_after_a_break_it_hears_exactly_what_it_missed() -> None:
    async def play(hub: Hub) -> None:
        first = hub.join(frozenset({"staff:1"}), None)
        await anext(first)
        await in_thread(lambda: [light(n, "staff:1") for n in range(5)])
        seen = await take(first, 5)
        again = hub.join(frozenset({"staff:1"}), Cursor.parse(seen[1][0]))
        assert [number for _, number in await take(again, 3)] == [2, 3, 4]

    scene(play)


def test_a_fact_that_commits_late_is_not_skipped() -> None:
    """Transaction A takes its number first and commits last; its fact still reaches everybody."""

    async def play(hub: Hub) -> None:
        mine = hub.join(frozenset({"staff:1"}), None)
        await anext(mine)
        with psycopg.connect(dsn()) as slow:
            slow.execute("select kit_publish('kit.LampLit', '{\"number\":1}', array['staff:1'], clock_timestamp())")
            await in_thread(lambda: light(2, "staff:1"))
            slow.commit()
        assert [number for _, number in await take(mine, 2)] == [1, 2]

    scene(play)


def test_many_writers_at_once_lose_and_double_nothing() -> None:
    async def play(hub: Hub) -> None:
        mine = hub.join(frozenset({"staff:1"}), None)
        await anext(mine)

        def write(base: int) -> None:
            for number in range(25):
                light(base + number, "staff:1")
            connection.close()

        threads = [threading.Thread(target=write, args=[base]) for base in (0, 100, 200, 300)]
        for t in threads:
            t.start()
        numbers = [number for _, number in await take(mine, 100)]
        for t in threads:
            t.join()
        assert sorted(numbers) == [b + n for b in (0, 100, 200, 300) for n in range(25)]

    scene(play)


def test_nonsense_as_last_event_id_is_no_place() -> None:
    assert Cursor.parse("'; drop table") is None
    assert Cursor.parse("99999999999999999999-1") is None
    assert Cursor.parse("12-7") == Cursor(12, 7)


def test_a_place_in_a_database_that_is_no_more_is_answered_with_a_reset() -> None:
    """After a backup was brought back, a browser may name a place that the new database has not reached."""

    async def play(hub: Hub) -> None:
        frames = hub.join(frozenset({"org:1"}), Cursor(2**40, 1))
        told = [(await asyncio.wait_for(anext(frames), 10)).decode() for _ in range(2)]
        assert ["event: ready" in told[0], "event: reset" in told[1]] == [True, True]

    scene(play)
