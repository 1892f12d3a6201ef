"""Figures of any stretch of time by interval, day, queue, person or channel: always sums, then shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db import connection

from ..models import Progress
from ..rules.agents import Span
from ..rules.aggregates import COUNTS, Sums, figures_of
from ..rules.figures import Counts
from .today import POLICY

By = Literal["interval", "day", "queue", "agent", "channel"]
PAGE = 200
RECENT = timedelta(minutes=30)


@dataclass(frozen=True)
class Filters:
    """Which time (until is outside), which queues, and if wanted one channel or one person."""

    since: datetime
    until: datetime
    queue_codes: frozenset[str]
    medium: str = ""
    staff_id: int | None = None
    step: int = 30
    """Minutes of an interval: 15, 30 or 60."""

    def values(self) -> dict[str, Any]:
        """Return what the statements need."""
        return {
            "since": self.since,
            "until": self.until,
            "queues": sorted(self.queue_codes),
            "medium": self.medium,
            "staff": self.staff_id,
            "minutes": self.step,
        }


@dataclass(frozen=True)
class Line:
    """One line of the table: its key (time, date, code or number as text) and its figures."""

    key: str
    sums: Sums
    figures: dict[str, float | None]


_KEYS: dict[str, str] = {
    "interval": """to_char(date_bin(make_interval(mins => %(minutes)s), {at}, timestamptz '2000-01-01 00:00+08')
                   at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')""",
    "day": "to_char({at} at time zone 'Asia/Shanghai', 'YYYY-MM-DD')",
    "queue": "queue_code",
    "agent": "coalesce(staff_id, 0)::text",
    "channel": "medium",
    "total": "''::text",
}
_CHOSEN = """
 {at} >= %(since)s and {at} < %(until)s and queue_code = any (%(queues)s)
 and (%(medium)s = '' or medium = %(medium)s) and (%(staff)s::bigint is null or staff_id = %(staff)s)
"""


def lines(by: By, chosen: Filters) -> list[Line]:
    """Return the table, one line for each key that has anything, in the order of keys."""
    waits = _waits(by, chosen)
    return [
        Line(key, sums, {**figures_of(sums, POLICY), **_percentiles(waits.get(key))})
        for key, sums in _sums(by, chosen).items()
        if by != "agent" or key != "0"
    ]


def sums_by_queue(chosen: Filters) -> dict[str, Sums]:
    """Return the counts of each queue: one statement, for screens that ask all the time."""
    return _sums("queue", chosen)


def sums_since(since: datetime) -> dict[str, Sums]:
    """Return the counts of every queue from an instant on."""
    columns = ", ".join(f"sum({name})::bigint" for name in COUNTS)
    found = _read(
        f"select queue_code, {columns} from metrics_interval where starts_at >= %(since)s group by 1",  # noqa: S608
        {"since": since},
    )
    return {str(code): Sums(*row) for code, *row in found}


def total(chosen: Filters) -> Line:
    """Return the whole: its sums are the sums of its parts, its shares are made of them."""
    sums = _sums("total", chosen).get("", Sums())
    return Line("", sums, {**figures_of(sums, POLICY), **_percentiles(_waits("total", chosen).get(""))})


def contact_count(chosen: Filters) -> int:
    """Return how many contacts there were, each once however many queues it went through."""
    where = _CHOSEN.format(at="queued_at")
    found = _read(f"select count(distinct interaction_id) from metrics_visit where {where}", chosen.values())  # noqa: S608
    return int(found[0][0])


def counts_from_arrival(chosen: Filters) -> Counts:
    """Return what came of contacts that nobody had answered before, timed from their arrival, not from the queue."""
    where = _CHOSEN.format(at="queued_at")
    found = _read(
        f"""select count(*), count(*) filter (where outcome = 'answered'),
                   count(*) filter (where outcome = 'answered' and since_arrival_ms <= %(in_time)s),
                   count(*) filter (where outcome = 'abandoned'),
                   count(*) filter (where outcome = 'abandoned' and waited_ms < %(short)s),
                   count(*) filter (where outcome = 'callback'),
                   count(*) filter (where outcome = 'callback' and reached_at - left_at <= %(window)s)
              from metrics_visit where since_arrival_ms is not null and {where}""",  # noqa: S608
        chosen.values() | _limits() | {"window": POLICY.callback_window},
    )
    names = ("offered", "answered", "in_time", "abandoned", "short", "callbacks", "callbacks_kept")
    return Counts(**dict(zip(names, map(int, found[0]), strict=True)))


def _limits() -> dict[str, Any]:
    return {"in_time": POLICY.in_time.total_seconds() * 1000, "short": POLICY.short.total_seconds() * 1000}


def counted_at() -> datetime | None:
    """Return when something new was counted last."""
    return Progress.objects.filter(id=1).values_list("counted_at", flat=True).first()


def _sums(by: str, chosen: Filters) -> dict[str, Sums]:
    key = _KEYS[by].format(at="starts_at")
    columns = ", ".join(f"sum({name})::bigint" for name in COUNTS)
    where = _CHOSEN.format(at="starts_at")
    found = _read(
        f"select {key} as key, {columns} from metrics_interval where {where} group by 1 order by 1",  # noqa: S608
        chosen.values(),
    )
    return {str(row[0]): Sums(*row[1:]) for row in found}


def _waits(by: str, chosen: Filters) -> dict[str, tuple[int, int]]:
    """Return the median and the ninetieth percentile of answered waits; they cannot be summed, so they are counted."""
    key, where = _KEYS[by].format(at="queued_at"), _CHOSEN.format(at="queued_at")
    found = _read(
        f"""select {key} as key, percentile_disc(0.5) within group (order by waited_ms),
                   percentile_disc(0.9) within group (order by waited_ms)
              from metrics_visit where outcome = 'answered' and {where} group by 1""",  # noqa: S608
        chosen.values(),
    )
    return {str(key): (int(half), int(most)) for key, half, most in found}


def _percentiles(waits: tuple[int, int] | None) -> dict[str, float | None]:
    half, most = waits or (None, None)
    return {
        "response_p50": None if half is None else half / 1000,
        "response_p90": None if most is None else most / 1000,
    }


@dataclass(frozen=True)
class Listed:
    """One visit or segment behind a figure."""

    id: int
    interaction_id: int
    queue_code: str
    staff_id: int | None
    state: str
    at: datetime
    seconds: float | None
    in_time: bool | None = None


_LEVEL = """(outcome = 'answered' or (outcome = 'abandoned' and waited_ms >= %(short)s)
              or (outcome = 'callback' and %(callbacks)s))"""
_VISITS = {
    "offered": "true",
    "service_level": _LEVEL,
    "answered": "outcome = 'answered'",
    "in_time": "outcome = 'answered' and waited_ms <= %(in_time)s",
    "abandoned": "outcome = 'abandoned'",
    "short_abandoned": "outcome = 'abandoned' and waited_ms < %(short)s",
    "flow_out": "outcome = 'flow_out'",
    "callbacks": "outcome = 'callback'",
}
_FROM_ARRIVAL = {"call_service_level": f"since_arrival_ms is not null and {_LEVEL}"}
_SEGMENTS = {
    "handled": "finished_at is not null",
    "transfer_rate": "finished_at is not null",
    "disconnected": "finished_at is not null and disconnected",
}
_SAME = {
    "service_level_strict": "offered",
    "answer_rate": "offered",
    "answer_rate_net": "offered",
    "over_limit_rate": "answered",
    "abandon_rate": "offered",
    "abandon_rate_net": "offered",
    "asa": "answered",
    "mean_wait": "offered",
    "response_p50": "answered",
    "response_p90": "answered",
    "handling_time": "handled",
    "talk_time": "handled",
    "hold_time": "handled",
    "wrap_up_time": "handled",
}
_WAITED = "coalesce(waited_ms, greatest(extract(epoch from %(now)s::timestamptz - queued_at) * 1000, 0))"
LISTED = frozenset({*_VISITS, *_SEGMENTS, *_SAME})
"""Figures that open a list."""


def listed(
    figure: str, chosen: Filters, *, after: int = 0, limit: int = PAGE, now: datetime | None = None
) -> list[Listed]:
    """Return the visits or segments that a figure is made of, after a number, in the order of numbers.

    With `now` who still waits has waited up to then.
    """
    figure = _SAME.get(figure, figure)
    values = chosen.values() | {
        **_limits(),
        "callbacks": POLICY.callback != "left_out",
        "now": now,
        "after": after,
        "limit": limit,
    }
    if figure in _VISITS or figure in _FROM_ARRIVAL:
        table, at, state = "metrics_visit", "queued_at", "outcome"
        which, ms = (_VISITS | _FROM_ARRIVAL)[figure], "since_arrival_ms" if figure in _FROM_ARRIVAL else _WAITED
        in_time = f"outcome = 'answered' and {ms} <= %(in_time)s"
    else:
        state = "case when transferred then 'transferred' else 'finished' end"
        table, at, ms, which = "metrics_segment", "finished_at", "handling_ms", _SEGMENTS[figure]
        in_time = "null::boolean"
    where = _CHOSEN.format(at=at)
    found = _read(
        f"""select id, interaction_id, queue_code, staff_id, {state}, {at}, ({ms} / 1000.0)::float8, {in_time}
              from {table} where {which} and id > %(after)s and {where} order by id limit %(limit)s""",  # noqa: S608
        values,
    )
    return [Listed(*row) for row in found]


@dataclass
class Had:
    """When somebody had contacts: serving them (talk, hold, wrap-up), and being asked to."""

    served: list[Span] = field(default_factory=list)
    rang: list[Span] = field(default_factory=list)


def contact_spans(since: datetime, until: datetime, staff_ids: Iterable[int]) -> dict[int, Had]:
    """Return when people had something to do with contacts, cut at both ends; who had nothing is there too."""
    found: dict[int, Had] = defaultdict(Had)
    values = {"since": since, "until": until, "staff": sorted(set(staff_ids))}
    for staff_id, serving, begun, ended in _read(_HAD, values):
        kind = found[staff_id].served if serving else found[staff_id].rang
        kind.append((max(begun, since), min(ended or until, until)))
    return found


_HAD = """
select staff_id, true, answered_at, finished_at from metrics_segment
 where staff_id = any (%(staff)s) and answered_at < %(until)s and (finished_at is null or finished_at > %(since)s)
union all
select staff_id, false, began_at, ended_at from metrics_ring
 where staff_id = any (%(staff)s) and began_at < %(until)s and (ended_at is null or ended_at > %(since)s)
"""


def serving_since() -> dict[int, datetime]:
    """Return since when people have been serving the contact they have served longest."""
    found = _read(
        """select staff_id, min(answered_at) from metrics_segment
            where ended_at is null and finished_at is null and staff_id is not null group by staff_id""",
        {},
    )
    return {int(staff_id): at for staff_id, at in found}


def _read(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
