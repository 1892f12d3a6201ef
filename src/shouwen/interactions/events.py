"""What interactions announce. `conversation` is the public identifier; never what was said."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.kit.events import Fact


@dataclass(frozen=True)
class InteractionOpened(Fact):
    """A contact began."""

    interaction_id: int
    conversation: str
    medium: str


@dataclass(frozen=True)
class MessagePosted(Fact):
    """Something was said."""

    interaction_id: int
    message_id: int
    seq: int
    author_kind: str
    conversation: str


@dataclass(frozen=True)
class ServiceRecordSaved(Fact):
    """The note of what was done changed."""

    interaction_id: int
    version: int
    conversation: str


@dataclass(frozen=True)
class InteractionEnded(Fact):
    """Nothing more will be said in this contact."""

    interaction_id: int
    ended_by: str
    conversation: str


@dataclass(frozen=True)
class InteractionClosed(Fact):
    """The contact is finished, with its record."""

    interaction_id: int
    conversation: str


@dataclass(frozen=True)
class CustomerLinked(Fact):
    """We know now who the customer of a contact is."""

    interaction_id: int
    customer_id: int
    conversation: str


@dataclass(frozen=True)
class InteractionRated(Fact):
    """The customer rated a contact."""

    interaction_id: int
    score: int
    conversation: str
