"""Facts about tickets. All carry the same few plain values; what was said stays in the ticket."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.kit.events import Fact


@dataclass(frozen=True)
class TicketFact(Fact):
    """Which ticket, and how it stands after the change."""

    ticket_id: int
    number: str
    kind: str
    state: str
    version: int


@dataclass(frozen=True)
class TicketOpened(TicketFact):
    """A request was accepted as a ticket."""


@dataclass(frozen=True)
class TicketFilesAdded(TicketFact):
    """Somebody added files."""


@dataclass(frozen=True)
class TicketTaken(TicketFact):
    """Somebody took the ticket up."""


@dataclass(frozen=True)
class TicketAssigned(TicketFact):
    """The ticket was given to somebody."""


@dataclass(frozen=True)
class HandOverOffered(TicketFact):
    """A colleague is asked to own the ticket."""


@dataclass(frozen=True)
class HandOverAccepted(TicketFact):
    """The ticket has a new owner."""


@dataclass(frozen=True)
class HandOverDeclined(TicketFact):
    """The colleague asked declined; the owner stays."""


@dataclass(frozen=True)
class TicketNoted(TicketFact):
    """Something was written into the ticket."""


@dataclass(frozen=True)
class TicketWaiting(TicketFact):
    """The customer was asked something; the clocks stand."""


@dataclass(frozen=True)
class TicketHeld(TicketFact):
    """The ticket waits on a third party; the clocks run."""


@dataclass(frozen=True)
class TicketResumed(TicketFact):
    """The ticket waits on us again."""


@dataclass(frozen=True)
class ClockRunsOn(TicketFact):
    """A clock stood as long as its reason allows; it runs although the ticket still waits."""


@dataclass(frozen=True)
class TicketResolved(TicketFact):
    """There is an answer; the customer is asked to confirm."""


@dataclass(frozen=True)
class ContactTried(TicketFact):
    """An attempt to reach the customer is on record."""


@dataclass(frozen=True)
class TicketReopened(TicketFact):
    """The customer does not accept the answer."""


@dataclass(frozen=True)
class TicketClosed(TicketFact):
    """The customer confirmed, or could not be reached as often as the policy asks."""


@dataclass(frozen=True)
class TicketCancelled(TicketFact):
    """The customer withdrew the request."""


@dataclass(frozen=True)
class TicketUrged(TicketFact):
    """The customer asks us to hurry."""


@dataclass(frozen=True)
class TicketSupplemented(TicketFact):
    """The customer added something."""


@dataclass(frozen=True)
class TicketEscalated(TicketFact):
    """A promise of time was missed; the duty leader knows."""
