"""The table of figures: any period by interval, day, queue, person or channel, with what is behind each number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from shouwen.accounts import queries as accounts
from shouwen.interactions import queries as interactions
from shouwen.kernel.calendars import BEIJING
from shouwen.kit.api import Page
from shouwen.kit.api.paging import LIMIT, CursorInvalid
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.metrics import queries as metrics
from shouwen.routing import queries as routing
from shouwen.workforce import queries as workforce

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
TIME = (
    *("signed_in", "busy_time", "idle_time", "away_time", "occupancy"),
    *("paid_time", "utilisation", "shrinkage", "adherence", "conformance", "conformance_raw"),
)
SEAT = ("missed_offers", *TIME)
TIMED_DAYS = 31
"""A seat's time is counted moment by moment: for so many days at most."""
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
    """Return which figures a division can show: who left before an answer was nobody's, and nobody's time is a queue's
    or a channel's.
    """
    if by == "agent":
        return (*PERSONAL, *WORK, *SEAT, *OPINION)
    return (*REACHING, *WORK, *OPINION, *(TIME if by in {"interval", "day"} else ()))


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
    everything |= _add_time(found, asked, chosen, by, at)
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
    found: dict[str, dict[str, float | None]], asked: Asked, chosen: metrics.Filters, by: Principal, at: datetime
) -> dict[str, float | None]:
    """Add how people's time was spent, and return that of all together; a day that goes on counts up to now."""
    until, days = min(chosen.until, at), (asked.until - asked.since).days + 1
    timed = asked.by == "agent" or (asked.by in {"interval", "day"} and not (asked.queue or asked.medium))
    if not timed or until <= chosen.since or days > TIMED_DAYS:
        return {}
    edges = [chosen.since, until] if asked.by == "agent" else _edges(asked, chosen.since, until)
    spent = _spent(found if asked.by == "agent" else (), chosen, by, edges)
    lines = _by_person(spent, found) if asked.by == "agent" else _by_time(spent, asked, edges)
    for key, day in lines.items():
        found.setdefault(key, {}).update(metrics.seat_figures(day))
    return metrics.seat_figures(metrics.whole_day(lines.values()))


def _spent(
    keys: Iterable[str], chosen: metrics.Filters, by: Principal, edges: list[datetime]
) -> dict[int, list[metrics.SeatDay]]:
    staff = {int(key) for key in keys} | {card.staff_id for card in routing.agents(by.organisations)}
    staff = {chosen.staff_id} & staff if chosen.staff_id else staff
    spans = routing.presence_spans(staff, since=edges[0], until=edges[-1])
    said = {who: [(s.state, s.started_at, s.ended_at) for s in some] for who, some in spans.items()}
    return metrics.seat_time(said, workforce.planned(staff, since=edges[0], until=edges[-1]), edges)


def _by_person(
    spent: dict[int, list[metrics.SeatDay]], found: dict[str, dict[str, float | None]]
) -> dict[str, metrics.SeatDay]:
    whole = {str(who): metrics.whole_day(parts) for who, parts in spent.items()}
    return {who: day for who, day in whole.items() if day.signed_in or day.planned or who in found}


def _by_time(
    spent: dict[int, list[metrics.SeatDay]], asked: Asked, edges: list[datetime]
) -> dict[str, metrics.SeatDay]:
    whole = [metrics.whole_day(parts) for parts in zip(*spent.values(), strict=True)]
    keyed = zip((_key(asked.by, edge) for edge in edges), whole, strict=False)
    return {key: day for key, day in keyed if day.signed_in or day.planned}


def _edges(asked: Asked, since: datetime, until: datetime) -> list[datetime]:
    """Return where the lines of a table by time begin, and the end of the last one."""
    step = timedelta(days=1) if asked.by == "day" else timedelta(minutes=asked.step)
    count = -(-(until - since) // step)
    return [*(since + n * step for n in range(count)), until]


def _key(by: metrics.By, at: datetime) -> str:
    """Return the key of the line that begins at an instant, as the counts name it."""
    return f"{at.astimezone(BEIJING):%Y-%m-%d}" if by == "day" else f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


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
