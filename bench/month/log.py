"""The log of a call centre, three weeks of August 1999: who rang when, how patient, how long, and who served."""

from __future__ import annotations

import bisect
import csv
import gzip
import itertools
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

START = date(1999, 8, 1)
DAY = 86_400
WEEK = 7 * DAY
LONGEST = 3600
"""A service of more than an hour is a line that nobody closed."""
LONGEST_WAIT = 2000


@dataclass
class Call:
    """One caller who asked for a person. Times are seconds since the first midnight."""

    number: int
    at: float
    type: str
    high: bool
    waited: float
    served_by: str
    started: float = 0.0
    service: float = 0.0
    wrap_up: float = 0.0
    patience: float = field(default=float("inf"))

    @property
    def answered(self) -> bool:
        """Tell whether a person took the call in the log."""
        return bool(self.served_by)


def read(file: Path) -> list[Call]:
    """Return who asked for a person, in the order of asking; phantoms and those who left in the menu are left out."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        found = [call for number, row in enumerate(csv.DictReader(lines)) if (call := _call(number, row))]
    return sorted(found, key=lambda call: (call.at, call.number))


def _call(number: int, row: dict[str, str]) -> Call | None:
    waited, agent = float(row["q_time"]), row["outcome"] == "AGENT"
    if row["outcome"] == "PHANTOM" or (not agent and waited <= 0):
        return None
    day = (date.fromisoformat(row["date"]) - START).days * DAY
    call = Call(number, day + _seconds(row["vru_exit"]), row["type"], row["priority"] == "2", waited, "")
    if agent:
        call.served_by = row["server"]
        call.started, call.service = call.at + waited, min(float(row["ser_time"]), LONGEST)
    else:
        call.patience = waited
    return call


def _seconds(clock: str) -> int:
    hours, minutes, seconds = map(int, clock.split(":"))
    return hours * 3600 + minutes * 60 + seconds


def weeks(calls: Iterable[Call], first: int, last: int) -> list[Call]:
    """Return the calls of some weeks, counted from 1."""
    return [call for call in calls if first <= call.at // WEEK + 1 <= last]


@dataclass(frozen=True)
class Shift:
    """A stretch in which somebody was at his seat."""

    server: str
    begins: float
    ends: float


NOBODY = "NO_SERVER"


def shifts(calls: Iterable[Call], away_after: float) -> list[Shift]:
    """Return who was there when: from his first call to his last, less gaps longer than `away_after` seconds.

    The log tells nothing of signing in, breaks or wrap-up: this is what can be seen of them.
    """
    served: dict[tuple[str, int], list[Call]] = defaultdict(list)
    for call in calls:
        if call.answered and call.served_by != NOBODY:
            served[call.served_by, int(call.started // DAY)].append(call)
    return sorted(_stretches(served, away_after), key=lambda s: (s.begins, s.server))


def _stretches(served: dict[tuple[str, int], list[Call]], away_after: float) -> Iterator[Shift]:
    for (server, _), calls in served.items():
        begins = ends = None
        for call in sorted(calls, key=lambda c: c.started):
            if begins is None or ends is None:
                begins, ends = call.started, call.started
            elif call.started - ends > away_after:
                yield Shift(server, begins, ends)
                begins = call.started
            ends = max(ends, call.started + call.service)
        if begins is not None and ends is not None:
            yield Shift(server, begins, ends)


def skills(calls: Iterable[Call], least: float = 0.01) -> dict[str, dict[str, float]]:
    """Return what share of each server's calls was of which type, from `least` on."""
    counted: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for call in calls:
        if call.answered and call.served_by != NOBODY:
            counted[call.served_by][call.type] += 1
    shares = {who: {t: n / sum(types.values()) for t, n in types.items()} for who, types in counted.items()}
    return {who: {t: s for t, s in types.items() if s >= least} for who, types in shares.items()}


class Patience:
    """How long callers hold out, from those who left and those who were answered before (Kaplan and Meier)."""

    def __init__(self, calls: Sequence[Call]) -> None:
        ends = sorted((call.waited, not call.answered) for call in calls)
        at_risk, alive = len(ends), 1.0
        self.times: list[float] = []
        self.alive: list[float] = []
        for waited, left in ends:
            if left:
                alive *= 1 - 1 / at_risk
                self.times.append(waited)
                self.alive.append(alive)
            at_risk -= 1

    def after(self, waited: float, dice: random.Random) -> float:
        """Return how long somebody holds out who has held out for `waited` already."""
        place = bisect.bisect_right(self.times, waited)
        now = self.alive[place - 1] if place else 1.0
        wanted = dice.random() * now
        found = next((i for i in range(place, len(self.alive)) if self.alive[i] <= wanted), None)
        return self.times[found] if found is not None else float("inf")


def pauses(calls: Sequence[Call], able: dict[str, dict[str, float]], longest: float) -> list[float]:
    """Return the seconds between two services of one person while somebody waited whom he could have taken.

    It is what the log shows of the time after a call; a longer gap is an absence.
    """
    served: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        if call.answered and call.served_by != NOBODY:
            served[call.served_by].append(call)
    begun = [call.at for call in calls]
    found = []
    for who, theirs in served.items():
        theirs.sort(key=lambda c: c.started)
        for one, following in itertools.pairwise(theirs):
            ended = one.started + one.service
            if 0 <= following.started - ended <= longest and _somebody_waited(calls, begun, ended, able.get(who, {})):
                found.append(following.started - ended)
    return found


def _somebody_waited(calls: Sequence[Call], begun: Sequence[float], at: float, types: Iterable[str]) -> bool:
    first, last = bisect.bisect_left(begun, at - LONGEST_WAIT), bisect.bisect_left(begun, at)
    return any(call.at + call.waited > at and call.type in types for call in calls[first:last])


def complete(calls: Sequence[Call], known: Sequence[Call], after: Sequence[float], seed: int = 1) -> None:
    """Give every call what the log could not show of it: patience of who was answered, service of who left.

    Drawn from `known` (the week that is calibrated on) and from the pauses `after` its calls, with fixed dice.
    """
    dice, patience = random.Random(seed), Patience(known)
    lengths: dict[str, list[float]] = defaultdict(list)
    for call in known:
        if call.answered:
            lengths[call.type].append(call.service)
    everyone = [length for some in lengths.values() for length in some]
    for call in calls:
        call.wrap_up = dice.choice(after)
        if call.answered:
            call.patience = patience.after(call.waited, dice)
        else:
            call.service = dice.choice(lengths.get(call.type) or everyone)
