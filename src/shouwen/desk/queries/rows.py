"""The rows that each figure of the board counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from shouwen.interactions import queries as interactions
from shouwen.metrics import queries as metrics
from shouwen.responsibility import queries as responsibility
from shouwen.telephony import queries as telephony
from shouwen.tickets import queries as tickets

from .promise import Fault, Promise
from .seen import Seen

COUNTED = (
    "service_level",
    "offered",
    "answered",
    "abandoned",
    "short_abandoned",
    "abandon_rate",
    "asa",
    "handling_time",
)
"""Figures whose rows are counted already."""
FAULTS = ("lost", "doubled", "ownerless")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """One line of a list: what it is, where, with whom, since when, how long, and how it stands."""

    id: int
    kind: str
    reference: str
    queue_code: str
    staff_id: int | None
    state: str
    at: datetime
    seconds: float | None
    in_time: bool | None = None


def _waiting(seen: Seen) -> list[Row]:
    return [
        Row(
            id=w.subject_id,
            kind=w.subject,
            reference="",
            queue_code=w.queue_code,
            staff_id=w.offered_to_id,
            state=w.state,
            at=w.requested_at,
            seconds=max((seen.at - w.requested_at).total_seconds(), 0),
        )
        for w in seen.waiting
    ]


def _serving(seen: Seen) -> list[Row]:
    return [
        Row(
            id=w.subject_id,
            kind=w.subject,
            reference="",
            queue_code=w.queue_code,
            staff_id=w.staff_id,
            state=w.state,
            at=w.answered_at or w.requested_at,
            seconds=max((seen.at - (w.answered_at or w.requested_at)).total_seconds(), 0),
        )
        for w in seen.serving
    ]


def _ready(seen: Seen) -> list[Row]:
    """Return the seats that are ready and may take contacts of the queues."""
    needs = [(q.skill, q.needed_level) for q in seen.queues]
    fit = {
        a.staff_id
        for a in seen.agents
        if a.state == "ready" and any(a.skills.get(s, 0) >= n and s not in a.barred for s, n in needs)
    }
    return [row for row in _on_duty(seen) if row.id in fit]


def _on_duty(seen: Seen) -> list[Row]:
    return [
        Row(
            id=a.staff_id,
            kind="agent",
            reference=a.number,
            queue_code="",
            staff_id=a.staff_id,
            state=a.state,
            at=a.since,
            seconds=max((seen.at - a.since).total_seconds(), 0),
        )
        for a in seen.agents
        if a.state != "offline"
    ]


def _ratings(seen: Seen) -> list[Row]:
    return [
        Row(
            id=r.interaction_id,
            kind="conversation",
            reference="",
            queue_code="",
            staff_id=None,
            state=str(r.score),
            at=r.rated_at,
            seconds=None,
            in_time=r.score >= metrics.SATISFIED,
        )
        for r in seen.ratings
    ]


def _conversations(seen: Seen) -> list[Row]:
    contacts = interactions.open_in(seen.queue_codes)
    duties = responsibility.of("conversation", [c.id for c in contacts])
    return [
        Row(
            id=c.id,
            kind="conversation",
            reference=c.public_id,
            queue_code=c.queue_code,
            staff_id=duties[c.id].handler_id or duties[c.id].owner_id if c.id in duties else None,
            state=c.state,
            at=c.opened_at,
            seconds=max((seen.at - c.opened_at).total_seconds(), 0),
        )
        for c in contacts
    ]


def _on_line(seen: Seen) -> list[Row]:
    return [
        Row(
            id=call.interaction_id,
            kind="conversation",
            reference="",
            queue_code=call.queue_code,
            staff_id=call.staff_id,
            state=call.step,
            at=call.since,
            seconds=max((seen.at - call.since).total_seconds(), 0),
        )
        for call in seen.on_line
    ]


def refused_row(call: telephony.Refused) -> Row:
    """Shape a call that was not taken."""
    return Row(
        id=call.id,
        kind="refused",
        reference=call.dialled,
        queue_code="",
        staff_id=None,
        state=call.why,
        at=call.at,
        seconds=None,
    )


def _refused(seen: Seen) -> list[Row]:
    return [refused_row(call) for call in seen.refused]


def _trunks(seen: Seen) -> list[Row]:
    return [
        Row(
            id=trunk.id,
            kind="trunk",
            reference=trunk.address,
            queue_code="",
            staff_id=None,
            state="up" if trunk.up else "down",
            at=trunk.since,
            seconds=max((seen.at - trunk.since).total_seconds(), 0),
            in_time=trunk.up,
        )
        for server in seen.servers
        for trunk in server.trunks
    ]


PLATFORM: dict[str, Callable[[Seen], list[Row]]] = {
    "ports_in_use": _on_line,
    "calls_refused": _refused,
    "system_connect_rate": _refused,
    "trunks_up": _trunks,
}
"""Figures of the telephone platform, for who takes calls."""
READERS: dict[str, Callable[[Seen], list[Row]]] = {
    "waiting": _waiting,
    "longest_wait": _waiting,
    "agents_on_duty": _on_duty,
    "satisfaction": _ratings,
    "open_conversations": _conversations,
}
OF_QUEUES: dict[str, Callable[[Seen], list[Row]]] = {"in_service": _serving, "agents_ready": _ready}
"""Lists behind the numbers of a queue that are no figures of the whole."""


def faults(key: str, kept: Promise) -> list[Row]:
    found: list[Fault] = getattr(kept, key)
    return [
        Row(
            id=fault.subject_id,
            kind=fault.subject,
            reference="",
            queue_code="",
            staff_id=None,
            state=fault.why,
            at=EPOCH,
            seconds=None,
        )
        for fault in found
    ]


def ticket(item: tickets.TicketItem, at: datetime) -> Row:
    return Row(
        id=item.row.id,
        kind="ticket",
        reference=item.row.number,
        queue_code=item.row.queue_code,
        staff_id=item.handler.id if item.handler else item.owner.id if item.owner else None,
        state=item.row.state,
        at=item.row.opened_at,
        seconds=max((at - item.row.opened_at).total_seconds(), 0),
        in_time=item.clock.state(at) != "late" if item.clock else None,
    )


def counted(found: metrics.Listed) -> Row:
    """Shape a visit or a segment that is counted already."""
    return Row(
        id=found.interaction_id,
        kind="conversation",
        reference="",
        queue_code=found.queue_code,
        staff_id=found.staff_id,
        state=found.state,
        at=found.at,
        seconds=found.seconds,
        in_time=found.in_time,
    )
