"""How long data is kept is a policy: what a rule says from the start may be changed, never below what the law wants."""

from __future__ import annotations

from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.models import KeepPeriod
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from . import permissions
from .errors import PeriodNotSettable, PeriodRefused
from .holdings import HOLDINGS, Holding, Kept
from .holds import REASON_MIN

DAYS_MOST = 3650


@action
def set_period(*, by: Principal, code: str, days: int, reason: str) -> None:
    """Keep the data of a table for so many days from now on; refuses less than the law wants."""
    require(by, permissions.SET_PERIODS)
    holding = HOLDINGS.get(code)
    if holding is None or not goes_by_age(holding):
        raise PeriodNotSettable
    least = max(holding.keep.least, 1)
    if not least <= days <= DAYS_MOST or len(reason.strip()) < REASON_MIN:
        raise PeriodRefused(least=least, most=DAYS_MOST)
    before = days_of(holding, chosen())
    values = {"days": days, "reason": reason.strip(), "set_by": by.key, "set_at": clock.now()}
    KeepPeriod.objects.update_or_create(table=code, defaults=values)
    audit.record(
        by,
        "privacy.period",
        subject="house",
        subject_id=0,
        table=code,
        before=before,
        after=days,
        reason=reason.strip(),
    )


def goes_by_age(holding: Holding) -> bool:
    """Tell whether age alone ends it."""
    return holding.keep.days is not None and not isinstance(holding.fate, Kept)


def chosen() -> dict[str, int]:
    """Return the periods that the house chose, by table."""
    return dict(KeepPeriod.objects.values_list("table", "days"))


def days_of(holding: Holding, periods: dict[str, int]) -> int | None:
    """Return how many days a table's data is kept now; never less than the law wants."""
    if holding.keep.days is None:
        return None
    return max(periods.get(holding.code, holding.keep.days), holding.keep.least)
