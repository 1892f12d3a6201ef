"""What happens to calls. `conversation` is the public identifier."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.kit.events import Fact


@dataclass(frozen=True)
class CallArrived(Fact):
    """Somebody calls us."""

    interaction_id: int
    conversation: str
    queue_code: str


@dataclass(frozen=True)
class CallWaiting(Fact):
    """The caller waits for a person."""

    interaction_id: int
    conversation: str
    queue_code: str


@dataclass(frozen=True)
class CallRinging(Fact):
    """A phone of ours rings for the call."""

    interaction_id: int
    conversation: str
    staff_id: int


@dataclass(frozen=True)
class RingEnded(Fact):
    """The phone rings no more, and nobody answered: `cause` says why."""

    interaction_id: int
    conversation: str
    staff_id: int
    cause: str


@dataclass(frozen=True)
class CallAnswered(Fact):
    """A person talks with the caller."""

    interaction_id: int
    conversation: str
    staff_id: int


@dataclass(frozen=True)
class CallDialled(Fact):
    """We call a customer: the own phone rings (`phone`), the line is made (`calling`), it rings there (`ringing`)."""

    interaction_id: int
    conversation: str
    staff_id: int
    state: str


@dataclass(frozen=True)
class CallMade(Fact):
    """A call that we made for something reached the customer (`answered`), or this is why it did not."""

    interaction_id: int
    conversation: str
    staff_id: int
    outcome: str
    about: str
    about_id: int
    settled_at: str


@dataclass(frozen=True)
class CallHeld(Fact):
    """The caller listens to music while somebody serves him, or does so no more."""

    interaction_id: int
    conversation: str
    held: bool


@dataclass(frozen=True)
class ConsultChanged(Fact):
    """A colleague is asked in the middle of a call (`asked`), answers (`talking`), or is no more (`ended`)."""

    interaction_id: int
    conversation: str
    staff_id: int | None
    state: str


@dataclass(frozen=True)
class LineLost(Fact):
    """The line of the one who talks was cut, and the caller waits for it to come back."""

    interaction_id: int
    conversation: str
    staff_id: int


@dataclass(frozen=True)
class PhoneTaken(Fact):
    """Calls reach somebody at another phone now; an empty number: at none."""

    staff_id: int
    number: str


@dataclass(frozen=True)
class CallEnded(Fact):
    """The call is over."""

    interaction_id: int
    conversation: str
    outcome: str


@dataclass(frozen=True)
class CallCompleted(Fact):
    """The call is written up."""

    interaction_id: int
    conversation: str
    staff_id: int


@dataclass(frozen=True)
class RecordingPaused(Fact):
    """The recording shall stand still (`pausing`) and does (`paused`), shall go on (`resuming`) and does (`none`).

    `failed`: it could not stand still.
    """

    interaction_id: int
    conversation: str
    state: str


@dataclass(frozen=True)
class CallRecorded(Fact):
    """The recording of a call is kept."""

    interaction_id: int
    conversation: str
