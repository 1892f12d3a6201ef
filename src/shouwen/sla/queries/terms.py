"""Everything that counting one clock needs: allowance, calendar, ladder, pauses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shouwen.kernel.calendars import ROUND_THE_CLOCK, WorkingCalendar

from ..models import Deadline, Pause
from ..rules import clockwork, ladders
from ..rules.clockwork import Allowance
from ..rules.content import PolicyContent, read_calendar, read_ladder, read_policy
from ..rules.ladders import Ladder, Rung
from .in_force import CALENDAR, LADDER, POLICY, Chosen, pinned


@dataclass(frozen=True)
class Terms:
    """What a clock is counted by."""

    started_at: datetime
    allowance: Allowance
    calendar: WorkingCalendar
    ladder: Ladder
    pauses: tuple[clockwork.Pause, ...] = ()

    @property
    def due_at(self) -> datetime:
        """Return by when the promise must be met."""
        return clockwork.due(self.allowance, self.started_at, self.calendar, self.pauses)

    @property
    def rungs(self) -> list[Rung]:
        """Return when whom to tell."""
        return ladders.rungs(self.ladder, self.allowance, self.started_at, self.calendar, self.pauses)


class Reader:
    """Reads versions, each once: a batch of clocks runs under a few of them."""

    def __init__(self, known: Iterable[Chosen] = ()) -> None:
        parts = [part for one in known for part in ((CALENDAR, one.calendar), (LADDER, one.ladder))]
        self.contents = {(kind, held.key, held.number): held.content for kind, held in parts if held}
        self.calendars: dict[tuple[str, int], WorkingCalendar] = {}
        self.ladders: dict[tuple[str, int], Ladder] = {}

    def calendar(self, key: str, number: int | None) -> WorkingCalendar:
        """Return a calendar; without one time counts day and night."""
        if number is None:
            return ROUND_THE_CLOCK
        if (key, number) not in self.calendars:
            self.calendars[key, number] = read_calendar(self._content(CALENDAR, key, number)).working()
        return self.calendars[key, number]

    def ladder(self, key: str, number: int | None) -> Ladder:
        """Return a ladder; without one nobody is told."""
        if number is None:
            return Ladder()
        if (key, number) not in self.ladders:
            self.ladders[key, number] = read_ladder(self._content(LADDER, key, number))
        return self.ladders[key, number]

    def _content(self, kind: str, key: str, number: int) -> dict[str, Any]:
        known = self.contents.get((kind, key, number))
        return pinned(kind, key, number) if known is None else known


def terms_of(rows: Iterable[Deadline]) -> dict[int, Terms]:
    """Return the terms of deadlines by id, with their ended pauses."""
    held, reader = list(rows), Reader()
    pauses: dict[int, list[clockwork.Pause]] = defaultdict(list)
    ended = Pause.objects.filter(deadline__in=held, ended_at__isnull=False).order_by("id")
    for deadline_id, began_at, ended_at in ended.values_list("deadline_id", "began_at", "ended_at"):
        if ended_at is not None and ended_at > began_at:
            pauses[deadline_id].append(clockwork.Pause(began_at, ended_at))
    return {row.pk: terms(row, reader, tuple(pauses[row.pk])) for row in held}


def terms(row: Deadline, reader: Reader, pauses: tuple[clockwork.Pause, ...] = ()) -> Terms:
    """Return what one deadline is counted by."""
    return Terms(
        started_at=row.started_at,
        allowance=Allowance(row.seconds, row.working_seconds, row.working_days),
        calendar=reader.calendar(row.calendar, row.calendar_number),
        ladder=reader.ladder(row.ladder, row.ladder_number),
        pauses=pauses,
    )


def policy(row: Deadline) -> PolicyContent:
    """Return the policy a deadline runs under."""
    return read_policy(pinned(POLICY, row.policy, row.policy_number))
