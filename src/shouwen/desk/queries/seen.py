"""What one reader of the board sees at an instant, read once and counted many times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from shouwen.interactions import queries as interactions
from shouwen.kit.principals import Principal
from shouwen.metrics import queries as metrics
from shouwen.routing import queries as routing
from shouwen.telephony import queries as telephony


@dataclass(frozen=True)
class Seen:
    """The reader, the instant, and what is behind his figures; with a `queue` only what concerns it."""

    by: Principal
    at: datetime
    queue: str = ""

    @cached_property
    def queue_codes(self) -> frozenset[str]:
        """Return the queues of the organisations he may see."""
        return frozenset(q.code for q in self.queues)

    @cached_property
    def queues(self) -> list[routing.QueueCard]:
        """Return the same with what they need."""
        return [q for q in routing.queues() if self.by.sees(q.organisation_id) and self.queue in {"", q.code}]

    @cached_property
    def today(self) -> metrics.Today:
        """Return what each of those queues came to today."""
        return metrics.today(self.at, self.queue_codes)

    @cached_property
    def figures(self) -> list[routing.QueueFigures]:
        """Return how those queues stand now."""
        return [q for q in routing.queue_figures() if q.code in self.queue_codes]

    @cached_property
    def waiting(self) -> list[routing.WorkView]:
        """Return who waits in those queues now."""
        return [w for w in routing.waiting() if w.queue_code in self.queue_codes]

    @cached_property
    def serving(self) -> list[routing.WorkView]:
        """Return who is served in those queues now."""
        return [w for w in routing.serving() if w.queue_code in self.queue_codes]

    @cached_property
    def servers(self) -> list[telephony.ServerView]:
        """Return the telephone platform: its media servers; none where no calls are taken."""
        return telephony.servers(self.at)

    @cached_property
    def on_line(self) -> list[telephony.OnLine]:
        """Return the calls of those queues that have a port now."""
        return telephony.on_line(self.queue_codes)

    @cached_property
    def refused(self) -> list[telephony.Refused]:
        """Return the calls of today that were not taken."""
        return telephony.refused(metrics.day_of(self.at), self.at)

    @cached_property
    def calls_in_time(self) -> tuple[float | None, int]:
        """Return the share of those queues' calls of today answered in time from their first ring, and of how many."""
        return metrics.calls_in_time(self.at, self.queue_codes)

    @cached_property
    def agents(self) -> list[routing.AgentCard]:
        """Return the seats of those organisations."""
        return routing.agents(self.by.organisations)

    @cached_property
    def ratings(self) -> list[interactions.RatingView]:
        """Return the ratings given today."""
        since = metrics.day_of(self.at)
        return interactions.ratings(since=since, until=self.at, queue_codes=self.queue_codes)
