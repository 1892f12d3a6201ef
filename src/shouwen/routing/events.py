"""Facts about waiting, offers and presence. The matching functions publish them from SQL under the same names."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.kit.events import Fact


@dataclass(frozen=True)
class WorkWaiting(Fact):
    """A contact waits in a queue: new, sent back, or transferred."""

    work_item_id: int
    subject: str
    subject_id: int
    queue_code: str


@dataclass(frozen=True)
class WorkOffered(Fact):
    """A seat is asked to take a contact until `expires_at` (ISO 8601)."""

    work_item_id: int
    subject: str
    subject_id: int
    queue_code: str
    staff_id: int
    expires_at: str


@dataclass(frozen=True)
class OfferMissed(Fact):
    """An offer came back: `no_answer`, `declined`, `left` (the seat stopped taking work), or what a phone said:
    `busy`, `unreachable`, `lost`, `no_phone`.
    """

    work_item_id: int
    subject: str
    subject_id: int
    queue_code: str
    staff_id: int
    reason: str


@dataclass(frozen=True)
class WorkAssigned(Fact):
    """A person took the contact."""

    work_item_id: int
    subject: str
    subject_id: int
    queue_code: str
    staff_id: int


@dataclass(frozen=True)
class WorkAbandoned(Fact):
    """The customer left before a person took the contact."""

    work_item_id: int
    subject: str
    subject_id: int
    queue_code: str
    staff_id: int | None = None


@dataclass(frozen=True)
class WorkFinished(Fact):
    """The contact ended; with `wrap_up` the seat still writes it up."""

    work_item_id: int
    subject: str
    subject_id: int
    queue_code: str
    staff_id: int
    wrap_up: bool


@dataclass(frozen=True)
class WrapUpCompleted(Fact):
    """The seat has written the contact up and may take another."""

    work_item_id: int
    subject: str
    subject_id: int
    queue_code: str
    staff_id: int


@dataclass(frozen=True)
class WorkMoved(Fact):
    """The contact left a queue for another: transferred by the person who had it, or moved while it waited.

    `why` is `overflow` (the queue was full) or `flow_out` (it waited too long) when the matching moved it.
    """

    work_item_id: int
    subject: str
    subject_id: int
    queue_code: str
    to_queue_code: str
    staff_id: int | None = None
    why: str = ""


@dataclass(frozen=True)
class WaitTooLong(Fact):
    """A contact has waited longer than its queue allows; told once."""

    work_item_id: int
    subject: str
    subject_id: int
    queue_code: str


@dataclass(frozen=True)
class PresenceChanged(Fact):
    """Somebody does something else now."""

    staff_id: int
    state: str
    reason: str


@dataclass(frozen=True)
class SkillsChanged(Fact):
    """What somebody may be given changed; effective with the next contact."""

    staff_id: int


@dataclass(frozen=True)
class QueueChanged(Fact):
    """A queue was made, changed, paused or opened again."""

    queue_code: str
    paused: bool


@dataclass(frozen=True)
class AnnouncementChanged(Fact):
    """Something is said to everybody who waits, or no more."""

    announcement_id: int
    queue_code: str
