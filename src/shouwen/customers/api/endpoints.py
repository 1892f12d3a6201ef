"""Customers for staff. Reading is an action too: every look at personal data is on record."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from ninja import Router

from shouwen.customers import actions, queries
from shouwen.customers.queries import CustomerCard, CustomerDetail, Sort, TimelineLine
from shouwen.kit.api import Page, command, etag, language, principal, require_match
from shouwen.kit.api.limits import limit

from .schemas import (
    CustomerCardOut,
    CustomerConsentIn,
    CustomerContactIn,
    CustomerDetailOut,
    CustomerIn,
    CustomerPatchIn,
    CustomerRevealIn,
    CustomerRevealOut,
    CustomerTimelineOut,
    ServicePinCheckOut,
    ServicePinIn,
    SessionsEndedOut,
)

router = Router(tags=["customers"])
REVEALED_SECONDS = 30
ERASABLE = frozenset({"star", "birth_date", "organisation_id", "account_number"})


@router.get("/customers", operation_id="listCustomers", response=Page[CustomerCardOut])
def list_customers(
    request: HttpRequest, q: str = "", sort: Sort = "newest", cursor: str = "", limit: int = 50
) -> Page[CustomerCard]:
    """Find customers by number, e-mail, contract number or the beginning of the name; `star` has the highest first."""
    return actions.look_up(by=principal(request), q=q, sort=sort, cursor=cursor, limit=limit)


@router.post("/customers", operation_id="registerCustomer", response={201: CustomerDetailOut})
@command(status=201)
def register_customer(request: HttpRequest, body: CustomerIn) -> CustomerDetailOut:
    """Put a customer on record with the number he signs in with."""
    by = principal(request)
    return _shape(queries.detail(actions.register(by=by, **body.model_dump()), by=by))


@router.get("/customers/{customer_id}", operation_id="getCustomer", response=CustomerDetailOut)
def get_customer(request: HttpRequest, response: HttpResponse, customer_id: int) -> CustomerDetailOut:
    """Open a customer, masked; the look is on record."""
    view = actions.look_at(by=principal(request), customer_id=customer_id)
    etag(response, view.version)
    return _shape(view)


@router.patch("/customers/{customer_id}", operation_id="updateCustomer", response=CustomerDetailOut)
@command()
def update_customer(request: HttpRequest, customer_id: int, body: CustomerPatchIn) -> CustomerDetailOut:
    """Change fields of a customer from the version that was read."""
    by = principal(request)
    require_match(request, queries.detail(customer_id, by=by).version)
    sent = body.model_dump(exclude_unset=True)
    changes = {field: value for field, value in sent.items() if value is not None or field in ERASABLE}
    actions.update(by=by, customer_id=customer_id, changes=changes)
    return _shape(queries.detail(customer_id, by=by))


@router.get("/customers/{customer_id}/timeline", operation_id="getCustomerTimeline", response=Page[CustomerTimelineOut])
def get_timeline(
    request: HttpRequest, customer_id: int, cursor: str = "", limit: int = 50
) -> Page[CustomerTimelineOut]:
    """Open what happened with a customer, newest first; the look is on record."""
    page = actions.look_at_timeline(by=principal(request), customer_id=customer_id, cursor=cursor, limit=limit)
    english = language(request) == "en"
    items = [_line(line, english=english) for line in page.items]
    return Page[CustomerTimelineOut](items=items, next=page.next)


@router.post("/customers/{customer_id}/reveal", operation_id="revealCustomer", response=CustomerRevealOut)
@limit("customers.reveal", per_minute=20, by="principal")
def reveal_customer(request: HttpRequest, customer_id: int, body: CustomerRevealIn) -> CustomerRevealOut:
    """Show personal data in full for a reason. No stored answer: each look is a new one."""
    shown = actions.reveal(by=principal(request), customer_id=customer_id, reason=body.reason)
    return CustomerRevealOut(**asdict(shown), seconds=REVEALED_SECONDS)


@router.post("/customers/{customer_id}/contacts", operation_id="addContact", response={201: CustomerDetailOut})
@command(status=201)
def add_contact(request: HttpRequest, customer_id: int, body: CustomerContactIn) -> CustomerDetailOut:
    """Give a customer one more way to be reached."""
    by = principal(request)
    actions.add_contact(by=by, customer_id=customer_id, contact=actions.ContactIn(**body.model_dump()))
    return _shape(queries.detail(customer_id, by=by))


@router.post(
    "/customers/{customer_id}/contacts/{contact_id}/sign-in",
    operation_id="changeSignIn",
    response=CustomerDetailOut,
)
@command()
def change_sign_in(request: HttpRequest, customer_id: int, contact_id: int) -> CustomerDetailOut:
    """Let a customer sign in with another number of his; his sessions end."""
    by = principal(request)
    actions.change_sign_in(by=by, customer_id=customer_id, contact_id=contact_id)
    return _shape(queries.detail(customer_id, by=by))


@router.post("/customers/{customer_id}/sign-out", operation_id="endCustomerSessions", response=SessionsEndedOut)
@command()
def end_sessions(request: HttpRequest, customer_id: int) -> SessionsEndedOut:
    """End every session of a customer: a lost phone."""
    return SessionsEndedOut(ended=actions.sign_out_everywhere(by=principal(request), customer_id=customer_id))


@router.get("/customers/{customer_id}/duplicates", operation_id="listDuplicates", response=list[CustomerCardOut])
def list_duplicates(request: HttpRequest, customer_id: int) -> list[CustomerCard]:
    """Return others who may be the same customer."""
    return actions.look_for_duplicates(by=principal(request), customer_id=customer_id)


@router.delete(
    "/customers/{customer_id}/contacts/{contact_id}", operation_id="removeContact", response=CustomerDetailOut
)
@command()
def remove_contact(request: HttpRequest, customer_id: int, contact_id: int) -> CustomerDetailOut:
    """Take a contact point away, but not the number the customer signs in with."""
    by = principal(request)
    actions.remove_contact(by=by, customer_id=customer_id, contact_id=contact_id)
    return _shape(queries.detail(customer_id, by=by))


@router.post("/customers/{customer_id}/service-pin/check", operation_id="checkServicePin", response=ServicePinCheckOut)
def check_service_pin(request: HttpRequest, customer_id: int, body: ServicePinIn) -> ServicePinCheckOut:
    """Tell whether a customer knows his service password; wrong tries lock it."""
    right = actions.check_service_pin(by=principal(request), customer_id=customer_id, pin=body.pin)
    return ServicePinCheckOut(right=right)


@router.post("/customers/{customer_id}/consents", operation_id="recordConsent", response=CustomerDetailOut)
@command()
def record_consent(request: HttpRequest, customer_id: int, body: CustomerConsentIn) -> CustomerDetailOut:
    """Note what a customer told staff about one purpose."""
    by = principal(request)
    queries.detail(customer_id, by=by)
    actions.record_consent(by=by, customer_id=customer_id, **body.model_dump())
    return _shape(queries.detail(customer_id, by=by))


def _line(line: TimelineLine, *, english: bool) -> CustomerTimelineOut:
    values = asdict(line)
    zh, en = values.pop("line_zh"), values.pop("line_en")
    return CustomerTimelineOut(**values, text=en if english else zh)


def _shape(view: CustomerDetail) -> CustomerDetailOut:
    values = asdict(view)
    return CustomerDetailOut(**values.pop("card"), **values)
