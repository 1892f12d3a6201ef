"""The rows that each figure of the board counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from shouwen.interactions import queries as interactions
from shouwen.metrics import queries as metrics
from shouwen.responsibility import queries as responsibility
from shouwen.tickets import queries as tickets

from .promise import Fault, Promise
from .seen import Seen

VISITS = ("service_level", "offered", "answered", "abandoned", "short_abandoned", "abandon_rate", "asa")
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


def _visits(key: str) -> Callable[[Seen], list[Row]]:
    def read(seen: Seen) -> list[Row]:
        chosen = metrics.rows(key, seen.day, seen.at)
        return [
            Row(
                id=v.interaction_id,
                kind="conversation",
                reference="",
                queue_code=v.queue_code,
                staff_id=v.staff_id,
                state=v.outcome,
                at=v.queued_at,
                seconds=v.waited(seen.at).total_seconds(),
                in_time=metrics.in_time(v, seen.at),
            )
            for v in chosen
        ]

    return read


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


def _segments(seen: Seen) -> list[Row]:
    return [
        Row(
            id=s.interaction_id,
            kind="conversation",
            reference="",
            queue_code=s.queue_code,
            staff_id=s.staff_id,
            state="transferred" if s.transferred else "finished",
            at=s.answered_at,
            seconds=metrics.seconds(s.handling),
        )
        for s in seen.day.segments
    ]


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
    duties = {d.subject_id: d for d in responsibility.open_subjects("conversation")}
    contacts = interactions.conversations(duties)
    return [
        Row(
            id=c.id,
            kind="conversation",
            reference=c.public_id,
            queue_code=c.queue_code,
            staff_id=duties[c.id].handler_id or duties[c.id].owner_id,
            state=c.state,
            at=c.opened_at,
            seconds=max((seen.at - c.opened_at).total_seconds(), 0),
        )
        for c in contacts.values()
        if c.queue_code in seen.queue_codes
    ]


READERS: dict[str, Callable[[Seen], list[Row]]] = {
    **{key: _visits(key) for key in VISITS},
    "waiting": _waiting,
    "longest_wait": _waiting,
    "handling_time": _segments,
    "agents_on_duty": _on_duty,
    "satisfaction": _ratings,
    "open_conversations": _conversations,
}


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
