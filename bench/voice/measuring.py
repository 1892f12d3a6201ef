"""The runs: each pace first through the product and then through app_queue, then a steady hour or a part of it."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.parts import Part, judge
from shouwen.project.processes import children_of, proportional_memory
from trials.killing import processes

from .house import AGENT, CALLER, House, house
from .queue import Peer, app_queue
from .sipp import End, Outcome, agents, call

WANTED = (10.0, 20.0, 40.0)
PACES = (2.0, 5.0, *WANTED, 60.0, 80.0)
"""Calls a second; those after the one at which the product collapses are not tried."""
RUN_SECONDS, TALK_SECONDS, AGENTS = 8.0, 0.8, 200
COLLAPSED_MS = 2000.0
LATE_SECONDS = 60.0
STEADY_AGENTS, STEADY_TRUNKS, STEADY_TALK, STEADY_PACE = 50, 150, 10.0, 4.0
LOOK_SECONDS = 2.0


@dataclass
class Found:
    """What the runs found, by pace."""

    ours: dict[float, Outcome] = field(default_factory=dict)
    theirs: dict[float, Outcome] = field(default_factory=dict)
    leaked: int = 0
    memory: list[int] = field(default_factory=list)
    steady: Outcome | None = None

    @property
    def collapse(self) -> float:
        """Return the pace at which calls were lost or rang too late; one above the fastest if none was."""
        bad = [pace for pace, found in self.ours.items() if collapsed(found)]
        return min(bad, default=max(PACES) + 1)


def collapsed(found: Outcome) -> bool:
    """Tell whether a pace was too much."""
    return found.lost > 0 or found.percentile(0.95) > COLLAPSED_MS


def measure() -> Sequence[Part]:
    """Measure as `SECONDS` (of the steady run) says; half an hour is the whole of it."""
    seconds = float(os.environ.get("SECONDS") or 20)
    found = asyncio.run(_all(seconds))
    parts = [_pace(found, pace) for pace in WANTED]
    lost = sum(one.lost for one in (*found.ours.values(), *([found.steady] if found.steady else [])))
    return [
        *parts,
        judge("voice", "collapse", ours=found.collapse, unit="calls/s"),
        judge("voice", "lost", ours=lost, unit="calls"),
        judge("voice", "leaked", ours=found.leaked, unit="channels"),
        judge("voice", "memory", ours=growth(found.memory), unit=""),
    ]


def _pace(found: Found, pace: float) -> Part:
    ours = found.ours[pace].percentile(0.95) if pace in found.ours else float("inf")
    theirs = found.theirs[pace].percentile(0.95) if pace in found.theirs else None
    return judge("voice", f"pace_{pace:g}", ours=ours, unit="ms", peer="app_queue", peer_value=theirs)


def growth(memory: Sequence[int]) -> float:
    """Return how much more the last third of a run held than the middle one; the first third is warming up."""
    third = len(memory) // 3
    if not third:
        return 1.0
    return (sum(memory[-third:]) / third) / (sum(memory[third : 2 * third]) / third)


async def _all(seconds: float) -> Found:
    found = Found()
    with tempfile.TemporaryDirectory(prefix="shouwen-voice-") as name:
        folder = Path(name)
        async with house(AGENTS, short_notice=True) as ours, app_queue(AGENTS) as theirs:
            await _paces(folder, ours, theirs, found)
            await _steady(folder, ours, found, seconds)
    return found


async def _paces(folder: Path, ours: House, theirs: Peer, found: Found) -> None:
    mine, peers = End(AGENT, ours.agent_port, 6000), End(AGENT, theirs.agent_port, 8000)
    async with agents(folder, mine, talk=TALK_SECONDS) as a, agents(folder, peers, talk=TALK_SECONDS) as b:
        for pace in PACES:
            found.theirs[pace] = await _run(folder, theirs, pace, b)
            found.ours[pace] = await _run(folder, ours, pace, a)
            await ours.quiet()
            found.leaked += await _left(ours)
            print(_line(pace, found), flush=True)
            if pace not in found.ours or collapsed(found.ours[pace]):
                return


async def _run(folder: Path, one: House | Peer, pace: float, noted: Path) -> Outcome:
    return await call(
        folder,
        End(CALLER, one.trunk_port, 4000),
        f"127.0.0.1:{one.sip_port}",
        rate=pace,
        count=int(pace * RUN_SECONDS),
        most=int(pace * RUN_SECONDS) + 1,
        noted=noted,
        seconds=RUN_SECONDS + LATE_SECONDS,
    )


def _line(pace: float, found: Found) -> str:
    ours, theirs = found.ours[pace], found.theirs[pace]
    return (
        f"{pace:g}/s: INVITE to ringing p50/p95 {ours.percentile(0.5):.0f}/{ours.percentile(0.95):.0f} ms, app_queue "
        f"{theirs.percentile(0.5):.0f}/{theirs.percentile(0.95):.0f} ms; "
        f"of {ours.placed} calls {ours.lost} lost (app_queue {theirs.lost} of {theirs.placed})"
    )


async def _left(ours: House) -> int:
    """Return how many channels and rooms are left when all calls are over."""
    return len(await ours.order("channels")) + len(await ours.order("bridges"))


async def _steady(folder: Path, ours: House, found: Found, seconds: float) -> None:
    """Keep 50 agents talking and up to 150 trunks taken; see what Asterisk and its gateway hold meanwhile."""
    ours.ask("update telephony_phone set holder_id = null where number > %s returning 1", str(91000 + STEADY_AGENTS))
    ours.ask(
        "delete from routing_slot s using accounts_staff a where a.id = s.staff_id and a.number > %s returning 1",
        str(91000 + STEADY_AGENTS),
    )
    pids = {name: pid for name, pid in processes(ours.product.data).items() if name in {"voice", "asterisk"}}
    at = End(AGENT, ours.agent_port, 6000)
    async with agents(folder, at, talk=STEADY_TALK) as noted:
        watch = asyncio.create_task(_watch(found, list(pids.values())))
        found.steady = await call(
            folder,
            End(CALLER, ours.trunk_port, 4000),
            f"127.0.0.1:{ours.sip_port}",
            rate=STEADY_PACE,
            count=int(STEADY_PACE * seconds),
            most=STEADY_TRUNKS,
            noted=noted,
            seconds=seconds + LATE_SECONDS + STEADY_TALK,
        )
        watch.cancel()
        await ours.quiet()
        found.leaked += await _left(ours)
    if found.memory:
        mib = [round(one / 2**20) for one in (found.memory[0], max(found.memory), found.memory[-1])]
        steady = found.steady
        print(
            f"{seconds:g} s at {STEADY_PACE:g}/s, {STEADY_AGENTS} agents, {STEADY_TRUNKS} trunks: Asterisk and gateway "
            f"{mib[0]} MiB, most {mib[1]}, last {mib[2]}; of {steady.placed} calls {steady.lost} lost",
            flush=True,
        )


async def _watch(found: Found, pids: list[int]) -> None:
    while True:
        everyone = {one for pid in pids for one in (pid, *children_of(pid))}
        found.memory.append(sum(proportional_memory(pid) for pid in everyone))
        await asyncio.sleep(LOOK_SECONDS)
