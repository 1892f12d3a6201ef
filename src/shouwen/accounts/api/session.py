"""Signing in and out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from django.contrib.auth import SESSION_KEY, login, logout
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from ninja import Router, Status

from shouwen.kit import clock
from shouwen.kit.api import principal, remote_address
from shouwen.kit.api.limits import limit

from .. import actions, queries, rules
from ..models import Staff
from ..rules import Lifetime
from .schemas import MeOut, OperatorOut, PreferencesIn, SignedOutOut, SignInIn

session_router = Router(tags=["session"])


def operator() -> OperatorOut:
    """Return what screens say about the operator."""
    return OperatorOut(**asdict(queries.operator()))


def me(request: HttpRequest, staff_id: int) -> MeOut:
    """Return who is signed in, with what the operator is called and what he must do first."""
    lasts = lifetime_of(request)
    return MeOut(
        **asdict(queries.self_of(staff_id)),
        operator=operator(),
        dues=request.session.get("dues", []),
        idle_seconds=int(lasts.idle.total_seconds()) if lasts else 0,
        ends_at=lasts.ends_at if lasts else None,
    )


def open_session(request: HttpRequest, staff_id: int, *, method: str, dues: Sequence[str] = ()) -> MeOut:
    """Sign a member of staff in, in this browser; what session it had before is over."""
    if SESSION_KEY in request.session:
        actions.replaced(session=session_of(request))
    request.session.flush()
    login(request, Staff.objects.get(id=staff_id))
    keep_lifetime(request, rules.lifetime(clock.wall(), queries.policy()))
    if dues:
        request.session["dues"] = list(dues)
    actions.session_opened(
        staff_id=staff_id,
        session=session_of(request),
        method=method,
        address=remote_address(request),
        agent=request.headers.get("User-Agent", ""),
    )
    return me(request, staff_id)


def keep_lifetime(request: HttpRequest, lasts: Lifetime) -> None:
    """Write into the session how long it lasts; the cookie stays to its end, the store ends it sooner when idle."""
    request.session.set_expiry(lasts.ends_at)
    request.session["ends_at"] = lasts.ends_at.isoformat()
    request.session["idle"] = int(lasts.idle.total_seconds())


def lifetime_of(request: HttpRequest) -> Lifetime | None:
    """Return how long a session lasts; None for one that was opened by no sign-in."""
    if "idle" not in request.session:
        return None
    ends_at = datetime.fromisoformat(request.session["ends_at"])
    return Lifetime(ends_at, timedelta(seconds=request.session["idle"]))


def session_of(request: HttpRequest) -> str:
    """Return the digest of the session that asks."""
    return queries.session_digest(request.session.session_key or "")


def due_done(request: HttpRequest, due: str) -> None:
    """Note that something was done that had to come first."""
    left = [one for one in request.session.get("dues", []) if one != due]
    request.session["dues"] = left


@session_router.get("/csrf", auth=None, operation_id="getCsrf", response={204: None})
@limit("accounts.csrf", per_minute=600)
def csrf(request: HttpRequest) -> HttpResponse:
    """Set the cookie whose value commands send back as X-CSRFToken."""
    get_token(request)
    return HttpResponse(status=204)


@session_router.post("/session", auth=None, operation_id="signIn", response=MeOut)
@limit("accounts.sign-in", per_minute=30)
def sign_in(request: HttpRequest, body: SignInIn) -> MeOut:
    """Open a session by number, password and, where there is one, the code of the second factor."""
    came = actions.sign_in(number=body.number, password=body.password, code=body.code)
    return open_session(request, came.staff_id, method=came.method, dues=queries.dues_of(came.staff_id))


@session_router.get("/session", operation_id="getSession", response=MeOut)
def session(request: HttpRequest) -> MeOut:
    """Return who is signed in."""
    get_token(request)
    return me(request, principal(request).id)


@session_router.delete("/session", operation_id="signOut", response={200: SignedOutOut, 204: None})
def sign_out(request: HttpRequest) -> Status[SignedOutOut | None]:
    """End this session; where an identity provider let one in, say where to sign out there too."""
    session = session_of(request)
    place = actions.provider_goodbye(session=session)
    actions.signed_out(by=principal(request), session=session)
    logout(request)
    return Status(200, SignedOutOut(next=place)) if place else Status(204, None)


@session_router.patch("/me/preferences", operation_id="setPreferences", response=MeOut)
def set_preferences(request: HttpRequest, body: PreferencesIn) -> MeOut:
    """Keep language, theme, time zone and keys."""
    by = principal(request)
    actions.set_preferences(by=by, **body.model_dump())
    return me(request, by.id)
