"""This room holds ids only: who waits where, who serves whom."""

from __future__ import annotations

from shouwen.kit.privacy import not_personal

from .models import Domain, Presence, PresenceSpan, Queue, Skill, Slot, WorkItem

not_personal(Domain, "code")
not_personal(Skill, "code", "name")
not_personal(Queue, "code", "name", "media")
not_personal(Presence, "reason")
not_personal(PresenceSpan, "reason")
not_personal(Slot, "medium")
not_personal(WorkItem, "subject", "contact", "medium", "refused_by")
