"""Signing in by an identity provider: the browser goes there and comes back with a code."""

from __future__ import annotations

import hmac
import secrets

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from ninja import Form, Router

from shouwen.kit.api.limits import limit

from .. import actions
from ..errors import SingleSignOnRefused
from ..ports import provider
from .schemas import MeOut, ProviderAddressOut, ProviderAnswerIn, SignInWaysOut
from .session import open_session, session_of

single_sign_on_router = Router(tags=["session"])
HELD = "single-sign-on"


@single_sign_on_router.get("/sign-in-ways", auth=None, operation_id="getSignInWays", response=SignInWaysOut)
@limit("accounts.sign-in-ways", per_minute=600)
def ways(request: HttpRequest) -> SignInWaysOut:
    """Return by what staff may sign in beside number and password."""
    get_token(request)
    found = provider()
    return SignInWaysOut(single_sign_on=found.label if found else None)


@single_sign_on_router.post("/oidc/begin", auth=None, operation_id="beginSingleSignOn", response=ProviderAddressOut)
@limit("accounts.sign-in", per_minute=30)
def begin(request: HttpRequest) -> ProviderAddressOut:
    """Return where the browser goes; what it must come back with waits in its session."""
    held = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    url = actions.provider_address(**held)
    request.session[HELD] = held
    return ProviderAddressOut(url=url)


@single_sign_on_router.post("/oidc/finish", auth=None, operation_id="finishSingleSignOn", response=MeOut)
@limit("accounts.sign-in", per_minute=30)
def finish(request: HttpRequest, body: ProviderAnswerIn) -> MeOut:
    """Open a session with the code that the provider gave the browser; the same browser, and once."""
    held = request.session.pop(HELD, None)
    if not held or not body.state.isascii() or not hmac.compare_digest(held["state"], body.state):
        raise SingleSignOnRefused
    came, vouched = actions.sign_in_by_provider(code=body.code, nonce=held["nonce"], verifier=held["verifier"])
    who = open_session(request, came.staff_id, method=came.method)
    actions.vouched_session(session=session_of(request), vouched=vouched)
    return who


@single_sign_on_router.post("/oidc/logout", auth=None, operation_id="providerLogout", response={204: None})
@limit("accounts.provider", per_minute=600)
def provider_logout(request: HttpRequest, logout_token: Form[str]) -> HttpResponse:  # noqa: ARG001  the limit reads it
    """Hear from the provider that somebody signed out there (back-channel logout)."""
    actions.provider_says_out(token=logout_token)
    return HttpResponse(status=204)
