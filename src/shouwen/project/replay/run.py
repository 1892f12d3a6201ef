"""One replay from the first sign-in to the report."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from . import arrivals, personas
from .agents import Agent
from .back_office import BackOffice
from .checking import inspect
from .customers import Crowd
from .http import Browser, Line
from .product import Letterbox
from .reading import Message
from .report import Promise, Report, Run, sum_up
from .staffing import Crew, Registrar, be_ready, hire
from .world import DomainClock, Story, World

LEAD_MINUTES = 10
FINISH_SECONDS = 60.0
SETTLE_DAYS = 12.0
Say = Callable[[World], None]


@dataclass(frozen=True)
class Wishes:
    """What the caller asked for."""

    messages: Sequence[Message]
    agents: int = 20
    back_office: int = 5
    days: float = 5.0
    settle_days: float = SETTLE_DAYS
    seed: int = 1
    profile: arrivals.Profile | None = None
    password: str = ""
    patience: float = 90.0


def stories(wishes: Wishes, start: datetime) -> list[Story]:
    """Plan every request: when it comes, what its people do."""
    if wishes.profile:
        days, seed = wishes.days, wishes.seed
        moments = arrivals.by_hours(len(wishes.messages), wishes.profile, start=start, days=days, seed=seed)
    else:
        moments = arrivals.own_times([m.written_at for m in wishes.messages], start=start, days=wishes.days)
    planned = zip(wishes.messages, moments, strict=True)
    return [Story(m, personas.plan(m, seed=wishes.seed), at, place) for place, (m, at) in enumerate(planned, 1)]


async def replay(
    url: str, wishes: Wishes, *, log: Path | None, say: Say | None = None, after: asyncio.Task[None] | None = None
) -> Report:
    """Drive a running product, and report; not before `after` is done, if something else goes on beside it."""
    line = Line.to(url, patience=wishes.patience)
    try:
        crew = await hire(line, agents=wishes.agents, back_office=wishes.back_office, password=wishes.password)
        clock = await DomainClock.read(line)
        begins = clock.now() + timedelta(minutes=LEAD_MINUTES)
        world = World(line, clock, stories(wishes, begins), Letterbox(log) if log else None)
        began, began_at = time.monotonic(), clock.now()
        await _live(world, crew, wishes, say)
        if after:
            await after
        seconds, ended_at = time.monotonic() - began, clock.now()
        tally = line.tally
        run = Run(
            clock.speed, began_at, ended_at, seconds, tally.commands, tally.reads, tally.retried, dict(tally.refusals)
        )
        return await _report(world, crew, run)
    finally:
        await line.close()


async def _live(world: World, crew: Crew, wishes: Wishes, say: Say | None) -> None:
    """Let everybody live until all requests are over, or the time for that is."""
    await asyncio.gather(*(be_ready(agent) for agent in crew.agents))
    workers = [Agent(world, one).work() for one in crew.agents]
    people = len(crew.back_office)
    workers += [BackOffice(world, one, place=n, people=people).work() for n, one in enumerate(crew.back_office)]
    crowd = Crowd(world, Registrar(crew))
    async with _running(*workers, _telling(world, say)):
        last = max(story.arrives_at for story in world.stories)
        seconds = (last + timedelta(days=wishes.settle_days) - world.clock.now()).total_seconds() / world.clock.speed
        customers = [asyncio.create_task(crowd.live(story)) for story in world.stories]
        _, late = await asyncio.wait(customers, timeout=max(seconds, 2 * wishes.patience))
        await _finish(crew)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


async def _finish(crew: Crew) -> None:
    """Give agents time to complete what customers have left already."""
    end = time.monotonic() + FINISH_SECONDS
    while time.monotonic() < end:
        lying = [await agent.browser.get("/api/desk/inbox", box="follow_up") for agent in crew.agents]
        if not any(box["items"] for box in lying):
            return
        await asyncio.sleep(1)


@contextlib.asynccontextmanager
async def _running(*work: Coroutine[Any, Any, None]) -> Any:
    tasks = [asyncio.create_task(one) for one in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _telling(world: World, say: Say | None) -> None:
    while say:
        say(world)
        await asyncio.sleep(1)


async def _report(world: World, crew: Crew, run: Run) -> Report:
    reader: Browser = crew.leader.browser
    outcomes, faults = await inspect(world, reader)
    told = await reader.get("/api/promise")
    trouble = [trouble for story in _arrived(world) if (trouble := _trouble(story))]
    promise = Promise(
        lost=_count(told["lost"]) + sum(fault.kind == "lost" for fault in faults),
        doubled=_count(told["doubled"]) + sum(fault.kind == "doubled" for fault in faults),
        ownerless=_count(told["ownerless"]),
        faults=(*map(str, faults), *trouble),
    )
    return sum_up(outcomes, asked=len(_arrived(world)), promise=promise, run=run)


def _arrived(world: World) -> list[Story]:
    now = world.clock.now()
    return [story for story in world.stories if story.arrives_at <= now]


def _trouble(story: Story) -> str:
    """Return why a request came to nothing, or nothing."""
    if story.given_up:
        return f"{story.message.id}: {story.given_up}"
    return "" if story.conversation else f"{story.message.id}: not accepted, its customer was still {story.step}"


def _count(found: Any) -> int:
    return len(found) if isinstance(found, list) else int(found)
