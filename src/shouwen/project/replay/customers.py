"""Simulated customers: they write, wait, read the answer, and confirm, send back or fall silent."""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from typing import Any

from . import personas
from .book import Deed
from .http import BUSY, Browser, Refused
from .live import Bell, Heard, listening
from .personas import Ending
from .product import Letterbox
from .staffing import Registrar
from .world import Story, World

LOOK_SECONDS = 30.0
MATTER_SECONDS = 60.0
CODE_SECONDS = 25.0
REASON = "问题没有解决，请再核查。"
GOING_ON = frozenset({"waiting", "answered"})
OVER = frozenset({"closed", "cancelled", "rejected"})
TALK = frozenset({"interactions.InteractionEnded", "interactions.InteractionClosed"})
MATTER = frozenset({"tickets.TicketOpened", "tickets.TicketResolved", "tickets.TicketClosed"})


@dataclass
class Person:
    """Somebody at a browser, with all his requests."""

    browser: Browser
    phone: str = ""
    name: str = ""
    signed_in: bool = False
    matters: set[str] = field(default_factory=set)
    speaking: asyncio.Lock = field(default_factory=asyncio.Lock)


class Crowd:
    """All customers: one person for each name in the file, a new visitor for each visit."""

    def __init__(self, world: World, registrar: Registrar) -> None:
        self._world = world
        self._registrar = registrar
        self._people: dict[str, Person] = {}

    async def live(self, story: Story) -> None:
        """Carry one request to its end; what goes wrong is kept with it."""
        await self._world.clock.sleep_until(story.arrives_at)
        person = self._person(story)
        try:
            await self._request(story, person)
        except Exception as failure:  # noqa: BLE001  one customer's trouble is a line in the report, not the end
            story.given_up = f"{type(failure).__name__}: {failure}"

    async def _request(self, story: Story, person: Person) -> None:
        bell = Bell()
        story.step = "waiting for an earlier request of the same person"
        async with person.speaking:
            story.step = "signing in"
            await self._sign_in(person)
            story.step = "writing"
            async with listening(person.browser, _hearing(bell, TALK)):
                await _talk(self._world, story, person, bell)
        if story.plan.at_once or story.plan.leaves:
            story.over()
            return
        async with listening(person.browser, _hearing(bell, MATTER)):
            await _follow(self._world, story, person, bell)

    def _person(self, story: Story) -> Person:
        address = personas.address_of(story.place)
        if story.plan.visitor or self._world.letterbox is None:
            return Person(Browser(self._world.line, address=address))
        key = story.message.customer
        if key not in self._people:
            phone = personas.phone_of(len(self._people))
            self._people[key] = Person(Browser(self._world.line, address=address), phone, key)
        return self._people[key]

    async def _sign_in(self, person: Person) -> None:
        if person.signed_in:
            return
        if person.phone:
            assert self._world.letterbox
            await self._registrar.know(person.phone, person.name)
            await sign_in_by_code(person, self._world.letterbox)
        else:
            await person.browser.post("/api/portal/visitor")
        person.signed_in = True


def _hearing(bell: Bell, names: frozenset[str]) -> Heard:
    """Ring for these facts, and when the line is open or the past is too long to hear."""
    return lambda name, _: bell.ring() if name in names or name in {"ready", "reset"} else None


async def sign_in_by_code(person: Person, letterbox: Letterbox) -> None:
    """Ask for a code until one arrives and is accepted.

    Who is told that he asks too often looks at his telephone all the same: the answer to an earlier request may have
    been lost, and its code not.
    """
    while True:
        try:
            await person.browser.post("/api/portal/sign-in/code", {"phone": person.phone}, waits=False)
        except Refused as refused:
            if refused.status != BUSY:
                raise
        code = await letterbox.code(person.phone, seconds=CODE_SECONDS)
        if code is None:
            continue
        with contextlib.suppress(Refused):
            await person.browser.post("/api/portal/sign-in", {"phone": person.phone, "code": code})
            return


async def _talk(world: World, story: Story, person: Person, bell: Bell) -> None:
    """Write, and stay until the conversation is over."""
    first, *more = personas.opening(story.message)
    story.began = time.monotonic()
    begun = await person.browser.post("/api/portal/chats", {"topic": personas.topic(story.message), "body": first})
    story.conversation = str(begun["id"])
    world.book.told[Deed("chat", story.conversation, "say:customer", first)] += 1
    chat = f"/api/portal/chats/{story.conversation}"
    with contextlib.suppress(Refused):  # the conversation may be over while somebody still types
        for part in more:
            deed = Deed("chat", story.conversation, "say:customer", part)
            await world.book.note(deed, person.browser.post(f"{chat}/messages", {"body": part}))
    if story.plan.leaves:
        await world.book.note(Deed("chat", story.conversation, "end"), person.browser.post(f"{chat}/end"))
    while (await person.browser.get(chat))["state"] in GOING_ON:
        await bell.wait(LOOK_SECONDS)


async def _follow(world: World, story: Story, person: Person, bell: Bell) -> None:
    """Look after the ticket that came of it until that is closed."""
    reopened = False
    while True:
        story.ticket = story.ticket or await _number(person, story)
        if story.ticket:
            matter = await person.browser.get(f"/api/portal/matters/{story.ticket}")
            if matter["state"] in OVER:
                story.over()
                return
            if matter["state"] == "resolved":
                reopened = await _react(world, story, person, reopened=reopened) or reopened
        await bell.wait(MATTER_SECONDS)


async def _number(person: Person, story: Story) -> str:
    """Find one's matter by its title; one that belongs to an earlier request of the same words is not meant."""
    title = personas.title(story.message)
    page: dict[str, Any] = await person.browser.get("/api/portal/matters")
    named = [str(item["number"]) for item in page["items"] if item["title"] == title]
    found = next((number for number in named if number not in person.matters), "")
    person.matters.add(found)
    return found


async def _react(world: World, story: Story, person: Person, *, reopened: bool) -> bool:
    """Do what this customer does with a result; tell whether he sent it back."""
    matter = f"/api/portal/matters/{story.ticket}"
    if story.plan.ending is Ending.SILENT:
        return False
    again = story.plan.ending is Ending.REOPEN and not reopened
    with contextlib.suppress(Refused):  # the policy may have closed it in the same moment
        if again:
            deed = Deed("ticket", story.ticket, "reopen", REASON)
            await world.book.note(deed, person.browser.post(f"{matter}/reopen", {"reason": REASON}))
        else:
            await world.book.note(Deed("ticket", story.ticket, "confirm"), person.browser.post(f"{matter}/confirm"))
    return again
