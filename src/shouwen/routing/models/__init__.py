"""Queues and skills; seats, presence and slots; work items."""

from .queues import AgentSkill, Domain, Queue, Ring, Skill
from .seats import Presence, PresenceSpan, Slot
from .work import WorkItem

__all__ = ["AgentSkill", "Domain", "Presence", "PresenceSpan", "Queue", "Ring", "Skill", "Slot", "WorkItem"]
