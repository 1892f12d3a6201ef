"""The live process: recognises staff, customers and visitors by their cookies; each hears his own facts."""

from __future__ import annotations

import os
from collections.abc import Mapping

import django
from asgiref.sync import sync_to_async

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.project.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import close_old_connections  # noqa: E402

from shouwen.kit.live import Hub, Identity, LiveApplication  # noqa: E402
from shouwen.kit.notifier import dsn  # noqa: E402

from .audiences import of_portal, of_staff  # noqa: E402
from .sessions import SessionStore  # noqa: E402

RESTART_ON = frozenset(
    {
        "accounts.AccessChanged",
        "accounts.RoleChanged",
        "accounts.SignedOut",
        "customers.SessionsEnded",
        "customers.VisitorSignedIn",
        "routing.SkillsChanged",
    }
)


def _recognise(cookies: Mapping[str, str]) -> Identity | None:
    """Return the audiences of whoever holds these cookies."""
    try:
        heard: frozenset[str] = frozenset()
        if key := cookies.get(settings.SESSION_COOKIE_NAME):
            session = SessionStore(key)
            heard |= frozenset() if session.get("dues") else of_staff(session.get("_auth_user_id"))
        if token := cookies.get(settings.CUSTOMER_COOKIE_NAME):
            heard |= of_portal(token)
        return Identity(heard) if heard else None
    finally:
        close_old_connections()


application = LiveApplication(Hub(dsn(), restart_on=RESTART_ON), sync_to_async(_recognise))
