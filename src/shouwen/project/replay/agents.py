"""Simulated agents: they hear offers, accept, answer at once or open a ticket, write the record, complete."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from . import personas
from .book import Deed
from .http import GaveUp, Refused
from .live import Bell, listening
from .reading import Message
from .staffing import Staff, be_ready
from .world import Story, World

SEEN_SECONDS = 4.0
TIDY_SECONDS = 12.0
HELLO = "您好，工号 {number} 为您服务，您的问题已收到。"
FILED = "已为您登记，我们会尽快核实并答复您，请留意办理进度。"
NOTE = "已按客户描述登记。"


class Agent:
    """One seat."""

    def __init__(self, world: World, staff: Staff) -> None:
        self._world = world
        self._staff = staff
        self._browser = staff.browser
        self._bell = Bell()
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._tidied = 0.0
        self._news = True
        self._reasons: list[str] = []

    async def work(self) -> None:
        """Serve until cancelled."""
        async with listening(self._browser, self._heard):
            while True:
                try:
                    await self._look()
                except (Refused, GaveUp):
                    self._news = True
                    await asyncio.sleep(1)
                await self._bell.wait(SEEN_SECONDS)

    def _heard(self, name: str, fact: Any) -> None:
        mine = fact.get("staff_id") == self._staff.id
        if name in {"ready", "reset"} or (mine and name in {"routing.WorkOffered", "routing.PresenceChanged"}):
            self._news = True
            self._bell.ring()

    async def _look(self) -> None:
        """Show that the screen is there; look at the desk when there is news, and now and then all over it."""
        await self._browser.post("/api/desk/presence/seen")
        tidy = time.monotonic() - self._tidied > TIDY_SECONDS
        if self._news or tidy:
            self._news = False
            for offer in await self._browser.get("/api/desk/offers"):
                self._start(f"offer {offer['work_item_id']}", self._accept(offer))
            if (await self._browser.get("/api/desk/presence"))["state"] != "ready":
                await be_ready(self._staff)
        if tidy:
            self._tidied = time.monotonic()
            await self._tidy()

    async def _tidy(self) -> None:
        for box in ("active", "follow_up"):
            for row in (await self._browser.get("/api/desk/inbox", box=box))["items"]:
                self._start(f"chat {row['id']}", self._carry(str(row["id"])))

    def _start(self, name: str, work: Any) -> None:
        """Do one thing at a time for each offer or conversation."""
        if name in self._busy and not self._busy[name].done():
            work.close()
            return
        self._busy[name] = asyncio.create_task(self._safely(work))

    async def _safely(self, work: Any) -> None:
        try:
            await work
        except (Refused, GaveUp):
            return  # the desk shows what is left to do, and the next look finds it

    async def _accept(self, offer: dict[str, Any]) -> None:
        taken = await self._browser.post(f"/api/desk/offers/{offer['work_item_id']}/accept")
        conversation = str(taken["conversation"])
        self._start(f"chat {conversation}", self._carry(conversation))

    async def _carry(self, conversation: str) -> None:
        """Do what is still to be done for a conversation, wherever it stands."""
        desk = f"/api/desk/conversations/{conversation}"
        view = await self._browser.get(desk)
        story = self._world.asked(view["messages"][0]["body"])
        if view["state"] == "open":
            await self._answer(desk, view, story)
        await self._record(desk, view, ticket=not _at_once(story))
        if view["state"] == "open":
            await self._note(conversation, "end", self._browser.post(f"{desk}/end"))
        await self._note(conversation, "complete", self._browser.post(f"{desk}/complete"))

    async def _answer(self, desk: str, view: dict[str, Any], story: Story | None) -> None:
        spoken = {m["body"] for m in view["messages"] if m["author_kind"] == "staff"}
        at_once = _at_once(story)
        reply = story.plan.reply if story else personas.PLAIN_REPLY
        words = personas.parts(reply) if at_once else [FILED]
        for text in [HELLO.format(number=self._staff.number), *words]:
            if text not in spoken:
                press = self._browser.post(f"{desk}/messages", {"body": text})
                await self._note(view["id"], "say:staff", press, text)
        if not at_once and not view["tickets"]:
            assert story
            await self._file(desk, view["id"], story)

    async def _file(self, desk: str, conversation: str, story: Story) -> None:
        body = ticket(story.message, story.plan.kind)
        opened = await self._note(conversation, "ticket", self._browser.post(f"{desk}/tickets", body))
        self._world.book.told[Deed("ticket", str(opened["number"]), "open")] += 1

    async def _record(self, desk: str, view: dict[str, Any], *, ticket: bool) -> None:
        kept = view["service_record"] or {}
        if kept.get("reason") and kept.get("handling"):
            return
        handling = "ticket" if ticket else "answered"
        body = {"reason": await self._reason(), "handling": handling, "note": NOTE, "version": kept.get("version", 0)}
        await self._note(view["id"], "record", self._browser.put(f"{desk}/service-record", body), handling)

    async def _reason(self) -> str:
        if not self._reasons:
            offered = await self._browser.get("/api/desk/reasons")
            self._reasons = [str(row["code"]) for row in offered["reasons"] if row["parent"]]
        return self._reasons[0]

    async def _note(self, conversation: str, verb: str, press: Any, text: str = "") -> Any:
        return await self._world.book.note(Deed("chat", conversation, verb, text), press)


def ticket(message: Message, kind: str) -> dict[str, str]:
    """Return what an agent writes into a ticket."""
    return {
        "kind": kind,
        "category": "",
        "title": personas.title(message),
        "description": personas.description(message),
        "urgency": "normal",
    }


def _at_once(story: Story | None) -> bool:
    return story is None or story.plan.at_once
