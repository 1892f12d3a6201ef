"""Signing in by number and one-time code, being a visitor, signing out."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from ninja import Router

from shouwen.customers import actions as customers
from shouwen.customers import queries
from shouwen.customers.actions import CODE_LIFE, SESSION_LONGEST
from shouwen.kernel import masking, phones
from shouwen.kit import clock
from shouwen.kit.api import principal, remote_address
from shouwen.kit.api.limits import limit
from shouwen.portal import actions

from .doors import ANYBODY, CALLER, COOKIE, Anybody
from .me import shape_me
from .schemas import PortalCodeIn, PortalCodeOut, PortalMeOut, PortalSignInIn

session_router = Router(auth=Anybody())


@session_router.post("/sign-in/code", operation_id="askForCode", response=PortalCodeOut)
@limit("portal.code", per_minute=20)
def ask_for_code(request: HttpRequest, body: PortalCodeIn) -> PortalCodeOut:
    """Ask for a one-time code. A number that is nobody's gets the same answer."""
    number = phones.normalise(body.phone)
    actions.ask_for_code(phone=number, address=remote_address(request))
    return PortalCodeOut(phone=masking.phone(number), expires_at=clock.wall() + CODE_LIFE)


@session_router.post("/sign-in", operation_id="signInCustomer", response=PortalMeOut)
@limit("portal.sign-in", per_minute=20)
def sign_in(request: HttpRequest, response: HttpResponse, body: PortalSignInIn) -> PortalMeOut:
    """Open a session; a visitor's conversation goes on in it under the same id."""
    before = request.COOKIES.get(COOKIE, "")
    opened = actions.sign_in(phone=body.phone, code=body.code.strip(), visitor_token=before)
    if before and opened.visitor_id is None:
        customers.sign_out(by=principal(request), token=before)
    rotate_token(request)
    _give_cookie(response, opened.token)
    view = queries.session(opened.token)
    assert view is not None
    return shape_me(view.principal)


@session_router.post("/visitor", operation_id="becomeVisitor", response=PortalMeOut)
@limit("portal.visitor", per_minute=20)
def become_visitor(request: HttpRequest, response: HttpResponse) -> PortalMeOut:
    """Be known again without signing in; who is known already stays who he is."""
    by = principal(request)
    if by == ANYBODY:
        token = customers.open_visitor_session()
        _give_cookie(response, token)
        view = queries.session(token)
        assert view is not None
        by = view.principal
    return shape_me(by)


@session_router.delete("/session", auth=CALLER, operation_id="signOutCustomer", response={204: None})
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session, for good and everywhere its cookie was copied to."""
    customers.sign_out(by=principal(request), token=request.COOKIES[COOKIE])
    response = HttpResponse(status=204)
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def _give_cookie(response: HttpResponse, token: str) -> None:
    response.set_cookie(
        COOKIE,
        token,
        max_age=SESSION_LONGEST,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
