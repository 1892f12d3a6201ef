"""Endpoints of tickets: parse, one verb, shape the answer."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from shouwen.kit import clock
from shouwen.kit.api import Page, command, etag, principal, require_match, shown
from shouwen.kit.permissions import require

from .. import actions, permissions, queries
from . import schemas
from .schemas import TicketItemOut, TicketOut
from .shapes import deadlines_out, file_out, items_out, kind_policy_out, ticket_out

router = Router(tags=["tickets"])


@router.get("/tickets", response=Page[TicketItemOut], operation_id="listTickets")
@shown
def list_tickets(request: HttpRequest, wanted: Query[schemas.TicketsWanted]) -> Page[TicketItemOut]:
    """List the tickets of a box: newest or oldest first, by deadline, or by urgency and then by deadline."""
    states = [name for name in wanted.state.split(",") if name]
    found = queries.boxes(by=principal(request), states=states, **wanted.dict(exclude={"state"}))
    return Page[TicketItemOut](items=items_out(found.items), next=found.next)


@router.get("/ticket-counts", response=schemas.TicketCountsOut, operation_id="countTickets")
def count_tickets(request: HttpRequest) -> schemas.TicketCountsOut:
    """Count the open tickets in each of one's own boxes."""
    return schemas.TicketCountsOut(**queries.box_counts(by=principal(request)))


@router.post("/tickets", response={201: schemas.OpenedTicketOut}, operation_id="openTicket")
@command(status=201)
def open_ticket(request: HttpRequest, body: schemas.OpenTicketIn) -> schemas.OpenedTicketOut:
    """Accept a request as a ticket, whose page is there with the answer; whoever asks first is its owner."""
    given = body.dict(exclude={"form"})
    opened = actions.open_ticket(by=principal(request), **given, filled=body.form)
    return schemas.OpenedTicketOut(number=opened.number)


@router.get("/customers/{customer_id}/tickets", response=Page[TicketItemOut], operation_id="listCustomerTickets")
def list_customer_tickets(
    request: HttpRequest, customer_id: int, cursor: str = "", limit: int = 50
) -> Page[TicketItemOut]:
    """List a customer's tickets, newest first."""
    found = queries.of_customer(customer_id, by=principal(request), cursor=cursor, limit=limit)
    return Page[TicketItemOut](items=items_out(found.items), next=found.next)


@router.get("/ticket-categories", response=schemas.CategoriesOut, operation_id="listTicketCategories")
def list_categories(request: HttpRequest) -> schemas.CategoriesOut:
    """Return the category tree."""
    require(principal(request), permissions.VIEW)
    nodes = [schemas.CategoryOut(**vars(node)) for node in queries.categories()]
    return schemas.CategoriesOut(items=nodes)


@router.get("/ticket-form", response=schemas.TicketFormFoundOut, operation_id="findTicketForm")
def find_form(request: HttpRequest, kind: schemas.Kind, category: str = "") -> schemas.TicketFormFoundOut:
    """Return the form that is asked for a kind of ticket and a category."""
    require(principal(request), permissions.OPEN)
    found = queries.form_for(kind, category, clock.now())
    return schemas.TicketFormFoundOut(form=schemas.TicketFormOut(**vars(found)) if found else None)


@router.put("/ticket-categories/{code}/queue", response={204: None}, operation_id="routeTicketCategory")
@command(status=204)
def route_category(request: HttpRequest, code: str, body: schemas.RouteIn) -> None:
    """Let a queue serve a category and those below it."""
    actions.route_category(by=principal(request), code=code, queue_code=body.queue_code)


@router.get("/ticket-policies", response=schemas.KindPoliciesOut, operation_id="listTicketPolicies")
def list_policies(request: HttpRequest) -> schemas.KindPoliciesOut:
    """Return the rules of each kind of ticket."""
    require(principal(request), permissions.VIEW)
    return schemas.KindPoliciesOut(items=[kind_policy_out(card) for card in queries.kind_policies()])


@router.put("/ticket-policies/{kind}", response=schemas.KindPolicyOut, operation_id="setTicketPolicy")
@command()
def set_policy(request: HttpRequest, kind: str, body: schemas.KindPolicyIn) -> schemas.KindPolicyOut:
    """Set the rules of a kind; tickets and clocks that run keep theirs."""
    actions.set_kind_policy(by=principal(request), kind=kind, **body.dict())
    return kind_policy_out(queries.kind_policy(kind))


@router.get("/tickets/{number}", response=TicketOut, operation_id="getTicket")
def get_ticket(request: HttpRequest, response: HttpResponse, number: str) -> TicketOut:
    """Return a ticket with its version as ETag."""
    found = ticket_out(number, by=principal(request))
    etag(response, found.version)
    return found


@router.get("/tickets/{number}/deadlines", response=schemas.TicketDeadlinesOut, operation_id="explainTicketDeadlines")
def explain_deadlines(request: HttpRequest, number: str) -> schemas.TicketDeadlinesOut:
    """Return every promise of time of a ticket, and how it came about, step by step."""
    return deadlines_out(queries.deadlines(number, by=principal(request)))


@router.get("/tickets/{number}/timeline", response=schemas.TimelineOut, operation_id="getTicketTimeline")
def get_timeline(request: HttpRequest, number: str) -> schemas.TimelineOut:
    """Return the history of a ticket, newest first."""
    lines = queries.history(number, by=principal(request))
    return schemas.TimelineOut(items=[schemas.EntryOut(**vars(line)) for line in lines])


@router.get("/tickets/{number}/files", response=schemas.TicketFilesOut, operation_id="listTicketFiles")
def list_files(request: HttpRequest, number: str) -> schemas.TicketFilesOut:
    """Return the files of a ticket with links good for ten minutes."""
    by = principal(request)
    return schemas.TicketFilesOut(items=[file_out(view, by=by) for view in queries.files_of(number, by=by)])


@router.post("/tickets/{number}/files", response=TicketOut, operation_id="addTicketFiles")
@command()
def add_files(request: HttpRequest, number: str, body: schemas.TicketFilesIn) -> TicketOut:
    """Let uploaded files belong to a ticket."""
    by = principal(request)
    actions.add_files(by=by, number=number, **body.dict())
    return ticket_out(number, by=by)


@router.post("/tickets/{number}/take", response=TicketOut, operation_id="takeTicket")
@command()
def take(request: HttpRequest, number: str) -> TicketOut:
    """Take a ticket nobody works on."""
    return _change(request, number, actions.take)


@router.post("/tickets/{number}/notes", response=TicketOut, operation_id="noteTicket")
@command()
def note(request: HttpRequest, number: str, body: schemas.NoteIn) -> TicketOut:
    """Write into a ticket."""
    return _change(request, number, actions.note, **body.dict())


@router.post("/tickets/{number}/assign", response=TicketOut, operation_id="assignTicket")
@command()
def assign(request: HttpRequest, number: str, body: schemas.ToIn) -> TicketOut:
    """Give the work to somebody; the owner stays."""
    return _change(request, number, actions.assign, **body.dict())


@router.post("/tickets/{number}/hand-over", response=TicketOut, operation_id="offerTicketHandOver")
@command()
def offer_hand_over(request: HttpRequest, number: str, body: schemas.ToIn) -> TicketOut:
    """Ask a colleague to own a ticket."""
    return _change(request, number, actions.offer_hand_over, **body.dict())


@router.post("/tickets/{number}/accept-hand-over", response=TicketOut, operation_id="acceptTicketHandOver")
@command()
def accept_hand_over(request: HttpRequest, number: str) -> TicketOut:
    """Own and handle a ticket that was offered."""
    return _change(request, number, actions.accept_hand_over)


@router.post("/tickets/{number}/decline-hand-over", response=TicketOut, operation_id="declineTicketHandOver")
@command()
def decline_hand_over(request: HttpRequest, number: str) -> TicketOut:
    """Leave a ticket that was offered where it is."""
    return _change(request, number, actions.decline_hand_over)


@router.post("/tickets/{number}/wait", response=TicketOut, operation_id="askTicketCustomer")
@command()
def wait(request: HttpRequest, number: str, body: schemas.WaitIn) -> TicketOut:
    """Ask the customer something; the clocks stand until he answers or a date comes."""
    return _change(request, number, actions.wait_for_customer, **body.dict())


@router.post("/tickets/{number}/hold", response=TicketOut, operation_id="holdTicket")
@command()
def hold(request: HttpRequest, number: str, body: schemas.HoldIn) -> TicketOut:
    """Wait on a third party until a date; the clocks run."""
    return _change(request, number, actions.hold, **body.dict())


@router.post("/tickets/{number}/resume", response=TicketOut, operation_id="resumeTicket")
@command()
def resume(request: HttpRequest, number: str) -> TicketOut:
    """Go on with a ticket that waited."""
    return _change(request, number, actions.resume)


@router.post("/tickets/{number}/resolve", response=TicketOut, operation_id="resolveTicket")
@command()
def resolve(request: HttpRequest, number: str, body: schemas.ResolveIn) -> TicketOut:
    """Give the answer and ask the customer to confirm it."""
    return _change(request, number, actions.resolve, **body.dict())


@router.post("/tickets/{number}/compensation", response=TicketOut, operation_id="askTicketCompensation")
@command()
def compensation(request: HttpRequest, number: str, body: schemas.CompensationIn) -> TicketOut:
    """Ask another person to approve a compensation."""
    return _change(request, number, actions.ask_compensation, **body.dict())


@router.post("/tickets/{number}/contact-attempts", response=TicketOut, operation_id="recordTicketContact")
@command()
def contact(request: HttpRequest, number: str, body: schemas.AttemptIn) -> TicketOut:
    """Put an attempt to reach the customer on record."""
    return _change(request, number, actions.record_contact_attempt, **body.dict())


@router.post("/tickets/{number}/close", response=TicketOut, operation_id="closeTicket")
@command()
def close(request: HttpRequest, number: str) -> TicketOut:
    """Close a ticket whose customer agreed when reached, or could not be reached often enough."""
    return _change(request, number, actions.close)


@router.post("/tickets/{number}/reopen", response=TicketOut, operation_id="reopenTicket")
@command()
def reopen(request: HttpRequest, number: str, body: schemas.TicketReasonIn) -> TicketOut:
    """Work on a ticket again because the customer does not accept the answer."""
    return _change(request, number, actions.reopen, **body.dict())


@router.post("/tickets/{number}/cancel", response=TicketOut, operation_id="cancelTicket")
@command()
def cancel(request: HttpRequest, number: str, body: schemas.TicketReasonIn) -> TicketOut:
    """Withdraw a ticket as its customer asked."""
    return _change(request, number, actions.cancel, **body.dict())


def _change(request: HttpRequest, number: str, verb: Callable[..., object], **arguments: object) -> TicketOut:
    """Do one verb to the version that was read, and return the ticket after it."""
    by = principal(request)
    version = queries.version(number, by=by)
    require_match(request, version)
    verb(by=by, number=number, version=version, **arguments)
    return ticket_out(number, by=by)
