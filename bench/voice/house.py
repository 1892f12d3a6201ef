"""A product that takes calls on loopback, its agents at telephones that stand at one address."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import secrets
import socket
import wave
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import psycopg

from bench.parts import CannotMeasure
from shouwen.project.config import embedded_url
from shouwen.project.replay.product import Product, own_product
from shouwen.project.voice import APP, AsteriskMissing, located
from shouwen.telephony import rules

CALLER, AGENT = "127.0.0.2", "127.0.0.3"
QUEUE_SECONDS = 45
PATIENCE = 30.0
# so many agents of one queue, ready, with telephones at one address; when a call is over they are free at once
_FURNISH = """
with made as (
    insert into accounts_staff (password, number, name, organisation_id, active, email, language, theme, business,
        failed_sign_ins, scope, time_zone, keys, password_due)
    select '', (91000 + n)::text, 'a' || n, q.organisation_id, true, '', 'zh-CN', 'system', '', 0, '', '', '{}', false
      from generate_series(1, %(agents)s) n, routing_queue q where q.id = %(queue)s
    returning id, number, organisation_id),
roles as (insert into accounts_staff_roles (staff_id, role_id)
    select made.id, r.id from made, accounts_role r where r.code = 'comprehensive'),
skills as (insert into routing_agent_skill (staff_id, skill_id, level, wanted_level)
    select made.id, q.skill_id, 10, 10 from made, routing_queue q where q.id = %(queue)s),
present as (insert into routing_presence (staff_id, domain_id, organisation_id, state, reason, since, available,
        idle_since)
    select made.id, q.domain_id, made.organisation_id, 'ready', '', now(), true, now()
      from made, routing_queue q where q.id = %(queue)s),
spans as (insert into routing_presence_span (staff_id, state, reason, started_at)
    select id, 'ready', '', now() from made),
slots as (insert into routing_slot (staff_id, medium, ordinal, state) select id, 'voice', 1, 'free' from made)
insert into telephony_phone (number, kind, address, secret, secret_at, owner_id, holder_id, changed_at)
select number, 'desk', 'sip:' || number || '@' || %(address)s, md5(random()::text), now(), id, id, now() from made
"""


@dataclass(frozen=True)
class House:
    """A running product with agents."""

    product: Product
    sip_port: int
    trunk_port: int
    agent_port: int
    ari_port: int
    ari_key: str

    @property
    def dsn(self) -> str:
        """Return the address of its database."""
        return embedded_url(self.product.data / "postgres")

    async def order(self, path: str) -> Any:
        """Ask its Asterisk; raises OSError while it does not answer."""
        proof = {"Authorization": aiohttp.encode_basic_auth(APP, self.ari_key)}
        address = f"http://127.0.0.1:{self.ari_port}/ari/{path}"
        async with aiohttp.ClientSession(headers=proof) as client, client.get(address) as answer:
            return await answer.json()

    def ask(self, query: str, *given: object) -> list[tuple[Any, ...]]:
        """Ask its database."""
        with psycopg.connect(self.dsn, autocommit=True) as line:
            return list(line.execute(query.encode(), given).fetchall())

    async def quiet(self) -> bool:
        """Wait until no call is left anywhere; tell whether that came about."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while asyncio.get_running_loop().time() < end:
            with contextlib.suppress(OSError, psycopg.Error, aiohttp.ClientError):
                if not await self.order("channels") and not self.ask(
                    "select 1 from telephony_call where step <> 'over' limit 1"
                ):
                    return True
            await asyncio.sleep(0.2)
        return False


@contextlib.asynccontextmanager
async def house(agents: int, *, short_notice: bool, ports: int = 2000) -> AsyncIterator[House]:
    """Start a product that takes calls, with agents who are ready; `short_notice`: it says next to nothing."""
    try:
        located()
    except AsteriskMissing as missing:
        raise CannotMeasure(str(missing)) from None
    sip, trunk, agent = (free_port(socket.SOCK_DGRAM) for _ in range(3))
    ari = free_port(socket.SOCK_STREAM)
    key = secrets.token_hex(24)
    settings = {
        "SHOUWEN_SIP_PORT": str(sip),
        "SHOUWEN_ARI_PORT": str(ari),
        "SHOUWEN_SIP_TRUNKS": f"{CALLER}:{trunk}",
        "SHOUWEN_RTP_PORTS": "30000-49999",
        "SHOUWEN_VOICE_PORTS": str(ports),
        "SHOUWEN_ARI_KEY": key,
    }
    async with own_product(speed=1, options=("--voice",), settings=settings) as product:
        found = House(product, sip, trunk, agent, ari, key)
        await asyncio.to_thread(_furnish, found, agents)
        if short_notice:
            _say_little(product.data / "voice" / "sounds", agents)
        await _leads(found, agents)
        yield found


def _furnish(found: House, agents: int) -> None:
    with psycopg.connect(found.dsn, autocommit=True) as line:
        row = line.execute("select id from routing_queue where general").fetchone()
        assert row is not None
        line.execute(
            "update routing_queue set wrap_up_seconds = 0, media = '{}', hours = '', offer_seconds = %s where id = %s",
            [QUEUE_SECONDS, row[0]],
        )
        address = f"{AGENT}:{found.agent_port}"
        line.execute(_FURNISH, {"agents": agents, "queue": row[0], "address": address})


def _say_little(folder: Path, agents: int) -> None:
    """Put a moment of silence where each sentence would be kept once it is spoken."""
    said = [rules.text("greeting"), *(rules.text("answered", number=91000 + n) for n in range(1, agents + 1))]
    for words in said:
        write_moment(spoken(folder, words))


def spoken(folder: Path, words: str) -> Path:
    """Return the file in which a sentence is kept once it is spoken."""
    return folder / f"said-{hashlib.sha256(words.encode()).hexdigest()[:16]}.wav"


def write_moment(file: Path) -> None:
    """Write a fiftieth of a second of silence."""
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(b"\0" * 320)
    file.chmod(0o644)


async def _leads(found: House, agents: int) -> None:
    """Wait until the gateway has told of its Asterisk, and that one of the agents' telephones."""
    end = asyncio.get_running_loop().time() + PATIENCE
    while asyncio.get_running_loop().time() < end:
        with contextlib.suppress(OSError, aiohttp.ClientError):
            known = len(await found.order("endpoints/PJSIP"))
            if known > agents and await asyncio.to_thread(found.ask, "select 1 from telephony_mediaserver"):
                return
        await asyncio.sleep(0.2)
    raise CannotMeasure("The gateway did not begin to lead.")


def free_port(kind: socket.SocketKind) -> int:
    """Return a port that nobody has."""
    with socket.socket(type=kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
