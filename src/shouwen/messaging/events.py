"""What the written doors announce. `conversation` is the public identifier."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.kit.events import Fact


@dataclass(frozen=True)
class ChatStarted(Fact):
    """A customer wrote to us and waits."""

    interaction_id: int
    conversation: str
    queue_code: str


@dataclass(frozen=True)
class ChatAnswered(Fact):
    """A person took the conversation."""

    interaction_id: int
    conversation: str
    staff_id: int


@dataclass(frozen=True)
class ChatTransferred(Fact):
    """The conversation waits in another queue."""

    interaction_id: int
    conversation: str
    queue_code: str


@dataclass(frozen=True)
class ChatAbandoned(Fact):
    """The customer left before anybody answered."""

    interaction_id: int
    conversation: str


@dataclass(frozen=True)
class ChatCompleted(Fact):
    """The conversation is written up."""

    interaction_id: int
    conversation: str
    staff_id: int
