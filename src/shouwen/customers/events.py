"""What customers announce."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.kit.events import Fact


@dataclass(frozen=True)
class CustomerRegistered(Fact):
    """Somebody became a customer on record."""

    customer_id: int


@dataclass(frozen=True)
class CustomerChanged(Fact):
    """A customer's data or contact points changed."""

    customer_id: int


@dataclass(frozen=True)
class VisitorSignedIn(Fact):
    """A visitor turned out to be a customer: what he started as a visitor is his."""

    visitor_id: int
    customer_id: int


@dataclass(frozen=True)
class SessionsEnded(Fact):
    """A session of a customer or visitor ended before its time; its live connections end with it."""

    kind: str
    id: int


@dataclass(frozen=True)
class ConsentChanged(Fact):
    """A customer gave or withdrew a consent; it counts at once."""

    customer_id: int
    purpose: str
    given: bool
