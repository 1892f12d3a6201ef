"""The runs: each pace first through the product and then through app_queue, then a steady hour or a part of it."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.parts import CannotMeasure, Part, judge
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
STEADY_AGENTS, STEADY_TRUNKS, STEADY_TALK, STEADY_PACE = 50, 150, 20.0, 3.0
"""More calls than the agents can take, so that all of them talk and callers wait on all other trunks."""
STEADY_TAKEN = 2.3
"""Calls a second that these agents take, with what lies between two calls."""
LOOK_SECONDS = 2.0
WATCHED = ("asterisk", "voice", "worker", "web")


@dataclass
class Found:
    """What the runs found, by pace."""

    ours: dict[float, Outcome] = field(default_factory=dict)
    theirs: dict[float, Outcome] = field(default_factory=dict)
    leaked: int = 0
    memory: dict[str, list[int]] = field(default_factory=dict)
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
    """Measure as `SECONDS` (of the steady run) says; half an hour is the whole of it. `PART` leaves out the other."""
    seconds, part = float(os.environ.get("SECONDS") or 20), os.environ.get("PART", "")
    if part not in {"", "paces", "steady"}:
        raise CannotMeasure("PART is paces or steady; without it, both are measured.")
    found = asyncio.run(_all(seconds, part))
    return [*(_of_paces(found) if part != "steady" else []), *_of_all(found)]


def _of_paces(found: Found) -> Sequence[Part]:
    paces = [_pace(found, pace) for pace in WANTED]
    return [*paces, judge("voice", "collapse", ours=found.collapse, unit="calls/s")]


def _of_all(found: Found) -> Sequence[Part]:
    lost = sum(one.lost for one in (*found.ours.values(), *([found.steady] if found.steady else [])))
    parts = [
        judge("voice", "lost", ours=lost, unit="calls"),
        judge("voice", "leaked", ours=found.leaked, unit="channels"),
    ]
    if found.memory:
        held = [a + b for a, b in zip(found.memory["asterisk"], found.memory["voice"], strict=False)]
        parts.append(judge("voice", "memory", ours=growth(held), unit=""))
    return parts


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


async def _all(seconds: float, part: str) -> Found:
    found = Found()
    with tempfile.TemporaryDirectory(prefix="shouwen-voice-") as name:
        folder = Path(name)
        async with house(AGENTS, short_notice=True) as ours:
            if part != "steady":
                async with app_queue(AGENTS) as theirs:
                    await _paces(folder, ours, theirs, found)
            if part != "paces":
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
    pids = {name: pid for name, pid in processes(ours.product.data).items() if name in WATCHED}
    at, count = End(AGENT, ours.agent_port, 6000), int(STEADY_TAKEN * seconds)
    async with agents(folder, at, talk=STEADY_TALK) as noted:
        watch = asyncio.create_task(_watch(found, pids))
        found.steady = await call(
            folder,
            End(CALLER, ours.trunk_port, 4000),
            f"127.0.0.1:{ours.sip_port}",
            rate=STEADY_PACE,
            count=count,
            most=STEADY_TRUNKS,
            noted=noted,
            seconds=1.5 * seconds + LATE_SECONDS + STEADY_TALK,
        )
        watch.cancel()
        await ours.quiet()
        found.leaked += await _left(ours)
    print(_steady_lines(found, found.steady, seconds), flush=True)


def _steady_lines(found: Found, steady: Outcome, seconds: float) -> str:
    """Return what the run was, and what each process held of it."""
    head = f"{seconds:g} s, {STEADY_AGENTS} agents, {STEADY_TRUNKS} trunks: of {steady.placed} calls {steady.lost} lost"
    held = (
        f"  {name}: {one[0] >> 20} MiB, most {max(one) >> 20}, last {one[-1] >> 20}; "
        f"last third {growth(one):.3f} of the middle"
        for name, one in found.memory.items()
    )
    return "\n".join((head, *held))


async def _watch(found: Found, pids: Mapping[str, int]) -> None:
    while True:
        for name, pid in pids.items():
            held = await asyncio.to_thread(_held, pid)
            found.memory.setdefault(name, []).append(held)
        await asyncio.sleep(LOOK_SECONDS)


def _held(pid: int) -> int:
    return sum(proportional_memory(one) for one in (pid, *children_of(pid)))
