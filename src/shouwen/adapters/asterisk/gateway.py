"""The gateway: one for each Asterisk, chosen by a lock in the database; another may stand by.

Events of a call and instructions for it go through one lane, one after another. When it begins, and whenever the
connection was lost, it compares what Asterisk has with what the database knows, and makes good the difference.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeVar

import psycopg
from django.db import InterfaceError, OperationalError, connection, connections

from shouwen.kernel.errors import DomainError
from shouwen.kit.notifier import CHANNEL, dsn
from shouwen.telephony import actions, queries
from shouwen.telephony.ports import Speech

from .client import Ari, AriLost, AriRefused, Event
from .lanes import Lanes
from .surroundings import Surroundings
from .verbs import FORMAT, SAID, TRUNK, Verbs

logger = logging.getLogger(__name__)
LOOK_SECONDS = 0.5
GATHER_SECONDS = 0.02
"""So long what is announced is gathered before it is looked for; what a lane does itself, it looks for at once."""
AGAIN_SECONDS = 0.3
DATABASE_THREADS = 4
RECORDINGS_SECONDS = 10
KEEPING = "recordings"
"""The lane in which recordings are kept, one after another: calls go before them."""
UNREACHABLE = 20
LED = "SHOUWEN_LED"
"""A variable of Asterisk's by which a gateway knows whether it was led before."""
FULL = "full"
"""What the dialplan says of a call for which no port is free, and we of one that we were to make."""
FROM_TRUNK = f"PJSIP/{TRUNK}-"
OURS = "-out-"
"""Part of the names of customers' lines that we make."""
GREETED = f"{SAID[0]}-"
"""How the sounds of notices are named; the number of the call follows."""
MAKES = ("ring", "dial")
"""Instructions that make a line; one that cannot be made is gone."""
NOTED_AT_ONCE = ("pause", "unpause", "dial")
"""Instructions whose being carried out changes more than that."""
SPEAKS = ("greet", "turn_away", "farewell")
"""Instructions that say something and lead on by it; where the line is gone already, nobody is to hear them."""
T = TypeVar("T")
End = Literal["seen", "unseen", "crash"]
"""How the end of a line became known: it was seen, nobody looked, or it went down with Asterisk."""


class Replaced(Exception):
    """Another gateway leads this Asterisk now: this one must stop."""


class Gateway:
    """Leads one Asterisk."""

    def __init__(
        self, ari: Ari, *, name: str, speech: Speech, recordings: Path, ports: int = 0, refusals: Path | None = None
    ) -> None:
        self._ari = ari
        self._name = name
        self._around = Surroundings(ari, self._database, name=name, ports=ports, refusals=refusals)
        self._ports = ports
        self._calling = asyncio.Lock()
        self._recordings = recordings
        self._verbs = Verbs(ari, speech)
        self._lanes = Lanes()
        self._given: set[int] = set()
        self._done: list[int] = []
        self._left: set[str] = set()
        self._looking = asyncio.Lock()
        self._asked = self._seen = 0
        self._home: dict[str, Hashable] = {}
        self._recordings_due = 0.0
        self._strange: set[str] = set()
        self._pool = ThreadPoolExecutor(DATABASE_THREADS, thread_name_prefix="calls")
        self.leading = asyncio.Event()

    async def run(self) -> None:
        """Wait until this gateway leads, then lead until stopped; raises Replaced when another took over."""
        line = await psycopg.AsyncConnection.connect(dsn(), autocommit=True)
        try:
            await self._wait_for_lead(line)
            await line.execute(f"listen {CHANNEL}")
            await self._lead(line)
        finally:
            await self._ari.close()
            await asyncio.gather(*(self._database(connections.close_all) for _ in range(DATABASE_THREADS)))
            self._pool.shutdown(wait=False)
            await line.close()

    async def _wait_for_lead(self, line: psycopg.AsyncConnection[Any]) -> None:
        while True:
            cursor = await line.execute("select pg_try_advisory_lock(hashtext(%s))", [f"gateway:{self._name}"])
            row = await cursor.fetchone()
            if row is not None and row[0]:
                return
            await asyncio.sleep(LOOK_SECONDS)

    async def _lead(self, line: psycopg.AsyncConnection[Any]) -> None:
        """Lead; a lost Asterisk is looked for again, a lost database ends it, and with it the lock."""
        news = asyncio.create_task(self._listen(line))
        try:
            while True:
                await self._lead_once(news)
                self.leading.clear()
                await self._ari.close()
                await asyncio.sleep(AGAIN_SECONDS)
        finally:
            await _ended(news)
            await self._lanes.settle()

    async def _lead_once(self, news: asyncio.Task[None]) -> None:
        """Lead until Asterisk is lost; raises what ends the leading itself."""
        talking = asyncio.create_task(self._talk())
        try:
            await asyncio.wait({news, talking}, return_when=asyncio.FIRST_COMPLETED)
            if news.done():
                news.result()
            with contextlib.suppress(AriLost):
                talking.result()
        finally:
            await _ended(talking)

    async def _listen(self, line: psycopg.AsyncConnection[Any]) -> None:
        """Look for instructions whenever something happened, and twice a second anyway."""
        while True:
            heard = [one async for one in line.notifies(timeout=LOOK_SECONDS, stop_after=1)]
            if heard:
                await asyncio.sleep(GATHER_SECONDS)
            else:
                await line.execute("select 1")
            if self.leading.is_set():
                await self._look()
                await self._around.look()
                await self._look_at_recordings()

    async def _talk(self) -> None:
        await self._ari.connect()
        await self._around.begin()
        await self._reconcile()
        self.leading.set()
        logger.info("leading %s", self._name)
        async for event in self._ari.events():
            self._hear(event)

    async def _look(self) -> None:
        """Give every instruction that is due to its call's lane, once.

        Many ask at once; a look that began after one asked has seen what he wants to be seen.
        """
        self._asked += 1
        mine = self._asked
        async with self._looking:
            if self._seen >= mine:
                return
            self._seen = self._asked
            found = await self._database(queries.due, self._name)
            self._given &= {due.id for due in found}
            for due in found:
                if due.id not in self._given:
                    self._given.add(due.id)
                    verb, job = due.verb, partial(self._carry_out, due)
                    self._lanes.put(due.interaction_id, job, yields=verb == "hold", hurries=verb == "ring")

    async def _carry_out(self, due: queries.Due) -> None:
        failed = ""
        try:
            if due.verb == "ring":
                await self._around.know(due.arguments["number"])
            if due.verb != "dial":
                await self._verbs.carry_out(due)
            elif not await self._call(due):
                return
        except AriLost:
            self._given.discard(due.id)  # it stays due, and is done when Asterisk is there again
            return
        except AriRefused as refused:
            failed = str(refused)
            logger.warning("call %s: %s", due.interaction_id, failed)
        if not failed and due.verb not in NOTED_AT_ONCE:
            self._note(due.id)
            return
        await self._database(partial(actions.carried_out, instruction_id=due.id, failed=failed))
        if failed and due.verb in MAKES:
            await self._gone(due.arguments["channel"], UNREACHABLE)

    def _note(self, instruction_id: int) -> None:
        """Have it noted that something was carried out, with whatever else is by then; its call goes on meanwhile."""
        self._done.append(instruction_id)
        self._lanes.put("done", self._note_all)

    async def _note_all(self) -> None:
        done = self._done[:]
        if done:
            await self._database(partial(actions.all_carried_out, instruction_ids=done))
            del self._done[: len(done)]

    async def _call(self, due: queries.Due) -> bool:
        """Call a customer, if that is due and a port is free; tell whether he is called. One is begun after another.

        Where who calls has hung up meanwhile nobody is called, and the end of his line ends the call.
        """
        async with self._calling:
            if not await self._may_call(due):
                return False
            taken = await self._ports_taken(due.arguments["hears"])
            if taken is not None and not 0 < self._ports <= taken:
                await self._verbs.carry_out(due)
                return True
        await self._database(partial(actions.carried_out, instruction_id=due.id, failed="" if taken is None else FULL))
        if taken is not None:
            await self._gone(due.arguments["channel"], None, "unseen")
        return False

    async def _ports_taken(self, channel: str) -> int | None:
        """Return how many calls are on the trunks, from the network and ours, as a line sees it; None: it is gone."""
        try:
            count = await self._ari.order("GET", f"channels/{channel}/variable", variable=f"GROUP_COUNT({TRUNK})")
        except AriRefused as refused:
            if not refused.settled:
                raise
            return None
        return int(count["value"] or 0)

    async def _may_call(self, due: queries.Due) -> bool:
        """Tell whether a customer is to be called now: his telephone rings once, and not for a call that is over.

        One who was being called when a gateway died, and is no more, is gone.
        """
        stands = await self._database(partial(actions.begin_calling, instruction_id=due.id))
        if stands == "again":
            there = await self._is_there(f"channels/{due.arguments['channel']}")
            await self._database(partial(actions.carried_out, instruction_id=due.id))
            if not there:
                await self._gone(due.arguments["channel"], None, "unseen")
        return stands == "now"

    async def _is_there(self, what: str) -> bool:
        try:
            await self._ari.order("GET", what)
        except AriRefused as refused:
            if not refused.settled:
                raise
            return False
        return True

    def _hear(self, event: Event) -> None:
        """Give an event to the lane of its call."""
        if event.kind == "ApplicationReplaced":
            raise Replaced(self._name)
        job = self._job(event)
        if job is not None:
            self._lanes.put(KEEPING if event.kind == "RecordingFinished" else self._lane(event.subject), job)

    def _job(self, event: Event) -> Callable[[], Any] | None:
        job: Callable[[], Any] | None = None
        match event.kind, *event.arguments[:1]:
            case "StasisStart", "inbound":
                job = partial(self._arrived, event.subject, event.dialled, event.calling, _network_id(event.arguments))
            case "StasisStart", "full":
                job = partial(self._refused, event.subject, event.dialled, _network_id(event.arguments))
            case "StasisStart", "agent":
                job = partial(self._picked_up, event.subject)
            case "StasisStart", "customer":
                job = partial(self._customer_up, event.subject)
            case "ChannelStateChange", *_ if OURS in event.subject and event.body["channel"]["state"] == "Ringing":
                job = partial(self._customer_rings, event.subject)
            case (("StasisEnd" | "ChannelDestroyed"), *_):
                job = partial(self._over, event.subject, event.cause, destroyed=event.kind == "ChannelDestroyed")
            case "PlaybackFinished", *_:
                job = partial(self._played, event.subject)
            case "ChannelDtmfReceived", *_:
                job = partial(self._pressed, event.subject, event.body["digit"])
            case "RecordingFinished", *_:
                job = partial(self._recorded, event.subject)
        return job

    def _lane(self, subject: str) -> Hashable:
        """Return the lane of a call: its number, which all names that we give begin or end with."""
        if subject in self._home:
            return self._home[subject]
        first, _, rest = subject.partition("-")
        for part in (first, rest if first in SAID else ""):
            if part.isdigit():
                return int(part)
        return self._home.get(subject.removeprefix("away-"), subject)

    async def _arrived(self, channel: str, dialled: str, calling: str, network_id: str) -> None:
        told = {"channel": channel, "dialled": dialled, "calling": calling, "network_id": network_id}
        call = await self._database(partial(actions.arrive, asterisk=self._name, **told))
        self._home[channel] = call
        await self._look()

    async def _refused(self, channel: str, dialled: str, network_id: str) -> None:
        """Note a caller who found no port free, and let him hear that all lines are taken."""
        noted = partial(actions.note_refused, asterisk=self._name, channel=channel, dialled=dialled)
        await self._database(partial(noted, network_id=network_id))
        await self._ari.ensure("DELETE", f"channels/{channel}", reason="congestion")

    async def _picked_up(self, channel: str) -> None:
        try:
            await self._database(partial(actions.agent_answers, channel=channel))
        except DomainError:
            await self._database(partial(actions.refuse_answer, channel=channel))
        await self._look()

    async def _customer_up(self, channel: str) -> None:
        try:
            await self._database(partial(actions.customer_answers, channel=channel))
        except DomainError:
            await self._ari.ensure("DELETE", f"channels/{channel}", reason="normal")
        await self._look()

    async def _customer_rings(self, channel: str) -> None:
        await self._database(partial(actions.customer_rings, channel=channel))

    async def _over(self, channel: str, cause: int | None, *, destroyed: bool) -> None:
        """Note that a line is over: it leaves us, where it was ours already, and is destroyed; once is enough."""
        if channel not in self._left:
            await self._gone(channel, cause)
            self._left.add(channel)
        if destroyed:
            self._left.discard(channel)

    async def _gone(self, channel: str, cause: int | None, how: End = "seen") -> None:
        self._home.pop(channel, None)
        await self._database(partial(actions.leg_gone, channel=channel, cause=cause, how=how))
        await self._look()

    async def _played(self, playback: str) -> None:
        """Go on when the notice was said; what a caller hears after a sound Asterisk knows by itself."""
        if playback.startswith(GREETED):
            await self._database(partial(_await_person, int(playback.removeprefix(GREETED))))
            await self._look()

    async def _perhaps_played(self, playback: str) -> None:
        """Go on where a sound ended while nobody listened; one that still plays will be heard to end."""
        if not await self._is_there(f"playbacks/{playback}"):
            await self._played(playback)

    async def _pressed(self, channel: str, key: str) -> None:
        if await self._database(partial(actions.press_key, channel=channel, key=key)):
            await self._look()

    async def _recorded(self, name: str) -> None:
        """Seal a finished recording, then let Asterisk's copy go; one of no call that we know stays where it is."""
        file = self._recordings / f"{name}.{FORMAT}"
        if name in self._strange or not file.exists():
            return
        try:
            await self._database(lambda: actions.keep_recording(conversation=name, sound=file.read_bytes()))
        except DomainError:
            logger.warning("recording %s is of no call that we know", name)
            self._strange.add(name)
            return
        await self._ari.ensure("DELETE", f"recordings/stored/{name}")

    async def _reconcile(self) -> None:
        """Compare Asterisk's truth with the database's, and make good what was missed.

        1. A line that Asterisk no longer has is gone, and of an Asterisk that began anew nobody hung up; one that it is
           still to make is made; one that was picked up unheard is put through, whoever picked it up.
        2. A caller whom the application holds and nobody knows has arrived.
        3. Who has heard the notice while nobody listened waits for a person.
        4. A recording that was finished meanwhile is kept.
        """
        self._given.clear()
        there = {channel["id"]: channel for channel in await self._ari.order("GET", "channels")}
        known = await self._database(queries.lines, self._name)
        due = await self._database(queries.due, self._name)
        coming = {one.arguments.get("channel") for one in due if one.verb in MAKES and not one.begun}
        to_hear = {one.arguments.get("channel") for one in due if one.verb in SPEAKS} & there.keys()
        how: End = "crash" if await self._began_anew() else "unseen"
        for line in known:
            self._home[line.channel] = line.interaction_id
            if line.channel in coming | to_hear:
                continue
            missed = self._missed(line, there.get(line.channel), how)
            if missed is not None:
                self._lanes.put(line.interaction_id, missed)
        held = await self._ari.order("GET", f"applications/{self._ari.app}")
        for channel in sorted(set(held["channel_ids"]) - {line.channel for line in known}):
            self._adopt(there.get(channel))
        await self._keep_left()
        if how == "crash":
            await self._lanes.settle()  # whoever dies before it is written must find it so again
            await self._ari.order("POST", "asterisk/variable", variable=LED, value="yes")

    async def _keep_left(self) -> None:
        """Keep recordings that are finished and still lie in Asterisk's folder, whatever held that up."""
        talking = {bridge["id"] for bridge in await self._ari.order("GET", "bridges")}
        for stored in await self._ari.order("GET", "recordings/stored"):
            if stored["name"] not in talking:
                self._lanes.put(KEEPING, partial(self._recorded, stored["name"]))

    async def _look_at_recordings(self) -> None:
        """Every few seconds, look for recordings whose end was not heard, or that could not be kept at once."""
        now = asyncio.get_running_loop().time()
        if now >= self._recordings_due:
            self._recordings_due = now + RECORDINGS_SECONDS
            with contextlib.suppress(AriLost, AriRefused):
                await self._keep_left()

    def _missed(self, line: queries.Line, channel: dict[str, Any] | None, how: End) -> Callable[[], Any] | None:
        """Return what happened to a line while nobody listened, as Asterisk has it now."""
        if channel is None:
            return partial(self._gone, line.channel, None, how)
        if not line.up and channel["state"] == "Up":
            return partial(self._customer_up if line.side == "customer" else self._picked_up, line.channel)
        if line.step == "dialling" and channel["state"] == "Ringing":
            return partial(self._customer_rings, line.channel)
        if line.side == "customer" and line.step == "notice":
            return partial(self._perhaps_played, f"{GREETED}{line.interaction_id}")
        return None

    async def _began_anew(self) -> bool:
        """Tell whether this Asterisk began since anybody led it: what we leave in it is gone then."""
        found = await self._ari.order("GET", "asterisk/variable", variable=LED)
        return not found["value"]

    def _adopt(self, channel: dict[str, Any] | None) -> None:
        if channel is not None and channel["name"].startswith(FROM_TRUNK):
            dialled, calling = channel["dialplan"]["exten"], channel["caller"]["number"]
            _, *arguments = channel["dialplan"].get("app_data", "").split(",")
            named = _network_id(arguments)
            arrived = partial(self._arrived, channel["id"], dialled, calling, named)
            refused = partial(self._refused, channel["id"], dialled, named)
            self._lanes.put(channel["id"], refused if FULL in arguments else arrived)

    async def _database(self, call: Callable[..., T], *arguments: object) -> T:
        """Call something that asks the database, in a thread of ours."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, partial(_cleanly, call, *arguments))


def _network_id(arguments: Sequence[str]) -> str:
    """Return what the network calls a call, as the dialplan passes it on: its part in it, the code, that name."""
    return arguments[2] if len(arguments) > 2 else ""


def _await_person(interaction_id: int) -> None:
    """Let a caller wait who has heard the notice, and ring at once where somebody is free."""
    if actions.notice_over(interaction_id=interaction_id):
        actions.ring_offered(interaction_id=interaction_id)


async def _ended(task: asyncio.Task[None]) -> None:
    """Have a task over, whatever it was doing."""
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _cleanly(call: Callable[..., T], *arguments: object) -> T:
    """Call something that asks the database; after a broken connection the next call has a new one."""
    try:
        return call(*arguments)
    except (OperationalError, InterfaceError):
        connection.close()
        raise
