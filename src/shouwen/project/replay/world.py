"""What all simulated people of one replay share: the way to the product, its time, and the script."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from . import personas
from .book import Book
from .http import Browser, Line
from .product import Letterbox
from .reading import Message


@dataclass(frozen=True)
class DomainClock:
    """The product's time, followed without asking again."""

    read_at: float
    now_then: datetime
    speed: float

    @classmethod
    async def read(cls, line: Line) -> DomainClock:
        """Ask the product what time it is there and how fast it runs."""
        asked = time.monotonic()
        told = await Browser(line).get("/api/clock")
        middle = (asked + time.monotonic()) / 2
        return cls(middle, datetime.fromisoformat(told["now"]), float(told["speed"]))

    def now(self) -> datetime:
        """Return the domain time."""
        return self.now_then + timedelta(seconds=(time.monotonic() - self.read_at) * self.speed)

    async def sleep_until(self, moment: datetime) -> None:
        """Wait for a domain time."""
        await asyncio.sleep(max(0.0, (moment - self.now()).total_seconds() / self.speed))


@dataclass
class Story:
    """One request: what it is, and what its people came to know about it."""

    message: Message
    plan: personas.Plan
    arrives_at: datetime
    place: int
    conversation: str = ""
    ticket: str = ""
    began: float | None = None
    ended: float | None = None
    given_up: str = ""
    step: str = "to come"

    def over(self) -> None:
        """Note that this request has come to its end."""
        self.ended = self.ended or time.monotonic()

    @property
    def wall(self) -> timedelta | None:
        """Return how long it took on the wall."""
        if self.began is None or self.ended is None:
            return None
        return timedelta(seconds=self.ended - self.began)


@dataclass
class World:
    """One replay."""

    line: Line
    clock: DomainClock
    stories: Sequence[Story]
    letterbox: Letterbox | None = None
    book: Book = field(default_factory=Book)
    everyone_served: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._by_words = {personas.opening(story.message)[0]: story for story in reversed(self.stories)}
        self._by_ticket = {
            (personas.title(story.message), personas.description(story.message)): story
            for story in reversed(self.stories)
        }

    def asked(self, words: str) -> Story | None:
        """Return the script for what a customer wrote first, as an agent reads it."""
        return self._by_words.get(words)

    def filed(self, title: str, description: str) -> Story | None:
        """Return the script for a ticket, as the back office reads it."""
        return self._by_ticket.get((title, description))
