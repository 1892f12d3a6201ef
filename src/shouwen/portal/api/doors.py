"""Who may come in by which door of the portal. Every changing request needs the CSRF token, whoever sends it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja.security import APIKeyCookie
from ninja.security.base import AuthBase

from shouwen.customers import actions as customers
from shouwen.customers import queries
from shouwen.customers.errors import LinkRefused
from shouwen.customers.queries import LinkView, SessionView
from shouwen.kit.principals import Principal

COOKIE: str = settings.CUSTOMER_COOKIE_NAME
ANYBODY = Principal(kind="visitor", id=0)


class Session(APIKeyCookie):
    """Recognises the holder of a living session of one of these kinds, and keeps it alive while it is used."""

    param_name = COOKIE

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> Principal | None:
        """Return who holds the session, or nobody."""
        get_token(request)
        view = living(key)
        return view.principal if view and view.principal.kind in self.kinds else None


class Anybody(APIKeyCookie):
    """Lets everybody in, known or not."""

    param_name = COOKIE

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> Principal:
        """Return who holds the session, or an unknown visitor."""
        get_token(request)
        view = living(key)
        return view.principal if view else ANYBODY


class Link(AuthBase):
    """Recognises the holder of a link by the token in the address; he may touch that one matter only."""

    openapi_type = "apiKey"
    openapi_name = "token"
    openapi_in = "path"

    def __call__(self, request: HttpRequest) -> Principal:
        """Return the holder of the link; a link that opens nothing is refused alike, whatever it was."""
        get_token(request)
        return link_in(request).principal


def link_in(request: HttpRequest) -> LinkView:
    """Return the living link in the address of a request."""
    match = request.resolver_match
    link = queries.link_of(str(match.kwargs.get("token", ""))) if match else None
    if link is None or link.subject != "ticket":
        raise LinkRefused
    return link


def living(token: str | None) -> SessionView | None:
    """Return the living session of a token, and write down now and then that it is in use."""
    view = queries.session(token or "")
    if view is not None and view.slides:
        customers.keep_session(token=token or "")
    return view


CUSTOMER = Session("customer")
CALLER = Session("customer", "visitor")
