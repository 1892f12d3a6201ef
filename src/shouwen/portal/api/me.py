"""Who is looking, and what is his to decide about himself."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from ninja import Router

from shouwen.accounts import queries as accounts
from shouwen.customers import actions as customers
from shouwen.customers import queries
from shouwen.kit.api import command, principal
from shouwen.kit.api.limits import limit
from shouwen.kit.principals import Principal

from .doors import CALLER, CUSTOMER
from .schemas import PortalConsentIn, PortalConsentsOut, PortalMeOut, PortalOperatorOut, PortalPinIn

me_router = Router(auth=CUSTOMER)
CONSENT_TEXT = "portal-2026-11"


def shape_me(by: Principal) -> PortalMeOut:
    """Return who is looking: his own name in full, his number masked."""
    operator = PortalOperatorOut(**asdict(accounts.operator()))
    if by.kind != "customer":
        return PortalMeOut(kind="visitor", name="", phone="", language="", operator=operator)
    card = queries.card(by.id)
    return PortalMeOut(kind="customer", name=by.name, phone=card.phone, language=card.language, operator=operator)


@me_router.get("/csrf", auth=None, operation_id="getPortalCsrf", response={204: None})
@limit("portal.csrf", per_minute=600)
def get_csrf(request: HttpRequest) -> HttpResponse:
    """Set the cookie whose value commands send back as X-CSRFToken."""
    get_token(request)
    return HttpResponse(status=204)


@me_router.get("/me", auth=CALLER, operation_id="getPortalMe", response=PortalMeOut)
def get_me(request: HttpRequest) -> PortalMeOut:
    """Return the customer who signed in, or the visitor."""
    return shape_me(principal(request))


@me_router.get("/me/consents", operation_id="getMyConsents", response=PortalConsentsOut)
def get_consents(request: HttpRequest) -> PortalConsentsOut:
    """Return what the customer agreed to."""
    return PortalConsentsOut(**queries.consents(principal(request).id))


@me_router.post("/me/consents", operation_id="decideConsent", response=PortalConsentsOut)
@command()
def decide_consent(request: HttpRequest, body: PortalConsentIn) -> PortalConsentsOut:
    """Give or withdraw a consent; as easily the one as the other, and it counts at once."""
    by = principal(request)
    customers.record_consent(
        by=by,
        customer_id=by.id,
        purpose=body.purpose,
        given=body.given,
        text_version=CONSENT_TEXT,
        channel="portal",
    )
    return PortalConsentsOut(**queries.consents(by.id))


@me_router.put("/me/service-pin", operation_id="setServicePin", response={204: None})
@limit("portal.pin", per_minute=5, by="principal")
def set_service_pin(request: HttpRequest, body: PortalPinIn) -> HttpResponse:
    """Set the customer's own service password. Not a stored command: nothing of it may be kept."""
    by = principal(request)
    customers.set_service_pin(by=by, customer_id=by.id, pin=body.pin)
    return HttpResponse(status=204)
