"""Four tiles of service quality with what is behind each: satisfaction, response, recovery, complaints; and FCR."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from shouwen.kit.api import Page
from shouwen.kit.principals import Principal
from shouwen.metrics import queries as metrics
from shouwen.telephony import queries as telephony
from shouwen.tickets import facts as ticket_facts
from shouwen.tickets import queries as tickets

from ..errors import FigureUnknown
from .figures import Asked, chosen_of
from .lists import Listed, named
from .paging import cut
from .rows import Row, refused_row

WINDOW = metrics.POLICY.repeat


@dataclass(frozen=True)
class Tile:
    """One figure of service: its value, how many it rests on, and what stands beside it."""

    definition: metrics.Definition
    value: float | None
    count: int
    base: int | None = None
    low: float | None = None
    high: float | None = None
    p50: float | None = None
    p90: float | None = None
    provisional: int | None = None
    list: str | None = None


def service(asked: Asked, *, by: Principal, at: datetime) -> list[Tile]:
    """Return the tiles of a period."""
    chosen = chosen_of(asked, by)
    whole = metrics.total(chosen)
    return [
        _satisfaction(chosen, whole),
        _response(whole),
        _recovery(chosen, by),
        _complaints(chosen, by),
        _resolution(chosen, at),
        *_platform(chosen, at),
    ]


def _platform(chosen: metrics.Filters, at: datetime) -> list[Tile]:
    """Return how full the telephone platform was, and how many calls found no port; nothing where no calls come."""
    ports = telephony.ports_installed(chosen.since)
    until = min(chosen.until, at)
    if not ports or until <= chosen.since:
        return []
    use = metrics.in_use(telephony.port_levels(chosen.since, until), until, ports)
    refused = len(telephony.refused(chosen.since, until))
    offered = telephony.entered_count(chosen.since, until) + refused
    return [
        Tile(
            metrics.definition("port_occupancy"),
            metrics.percent(use.mean),
            int((use.peak or 0) * ports),
            base=ports,
            high=metrics.percent(use.peak),
        ),
        Tile(
            metrics.definition("system_connect_rate"),
            metrics.connect_rate(offered - refused, refused),
            refused,
            base=offered,
            list="system_connect_rate",
        ),
    ]


def _satisfaction(chosen: metrics.Filters, whole: metrics.Line) -> Tile:
    found = metrics.satisfaction_of(chosen, whole.sums.answered)
    low, high = found.interval or (None, None)
    figures = metrics.opinion_figures(found)
    return Tile(
        metrics.definition("satisfaction"),
        figures["satisfaction"],
        found.valid,
        base=found.asked,
        low=None if low is None else round(100 * low, 1),
        high=None if high is None else round(100 * high, 1),
        p50=figures["csat_mean"],
        list="satisfaction",
    )


def _response(whole: metrics.Line) -> Tile:
    figures = whole.figures
    return Tile(
        metrics.definition("asa"),
        figures["asa"],
        whole.sums.answered,
        p50=figures["response_p50"],
        p90=figures["response_p90"],
        list="answered",
    )


def _recovery(chosen: metrics.Filters, by: Principal) -> Tile:
    spans = [restored_after(row) for row in faults(chosen, by)]
    mean, p90, count = metrics.repair_figures(spans)
    return Tile(metrics.definition("mttr"), mean, count, p90=p90, list="mttr")


def _complaints(chosen: metrics.Filters, by: Principal) -> Tile:
    count, base = len(complaints(chosen, by)), metrics.contact_count(chosen)
    return Tile(
        metrics.definition("complaint_rate"), metrics.share(count, base), count, base=base, list="complaint_rate"
    )


def _resolution(chosen: metrics.Filters, at: datetime) -> Tile:
    """First contacts of the period; a window before it shows what is no first one, a window after it what came back."""
    around = replace(chosen, since=chosen.since - WINDOW, until=chosen.until + WINDOW)
    contacts = metrics.handled(around)
    opened = tickets.for_conversations(c.contact for c in contacts)
    states = {number: _state(items) for number, items in opened.items()}
    found = metrics.resolution(metrics.handled(around, states), since=chosen.since, until=chosen.until, at=at)
    return Tile(
        metrics.definition("fcr"),
        metrics.percent(found.by_issue),
        found.resolved,
        base=found.issues,
        low=metrics.percent(found.by_contact),
        high=metrics.percent(found.net),
        provisional=found.provisional,
    )


def _state(items: Iterable[tickets.TicketItem]) -> metrics.TicketState:
    rows = [item.row for item in items]
    return metrics.TicketState(
        settled=all(row.state == "closed" and not row.reopened_count for row in rows),
        resolvable=all(row.kind != "fault" for row in rows),
        escalated=any(row.escalated_at is not None for row in rows),
    )


def faults(chosen: metrics.Filters, by: Principal) -> list[dict[str, Any]]:
    """Return the fault tickets whose answer that it works again was given in the period."""
    rows = _mine(ticket_facts.tickets().filter(kind="fault"), chosen, by)
    return list(rows.filter(delivered_at__gte=chosen.since, delivered_at__lt=chosen.until).order_by("opened_at"))


def complaints(chosen: metrics.Filters, by: Principal) -> list[dict[str, Any]]:
    """Return the complaints accepted in the period."""
    rows = _mine(ticket_facts.tickets().filter(kind="complaint"), chosen, by)
    return list(rows.filter(opened_at__gte=chosen.since, opened_at__lt=chosen.until).order_by("opened_at"))


def restored_after(row: dict[str, Any]) -> timedelta:
    """Return how long a fault lasted for its customer: from acceptance to the answer."""
    return (row["to_handle"] or timedelta()) + (row["to_deliver"] or timedelta())


def _mine(rows: Any, chosen: metrics.Filters, by: Principal) -> Any:
    mine = rows if by.organisations is None else rows.filter(organisation_id__in=by.organisations)
    return mine.filter(queue_code__in=chosen.queue_codes)


def behind_tile(key: str, asked: Asked, *, by: Principal, cursor: str, limit: int) -> Page[Listed]:
    """Return the ratings, faults or complaints behind a tile, oldest first."""
    chosen = chosen_of(asked, by)
    readers = {
        "satisfaction": lambda: [_rating(r, s) for r, s in metrics.ratings(chosen)],
        "mttr": lambda: [_ticket(row, restored_after(row).total_seconds()) for row in faults(chosen, by)],
        "complaint_rate": lambda: [_ticket(row, None) for row in complaints(chosen, by)],
        "system_connect_rate": lambda: [refused_row(row) for row in telephony.refused(chosen.since, chosen.until)],
    }
    if key not in readers:
        raise FigureUnknown(key=key)
    page, following = cut(readers[key](), cursor=cursor, limit=limit)
    return Page[Listed](items=named(page), next=following)


def _rating(rating: metrics.RatingView, segment: metrics.SegmentRow) -> Row:
    return Row(
        id=rating.interaction_id,
        kind="conversation",
        reference="",
        queue_code=segment.queue_code,
        staff_id=segment.staff_id,
        state=str(rating.score),
        at=rating.rated_at,
        seconds=None,
        in_time=rating.score >= metrics.SATISFIED,
    )


def _ticket(row: dict[str, Any], lasted: float | None) -> Row:
    return Row(
        id=int("".join(c for c in row["number"] if c.isdigit()) or 0),
        kind="ticket",
        reference=row["number"],
        queue_code=row["queue_code"],
        staff_id=None,
        state=row["state"],
        at=row["opened_at"],
        seconds=lasted,
    )
