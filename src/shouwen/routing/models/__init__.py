"""Queues and skills; seats, presence and slots; work items; what leaders decide for a while."""

from .floor import Announcement, Loan, Nuisance
from .queues import AgentSkill, Domain, Queue, Ring, Skill
from .seats import Presence, PresenceSpan, Slot
from .work import Callback, Choice, WorkItem

__all__ = [
    "AgentSkill",
    "Announcement",
    "Callback",
    "Choice",
    "Domain",
    "Loan",
    "Nuisance",
    "Presence",
    "PresenceSpan",
    "Queue",
    "Ring",
    "Skill",
    "Slot",
    "WorkItem",
]
