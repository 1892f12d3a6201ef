"""Yesterday under other rules, before they are published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile

from shouwen.sla import queries as sla

from ..models import AgentSkill, Presence, PresenceSpan, Skill, Slot, WorkItem
from ..models import Queue as QueueRow
from ..rules.definitions import QueueRules, queue_rules
from ..rules.entry import Closed
from ..rules.matching import Item, Queue, Ring, Seat
from ..rules.precedence import Discipline, Klass, lead
from ..rules.whatif import Hours, Outcome, Replay, Rules, Shift, Visit, outcome, run
from .queues import rules_content

RELATED = ("skill", "duty_leader", "overflow_to", "flow_out_to", "closed_to")
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


def what_if(
    queue_code: str,
    rules: QueueRules,
    since: datetime,
    until: datetime,
    skills: Mapping[int, Mapping[str, int]] | None = None,
) -> Trial:
    """Replay what came between two instants under the present and under changed rules of one queue.

    `skills`: what people would be able to handle then, instead of what they handle now.
    """
    known = dict(Skill.objects.values_list("code", "id"))
    rows = {row.id: row for row in QueueRow.objects.select_related(*RELATED)}
    present = {row.id: queue_rules(rules_content(row)) for row in rows.values()}
    changed = {n: rules if rows[n].code == queue_code else held for n, held in present.items()}
    seats, shifts, came = _seats(), _shifts(since, until), _came(since, until)
    now, then = _rules(rows, present, known, since, until), _rules(rows, changed, known, since, until)
    before = run(_visits(came, now, rows, present), deepcopy(seats), shifts, now)
    after = run(_visits(came, then, rows, changed), _with(seats, skills or {}, known), shifts, then)
    codes = sorted(before.outcomes, key=lambda n: rows[n].code)
    lines = [_line_of(rows[n], _real(came, n), before.outcomes[n], after.outcomes[n]) for n in codes]
    moved = before.moved(after)
    return Trial(lines, len(moved), _moved(moved[:MOST_MOVED], [one.first for one in came], before, after))


def _line_of(row: QueueRow, real: Outcome, now: Outcome, changed: Outcome) -> WhatIf:
    return WhatIf(row.code, row.name, real, now, changed)


def _real(came: Sequence[_Came], queue_id: int) -> Outcome:
    mine = [one for one in came if one.first.queue_id == queue_id]
    waits = [(one.last.answered_at - one.first.requested_at).total_seconds() for one in mine if one.last.answered_at]
    gone = sum(one.last.state == WorkItem.State.ABANDONED for one in mine)
    moved_on = sum(one.first is not one.last for one in mine)
    return replace(outcome(len(mine), waits, abandoned=gone), moved_on=moved_on)


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


def _rules(
    rows: Mapping[int, QueueRow],
    said: Mapping[int, QueueRules],
    skills: Mapping[str, int],
    since: datetime,
    until: datetime,
) -> Rules:
    ids = {row.code: n for n, row in rows.items()}
    hours = {n: _hours(one, ids, since, until) for n, one in said.items() if one.hours and one.closed != Closed.WAIT}
    return Rules(
        {n: _queue(rows[n], one, skills, ids) for n, one in said.items()},
        {n: frozenset({*one.media, "callback"}) for n, one in said.items() if one.media},
        {n: found for n, found in hours.items() if found is not None},
    )


def _queue(row: QueueRow, said: QueueRules, skills: Mapping[str, int], ids: Mapping[str, int]) -> Queue:
    shape = said.shape
    return Queue(
        row.id,
        row.skill_id,
        said.needed_level,
        paused=row.paused,
        site=row.organisation_id,
        rings=tuple(
            Ring(timedelta(seconds=r.after_seconds), skills[r.skill], r.level) for r in shape.rings if r.skill in skills
        ),
        most_waiting=shape.most_waiting,
        overflow_to=ids.get(shape.overflow_to),
        flow_out=None if shape.flow_out_seconds is None else timedelta(seconds=shape.flow_out_seconds),
        flow_out_to=ids.get(shape.flow_out_to),
    )


def _hours(said: QueueRules, ids: Mapping[str, int], since: datetime, until: datetime) -> Hours | None:
    """Return when a queue that turns away or passes on is open in a stretch; one without a calendar always is."""
    calendar = sla.working_calendar(said.hours, since)
    if calendar is None:
        return None
    spans = takewhile(lambda span: span[0] < until, calendar.spans(since))
    return Hours(list(spans), ids.get(said.closed_to))


@dataclass(frozen=True)
class _Came:
    """A contact as it came, and the visit in which it ended: they differ when it went on before anybody took it."""

    first: WorkItem
    last: WorkItem


def _came(since: datetime, until: datetime) -> list[_Came]:
    rows = list(
        WorkItem.objects.filter(requested_at__gte=since, requested_at__lt=until, outbound=False).order_by(
            "requested_at", "id"
        )[:MOST_VISITS]
    )
    held = {row.id: row for row in rows}
    after: dict[int | None, WorkItem] = {
        row.previous_id: row for row in rows if row.previous_id in held and held[row.previous_id].answered_at is None
    }
    continued = {row.id for row in after.values()}
    return [_Came(row, _end(row, after)) for row in rows if row.id not in continued]


def _end(row: WorkItem, after: Mapping[int | None, WorkItem]) -> WorkItem:
    while row.id in after:
        row = after[row.id]
    return row


def _visits(
    came: Sequence[_Came], rules: Rules, rows: Mapping[int, QueueRow], said: Mapping[int, QueueRules]
) -> list[Visit]:
    return [_visit(one, rules.queues[one.first.queue_id], rows, said) for one in came]


def _visit(one: _Came, queue: Queue, rows: Mapping[int, QueueRow], said: Mapping[int, QueueRules]) -> Visit:
    row, last = one.first, one.last
    ended = last.closed_at or last.finished_at
    served = last.answered_at is not None and ended is not None
    left = last.state == WorkItem.State.ABANDONED and last.closed_at is not None
    item = Item(
        row.id,
        queue,
        row.medium,
        _place(row, rows[row.queue_id].discipline, said[row.queue_id].discipline),
        max(queue.needed_level, 1),
        site=row.site_id,
        highest_grade=row.highest_grade,
    )
    return Visit(
        item,
        row.requested_at,
        ended - last.answered_at if served else USUAL_HANDLING,  # type: ignore[operator]
        last.closed_at - row.requested_at if left else None,  # type: ignore[operator]
        new=Klass(row.asked_klass) not in {Klass.RE_OFFER, Klass.TRANSFER},
    )


def _place(row: WorkItem, held: str, wanted: str) -> datetime:
    """Return the place in line a contact would have had under another discipline."""
    klass, bonus = Klass(row.asked_klass), timedelta(seconds=row.bonus_seconds)
    return row.vtime + lead(klass, Discipline(held), bonus) - lead(klass, Discipline(wanted), bonus)


def _with(seats: Sequence[Seat], skills: Mapping[int, Mapping[str, int]], known: Mapping[str, int]) -> list[Seat]:
    """Return the seats as they would be with other skills."""
    changed = deepcopy(list(seats))
    for seat in changed:
        if seat.staff in skills:
            seat.skills = {known[code]: level for code, level in skills[seat.staff].items() if code in known and level}
    return changed


def _seats() -> list[Seat]:
    levels: dict[int, dict[int, int]] = {}
    held = AgentSkill.objects.filter(wanted_level__gt=0, barred=False).values_list(
        "staff_id", "skill_id", "wanted_level"
    )
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
