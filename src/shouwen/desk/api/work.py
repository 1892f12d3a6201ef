"""Being at the desk: presence, inbox, offers, queues, and the lists that forms choose from."""

from __future__ import annotations

from dataclasses import asdict

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from shouwen.customers import queries as customers
from shouwen.interactions import queries as contacts
from shouwen.kit import clock
from shouwen.kit.api import command, principal
from shouwen.messaging import actions as messaging
from shouwen.messaging import queries as chats
from shouwen.routing import actions as routing
from shouwen.routing import queries as seats
from shouwen.telephony import actions as telephony
from shouwen.telephony import queries as calls
from shouwen.telephony.errors import AnswerAtYourPhone

from .. import queries
from . import schemas as s
from . import shapes

work_router = Router()


@work_router.get("/desk/presence", operation_id="getPresence", response=s.PresenceOut)
def get_presence(request: HttpRequest) -> s.PresenceOut:
    """Return what the asking member of staff is doing, and how much his seat carries."""
    return _presence(principal(request).id)


@work_router.put("/desk/presence", operation_id="setPresence", response=s.PresenceOut)
def set_presence(request: HttpRequest, body: s.PresenceIn) -> s.PresenceOut:
    """Say what the asking member of staff is doing now."""
    by = principal(request)
    routing.set_presence(state=body.state, reason=body.reason, by=by)
    return _presence(by.id)


@work_router.get("/desk/breaks", operation_id="listBreaks", response=list[s.BreakOut])
def list_breaks(request: HttpRequest) -> list[s.BreakOut]:
    """Return the reasons to be away, what is allowed of them today and what is used."""
    found = seats.breaks_of(principal(request).id, clock.now())
    return [s.BreakOut(**asdict(one), used_up=one.used_up) for one in found]


@work_router.post("/desk/presence/seen", operation_id="noteSeatSeen", response={204: None})
def note_seen(request: HttpRequest) -> HttpResponse:
    """Note that the seat's screen is there; screens say so every few seconds while they are open."""
    routing.seen(staff_id=principal(request).id)
    return HttpResponse(status=204)


@work_router.get("/desk/inbox", operation_id="getInbox", response=s.InboxOut)
def get_inbox(request: HttpRequest, box: chats.Box = "active") -> s.InboxOut:
    """Return one box of the asking member's conversations, and how much is in each."""
    at = clock.now()
    found = queries.inbox(by=principal(request), box=box, at=at)
    return s.InboxOut(**found.counts, items=[shapes.inbox_item(i, at) for i in found.items])


@work_router.get("/desk/offers", operation_id="listOffers", response=list[s.OfferOut])
def list_offers(request: HttpRequest) -> list[s.OfferOut]:
    """Return what the asking member is asked to take."""
    at = clock.now()
    return [shapes.offer(o, at) for o in queries.offers(by=principal(request))]


@work_router.post("/desk/offers/{work_item_id}/accept", operation_id="acceptOffer", response=s.AcceptedOut)
@command()
def accept_offer(request: HttpRequest, work_item_id: int) -> s.AcceptedOut:
    """Take what was offered."""
    item = seats.work_item(work_item_id)
    if item.subject == "callback":
        return _take_callback(request, work_item_id)
    if item.subject == "consult" or (item.medium == "voice" and calls.is_call(item.subject_id)):
        raise AnswerAtYourPhone
    interaction_id = messaging.answer(by=principal(request), work_item_id=work_item_id)
    return s.AcceptedOut(subject="conversation", conversation=contacts.conversation(interaction_id).public_id)


@work_router.post("/desk/offers/{work_item_id}/decline", operation_id="declineOffer", response={204: None})
@command()
def decline_offer(request: HttpRequest, work_item_id: int) -> None:
    """Send an offer back to its queue; others get it first."""
    routing.decline_offer(work_item_id=work_item_id, by=principal(request))


@work_router.get("/desk/callbacks", operation_id="listCallbacks", response=list[s.CallbackOut])
def list_callbacks(request: HttpRequest) -> list[s.CallbackOut]:
    """Return the calls the asking member has taken and still has to make."""
    found = seats.callbacks_of(principal(request).id)
    cards = customers.cards(c.customer_id for c in found if c.customer_id)
    return [shapes.callback(one, cards.get(one.customer_id or 0)) for one in found]


@work_router.post("/desk/callbacks/{callback_id}/result", operation_id="reportCallback", response=s.CallbackStateOut)
@command()
def report_callback(request: HttpRequest, callback_id: int, body: s.CallbackResultIn) -> s.CallbackStateOut:
    """Say how the call went; who was not reached is called again."""
    house = calls.dial_rules(clock.now())
    state = routing.report_callback(
        callback_id=callback_id,
        reached=body.reached,
        note=body.note,
        again=routing.Again(house.tries, house.again),
        by=principal(request),
    )
    return s.CallbackStateOut(state=state)


@work_router.post("/desk/callbacks/{callback_id}/call", operation_id="makeCallback", response=s.AcceptedOut)
@command()
def make_callback(request: HttpRequest, callback_id: int) -> s.AcceptedOut:
    """Make a call that the asking member has taken: his phone rings, then the customer's."""
    return _called_back(request, callback_id)


@work_router.get("/desk/queues", operation_id="listOwnQueues", response=list[s.OwnQueueOut])
def list_own_queues(request: HttpRequest) -> list[s.OwnQueueOut]:
    """Return the queues the asking member serves, as they stand."""
    found = queries.own_queues(by=principal(request), at=clock.now())
    return [s.OwnQueueOut(**asdict(q)) for q in found]


@work_router.get("/desk/reasons", operation_id="listReasons", response=s.ReasonsOut)
def list_reasons(request: HttpRequest) -> s.ReasonsOut:  # noqa: ARG001 - everybody signed in may
    """Return the reasons for contact and the ways of handling them."""
    return s.ReasonsOut(
        reasons=[s.ReasonOut(**asdict(r)) for r in contacts.reasons()],
        handlings=[s.HandlingOut(**asdict(h)) for h in contacts.handlings()],
    )


@work_router.get("/desk/topics", operation_id="listTopics", response=list[s.TopicOut])
def list_topics(request: HttpRequest) -> list[s.TopicOut]:  # noqa: ARG001 - everybody signed in may
    """Return the topics customers choose from, and where they lead."""
    return [s.TopicOut(**asdict(t)) for t in chats.topics()]


@work_router.put("/desk/topics/{code}", operation_id="setTopic", response=s.TopicOut)
@command()
def set_topic(request: HttpRequest, code: str, body: s.TopicIn) -> s.TopicOut:
    """Add a topic or change where it leads."""
    messaging.set_topic(code=code, **body.model_dump(), by=principal(request))
    return s.TopicOut(code=code, zh=body.zh, en=body.en, queue_code=body.queue_code)


def _take_callback(request: HttpRequest, work_item_id: int) -> s.AcceptedOut:
    """Take a callback; who has a phone makes the call at once, who has none dials by hand and reports."""
    by = principal(request)
    callback_id = routing.take_callback(by=by, work_item_id=work_item_id)
    if settings.CONFIG.voice and calls.own_phone(by.id).number and by.may("telephony.dial"):
        return _called_back(request, callback_id)
    return s.AcceptedOut(subject="callback", conversation=None)


def _called_back(request: HttpRequest, callback_id: int) -> s.AcceptedOut:
    made = telephony.dial_back(by=principal(request), callback_id=callback_id, asterisk=settings.CONFIG.asterisk_name)
    if made is None:
        return s.AcceptedOut(subject="callback", conversation=None, put_off=True)
    return s.AcceptedOut(subject="callback", conversation=contacts.conversation(made).public_id)


def _presence(staff_id: int) -> s.PresenceOut:
    found = seats.presence_of(staff_id)
    seat = seats.agents(staff_ids=[staff_id])
    slots = [s.SlotOut(**asdict(slot)) for slot in seat[0].slots] if seat else []
    engaged = seats.engaged(staff_id)
    return s.PresenceOut(
        state=found.state,
        reason=found.reason,
        since=found.since,
        engaged=engaged.doing,
        engaged_since=engaged.since,
        slots=slots,
    )
