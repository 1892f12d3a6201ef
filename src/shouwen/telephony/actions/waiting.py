"""What a caller hears while he waits: his place, how long it may take, and that he may be called back instead."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.principals import SYSTEM
from shouwen.routing import actions as routing
from shouwen.routing import queries as queues

from .. import rules
from ..models import Call, Instruction, Leg
from .closing import close_unanswered
from .ending import end_for_owner, stop_phone
from .finding import SUBJECT, living, locked, locked_of
from .instructing import instruct


@action
def tell_place(*, interaction_id: int) -> bool:
    """Tell a waiting caller his place, when that is due; tell whether something was said.

    While a phone rings for him nothing is said: he will be answered in the middle of it.
    """
    call, at = locked(interaction_id), clock.now()
    if call.tell_at is None or call.tell_at > at:
        return False
    queue = queues.queue(call.interaction.queue_code)
    call.tell_at = rules.next_telling(queue.place_seconds, at)
    call.save(update_fields=["tell_at"])
    customer, place = living(call, "customer"), queues.position(SUBJECT, call.pk)
    if customer is None or place is None or living(call, "agent") is not None:
        return False
    offers = _number(call, queue) is not None
    words = rules.place_words(place.ahead, place.expected_seconds, offer=offers)
    instruct(call, "tell", at, channel=customer.channel, words=words, offers=offers)
    return True


@action
def press_key(*, channel: str, key: str) -> bool:
    """Take a key that somebody pressed; tell whether it meant something. What was pressed is kept nowhere.

    Only a caller who waits and was offered it is called back; what is pressed in a conversation is nobody's business.
    """
    found = locked_of(channel) if key == rules.CALLBACK_KEY else None
    if found is None or found[1].side != Leg.Side.CUSTOMER or found[0].step != Call.Step.WAITING:
        return False
    call, leg = found
    number = _number(call, queues.queue(call.interaction.queue_code))
    if number is None or not _was_offered(call):
        return False
    _call_back(call, leg, number, clock.now())
    return True


def _number(call: Call, queue: queues.QueueCard) -> str | None:
    """Return the number under which somebody who waits may be called back; None where that is not offered."""
    return rules.number_to_call_back(call.calling) if queue.callback_offer else None


def _was_offered(call: Call) -> bool:
    """Tell whether he was told, since a person talked with him last, that he may be called back."""
    told = Q(verb="tell", arguments__offers=True, done_at__isnull=False, failed="")
    rows = Instruction.objects.filter(Q(verb="connect") | told, call=call).order_by("-id")
    return rows.values_list("verb", flat=True).first() == "tell"


def _call_back(call: Call, leg: Leg, number: str, at: datetime) -> None:
    """Let the caller go with the promise of a call: he keeps his place, we an owner and a clock.

    What somebody did for him already, before he was passed on, is still to be written up.
    """
    owed = routing.ask_callback(subject=SUBJECT, subject_id=call.pk, number=number, by=SYSTEM, at=at)
    stop_phone(call, at)
    instruct(call, "farewell", at, channel=leg.channel, words=_promise(owed, at))
    if call.answered_at is None:
        close_unanswered(call, outcome="callback", ended_by="customer", at=at)
    else:
        end_for_owner(call, ended_by="customer", at=at, last_words=True)
    audit.record(SYSTEM, "telephony.callback", subject=SUBJECT, subject_id=call.pk, callback=owed)


def _promise(callback_id: int, at: datetime) -> str:
    owed = queues.callback(callback_id)
    if owed is None or owed.due_at <= at:
        return rules.text("called_back")
    return rules.text("called_back_from", when=rules.moment(owed.due_at))
