"""How a conversation ends, and how it is completed."""

from __future__ import annotations

from datetime import datetime

from shouwen.interactions import actions as interactions
from shouwen.interactions.errors import InteractionOver, StillOpen
from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.responsibility import queries as duties
from shouwen.routing import actions as routing
from shouwen.routing import queries as work
from shouwen.routing.errors import NotWaiting
from shouwen.sla import actions as sla

from .. import permissions
from ..events import ChatAbandoned, ChatCompleted
from ..models import Chat
from .clocks import start_clock_of
from .finding import SUBJECT, at_seat, audience, locked_for_customer, locked_for_staff, public_id
from .serving import say


@action
def end(*, by: Principal, interaction_id: int) -> None:
    """Let the one who answers a conversation end it; it stays his, with a clock, until he completes it."""
    require(by, permissions.ANSWER)
    chat = locked_for_staff(interaction_id, by)
    if chat.interaction.state != "open":
        raise InteractionOver
    end_served(chat, ended_by="staff", by=by, at=clock.now())


@action
def customer_leaves(*, by: Principal, interaction_id: int) -> None:
    """Let the customer end his conversation; leaving twice is leaving once."""
    chat = locked_for_customer(interaction_id, by)
    if chat.interaction.state != "open":
        audit.record(by, "messaging.leave-again", subject=SUBJECT, subject_id=chat.pk)
        return
    leave(chat, ended_by="customer", by=by, at=clock.now())


@action
def ask_callback(*, by: Principal, interaction_id: int, number: str) -> None:
    """Let a waiting customer leave the line and be called back: the conversation is over, the call is owed."""
    chat = locked_for_customer(interaction_id, by)
    if chat.interaction.state != "open" or chat.staff_id is not None:
        raise NotWaiting
    at = clock.now()
    routing.ask_callback(subject=SUBJECT, subject_id=chat.pk, number=number, by=by, at=at)
    say(chat, "callback", key="callback", at=at)
    _finish_live(chat)
    interactions.end(interaction_id=chat.pk, ended_by="customer", by=by, at=at, audience=audience(chat, board=True))
    interactions.close(interaction_id=chat.pk, by=by, at=at, audience=audience(chat, board=True))
    interactions.settle(interaction_id=chat.pk, by=by, at=at)
    audit.record(by, "messaging.callback", subject=SUBJECT, subject_id=chat.pk)


@action
def complete(*, by: Principal, interaction_id: int) -> None:
    """Finish an ended conversation: its record says why the customer came and what was done.

    1. Close the interaction; it refuses without reason and handling.
    2. Nobody needs to answer for it any more, and no clock runs.
    3. The seat may take the next one.
    """
    require(by, permissions.ANSWER)
    at = clock.now()
    chat = locked_for_staff(interaction_id, by)
    if chat.interaction.state == "open":
        raise StillOpen
    if chat.interaction.state == "closed":
        audit.record(by, "messaging.complete-again", subject=SUBJECT, subject_id=chat.pk)
        return
    interactions.close(interaction_id=chat.pk, by=by, at=at, handled=True, audience=audience(chat, board=True))
    interactions.settle(interaction_id=chat.pk, by=by, at=at)
    item = work.work_of(SUBJECT, [chat.pk]).get(chat.pk)
    if item is not None and item.state == "wrap":
        routing.complete_wrap_up(subject=SUBJECT, subject_id=chat.pk, by=at_seat(item.staff_id, by))
    elif chat.interaction.direction != "inbound":
        interactions.journal(
            interaction_id=chat.pk,
            name="wrap_end",
            queue_code=chat.interaction.queue_code,
            staff_id=by.id,
            at=at,
        )
    interactions.write_completed(interaction_id=chat.pk, at=at)
    audit.record(by, "messaging.complete", subject=SUBJECT, subject_id=chat.pk)
    publish(ChatCompleted(chat.pk, public_id(chat), by.id), audience=audience(chat, board=True), at=at)


def leave(chat: Chat, *, ended_by: str, by: Principal, at: datetime) -> None:
    """End a conversation from the customer's side, wherever it stands.

    1. Somebody serves it: it ends like any other and stays with him.
    2. It was served and waits again after a transfer: it ends and goes back to the one who answers for it.
    3. Nobody answered yet: the customer is gone; the contact is kept and closed.
    """
    if chat.staff_id is not None:
        end_served(chat, ended_by=ended_by, by=by, at=at)
        return
    routing.abandon(subject=SUBJECT, subject_id=chat.pk, at=at)
    if chat.answered_at is not None:
        _give_back(chat)
        end_served(chat, ended_by=ended_by, by=by, at=at)
        return
    _finish_live(chat)
    interactions.end(interaction_id=chat.pk, ended_by=ended_by, by=by, at=at, audience=audience(chat, board=True))
    interactions.close(interaction_id=chat.pk, by=by, at=at, audience=audience(chat, board=True))
    interactions.settle(interaction_id=chat.pk, by=by, at=at)
    zh, en = "排队中离开，没有等到人工", "Left while waiting, before anybody answered"
    interactions.write_line(interaction_id=chat.pk, what="abandoned", zh=zh, en=en, at=at)
    publish(ChatAbandoned(chat.pk, public_id(chat)), audience=audience(chat, board=True), at=at)


def end_served(chat: Chat, *, ended_by: str, by: Principal, at: datetime) -> None:
    """End a conversation that somebody serves: from now on the wrap-up clock runs."""
    _finish_live(chat)
    interactions.end(
        interaction_id=chat.pk,
        ended_by=ended_by,
        staff_id=chat.staff_id,
        by=by,
        at=at,
        audience=audience(chat, board=True),
    )
    for metric in ("answer", "handling"):
        sla.meet(subject=SUBJECT, subject_id=chat.pk, metric=metric, at=at)
    start_clock_of(chat, "wrap_up", at)
    if not routing.finish(subject=SUBJECT, subject_id=chat.pk, at=at):
        routing.abandon(subject=SUBJECT, subject_id=chat.pk, at=at)  # moved on meanwhile: nobody is to be offered it


def _give_back(chat: Chat) -> None:
    duty = duties.of(SUBJECT, [chat.pk])[chat.pk]
    chat.staff_id = duty.owner_id
    chat.save(update_fields=["staff"])


def _finish_live(chat: Chat) -> None:
    chat.live, chat.silent_since, chat.warned_at = False, None, None
    chat.save(update_fields=["live", "silent_since", "warned_at"])
