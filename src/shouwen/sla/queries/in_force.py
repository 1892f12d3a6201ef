"""Which rules hold at an instant, and which policy fits a matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from shouwen.accounts import queries as accounts
from shouwen.kernel.calendars import WorkingCalendar
from shouwen.kit import versions

from ..rules import choosing, standard, words
from ..rules.choosing import Candidate, Facets
from ..rules.content import PolicyContent, read_calendar, read_policy

CALENDAR, POLICY, LADDER = "sla.calendar", "sla.policy", "sla.ladder"
SHIPPED_NUMBER = 0
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Held:
    """A rule in force: its key, the number of its version (0 for what the product ships), and what it says."""

    key: str
    number: int
    valid_from: datetime
    content: dict[str, Any]
    organisation_id: int | None = None

    @property
    def name(self) -> words.Words:
        """Return what it is called."""
        return self.content["name"]["zh"], self.content["name"]["en"]


@dataclass(frozen=True)
class Chosen:
    """The policy a promise runs under, with the calendar and the ladder it names, as they stand."""

    policy: Held
    content: PolicyContent
    calendar: Held | None
    ladder: Held | None


def policies(at: datetime, organisation_id: int | None = None) -> list[Held]:
    """Return the policies that hold for a unit at an instant: the operator's, and those of the units above it."""
    path = accounts.organisation_path(organisation_id) if organisation_id else []
    found = (_held(one) for one in versions.all_current(POLICY, at))
    return [one for one in found if one.organisation_id is None or one.organisation_id in path]


def chosen(
    metrics: Iterable[str], facets: Facets, *, at: datetime, organisation_id: int | None = None
) -> dict[str, Chosen]:
    """Return, for each metric, the most specific policy that fits."""
    held = policies(at, organisation_id)
    parts: dict[tuple[str, str], Held] = {}
    return {metric: _with_parts(pick(metric, facets, held), at, parts) for metric in metrics}


def pick(metric: str, facets: Facets, held: Sequence[Held]) -> Held:
    """Return the most specific policy for a metric; where the edited ones leave a gap, the product's own closes it.

    A request is never refused because somebody retired a policy: it runs under what the product ships.
    """
    shipped = [Held(key, SHIPPED_NUMBER, BEGINNING, content) for key, content in standard.policies().items()]
    for offered in (held, shipped):
        by_key = {one.key: one for one in offered if one.content["metric"] == metric}
        candidates = [Candidate(key, read_policy(one.content).conditions) for key, one in by_key.items()]
        found = choosing.choose(candidates, facets)
        if found is not None:
            return by_key[found.code]
    raise LookupError(f"no policy of the product fits {metric} {dict(facets)}")


def calendar(key: str, at: datetime) -> Held:
    """Return the calendar in force; without one, the product's office hours."""
    shipped = standard.calendars()
    found = versions.current(CALENDAR, key, at)
    return _held(found) if found else Held("office", SHIPPED_NUMBER, BEGINNING, shipped["office"])


def working_calendar(key: str, at: datetime) -> WorkingCalendar | None:
    """Return the working time of a calendar in force, for who opens and closes by it; None when there is none."""
    found = versions.current(CALENDAR, key, at)
    content = found.content if found else standard.calendars().get(key)
    return read_calendar(content).working() if content else None


def calendar_names(at: datetime) -> dict[str, tuple[str, str]]:
    """Return what the calendars in force are called, by key."""
    names = {found.key: found.content["name"] for found in versions.all_current(CALENDAR, at)}
    return {key: (name["zh"], name["en"]) for key, name in names.items()}


def ladder(key: str, at: datetime) -> Held | None:
    """Return the ladder in force; one the product ships stands in for itself."""
    found = versions.current(LADDER, key, at)
    if found is not None:
        return _held(found)
    shipped = standard.ladders().get(key)
    return Held(key, SHIPPED_NUMBER, BEGINNING, shipped) if shipped else None


def pinned(kind: str, key: str, number: int) -> dict[str, Any]:
    """Return what a version said under which something still runs."""
    if number != SHIPPED_NUMBER:
        return versions.version(kind, key, number).content
    shipped = {CALENDAR: standard.calendars, POLICY: standard.policies, LADDER: standard.ladders}
    return shipped[kind]()[key]


def usual_limits(
    kinds: Iterable[str], metrics: Sequence[str], *, at: datetime
) -> dict[str, dict[str, tuple[str, str]]]:
    """Return how long each kind of matter usually has for each metric, in words: kind → metric → zh, en."""
    held = policies(at)
    return {
        kind: {
            metric: words.allowance(read_policy(pick(metric, {"kind": kind}, held).content).allowance)
            for metric in metrics
        }
        for kind in kinds
    }


def _held(one: versions.InForce) -> Held:
    return Held(one.key, one.number, one.valid_from, one.content, one.organisation_id)


def _with_parts(policy: Held, at: datetime, parts: dict[tuple[str, str], Held]) -> Chosen:
    """Put beside a policy the calendar and the ladder it names; each is read once for all metrics."""
    content = read_policy(policy.content)
    if content.allowance.needs_calendar and (CALENDAR, content.calendar) not in parts:
        parts[CALENDAR, content.calendar] = calendar(content.calendar, at)
    if content.ladder and (LADDER, content.ladder) not in parts:
        found = ladder(content.ladder, at)
        parts |= {(LADDER, content.ladder): found} if found else {}
    return Chosen(
        policy=policy,
        content=content,
        calendar=parts[CALENDAR, content.calendar] if content.allowance.needs_calendar else None,
        ladder=parts.get((LADDER, content.ladder)),
    )
