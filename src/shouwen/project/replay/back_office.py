"""Simulated people of the back office: they take tickets and resolve them when the official answer was given."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta
from typing import Any

from . import personas
from .book import Deed
from .http import GaveUp, Refused
from .live import Bell, listening
from .staffing import Staff
from .world import World

LOOK_SECONDS = 4.0
TIDY_SECONDS = 15.0
AT_MOST = 5
CROWDED = 20
STALE = frozenset({412, 428})


class BackOffice:
    """One person: takes what nobody works on, and answers what he took when its time has come."""

    def __init__(self, world: World, staff: Staff, *, place: int = 0, people: int = 1) -> None:
        self._world = world
        self._place = place
        self._people = people
        self._staff = staff
        self._browser = staff.browser
        self._bell = Bell()
        self._pending: dict[str, asyncio.Task[None]] = {}
        self._tidied = 0.0

    async def work(self) -> None:
        """Serve until cancelled."""
        async with listening(self._browser, self._heard):
            while True:
                try:
                    await self._look()
                except (Refused, GaveUp):
                    await asyncio.sleep(1)
                await self._bell.wait(LOOK_SECONDS)

    def _heard(self, name: str, _fact: Any) -> None:
        if name == "tickets.TicketReopened":
            self._tidied = 0.0
        if name in {"tickets.TicketOpened", "tickets.TicketReopened"}:
            self._bell.ring()

    async def _look(self) -> None:
        free = await self._list(box="all", state="acknowledged", limit=100)
        for row in self._chosen(free)[:AT_MOST]:
            await self._take(row["number"])
        if time.monotonic() - self._tidied > TIDY_SECONDS:
            self._tidied = time.monotonic()
            for row in await self._list(box="mine", state="inProgress", limit=200):
                self._schedule(row["number"])

    def _chosen(self, free: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return what to take, the oldest first: each has his share by number, and what lies long is everybody's."""
        oldest = free[::-1]
        mine = [row for row in oldest if int(row["number"][-6:]) % self._people == self._place]
        return mine or oldest[:1] if len(free) > CROWDED else mine

    async def _list(self, **query: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self._browser.get("/api/tickets", **query))["items"]
        return found

    async def _take(self, number: str) -> None:
        try:
            await self._change(number, "take", None)
        except Refused:
            return  # a colleague was first
        self._schedule(number)

    def _schedule(self, number: str) -> None:
        if number not in self._pending or self._pending[number].done():
            self._pending[number] = asyncio.create_task(self._answer(number))

    async def _answer(self, number: str) -> None:
        """Wait for the hour of the official answer, then give it; after a reopening, look again and answer."""
        try:
            view = await self._browser.get(f"/api/tickets/{number}")
            again = view["reopened_count"] > 0
            await self._world.clock.sleep_until(self._due(view, again=again))
            await self._change(number, "resolve", {"answer": self._words(view, again=again)})
        except (Refused, GaveUp):
            return  # the next look finds it again

    def _due(self, view: dict[str, Any], *, again: bool) -> datetime:
        story = self._world.filed(view["title"], view["description"])
        delay = story.plan.delay if story else personas.USUAL_ANSWER
        if again:
            return self._world.clock.now() + timedelta(hours=4)
        return datetime.fromisoformat(view["opened_at"]) + delay

    def _words(self, view: dict[str, Any], *, again: bool) -> str:
        if again:
            return personas.FOLLOW_UP
        story = self._world.filed(view["title"], view["description"])
        return (story.plan.reply if story else personas.PLAIN_REPLY)[: personas.DESCRIPTION_LENGTH]

    async def _change(self, number: str, verb: str, body: dict[str, str] | None) -> None:
        """Do one verb to the newest version; somebody's change in between means reading anew."""
        for _ in range(4):
            _, version = await self._browser.version(f"/api/tickets/{number}")
            deed = Deed("ticket", number, verb, (body or {}).get("answer", ""))
            try:
                press = self._browser.post(f"/api/tickets/{number}/{verb}", body, match=version)
                await self._world.book.note(deed, press)
            except Refused as refused:
                if refused.status not in STALE:
                    raise
                continue
            return
