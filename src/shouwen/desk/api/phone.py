"""The phone at the desk: by which one calls reach somebody, and what he does with his caller."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from shouwen.interactions import queries as interactions
from shouwen.kit import clock, privacy
from shouwen.kit.api import command, principal
from shouwen.telephony import actions as telephony
from shouwen.telephony import queries as calls
from shouwen.tickets import queries as tickets

from .. import queries
from . import schemas as s

phone_router = Router()
ONE = "/desk/conversations/{conversation}"


@phone_router.get("/desk/phone", operation_id="getPhone", response=s.PhoneOut)
def get_phone(request: HttpRequest) -> s.PhoneOut:
    """Return by which phone calls reach the asking member of staff; `available` tells whether we take calls here."""
    return _phone(principal(request).id)


@phone_router.put("/desk/phone", operation_id="choosePhone", response=s.PhoneOut)
@command()
def choose_phone(request: HttpRequest, body: s.PhoneIn) -> s.PhoneOut:
    """Let calls reach the asking member in his browser, at a phone by its number, or nowhere."""
    by = principal(request)
    if body.kind == "browser":
        telephony.use_browser(by=by)
    elif body.kind == "desk":
        telephony.take_phone(by=by, number=body.number)
    else:
        telephony.leave_phone(staff_id=by.id, by=by)
    return _phone(by.id)


@phone_router.get("/desk/phone/line", operation_id="getPhoneLine", response=s.PhoneLineOut)
def get_line(request: HttpRequest, response: HttpResponse) -> s.PhoneLineOut:
    """Return what the browser registers its phone with."""
    response["Cache-Control"] = "no-store"
    return s.PhoneLineOut(**asdict(telephony.open_line(by=principal(request))))


@phone_router.post("/desk/phone/gone", operation_id="notePhoneGone", response={204: None})
def note_gone(request: HttpRequest) -> HttpResponse:
    """Note that the page with the phone is being closed: a caller hears music until it is back."""
    telephony.phone_gone(by=principal(request))
    return HttpResponse(status=204)


@phone_router.post("/desk/phone/back", operation_id="notePhoneBack", response=s.PhoneBackOut)
def note_back(request: HttpRequest) -> s.PhoneBackOut:
    """Note that the browser's phone is registered; a caller who waits for it rings it at once."""
    return s.PhoneBackOut(conversation=telephony.phone_back(by=principal(request)))


@phone_router.post("/desk/calls", operation_id="callCustomer", response={201: s.StartedOut})
@command(status=201)
def call_customer(request: HttpRequest, body: s.CallIn) -> s.StartedOut:
    """Call a customer: the phone of the asking member rings, then the customer's. Nobody sees the number."""
    made = telephony.dial(
        by=principal(request),
        customer_id=body.customer_id,
        contact_id=body.contact_id,
        queue_code=body.queue_code,
        asterisk=settings.CONFIG.asterisk_name,
        about=_about(request, body),
    )
    return s.StartedOut(id=UUID(interactions.conversation(made).public_id))


@phone_router.post(f"{ONE}/hold", operation_id="holdCall", response={204: None})
@command()
def hold(request: HttpRequest, conversation: UUID) -> None:
    """Let the caller listen to music."""
    telephony.hold(by=principal(request), interaction_id=interactions.id_of(conversation))


@phone_router.post(f"{ONE}/resume", operation_id="resumeCall", response={204: None})
@command()
def resume(request: HttpRequest, conversation: UUID) -> None:
    """Talk with the caller again."""
    telephony.resume(by=principal(request), interaction_id=interactions.id_of(conversation))


@phone_router.post(f"{ONE}/consult", operation_id="consultInCall", response={204: None})
@command()
def consult(request: HttpRequest, conversation: UUID, body: s.TransferIn) -> None:
    """Ask somebody of a queue while the caller listens to music; talking with the caller again makes it three."""
    telephony.consult(
        by=principal(request), interaction_id=interactions.id_of(conversation), queue_code=body.queue_code
    )


@phone_router.post(f"{ONE}/consult/end", operation_id="endConsult", response={204: None})
@command()
def end_consult(request: HttpRequest, conversation: UUID) -> None:
    """Ask no longer."""
    telephony.end_consult(by=principal(request), interaction_id=interactions.id_of(conversation))


@phone_router.post(f"{ONE}/consult/pass-on", operation_id="passCallOn", response={204: None})
@command()
def pass_on(request: HttpRequest, conversation: UUID) -> None:
    """Leave the caller to the colleague who is on the line."""
    telephony.pass_on(by=principal(request), interaction_id=interactions.id_of(conversation))


@phone_router.post(f"{ONE}/return", operation_id="returnCall", response={204: None})
@command()
def return_to_queue(request: HttpRequest, conversation: UUID) -> None:
    """Put the caller back into his queue, before all others there."""
    telephony.return_to_queue(by=principal(request), interaction_id=interactions.id_of(conversation))


@phone_router.post(f"{ONE}/recording/pause", operation_id="pauseRecording", response={204: None})
@command()
def pause_recording(request: HttpRequest, conversation: UUID) -> None:
    """Let the recording stand still while the caller says the number of a card; it goes on by itself."""
    telephony.pause_recording(by=principal(request), interaction_id=interactions.id_of(conversation))


@phone_router.post(f"{ONE}/recording/resume", operation_id="resumeRecording", response={204: None})
@command()
def resume_recording(request: HttpRequest, conversation: UUID) -> None:
    """Let the recording go on."""
    telephony.resume_recording(by=principal(request), interaction_id=interactions.id_of(conversation))


@phone_router.post(f"{ONE}/legal-hold", operation_id="holdConversation", response={204: None})
@command()
def place_hold(request: HttpRequest, conversation: UUID, body: s.ContactHoldIn) -> None:
    """Keep a contact with its recording, whatever its age, for a reason."""
    by = principal(request)
    contact = queries.readable(conversation, by=by)
    privacy.place_hold(by=by, person=privacy.CONTACT, person_id=contact.id, reason=body.reason, until=body.until)


@phone_router.post(f"{ONE}/legal-hold/lift", operation_id="releaseConversation", response={204: None})
@command()
def lift_hold(request: HttpRequest, conversation: UUID, body: s.ContactReleaseIn) -> None:
    """Let the hold on a contact go, for a reason."""
    by = principal(request)
    found = privacy.hold_on(privacy.CONTACT, queries.readable(conversation, by=by).id, clock.now())
    if found is None:
        raise privacy.HoldNotFound
    privacy.lift_hold(by=by, hold_id=found.id, reason=body.reason)


def _about(request: HttpRequest, body: s.CallIn) -> telephony.About:
    if not body.ticket:
        return telephony.About()
    return telephony.About("ticket", tickets.id_of(body.ticket, customer_id=body.customer_id, by=principal(request)))


def _phone(staff_id: int) -> s.PhoneOut:
    return s.PhoneOut(available=settings.CONFIG.voice, **asdict(calls.own_phone(staff_id)))
