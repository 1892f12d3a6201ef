"""What one reader of the board sees at an instant, read once and counted many times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from shouwen.interactions import queries as interactions
from shouwen.kit.principals import Principal
from shouwen.metrics import queries as metrics
from shouwen.routing import queries as routing


@dataclass(frozen=True)
class Seen:
    """The reader, the instant, and what is behind his figures."""

    by: Principal
    at: datetime

    @cached_property
    def queue_codes(self) -> frozenset[str]:
        """Return the queues of the organisations he may see."""
        return frozenset(q.code for q in routing.queues() if self.by.sees(q.organisation_id))

    @cached_property
    def day(self) -> metrics.Day:
        """Return today's visits and segments of those queues."""
        return metrics.today(self.at, self.queue_codes)

    @cached_property
    def waiting(self) -> list[routing.WorkView]:
        """Return who waits in those queues now."""
        return [w for w in routing.waiting() if w.queue_code in self.queue_codes]

    @cached_property
    def agents(self) -> list[routing.AgentCard]:
        """Return the seats of those organisations."""
        return routing.agents(self.by.organisations)

    @cached_property
    def ratings(self) -> list[interactions.RatingView]:
        """Return the ratings given today."""
        since = metrics.day_of(self.at)
        return interactions.ratings(since=since, until=self.at, queue_codes=self.queue_codes)
