"""Yesterday under other rules, before they are published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..models import AgentSkill, Presence, PresenceSpan, Skill, Slot, WorkItem
from ..models import Queue as QueueRow
from ..rules.definitions import QueueRules
from ..rules.matching import Item, Queue, Ring, Seat
from ..rules.shapes import Ring as RingRule
from ..rules.whatif import Outcome, Replay, Shift, Visit, outcome, run

USUAL_HANDLING = timedelta(minutes=4)
MOST_VISITS = 20_000
MOST_MOVED = 100


@dataclass(frozen=True)
class WhatIf:
    """A queue's day as it was, replayed under the rules it has, and under the changed ones."""

    queue_code: str
    queue_name: str
    real: Outcome
    now: Outcome
    changed: Outcome


@dataclass(frozen=True)
class Moved:
    """A contact that would have gone to somebody else; nobody (None): it would not have been answered."""

    subject: str
    subject_id: int
    from_id: int | None
    to_id: int | None
    wait_now: float | None
    wait_changed: float | None


@dataclass(frozen=True)
class Trial:
    """What changed rules would have made of a day: figures by queue, how many contacts moved, and the first of them."""

    lines: list[WhatIf]
    moved_count: int
    moved: list[Moved]


def what_if(queue_code: str, rules: QueueRules, since: datetime, until: datetime) -> Trial:
    """Replay what came between two instants under the present and under changed rules of one queue."""
    skills = dict(Skill.objects.values_list("code", "id"))
    rows = {row.id: row for row in QueueRow.objects.all()}
    present = {
        row.id: _line(row, row.needed_level, [RingRule(**r) for r in row.rings], skills) for row in rows.values()
    }
    changed = {
        row.id: _line(row, rules.needed_level, rules.shape.rings, skills) if row.code == queue_code else present[row.id]
        for row in rows.values()
    }
    seats, shifts = _seats(), _shifts(since, until)
    came = _came(since, until)
    before = run(_visits(came, present), deepcopy(seats), shifts)
    after = run(_visits(came, changed), deepcopy(seats), shifts)
    codes = sorted(before.outcomes, key=lambda n: rows[n].code)
    lines = [_line_of(rows[n], _real(came, n), before.outcomes[n], after.outcomes[n]) for n in codes]
    moved = before.moved(after)
    return Trial(lines, len(moved), _moved(moved[:MOST_MOVED], came, before, after))


def _line_of(row: QueueRow, real: Outcome, now: Outcome, changed: Outcome) -> WhatIf:
    return WhatIf(row.code, row.name, real, now, changed)


def _real(came: Sequence[WorkItem], queue_id: int) -> Outcome:
    mine = [row for row in came if row.queue_id == queue_id]
    waits = [(row.answered_at - row.requested_at).total_seconds() for row in mine if row.answered_at]
    return outcome(len(mine), waits, abandoned=sum(row.state == WorkItem.State.ABANDONED for row in mine))


def _moved(numbers: Sequence[int], came: Sequence[WorkItem], before: Replay, after: Replay) -> list[Moved]:
    rows = {row.id: row for row in came}
    return [
        Moved(
            rows[n].subject,
            rows[n].subject_id,
            before.seats.get(n),
            after.seats.get(n),
            before.waits.get(n),
            after.waits.get(n),
        )
        for n in numbers
    ]


def _line(row: QueueRow, level: int, rings: object, skills: Mapping[str, int]) -> Queue:
    known = [r for r in rings if r.skill in skills]  # type: ignore[attr-defined]
    return Queue(
        row.id,
        row.skill_id,
        level,
        site=row.organisation_id,
        rings=tuple(Ring(timedelta(seconds=r.after_seconds), skills[r.skill], r.level) for r in known),
    )


def _came(since: datetime, until: datetime) -> list[WorkItem]:
    rows = WorkItem.objects.filter(requested_at__gte=since, requested_at__lt=until).order_by("requested_at", "id")
    return list(rows[:MOST_VISITS])


def _visits(came: Sequence[WorkItem], queues: Mapping[int, Queue]) -> list[Visit]:
    return [_visit(row, queues[row.queue_id]) for row in came]


def _visit(row: WorkItem, queue: Queue) -> Visit:
    ended = row.closed_at or row.finished_at
    served = row.answered_at is not None and ended is not None
    left = row.state == WorkItem.State.ABANDONED and row.closed_at is not None
    item = Item(
        row.id,
        queue,
        row.medium,
        row.vtime,
        max(queue.needed_level, 1),
        site=row.site_id,
        highest_grade=row.highest_grade,
    )
    return Visit(
        item,
        row.requested_at,
        ended - row.answered_at if served else USUAL_HANDLING,  # type: ignore[operator]
        row.closed_at - row.requested_at if left else None,  # type: ignore[operator]
    )


def _seats() -> list[Seat]:
    levels: dict[int, dict[int, int]] = {}
    held = AgentSkill.objects.filter(wanted_level__gt=0).values_list("staff_id", "skill_id", "wanted_level")
    for staff, skill, level in held:
        levels.setdefault(staff, {})[skill] = level
    free: dict[int, Counter[str]] = {}
    for staff, medium in Slot.objects.values_list("staff_id", "medium"):
        free.setdefault(staff, Counter())[medium] += 1
    rows = Presence.objects.values_list("staff_id", "organisation_id").order_by("staff_id")
    return [Seat(staff, site, levels.get(staff, {}), dict(free.get(staff, {}))) for staff, site in rows]


def _shifts(since: datetime, until: datetime) -> list[Shift]:
    rows = PresenceSpan.objects.filter(state="ready", started_at__lt=until).exclude(ended_at__lte=since)
    cut = (
        (s, max(a, since), min(b or until, until)) for s, a, b in rows.values_list("staff_id", "started_at", "ended_at")
    )
    return [Shift(staff, start, end) for staff, start, end in cut if start < end]
