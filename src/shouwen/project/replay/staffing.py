"""Hiring the staff of a replay through the administrator's own HTTP API."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from . import personas
from .http import Browser, Line, Refused

ADMINISTRATOR, LEADER = "1001", "7001"
AGENT_NUMBERS, BACK_OFFICE_NUMBERS = 81_000, 91_000
FIRST_STAFF_ADDRESS = 15_000_000
GRADE = 8


@dataclass(frozen=True)
class Staff:
    """Somebody who is signed in."""

    id: int
    number: str
    browser: Browser


@dataclass(frozen=True)
class Crew:
    """Everybody who works for the operator in a replay."""

    leader: Staff
    agents: Sequence[Staff]
    back_office: Sequence[Staff]


async def hire(line: Line, *, agents: int, back_office: int, password: str) -> Crew:
    """Register and sign in agents with every skill, and people of the back office; nobody is ready yet."""
    administrator = await sign_in(line, ADMINISTRATOR, password, place=0)
    leader = await sign_in(line, LEADER, password, place=1)
    home = int((await administrator.browser.get("/api/session"))["organisation_id"])
    fresh = f"Replay-{secrets.token_hex(8)}"
    hired = [
        *(_Hiring(str(AGENT_NUMBERS + n), f"坐席{n:02d}", "comprehensive") for n in range(1, agents + 1)),
        *(_Hiring(str(BACK_OFFICE_NUMBERS + n), f"后台{n:02d}", "back_office") for n in range(1, back_office + 1)),
    ]
    people = []
    for place, one in enumerate(hired, start=2):
        await _register(administrator, one, home, fresh)
        people.append(await sign_in(line, one.number, fresh, place=place))
    crew = Crew(leader, people[:agents], people[agents:])
    await _teach(crew)
    return crew


async def sign_in(line: Line, number: str, password: str, *, place: int) -> Staff:
    """Sign in as a member of staff."""
    browser = Browser(line, address=personas.address_of(FIRST_STAFF_ADDRESS + place))
    me = await browser.post("/api/session", {"number": number, "password": password})
    return Staff(int(me["id"]), number, browser)


async def be_ready(staff: Staff) -> None:
    """Take the seat."""
    await staff.browser.put("/api/desk/presence", {"state": "ready", "reason": ""})


@dataclass(frozen=True)
class _Hiring:
    number: str
    name: str
    role: str


async def _register(administrator: Staff, one: _Hiring, organisation_id: int, password: str) -> None:
    row = {
        "number": one.number,
        "name": one.name,
        "password": password,
        "organisation_id": organisation_id,
        "roles": [one.role],
        "temporary": False,
    }
    await administrator.browser.post("/api/staff", row)


async def _teach(crew: Crew) -> None:
    """Open the agents' seats, and give them every skill that anybody here has."""
    skills = {skill: GRADE for seat in await crew.leader.browser.get("/api/agents") for skill in seat["skills"]}
    for agent in crew.agents:
        await agent.browser.put("/api/desk/presence", {"state": "not_ready", "reason": ""})
        await crew.leader.browser.put(f"/api/agents/{agent.id}/skills", {"skills": skills})


class Registrar:
    """Puts customers on record, each once, as an agent would."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._known: dict[str, asyncio.Task[None]] = {}

    async def know(self, phone: str, name: str) -> None:
        """Have the customer on record."""
        if phone not in self._known:
            self._known[phone] = asyncio.create_task(self._register(phone, name))
        await self._known[phone]

    async def _register(self, phone: str, name: str) -> None:
        agent = self._crew.agents[int(phone) % len(self._crew.agents)]
        try:
            await agent.browser.post("/api/customers", {"name": name, "phone": phone})
        except Refused as refused:
            if refused.status != 409:
                raise
