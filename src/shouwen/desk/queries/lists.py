"""One page of what a figure of the board counts, with names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from shouwen.interactions import queries as interactions
from shouwen.kit.api import Page
from shouwen.kit.api.paging import LIMIT, CursorInvalid
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.metrics import queries as metrics
from shouwen.telephony import queries as telephony
from shouwen.tickets import queries as tickets

from .. import permissions
from ..errors import FigureUnknown
from .paging import cut
from .people import Person, people
from .promise import Promise, recent_promise
from .rows import COUNTED, FAULTS, OF_QUEUES, PLATFORM, READERS, Row, counted, faults, ticket
from .seen import Seen

KEYS = (
    "service_level",
    "waiting",
    "longest_wait",
    "agents_on_duty",
    "offered",
    "answered",
    "abandoned",
    "short_abandoned",
    "abandon_rate",
    "asa",
    "handling_time",
    "satisfaction",
    "open_conversations",
    "open_tickets",
    "overdue_tickets",
    *FAULTS,
)
CALLS = ("call_service_level",)
"""Figures of telephone calls alone."""
TICKETS: dict[str, Literal["open", "overdue"]] = {"open_tickets": "open", "overdue_tickets": "overdue"}


@dataclass(frozen=True)
class Listed:
    """A line of a list with the name by which its subject is opened, and who has it."""

    row: Row
    reference: str
    staff: Person | None


def rows(key: str, *, by: Principal, at: datetime, queue: str = "", cursor: str = "", limit: int = 50) -> Page[Listed]:
    """Return one page of what a figure counts, of one queue or of all, oldest first (tickets: newest first)."""
    require(by, permissions.VIEW_BOARD)
    if key not in {*KEYS, *OF_QUEUES, *PLATFORM, *CALLS}:
        raise FigureUnknown(key=key)
    if key in TICKETS:
        found = tickets.figure_rows(TICKETS[key], by=by, at=at, cursor=cursor, limit=limit)
        return Page[Listed](items=named([ticket(item, at) for item in found.items]), next=found.next)
    seen = Seen(by=by, at=at, queue=queue)
    if key in COUNTED or key in CALLS:
        return _counted(key, seen, cursor, limit)
    read = READERS.get(key) or OF_QUEUES.get(key) or PLATFORM.get(key)
    everyone = read(seen) if read else faults(key, recent_promise(at))
    page, following = cut(everyone, cursor=cursor, limit=limit)
    return Page[Listed](items=named(page), next=following)


def counts(seen: Seen, kept: Promise) -> dict[str, int]:
    """Return how many rows the list of each figure has."""
    found = {key: len(read(seen)) for key, read in READERS.items() if key != "open_conversations"}
    found |= metrics.row_counts(metrics.whole(seen.today))
    found |= {key: len(faults(key, kept)) for key in FAULTS}
    found["open_conversations"] = interactions.open_count(seen.queue_codes)
    return found | {key: tickets.figure_count(figure, by=seen.by, at=seen.at) for key, figure in TICKETS.items()}


def keys(seen: Seen) -> tuple[str, ...]:
    """Return the figures of the board: those of the telephone platform only where calls are taken."""
    return (*KEYS, *CALLS, *PLATFORM) if seen.servers else KEYS


def platform(seen: Seen) -> dict[str, float | None]:
    """Return the figures of the telephone platform: what is of all its ports is so for every reader."""
    entered = telephony.entered_count(metrics.day_of(seen.at), seen.at)
    return {
        "call_service_level": seen.calls_in_time[0],
        "ports_in_use": sum(server.in_use for server in seen.servers),
        "system_connect_rate": metrics.connect_rate(entered, len(seen.refused)),
        "trunks_up": sum(trunk.up for server in seen.servers for trunk in server.trunks),
    }


def wholes(seen: Seen) -> dict[str, int]:
    """Return of how many each such figure is a part: ports installed, trunks set up."""
    ports = sum(server.ports for server in seen.servers)
    return {"ports_in_use": ports, "trunks_up": sum(len(server.trunks) for server in seen.servers)}


def platform_counts(seen: Seen) -> dict[str, int]:
    """Return how many rows the list of each figure of the platform has."""
    found = {key: len(read(seen)) for key, read in PLATFORM.items()}
    return found | {"call_service_level": seen.calls_in_time[1]}


def _counted(key: str, seen: Seen, cursor: str, limit: int) -> Page[Listed]:
    """Return one page of what is counted already, in the order of counting."""
    medium = "voice" if key in CALLS else ""
    limit, chosen = max(1, min(limit, LIMIT)), metrics.of_today(seen.at, seen.queue_codes, medium)
    if cursor and not cursor.isdecimal():
        raise CursorInvalid
    found = metrics.listed(key, chosen, after=int(cursor or 0), limit=limit + 1, now=seen.at)
    page = found[:limit]
    return Page[Listed](
        items=named([counted(one) for one in page]), next=str(page[-1].id) if len(found) > limit else None
    )


def longest_wait(seen: Seen) -> float | None:
    """Return the longest wait of those who wait now."""
    return max((row.seconds or 0 for row in READERS["longest_wait"](seen)), default=None)


def satisfaction(seen: Seen) -> float | None:
    """Return the share of satisfied ratings."""
    return metrics.satisfied([rating.score for rating in seen.ratings])


def named(page: list[Row]) -> list[Listed]:
    """Put names to one page: two queries, whatever its length."""
    contacts = interactions.conversations({row.id for row in page if row.kind == "conversation"})
    known = people(row.staff_id for row in page)
    return [Listed(row, _reference(row, contacts), known.get(row.staff_id) if row.staff_id else None) for row in page]


def _reference(row: Row, contacts: dict[int, interactions.Conversation]) -> str:
    if row.kind == "conversation" and row.id in contacts:
        return contacts[row.id].public_id
    return row.reference
