"""What becomes of conversations whose customer is not there: nothing hangs, nothing is thrown away."""

from __future__ import annotations

from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.principals import SYSTEM

from .. import rules
from ..models import Chat
from .ending import end_served, leave
from .finding import SUBJECT, locked
from .serving import say

PATIENCE = rules.PATIENCE


@action
def give_up_gone(*, interaction_id: int) -> bool:
    """Let a waiting customer go whose page was not seen for a while; tell whether he was gone."""
    wall, at = clock.wall(), clock.now()
    chat = locked(interaction_id)
    if not chat.live or chat.staff_id is not None or chat.customer_seen_at is None:
        return False
    if not rules.is_gone(seen_at=chat.customer_seen_at, at=wall, patience=PATIENCE):
        return False
    audit.record(SYSTEM, "messaging.give-up", subject=SUBJECT, subject_id=chat.pk)
    leave(chat, ended_by="system", by=SYSTEM, at=at)
    return True


@action
def warn_silent(*, interaction_id: int) -> bool:
    """Tell a silent customer that the conversation will end; tell whether that was due."""
    wall = clock.wall()
    chat = locked(interaction_id)
    if _due(chat) != "warn":
        return False
    chat.warned_at = wall
    chat.save(update_fields=["warned_at"])
    minutes = int(PATIENCE.end_after.total_seconds() // 60)
    say(chat, "silent", key=f"silent:{wall.isoformat()}", at=clock.now(), minutes=minutes)
    audit.record(SYSTEM, "messaging.warn-silent", subject=SUBJECT, subject_id=chat.pk)
    return True


@action
def end_silent(*, interaction_id: int) -> bool:
    """End a conversation whose customer did not answer the warning; tell whether that was due."""
    at = clock.now()
    chat = locked(interaction_id)
    if _due(chat) != "end":
        return False
    say(chat, "ended_silent", key="ended_silent", at=at)
    end_served(chat, ended_by="system", by=SYSTEM, at=at)
    return True


def _due(chat: Chat) -> rules.Next:
    if not chat.live or chat.staff_id is None or chat.silent_since is None:
        return "keep"
    return rules.next_step(silent_since=chat.silent_since, warned_at=chat.warned_at, at=clock.wall(), patience=PATIENCE)
