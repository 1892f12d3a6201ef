"""The same matching in memory, fast enough to try many settings: only for calibrating on week 1.

Its rules are routing's own brute-force oracle; what the comparison is made with is the real router.
"""

from __future__ import annotations

import heapq
import itertools
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from .log import Call, Shift

LIMIT = 20.0


@dataclass(frozen=True)
class Outcome:
    """What became of one call: how long it waited, and whether a person took it."""

    number: int
    waited: float
    answered: bool
    high: bool = False
    called_back: float | None = None
    """Seconds from the promise of a callback to its answer."""


@dataclass(frozen=True)
class Result:
    """The three figures that are compared; a callback is no abandon."""

    mean_wait: float
    in_time: float
    abandoned: float
    calls: int
    called_back: int = 0
    until_called: float = 0.0

    def __str__(self) -> str:
        told = f"{self.mean_wait:6.1f} s  {self.in_time:6.1%}  {self.abandoned:6.1%}  ({self.calls:,} calls"
        back = f", {self.called_back:,} called back after {self.until_called:.0f} s" if self.called_back else ""
        return f"{told}{back})"


def result(outcomes: Sequence[Outcome]) -> Result:
    """Return mean wait of all, share of all answered within 20 s, share abandoned."""
    n = max(len(outcomes), 1)
    back = [o.called_back for o in outcomes if o.called_back is not None]
    return Result(
        sum(o.waited for o in outcomes) / n,
        sum(o.answered and o.waited <= LIMIT for o in outcomes) / n,
        sum(not o.answered and o.called_back is None for o in outcomes) / n,
        len(outcomes),
        len(back),
        statistics.median(back) if back else 0.0,
    )


def logged(calls: Sequence[Call]) -> list[Outcome]:
    """Return what the log says."""
    return [Outcome(c.number, c.waited, c.answered, c.high) for c in calls]


@dataclass(frozen=True)
class Settings:
    """What is calibrated: after how long a gap is an absence, how often somebody must have taken a type to have its
    skill, the factor on the time after a call, and the lead of important callers."""

    away_after: float
    least: float
    wrap_up: float
    lead: float


class _Floor:
    """Seats, lines and time."""

    def __init__(self, skills: dict[str, dict[str, float]], settings: Settings) -> None:
        self.skills, self.settings = skills, settings
        self.waiting: dict[str, list[tuple[float, int, Call]]] = {}
        self.present: dict[str, int] = {}
        self.idle: dict[str, float] = {}
        self.busy: set[str] = set()
        self.gone: set[int] = set()
        self.outcomes: dict[int, Outcome] = {}
        self.later: list[tuple[float, int, str, Call | str]] = []
        self.count = itertools.count()

    def at(self, when: float, what: str, whom: Call | str) -> None:
        heapq.heappush(self.later, (when, next(self.count), what, whom))

    def arrive(self, call: Call, now: float) -> None:
        able = [(since, who) for who, since in self.idle.items() if call.type in self.skills.get(who, {})]
        if able:
            self.serve(min(able)[1], call, now)
            return
        vtime = call.at - (self.settings.lead if call.high else 0.0)
        heapq.heappush(self.waiting.setdefault(call.type, []), (vtime, call.number, call))
        if call.patience < float("inf"):
            self.at(call.at + call.patience, "leave", call)

    def leave(self, call: Call, now: float) -> None:
        if call.number not in self.outcomes:
            self.gone.add(call.number)
            self.outcomes[call.number] = Outcome(call.number, now - call.at, answered=False, high=call.high)

    def free(self, who: str, now: float) -> None:
        heads = [line[0] for t in self.skills.get(who, {}) if (line := self._line(t))]
        if not heads:
            self.idle[who] = now
            return
        call = min(heads)[2]
        heapq.heappop(self.waiting[call.type])
        self.serve(who, call, now)

    def _line(self, kind: str) -> list[tuple[float, int, Call]]:
        line = self.waiting.get(kind, [])
        while line and line[0][1] in self.gone:
            heapq.heappop(line)
        return line

    def serve(self, who: str, call: Call, now: float) -> None:
        self.idle.pop(who, None)
        self.busy.add(who)
        self.outcomes[call.number] = Outcome(call.number, now - call.at, answered=True, high=call.high)
        self.at(now + call.service + self.settings.wrap_up * call.wrap_up, "done", who)

    def come(self, who: str, now: float) -> None:
        self.present[who] = self.present.get(who, 0) + 1
        if who not in self.busy and who not in self.idle:
            self.free(who, now)

    def go(self, who: str) -> None:
        self.present[who] -= 1
        if not self.present[who]:
            self.idle.pop(who, None)

    def done(self, who: str, now: float) -> None:
        self.busy.discard(who)
        if self.present.get(who):
            self.free(who, now)


def simulate(
    calls: Sequence[Call], there: Sequence[Shift], skills: dict[str, dict[str, float]], settings: Settings
) -> list[Outcome]:
    """Let the calls arrive and return what became of each."""
    floor = _Floor(skills, settings)
    for shift in there:
        floor.at(shift.begins, "come", shift.server)
        floor.at(shift.ends, "go", shift.server)
    for call in calls:
        floor.at(call.at, "arrive", call)
    while floor.later:
        now, _, what, whom = heapq.heappop(floor.later)
        if isinstance(whom, Call):
            floor.arrive(whom, now) if what == "arrive" else floor.leave(whom, now)
        elif what == "go":
            floor.go(whom)
        else:
            floor.come(whom, now) if what == "come" else floor.done(whom, now)
    return [floor.outcomes[c.number] for c in calls if c.number in floor.outcomes]
