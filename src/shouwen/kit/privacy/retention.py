"""What is past its period goes, in small batches; what is held stays. The plan says beforehand what would go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Model, Q, QuerySet

from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.principals import SYSTEM

from .erasing import erase, held_out, rows_of
from .holdings import HOLDINGS, Holding
from .periods import chosen, days_of, goes_by_age

BATCH = 200
ROUNDS = 25


@dataclass(frozen=True)
class Plan:
    """What one holding's rule would do now."""

    code: str
    days: int
    due: int
    held: int
    oldest: datetime | None


def plans() -> list[Plan]:
    """Return, for every rule that works by age, what would go now and what a hold keeps. Changes nothing."""
    periods = chosen()
    return [_plan(holding, periods) for holding in _aged()]


def _plan(holding: Holding, periods: dict[str, int]) -> Plan:
    days = days_of(holding, periods)
    assert days is not None
    past = _past(holding, days)
    found = past.aggregate(all=Count("pk"), oldest=Min(holding.keep.since))
    free = held_out(holding, past, clock.now()).count()
    return Plan(holding.code, days, free, found["all"] - free, found["oldest"])


def _aged() -> list[Holding]:
    return [one for one in HOLDINGS.values() if goes_by_age(one)]


def _time(holding: Holding) -> datetime:
    return clock.wall() if holding.wall else clock.now()


def _past(holding: Holding, days: int) -> QuerySet[Model]:
    before = _time(holding) - timedelta(days=days)
    return rows_of(holding).filter(Q(**{f"{holding.keep.since}__lt": before}))


@action
def erase_due(*, code: str) -> int:
    """Erase one batch of a holding that is past its period; return how many rows."""
    holding = HOLDINGS[code]
    days = days_of(holding, chosen())
    assert days is not None
    due = held_out(holding, _past(holding, days), clock.now()).order_by(holding.keep.since, "pk")
    going = list(due.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True)[:BATCH])
    if not going:
        return 0
    count = erase(holding, going, at=clock.now(), why="retention")
    audit.record(SYSTEM, "privacy.erase_due", subject="house", subject_id=0, table=code, rows=count)
    return count


def sweep() -> int:
    """Erase what is due everywhere, batch by batch; return how many rows. What is left waits for the next round."""
    total = 0
    for holding in _aged():
        for _ in range(ROUNDS):
            count = erase_due(code=holding.code)
            total += count
            if count < BATCH:
                break
    return total
