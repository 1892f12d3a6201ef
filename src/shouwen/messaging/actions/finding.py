"""Taking a conversation for changing, and who must hear of it.

Locks are taken in one order everywhere: the conversation, its interaction, who answers for it, its clocks, its work
item. So whoever comes second, an agent answering or a customer leaving, finds what the first one did.
"""

from __future__ import annotations

from django.db import connection

from shouwen.accounts import queries as accounts
from shouwen.interactions.errors import InteractionNotFound
from shouwen.kit.principals import SYSTEM, Principal

from ..errors import NobodyAnswersYet, SomebodyElseAnswers
from ..models import Chat

SUBJECT = "conversation"


def locked(interaction_id: int) -> Chat:
    """Take a conversation; whoever changes it takes it first.

    Its interaction is read afterwards: joined here, it would be as old as the wait for the lock was long.
    """
    row = Chat.objects.select_for_update(no_key=True).filter(interaction_id=interaction_id).first()
    if row is None:
        raise InteractionNotFound
    return row


def hold_key(access_key: str) -> None:
    """Let nobody else begin or move a conversation of this session until the action ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"messaging.chat:{access_key}"])


def locked_for_customer(interaction_id: int, by: Principal) -> Chat:
    """Take a conversation for the customer or visitor whose it is."""
    chat = locked(interaction_id)
    if chat.access_key != by.key:
        raise InteractionNotFound
    return chat


def locked_for_staff(interaction_id: int, by: Principal) -> Chat:
    """Take a conversation for the one who answers it; anybody else is told who that is."""
    chat = locked(interaction_id)
    if chat.staff_id is None:
        raise NobodyAnswersYet
    if chat.staff_id != by.id:
        other = accounts.staff_card(chat.staff_id)
        raise SomebodyElseAnswers(number=other.number, name=other.name)
    return chat


def at_seat(seat_id: int | None, by: Principal) -> Principal:
    """Return in whose name the work at a seat goes on: one's own seat, or the house's for one that was inherited."""
    return by if seat_id == by.id else SYSTEM


def audience(chat: Chat, *, board: bool = False) -> list[str]:
    """Return who hears of a conversation live: its customer, who answers it, and the boards of its area."""
    heard = {chat.access_key}
    if board:
        heard.add(f"board:{chat.interaction.organisation_id}")
    if chat.staff_id is not None:
        heard.add(f"staff:{chat.staff_id}")
    return sorted(heard - {""})


def public_id(chat: Chat) -> str:
    """Return the name of a conversation outside."""
    return str(chat.interaction.public_id)
