"""From the journal's lines to visits of queues and segments of work.

The event model: `arrive`, `human_request`, `queue_in`, `offer`, `rna`, `answer`, `transfer`, `returned`, `line_lost`,
`end`, `wrap_end`, `abandon`, `flow_out`, `callback_accept`, `callback_reached`. Waiting is the customer's, not the
agent's: a contact offered, not answered and queued again keeps its first `queue_in`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol

Outcome = Literal["waiting", "answered", "abandoned", "flow_out", "callback"]
MILLISECOND = timedelta(milliseconds=1)


class Line(Protocol):
    """What is needed of a line of the journal."""

    @property
    def at(self) -> datetime: ...
    @property
    def interaction_id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def queue_code(self) -> str | None: ...
    @property
    def staff_id(self) -> int | None: ...


@dataclass(slots=True)
class Visit:
    """One stay of one contact in one queue, from `queue_in` to its outcome."""

    interaction_id: int
    queue_code: str
    queued_at: datetime
    outcome: Outcome = "waiting"
    left_at: datetime | None = None
    staff_id: int | None = None
    reached_at: datetime | None = None
    """When a promised callback reached the customer."""
    arrived_at: datetime | None = None
    """When the contact arrived (a call: began to ring), unless somebody answered it before this visit."""

    @property
    def since_arrival(self) -> timedelta | None:
        """Return how long it took from the arrival to the visit's outcome; nothing where neither is counted."""
        if self.arrived_at is None or self.left_at is None:
            return None
        return max(self.left_at - self.arrived_at, timedelta()) // MILLISECOND * MILLISECOND

    def waited(self, now: datetime) -> timedelta:
        """Return how long the customer waited, or has waited up to now; on the millisecond, never negative."""
        span = max((self.left_at or now) - self.queued_at, timedelta())
        return span // MILLISECOND * MILLISECOND


@dataclass(slots=True)
class Segment:
    """One person's work on one contact, from his answer to the end of his wrap-up, or until it left him.

    It leaves him by a transfer, back into the queue, or because his line was lost; only the first is `transferred`.
    """

    interaction_id: int
    queue_code: str
    staff_id: int | None
    answered_at: datetime
    ended_at: datetime | None = None
    finished_at: datetime | None = None
    transferred: bool = False
    rang: timedelta = timedelta()
    held: timedelta = timedelta()

    @property
    def handling(self) -> timedelta | None:
        """Return talk, hold and wrap-up together; nothing while the work goes on."""
        return max(self.finished_at - self.answered_at, timedelta()) if self.finished_at else None

    @property
    def talk(self) -> timedelta | None:
        """Return the time with the customer, consultation included and hold left out; nothing while it goes on."""
        return max(self.ended_at - self.answered_at - self.held, timedelta()) if self.ended_at else None

    @property
    def wrap_up(self) -> timedelta | None:
        """Return the time from the end of the contact until it was written up."""
        if self.finished_at is None:
            return None
        return max(self.finished_at - (self.ended_at or self.finished_at), timedelta())


@dataclass(slots=True)
class Ring:
    """One offer to one person, until he answered it or it came back."""

    interaction_id: int
    queue_code: str
    staff_id: int | None
    began_at: datetime
    ended_at: datetime | None = None
    missed: bool = False


@dataclass(frozen=True)
class Day:
    """Everything counted of a stretch of the journal."""

    visits: list[Visit]
    segments: list[Segment]
    rings: list[Ring] = field(default_factory=list)


COUNTED = frozenset(
    {
        "arrive",
        "queue_in",
        "offer",
        "rna",
        "answer",
        "hold_on",
        "hold_off",
        "transfer",
        "returned",
        "line_lost",
        "end",
        "wrap_end",
        "abandon",
        "flow_out",
        "callback_accept",
        "callback_reached",
    }
)
_OUTCOMES: dict[str, Outcome] = {
    "abandon": "abandoned",
    "flow_out": "flow_out",
    "callback_accept": "callback",
}


def fold(lines: Iterable[Line]) -> Day:
    """Read lines in the order of time and return the visits, segments and rings they tell of."""
    folding = _Folding()
    for line in lines:
        folding.read(line)
    return Day(folding.visits, folding.segments, folding.rings)


class _Folding:
    """Holds, for each contact, the visit it is in, who is asked to take it, and the work that is done on it."""

    def __init__(self) -> None:
        self.visits: list[Visit] = []
        self.segments: list[Segment] = []
        self.rings: list[Ring] = []
        self._arrived: dict[int, datetime] = {}
        self._visit: dict[int, Visit] = {}
        self._promised: dict[int, Visit] = {}
        self._segment: dict[int, Segment] = {}
        self._ring: dict[int, Ring] = {}
        self._held_since: dict[int, datetime] = {}

    def read(self, line: Line) -> None:
        match line.name:
            case "arrive":
                self._arrived[line.interaction_id] = line.at
            case "queue_in":
                self._queued(line)
            case "offer":
                self._offered(line)
            case "rna":
                self._stop_ringing(line, missed=True)
            case "answer":
                self._answered(line)
            case "abandon" | "flow_out" | "callback_accept":
                self._stop_ringing(line, missed=False)
                self._left(line, _OUTCOMES[line.name])
            case "hold_on" | "hold_off":
                self._held(line)
            case "transfer" | "returned" | "line_lost" | "end" | "wrap_end":
                self._worked(line)
            case "callback_reached":
                self._reached(line)

    def _queued(self, line: Line) -> None:
        code = line.queue_code or ""
        waiting = self._visit.get(line.interaction_id)
        if waiting is not None and waiting.queue_code == code:
            return
        if waiting is not None:
            self._left(line, "flow_out")
        visit = Visit(line.interaction_id, code, line.at, arrived_at=self._arrived.get(line.interaction_id))
        self._visit[line.interaction_id] = visit
        self.visits.append(visit)

    def _offered(self, line: Line) -> None:
        self._stop_ringing(line, missed=True)
        ring = Ring(line.interaction_id, line.queue_code or "", line.staff_id, line.at)
        self._ring[line.interaction_id] = ring
        self.rings.append(ring)

    def _stop_ringing(self, line: Line, *, missed: bool) -> Ring | None:
        ring = self._ring.pop(line.interaction_id, None)
        if ring is not None:
            ring.ended_at, ring.missed = line.at, missed
        return ring

    def _answered(self, line: Line) -> None:
        ring = self._stop_ringing(line, missed=False)
        self._left(line, "answered")
        self._arrived.pop(line.interaction_id, None)
        self._reached(line)
        segment = Segment(line.interaction_id, line.queue_code or "", line.staff_id, line.at)
        segment.rang = max(line.at - ring.began_at, timedelta()) if ring else timedelta()
        self._segment[line.interaction_id] = segment
        self.segments.append(segment)

    def _reached(self, line: Line) -> None:
        promised = self._promised.pop(line.interaction_id, None)
        if promised is not None:
            promised.reached_at = line.at

    def _left(self, line: Line, outcome: Outcome) -> None:
        visit = self._visit.pop(line.interaction_id, None)
        if visit is not None:
            visit.outcome, visit.left_at, visit.staff_id = outcome, line.at, line.staff_id
            if outcome == "callback":
                self._promised[line.interaction_id] = visit

    def _held(self, line: Line) -> None:
        since = self._held_since.pop(line.interaction_id, None)
        segment = self._segment.get(line.interaction_id)
        if since is not None and segment is not None:
            segment.held += max(line.at - since, timedelta())
        if line.name == "hold_on" and segment is not None and segment.ended_at is None:
            self._held_since[line.interaction_id] = line.at

    def _worked(self, line: Line) -> None:
        segment = self._segment.get(line.interaction_id)
        if segment is None:
            return
        if line.interaction_id in self._held_since:
            self._held(line)
        if line.name != "wrap_end" or segment.ended_at is None:
            segment.ended_at = line.at
        if line.name != "end":
            segment.finished_at, segment.transferred = line.at, line.name == "transfer"
            del self._segment[line.interaction_id]
