"""Taking a conversation, noting what it is about, passing it on."""

from __future__ import annotations

from datetime import datetime

from shouwen.accounts import queries as accounts
from shouwen.customers import queries as customers
from shouwen.interactions import actions as interactions
from shouwen.interactions.queries import ServiceRecordView
from shouwen.kit import clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.permissions import require
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.responsibility import actions as responsibility
from shouwen.routing import actions as routing
from shouwen.routing import queries as queues
from shouwen.sla import actions as sla

from .. import permissions, rules
from ..errors import CustomerLeft, NotOffered
from ..events import ChatAnswered, ChatTransferred
from ..models import Chat
from .clocks import start_clock_of
from .finding import SUBJECT, at_seat, audience, locked, locked_for_staff, public_id


@action
def answer(*, by: Principal, work_item_id: int) -> int:
    """Take the conversation a seat was offered: the first who does so answers for it from now on.

    1. Take the conversation, so that a customer who is just leaving comes before or after, not between.
    2. Take the offer.
    3. Move responsibility, and from the answer clock to the handling clock.
    """
    require(by, permissions.ANSWER)
    at = clock.now()
    chat = locked(_offered(work_item_id))
    if chat.interaction.state != "open":
        raise CustomerLeft
    routing.accept_offer(work_item_id=work_item_id, by=by)
    if chat.staff_id == by.id:
        return chat.interaction_id
    chat.staff_id, chat.answered_at = by.id, chat.answered_at or at
    chat.silent_since = chat.warned_at = None
    chat.save(update_fields=["staff", "answered_at", "silent_since", "warned_at"])
    responsibility.assume(subject=SUBJECT, subject_id=chat.pk, staff_id=by.id, by=by)
    start_handling(chat, at)
    say(chat, "answered", key=f"answered:{work_item_id}", at=at, number=accounts.staff_card(by.id).number)
    publish(ChatAnswered(chat.pk, public_id(chat), by.id), audience=audience(chat, board=True), at=at)
    return chat.interaction_id


@action
def transfer(*, by: Principal, interaction_id: int, queue_code: str) -> None:
    """Pass a conversation to another queue with all that was said; who answers for it stays the same."""
    require(by, permissions.ANSWER)
    at = clock.now()
    chat = locked_for_staff(interaction_id, by)
    queue = queues.queue(queue_code)
    interactions.move_to_queue(
        interaction_id=interaction_id,
        queue_code=queue.code,
        organisation_id=queue.organisation_id,
        by=by,
        at=at,
    )
    item = queues.work_of(SUBJECT, [interaction_id]).get(interaction_id)
    seat = at_seat(item.staff_id if item else by.id, by)
    routing.transfer(subject=SUBJECT, subject_id=interaction_id, queue_code=queue.code, by=seat)
    wait_again(chat, queue, by=by, at=at)


def wait_again(chat: Chat, queue: queues.QueueCard, *, by: Principal, at: datetime) -> None:
    """Let a conversation that somebody served wait for a person in another queue: the answer clock runs again."""
    responsibility.hand(subject=SUBJECT, subject_id=chat.pk, handler_id=None, by=by)
    sla.meet(subject=SUBJECT, subject_id=chat.pk, metric="handling", at=at)
    start_clock_of(chat, "answer", at)
    heard = audience(chat, board=True)
    say(chat, "transferred", key=f"transferred:{at.isoformat()}", at=at, queue=queue.name)
    chat.staff_id = chat.silent_since = chat.warned_at = None
    chat.save(update_fields=["staff", "silent_since", "warned_at"])
    publish(ChatTransferred(chat.pk, public_id(chat), queue.code), audience=heard, at=at)


@action
def save_service_record(
    *, by: Principal, interaction_id: int, reason: str, handling: str, note: str, version: int
) -> ServiceRecordView:
    """Keep the service record of a conversation that `by` answers."""
    require(by, permissions.ANSWER)
    chat = locked_for_staff(interaction_id, by)
    return interactions.save_service_record(
        interaction_id=interaction_id,
        reason=reason,
        handling=handling,
        note=note,
        version=version,
        by=by,
        audience=[f"staff:{chat.staff_id}"],
    )


@action
def save_draft(*, by: Principal, interaction_id: int, body: str) -> None:
    """Keep what somebody is typing, even when the conversation was taken from him meanwhile."""
    require(by, permissions.ANSWER)
    interactions.save_draft(interaction_id=interaction_id, body=body, by=by)


@action
def link_customer(*, by: Principal, interaction_id: int, customer_id: int) -> None:
    """Note which customer a visitor is, as far as the one who answers him knows. Gives the visitor no new right."""
    require(by, permissions.ANSWER)
    chat = locked_for_staff(interaction_id, by)
    customers.detail(customer_id, by=by)
    interactions.link_customer(
        interaction_id=interaction_id,
        customer_id=customer_id,
        by=by,
        at=clock.now(),
        audience=[f"staff:{chat.staff_id}"],
    )


def start_handling(chat: Chat, at: datetime) -> None:
    """Stop the answer clock and start the handling clock."""
    sla.meet(subject=SUBJECT, subject_id=chat.pk, metric="answer", at=at)
    start_clock_of(chat, "handling", at)


def say(chat: Chat, what: str, *, key: str, at: datetime, **params: object) -> None:
    """Let the house itself say something to the customer, in his language."""
    interactions.post_message(
        interaction_id=chat.pk,
        by=SYSTEM,
        body=rules.text(what, chat.language, **params),
        client_key=key,
        at=at,
        audience=audience(chat),
    )


def _offered(work_item_id: int) -> int:
    """Return the conversation behind an offer, also when `by` has taken it already."""
    item = queues.work_item(work_item_id)
    if item.subject != SUBJECT:
        raise NotOffered
    return item.subject_id
