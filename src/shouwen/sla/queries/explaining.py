"""How deadlines came about, told step by step; and how they would, before anything runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from shouwen.kernel.calendars import ROUND_THE_CLOCK

from ..models import Deadline, Pause
from ..rules import choosing, words
from ..rules.choosing import Facets
from ..rules.content import CalendarContent, PolicyContent, read_calendar, read_ladder, read_policy
from ..rules.explaining import Account, Line, Named, Stood, explain
from ..rules.ladders import Ladder
from .in_force import CALENDAR, POLICY, Chosen, Held, chosen, pinned, policies
from .terms import Terms, terms_of


def without(_day: date) -> words.Words | None:
    """Name no day: where every hour counts, no day differs."""
    return None


@dataclass(frozen=True)
class Explained:
    """One promise with its story."""

    metric: str
    name: words.Words
    policy: str
    policy_number: int
    started_at: datetime
    due_at: datetime
    lines: list[Line]


def explained(subject: str, subject_id: int) -> list[Explained]:
    """Return every promise of a subject with its story, oldest first."""
    rows = list(Deadline.objects.filter(subject=subject, subject_id=subject_id).order_by("id"))
    stood: dict[int, list[Pause]] = {row.pk: [] for row in rows}
    for pause in Pause.objects.filter(deadline__in=rows).order_by("id"):
        stood[pause.deadline_id].append(pause)
    counted = terms_of(rows)
    return [_of_row(row, counted[row.pk], stood[row.pk]) for row in rows]


def preview(
    metrics: Iterable[str], facets: Facets, *, at: datetime, organisation_id: int | None = None
) -> list[Explained]:
    """Return what a matter would be promised if it began at an instant."""
    found = chosen(metrics, facets, at=at, organisation_id=organisation_id)
    held = policies(at, organisation_id)
    return [_of_chosen(metric, one, facets, held, at) for metric, one in found.items()]


def _of_row(row: Deadline, counted: Terms, pauses: list[Pause]) -> Explained:
    content = read_policy(pinned(POLICY, row.policy, row.policy_number))
    name = _name(pinned(POLICY, row.policy, row.policy_number))
    others = [one for one in policies(row.started_at) if one.key != row.policy and one.organisation_id is None]
    calendar = _calendar(row)
    account = Account(
        started_at=row.started_at,
        due_at=row.due_at,
        allowance=counted.allowance,
        policy=Named(name, row.policy_number),
        conditions=content.conditions,
        beaten=_beaten(row.metric, content, row.facets, others),
        calendar=counted.calendar,
        calendar_named=Named(_name(pinned(CALENDAR, row.calendar, row.calendar_number)), row.calendar_number)
        if row.calendar_number is not None
        else None,
        day_names=calendar.named if calendar else without,
        stood=[Stood(one.reason, one.began_at, one.ended_at, one.limit_at, one.ended_by) for one in pauses],
        rungs=counted.rungs,
        told=row.told,
        met_at=row.met_at,
        cancelled_at=row.cancelled_at,
        breached_at=row.breached_at,
    )
    return Explained(row.metric, name, row.policy, row.policy_number, row.started_at, row.due_at, explain(account))


def _of_chosen(metric: str, one: Chosen, facets: Facets, held: list[Held], at: datetime) -> Explained:
    calendar = read_calendar(one.calendar.content) if one.calendar else None
    ladder = read_ladder(one.ladder.content) if one.ladder else Ladder()
    counted = Terms(at, one.content.allowance, calendar.working() if calendar else ROUND_THE_CLOCK, ladder)
    others = [other for other in held if other.key != one.policy.key]
    account = Account(
        started_at=at,
        due_at=counted.due_at,
        allowance=counted.allowance,
        policy=Named(one.policy.name, one.policy.number),
        conditions=one.content.conditions,
        beaten=_beaten(metric, one.content, facets, others),
        calendar=counted.calendar,
        calendar_named=Named(one.calendar.name, one.calendar.number) if one.calendar else None,
        day_names=calendar.named if calendar else without,
        rungs=counted.rungs,
    )
    name, policy = one.policy.name, one.policy
    return Explained(metric, name, policy.key, policy.number, at, counted.due_at, explain(account))


def _calendar(row: Deadline) -> CalendarContent | None:
    if row.calendar_number is None:
        return None
    return read_calendar(pinned(CALENDAR, row.calendar, row.calendar_number))


def _beaten(metric: str, content: PolicyContent, facets: Facets, others: Iterable[Held]) -> list[words.Words]:
    """Return the names of the policies that fit as well and were not chosen."""
    read = ((one, read_policy(one.content)) for one in others)
    return [
        one.name
        for one, other in read
        if other.metric == metric and choosing.fits(other.conditions, facets) and other is not content
    ]


def _name(content: dict[str, dict[str, str]]) -> words.Words:
    return content["name"]["zh"], content["name"]["en"]
