"""From the journal's lines to visits of queues and segments of work.

The event model: `arrive`, `human_request`, `queue_in`, `offer`, `rna`, `answer`, `transfer`, `end`, `wrap_end`,
`abandon`, `flow_out`, `callback_accept`. Waiting is the customer's, not the agent's: a contact offered, not answered
and queued again keeps its first `queue_in`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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

    def waited(self, now: datetime) -> timedelta:
        """Return how long the customer waited, or has waited up to now; on the millisecond, never negative."""
        span = max((self.left_at or now) - self.queued_at, timedelta())
        return span // MILLISECOND * MILLISECOND


@dataclass(slots=True)
class Segment:
    """One person's work on one contact, from his answer to the end of his wrap-up or his transfer."""

    interaction_id: int
    queue_code: str
    staff_id: int | None
    answered_at: datetime
    ended_at: datetime | None = None
    finished_at: datetime | None = None
    transferred: bool = False

    @property
    def handling(self) -> timedelta | None:
        """Return talk, hold and wrap-up together; nothing while the work goes on."""
        return max(self.finished_at - self.answered_at, timedelta()) if self.finished_at else None


@dataclass(frozen=True)
class Day:
    """Everything counted of a stretch of the journal."""

    visits: list[Visit]
    segments: list[Segment]


COUNTED = frozenset({"queue_in", "answer", "abandon", "flow_out", "callback_accept", "transfer", "end", "wrap_end"})
_OUTCOMES: dict[str, Outcome] = {
    "abandon": "abandoned",
    "flow_out": "flow_out",
    "callback_accept": "callback",
}


def fold(lines: Iterable[Line]) -> Day:
    """Read lines in the order of time and return the visits and segments they tell of."""
    folding = _Folding()
    for line in lines:
        folding.read(line)
    return Day(folding.visits, folding.segments)


class _Folding:
    """Holds, for each contact, the visit it is in and the work that is being done on it."""

    def __init__(self) -> None:
        self.visits: list[Visit] = []
        self.segments: list[Segment] = []
        self._visit: dict[int, Visit] = {}
        self._segment: dict[int, Segment] = {}

    def read(self, line: Line) -> None:
        match line.name:
            case "queue_in":
                self._queued(line)
            case "answer":
                self._answered(line)
            case "abandon" | "flow_out" | "callback_accept":
                self._left(line, _OUTCOMES[line.name])
            case "transfer" | "end" | "wrap_end":
                self._worked(line)

    def _queued(self, line: Line) -> None:
        code = line.queue_code or ""
        waiting = self._visit.get(line.interaction_id)
        if waiting is not None and waiting.queue_code == code:
            return
        if waiting is not None:
            self._left(line, "flow_out")
        visit = Visit(line.interaction_id, code, line.at)
        self._visit[line.interaction_id] = visit
        self.visits.append(visit)

    def _answered(self, line: Line) -> None:
        self._left(line, "answered")
        segment = Segment(line.interaction_id, line.queue_code or "", line.staff_id, line.at)
        self._segment[line.interaction_id] = segment
        self.segments.append(segment)

    def _left(self, line: Line, outcome: Outcome) -> None:
        visit = self._visit.pop(line.interaction_id, None)
        if visit is not None:
            visit.outcome, visit.left_at, visit.staff_id = outcome, line.at, line.staff_id

    def _worked(self, line: Line) -> None:
        segment = self._segment.get(line.interaction_id)
        if segment is None:
            return
        if line.name != "wrap_end":
            segment.ended_at = line.at
        if line.name != "end":
            segment.finished_at, segment.transferred = line.at, line.name == "transfer"
            del self._segment[line.interaction_id]
