"""The table of figures: any period by interval, day, queue, person or channel, with what is behind each number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from shouwen.accounts import queries as accounts
from shouwen.interactions import queries as interactions
from shouwen.kernel.calendars import BEIJING
from shouwen.kit.api import Page
from shouwen.kit.api.paging import LIMIT, CursorInvalid
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.metrics import queries as metrics
from shouwen.routing import queries as routing

from .. import permissions
from ..errors import FigureUnknown, PeriodInvalid
from .lists import Listed
from .people import people
from .rows import Row

MOST_DAYS = {"interval": 7, "day": 366, "queue": 366, "agent": 31, "channel": 366}
REACHING = (
    "offered",
    "answered",
    "in_time",
    "service_level",
    "service_level_strict",
    "answer_rate",
    "answer_rate_net",
    "over_limit_rate",
    "abandoned",
    "short_abandoned",
    "abandon_rate",
    "abandon_rate_net",
    "flow_out",
    "callbacks",
    "asa",
    "mean_wait",
    "response_p50",
    "response_p90",
)
WORK = ("handled", "handling_time", "talk_time", "hold_time", "wrap_up_time", "transfer_rate", "disconnected")
OPINION = ("rated", "satisfaction", "csat_mean", "response_rate")
SEAT = ("missed_offers", "signed_in", "busy_time", "idle_time", "away_time", "occupancy")
PERSONAL = ("answered", "in_time", "over_limit_rate", "asa", "response_p90")


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see: days (the last one inside), division, and filters."""

    since: date
    until: date
    by: metrics.By = "day"
    step: int = 30
    queue: str = ""
    medium: str = ""
    staff_id: int | None = None


@dataclass(frozen=True)
class TableLine:
    """One line: its key, the name a person reads, and its figures by key."""

    key: str
    label: str
    figures: dict[str, float | None]


@dataclass(frozen=True)
class Table:
    """A table of figures, its columns with their definitions, and the line of the whole."""

    counted_at: datetime | None
    columns: tuple[metrics.Definition, ...]
    lines: list[TableLine]
    total: TableLine


def columns_of(by: metrics.By) -> tuple[str, ...]:
    """Return which figures a division can show: who left before an answer was nobody's."""
    return (*PERSONAL, *WORK, *SEAT, *OPINION) if by == "agent" else (*REACHING, *WORK, *OPINION)


def table(asked: Asked, *, by: Principal, at: datetime) -> Table:
    """Return the figures of a period; the whole is made of sums, never of the lines' percentages."""
    chosen = chosen_of(asked, by)
    lines, whole = metrics.lines(asked.by, chosen), metrics.total(chosen)
    said = metrics.satisfaction_by(asked.by, chosen, {line.key: line.sums.answered for line in lines})
    found = {line.key: line.figures for line in lines}
    found = {key: {**found.get(key, {}), **metrics.opinion_figures(one)} for key, one in said.items() if key != "0"}
    everything = {
        **whole.figures,
        **metrics.opinion_figures(metrics.satisfaction_of(chosen, whole.sums.answered)),
    }
    if asked.by == "agent":
        everything |= _add_time(found, chosen, by, at)
    names = _labels(asked.by, found)
    keys = columns_of(asked.by)
    rows = [TableLine(key, names.get(key, key), _only(keys, found[key])) for key in sorted(found)]
    return Table(
        metrics.counted_at(),
        tuple(metrics.definition(key) for key in keys),
        rows,
        TableLine("", "", _only(keys, everything)),
    )


def chosen_of(asked: Asked, by: Principal) -> metrics.Filters:
    """Check what is asked and turn it into filters within the reader's area."""
    require(by, permissions.VIEW_FIGURES)
    most = MOST_DAYS[asked.by]
    if not timedelta() <= asked.until - asked.since < timedelta(days=most):
        raise PeriodInvalid(days=most)
    seen = {q.code for q in routing.queues() if by.sees(q.organisation_id)}
    return metrics.Filters(
        since=_midnight(asked.since),
        until=_midnight(asked.until + timedelta(days=1)),
        queue_codes=frozenset({asked.queue} & seen if asked.queue else seen),
        medium=asked.medium,
        staff_id=asked.staff_id,
        step=asked.step,
    )


def behind(key: str, line: str, asked: Asked, *, by: Principal, cursor: str, limit: int) -> Page[Listed]:
    """Return the contacts behind one number of the table: those of a line, or of the whole."""
    if key not in metrics.LISTED:
        raise FigureUnknown(key=key)
    chosen = _of_line(chosen_of(asked, by), asked, line)
    limit = max(1, min(limit, LIMIT))
    if cursor and not cursor.isdecimal():
        raise CursorInvalid
    found = metrics.listed(key, chosen, after=int(cursor or 0), limit=limit + 1)
    page = found[:limit]
    return Page[Listed](items=_named(page), next=str(page[-1].id) if len(found) > limit else None)


def _of_line(chosen: metrics.Filters, asked: Asked, line: str) -> metrics.Filters:
    if not line:
        return chosen
    try:
        match asked.by:
            case "queue":
                return replace(chosen, queue_codes=chosen.queue_codes & {line})
            case "channel":
                return replace(chosen, medium=line)
            case "agent":
                return replace(chosen, staff_id=int(line))
            case "day":
                begins = _midnight(date.fromisoformat(line))
                return replace(chosen, since=begins, until=begins + timedelta(days=1))
            case "interval":
                begins = datetime.fromisoformat(line)
                return replace(chosen, since=begins, until=begins + timedelta(minutes=asked.step))
    except ValueError:
        raise FigureUnknown(key=line) from None


def _named(found: list[metrics.Listed]) -> list[Listed]:
    contacts = interactions.conversations({row.interaction_id for row in found})
    known = people(row.staff_id for row in found)
    return [
        Listed(
            Row(
                id=row.id,
                kind="conversation",
                reference="",
                queue_code=row.queue_code,
                staff_id=row.staff_id,
                state=row.state,
                at=row.at,
                seconds=row.seconds,
            ),
            contacts[row.interaction_id].public_id if row.interaction_id in contacts else "",
            known.get(row.staff_id) if row.staff_id else None,
        )
        for row in found
    ]


def _add_time(
    found: dict[str, dict[str, float | None]], chosen: metrics.Filters, by: Principal, at: datetime
) -> dict[str, float | None]:
    """Add how people's time was spent, and return that of all together; a day that goes on counts up to now."""
    until = min(chosen.until, at)
    staff = {int(key) for key in found} | {card.staff_id for card in routing.agents(by.organisations)}
    staff = {chosen.staff_id} & staff if chosen.staff_id else staff
    spans = routing.presence_spans(staff, since=chosen.since, until=until) if until > chosen.since else {}
    said = {who: [(s.state, s.started_at, s.ended_at) for s in some] for who, some in spans.items()}
    spent = metrics.seat_time(said, since=chosen.since, until=until)
    there = {who: day for who, day in spent.items() if day.signed_in or str(who) in found}
    for who, day in there.items():
        found.setdefault(str(who), {}).update(metrics.seat_figures(day))
    return metrics.seat_figures(metrics.whole_day(there.values()))


def _only(keys: Iterable[str], figures: dict[str, float | None]) -> dict[str, float | None]:
    counts = {key for key in keys if metrics.definition(key).unit == "count"}
    return {key: figures.get(key, 0 if key in counts else None) for key in keys}


def _labels(by: metrics.By, keys: Iterable[str]) -> dict[str, str]:
    if by == "queue":
        return {q.code: q.name for q in routing.queues()}
    if by == "agent":
        cards = accounts.staff_cards(int(key) for key in keys)
        return {str(number): f"{card.name} {card.number}" for number, card in cards.items()}
    return {}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), BEIJING)
