"""Who comes in by which door of the API: staff by their session, programs by a token."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from shouwen.accounts import actions, queries
from shouwen.accounts.api import lifetime_of
from shouwen.accounts.errors import DuesFirst, StaffNotFound
from shouwen.accounts.rules import PACE, acted_at
from shouwen.kit import clock
from shouwen.kit.api import remote_address
from shouwen.kit.principals import Principal

OPEN_WITH_DUES = ("/api/session", "/api/me/password", "/api/me/second-factor", "/api/me/preferences", "/api/clock")
IDLE_HEADER = "X-Idle-Seconds"
"""How long ago the person at the page touched it: what a screen asks by itself keeps no session open."""
PERSONS_ONLY = ("/api/session", "/api/me/")


class Paced:
    """Remembers when this process last wrote something down, so that it writes at most once a minute."""

    ROOM = 50_000

    def __init__(self) -> None:
        self._last: dict[str, datetime] = {}

    def due(self, key: str) -> bool:
        """Tell whether to write now."""
        at, last = clock.wall(), self._last.get(key)
        if last and at - last < PACE:
            return False
        if len(self._last) >= self.ROOM:
            self._last.clear()
        self._last[key] = at
        return True


_written = Paced()


class StaffSession(APIKeyCookie):
    """Recognises a member of staff by his session; somebody deactivated is out with his next request."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Principal | None:
        if not key or "Authorization" in request.headers or not request.user.is_authenticated:
            return None
        try:
            by = queries.principal_of(request.user.pk)
        except StaffNotFound:
            return None
        if request.session.get("dues") and not request.path.startswith(OPEN_WITH_DUES):
            raise DuesFirst
        return by if _in_use(request) else None


class ApiToken(HttpBearer):
    """Recognises a program by its token; what belongs to a person alone stays shut to it."""

    def authenticate(self, request: HttpRequest, token: str) -> Principal | None:
        if request.path.startswith(PERSONS_ONLY):
            return None
        by = queries.token_principal(token)
        if by and _written.due(f"token:{by.token}"):
            actions.token_used(token_id=by.token, address=remote_address(request))
        return by


def by_token(request: HttpRequest) -> bool:
    """Tell whether a request comes with a token alone: no browser sends one by itself, so none can be forged."""
    bearer = request.headers.get("Authorization", "").lower().startswith("bearer ")
    return bearer and not request.path.startswith("/api/portal")


def _in_use(request: HttpRequest) -> bool:
    """Let a session last longer for what its person did, a minute at a time; False when he was away for too long.

    The store may end it up to a minute late, never early; a browser that knows better is believed.
    """
    lasts, at = lifetime_of(request), clock.wall()
    acted = acted_at(at, request.headers.get(IDLE_HEADER, ""))
    if lasts is None or acted is None:
        return True
    digest = queries.session_digest(request.session.session_key or "")
    if lasts.until(acted) <= at:
        actions.lapse(session=digest)
        return False
    until, over_at = lasts.kept_until(acted), request.session.over_at  # type: ignore[attr-defined]
    if over_at and until - over_at >= PACE:
        actions.session_seen(session=digest, address=remote_address(request), acted_at=acted, until=until)
    return True
