"""Live calls while the processes that carry them are killed: who talks goes on, who waits is not left in silence.

Half of the calls talk, half wait. In the middle of each outage a caller who talks hangs up, one who waits hangs up, a
new one calls, and an agent picks up a phone that was ringing. Afterwards each call's record is compared with what its
telephone lived through.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psycopg

from bench.voice.house import AGENT, CALLER, House, house, spoken
from shouwen.telephony import rules

from .killing import processes
from .telephones import Exchange, Handset

VICTIMS = ("voice", "web", "postgres", "asterisk")
SILENCE_MOST = 2.5
"""Longer than the pause between two notes of the music, and than the time in which a gateway is back."""
AWAY = """
    select s.number, p.state, p.reason from routing_presence p join accounts_staff s on s.id = p.staff_id
    where p.state <> 'ready' and s.number like '91%%'"""
BACK_SECONDS, SETTLE_SECONDS, AGAIN_SECONDS, PATIENCE = 60.0, 4.0, 20.0, 60.0


@dataclass
class Finding:
    """What came of the trial."""

    calls: int
    killed: dict[str, float] = field(default_factory=dict)
    """Seconds until each victim was back."""
    faults: list[str] = field(default_factory=list)
    silence: dict[str, float] = field(default_factory=dict)
    """The longest silence anybody had in each outage."""
    ended: int = 0

    @property
    def holds(self) -> bool:
        """Tell whether the product stood it."""
        return not self.faults and len(self.killed) == len(VICTIMS)


def main() -> bool:
    """Run with as many `CALLS` as the environment says (100 are the whole trial) and print what came of it."""
    finding = asyncio.run(trial(int(os.environ.get("CALLS") or 20)))
    for name, seconds in finding.killed.items():
        quiet = f"; longest silence {finding.silence[name]:.1f} s" if name in finding.silence else ""
        print(f"killed -9 {name}: back after {seconds:.1f} s{quiet}")
    print(f"{finding.ended} calls ended in the record; {len(finding.faults)} faults")
    for fault in finding.faults[:30]:
        print(f"  ! {fault}")
    print("STOOD IT." if finding.holds else "DID NOT STAND IT.")
    print(json.dumps({"holds": finding.holds, **asdict(finding)}, ensure_ascii=False))
    return finding.holds


async def trial(calls: int) -> Finding:
    """Place calls, kill, look, and compare."""
    finding = Finding(calls)
    async with house(max(calls // 2, 2), short_notice=True) as found:
        await asyncio.to_thread(_sing_places, found.product.data / "voice" / "sounds", calls)
        callers = Exchange(CALLER, 1000.0, found.trunk_port, answers=False)
        phones = Exchange(AGENT, 600.0, found.agent_port, answers=True)
        await callers.open()
        await phones.open()
        try:
            floor = Floor(found, callers, phones, calls, finding)
            for victim in VICTIMS:
                await floor.fill()
                await floor.outage(victim)
            await floor.fill()
            await floor.end()
        finally:
            await callers.close()
            await phones.close()
    return finding


@dataclass
class Floor:
    """The calls of a trial and what each should have come to."""

    house: House
    callers: Exchange
    phones: Exchange
    calls: int
    finding: Finding
    wanted: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By calling number: the outcome, and who ended it."""
    talked: set[str] = field(default_factory=set)

    def partner(self, caller: Handset) -> Handset | None:
        """Return the agent's line that talks with a caller."""
        return next((line for line in self.phones.living() if line.calling == caller.number), None)

    def pairs(self) -> list[tuple[Handset, Handset]]:
        """Return who talks with whom."""
        agents = {line.calling: line for line in self.phones.living()}
        return [(caller, agents[caller.number]) for caller in self.callers.living() if caller.number in agents]

    def waiting(self) -> list[Handset]:
        """Return the callers whom nobody serves."""
        served = {line.calling for state in ("up", "ringing") for line in self.phones.living(state)}
        return [caller for caller in self.callers.living() if caller.number not in served]

    async def fill(self) -> None:
        """Call until there are as many calls as wanted and every agent talks."""
        while len(self.callers.living()) + len(self.callers.living("calling")) < self.calls:
            self.callers.call(("127.0.0.1", self.house.sip_port))
            await asyncio.sleep(0.1)
        if not await _soon(lambda: len(self.pairs()) >= self.calls // 2, PATIENCE):
            rows = (
                "select s.number, p.state, p.reason from routing_presence p join accounts_staff s on s.id = p.staff_id"
            )
            idle = await asyncio.to_thread(self.house.ask, f"{rows} where p.state <> 'ready' and s.number like '91%%'")
            self.fault(f"only {len(self.pairs())} of {self.calls // 2} agents talk; not ready: {idle}")
        await asyncio.sleep(SETTLE_SECONDS)

    async def outage(self, victim: str) -> None:
        """Kill one process in the middle of it all, and see that everybody is looked after."""
        print(f"{len(self.pairs())} talk, {len(self.waiting())} wait: killing {victim}", flush=True)
        ringing = await self._let_one_ring()
        pairs, waiting = self.pairs(), self.waiting()
        for line in (*(one for pair in pairs for one in pair), *waiting):
            line.listen()
        self.callers.stall = self.phones.stall = 0.0
        old = processes(self.house.product.data)[victim]
        begun = time.monotonic()
        with suppress(ProcessLookupError):
            os.kill(old, signal.SIGKILL)
        if victim == "asterisk":
            self._all_cut(pairs, waiting, ringing)
        else:
            await self._meanwhile(ringing, pairs, waiting)
        if not await self._back(victim, old):
            self.fault(f"{victim} did not come back")
            return
        self.finding.killed[victim] = round(time.monotonic() - begun, 1)
        if victim != "asterisk":
            await self._look(victim, ringing, pairs[1:], waiting[1:])
        await asyncio.sleep(SETTLE_SECONDS)

    async def _let_one_ring(self) -> Handset | None:
        """Free an agent and let the next caller ring at his phone unanswered."""
        self.phones.pause = True
        caller, _ = self.pairs()[-1]
        self.hang_up(caller)
        if not await _soon(lambda: bool(self.phones.living("ringing")), PATIENCE):
            self.fault("nobody rang although an agent was free")
        self.phones.pause = False
        return next(iter(self.phones.living("ringing")), None)

    async def _meanwhile(
        self, ringing: Handset | None, pairs: list[tuple[Handset, Handset]], waiting: list[Handset]
    ) -> None:
        """Go on living while something is dead."""
        await asyncio.sleep(0.1)
        if ringing is not None:
            self.phones.pick_up(ringing)
        self.hang_up(pairs[0][0])
        if waiting:
            self.hang_up(waiting[0])
        new = self.callers.call(("127.0.0.1", self.house.sip_port))
        await asyncio.sleep(0.4)
        self.wanted.setdefault(new.number, ("", ""))

    def hang_up(self, caller: Handset) -> None:
        """Let a caller hang up, and note what his record should say."""
        served = self.partner(caller) is not None or caller.number in self.talked
        self.wanted[caller.number] = ("answered" if served else "abandoned", "customer")
        self.callers.hang_up(caller)

    def _all_cut(self, pairs: list[tuple[Handset, Handset]], waiting: list[Handset], ringing: Handset | None) -> None:
        """Note that everybody's line ended with Asterisk, and throw the telephones away."""
        for caller, _ in pairs:
            self.wanted.setdefault(caller.number, ("answered", "system"))
        for caller in waiting:
            self.wanted.setdefault(caller.number, ("cut", "system"))
        if ringing is not None:
            self.wanted[ringing.calling] = ("cut", "system")
        for exchange in (self.callers, self.phones):
            for line in exchange.lines.values():
                line.ended_by = line.ended_by or "crash"
                exchange._over(line)  # noqa: SLF001 - the line is dead, there is nobody to tell

    async def _back(self, victim: str, old: int) -> bool:
        """Wait until the victim is there again and calls are led again."""

        def there() -> bool:
            now = processes(self.house.product.data).get(victim)
            if now in {None, old}:
                return False
            with suppress(psycopg.Error):
                return self.house.ask("select 1 from telephony_instruction where done_at is null limit 1") == []
            return False

        end = time.monotonic() + BACK_SECONDS
        while not await asyncio.to_thread(there):  # beside the telephones, which must go on meanwhile
            if time.monotonic() > end:
                return False
            await asyncio.sleep(0.1)
        return True

    async def _look(
        self, victim: str, ringing: Handset | None, pairs: list[tuple[Handset, Handset]], waiting: list[Handset]
    ) -> None:
        """See that who talked still does, who waited heard something, and who picked up got his caller."""
        await asyncio.sleep(2)
        most = SILENCE_MOST + self.callers.stall + self.phones.stall
        if most > SILENCE_MOST + 0.5:
            print(f"the trial's own telephones stood still for {most - SILENCE_MOST:.1f} s: this machine is too busy")
        for caller, agent in pairs:
            if {caller.state, agent.state} != {"up"}:
                self.fault(f"{victim}: a pair that talked was parted ({caller.number}: {caller.state}, {agent.state})")
            elif max(caller.silence(), agent.silence()) > most:
                self.fault(f"{victim}: a pair had {max(caller.silence(), agent.silence()):.1f} s of silence")
        for caller in waiting:
            if caller.state != "up":
                self.fault(f"{victim}: {caller.number}, who waited, was cut off")
            elif caller.silence() > most:
                self.fault(f"{victim}: {caller.number}, who waited, had {caller.silence():.1f} s of silence")
        heard = [line.silence() for pair in pairs for line in pair] + [line.silence() for line in waiting]
        self.finding.silence[victim] = round(max(heard, default=0.0), 2)
        if ringing is not None and not await _soon(lambda: self._has(ringing), AGAIN_SECONDS):
            story = await asyncio.to_thread(self._story, ringing.calling)
            self.fault(f"{victim}: agent {ringing.number} picked up and did not get caller {ringing.calling} ({story})")

    def _story(self, calling: str) -> str:
        """Return what the record says of the phones that rang for a caller: whose, how each ended, when."""
        rows = self.house.ask(
            "select s.number, l.cause, l.begun_at::time(0), l.up_at::time(0), l.ended_at::time(0) from telephony_leg l"
            " join accounts_staff s on s.id = l.staff_id join telephony_call c on c.interaction_id = l.call_id"
            " where c.calling = %s order by l.id",
            calling,
        )
        return "; ".join(" ".join(str(part) for part in row if part is not None) for row in rows)

    def _has(self, ringing: Handset) -> bool:
        return any(line.number == ringing.number and line.calling == ringing.calling for line in self.phones.living())

    async def end(self) -> None:
        """Hang everybody up, then compare every record with what the telephone lived through."""
        for caller in self.callers.living():
            self.hang_up(caller)
        if not await self.house.quiet():
            self.fault("calls or channels are left when all telephones are silent")
        rows = self.house.ask(
            "select c.calling, c.outcome, i.ended_by from telephony_call c"
            " join interactions_interaction i on i.id = c.interaction_id"
        )
        self.finding.ended = len(rows)
        found = {calling: (outcome, by) for calling, outcome, by in rows}
        for number, wanted in self.wanted.items():
            if wanted[0] and found.get(number) != wanted:
                self.fault(f"{number} was {wanted}, its record says {found.get(number)}")

    def fault(self, what: str) -> None:
        """Note what should not be."""
        self.finding.faults.append(what)


def _sing_places(folder: Path, calls: int) -> None:
    """Put a tone of two seconds where each sentence that tells a place is kept: to speak them all takes minutes."""
    places = [rules.place_words(min(n, calls), n * 60, offer=True) for n in range(max(calls, 40))]
    for words in {word for place in places for word in place}:
        shutil.copy(folder / "away.wav", spoken(folder, words))


async def _soon(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(0.1)
    return True
