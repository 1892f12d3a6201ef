"""Signing in and out."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from ninja import Router

from shouwen.kit.api import principal
from shouwen.kit.api.limits import limit

from .. import actions, queries
from ..models import Staff
from .schemas import MeOut, OperatorOut, PreferencesIn, SignInIn

session_router = Router(tags=["session"])


def operator() -> OperatorOut:
    """Return what screens say about the operator."""
    return OperatorOut(**asdict(queries.operator()))


def me(staff_id: int) -> MeOut:
    """Return who is signed in, with what the operator is called."""
    return MeOut(**asdict(queries.self_of(staff_id)), operator=operator())


def open_session(request: HttpRequest, staff_id: int) -> MeOut:
    """Sign a member of staff in, in this browser."""
    login(request, Staff.objects.get(id=staff_id), backend="django.contrib.auth.backends.ModelBackend")
    return me(staff_id)


@session_router.get("/csrf", auth=None, operation_id="getCsrf", response={204: None})
def csrf(request: HttpRequest) -> HttpResponse:
    """Set the cookie whose value commands send back as X-CSRFToken."""
    get_token(request)
    return HttpResponse(status=204)


@session_router.post("/session", auth=None, operation_id="signIn", response=MeOut)
@limit("accounts.sign-in", per_minute=30)
def sign_in(request: HttpRequest, body: SignInIn) -> MeOut:
    """Open a session by number and password."""
    staff_id = actions.sign_in(number=body.number, password=body.password)
    return open_session(request, staff_id)


@session_router.get("/session", operation_id="getSession", response=MeOut)
def session(request: HttpRequest) -> MeOut:
    """Return who is signed in."""
    get_token(request)
    return me(principal(request).id)


@session_router.delete("/session", operation_id="signOut", response={204: None})
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    actions.signed_out(by=principal(request))
    logout(request)
    return HttpResponse(status=204)


@session_router.patch("/me/preferences", operation_id="setPreferences", response=MeOut)
def set_preferences(request: HttpRequest, body: PreferencesIn) -> MeOut:
    """Keep language and theme."""
    by = principal(request)
    actions.set_preferences(by=by, language=body.language, theme=body.theme)
    return me(by.id)
