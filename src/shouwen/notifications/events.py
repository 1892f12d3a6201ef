"""What notifications announce."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.kit.events import Fact


@dataclass(frozen=True)
class NoticeCreated(Fact):
    """Somebody has a new notice in the app."""

    notification_id: int


@dataclass(frozen=True)
class NoticeRead(Fact):
    """Somebody read a notice, in one of his windows."""

    notification_id: int


@dataclass(frozen=True)
class NotificationSent(Fact):
    """A message left; the receipt is kept."""

    notification_id: int
    channel: str
    subject: str
    subject_id: int


@dataclass(frozen=True)
class NotificationFailed(Fact):
    """A message did not leave and will not be tried again by itself."""

    notification_id: int
    channel: str
    subject: str
    subject_id: int
