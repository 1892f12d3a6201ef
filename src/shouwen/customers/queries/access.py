"""Whose session or link a token is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shouwen.customers import rules
from shouwen.customers.models import AccessSession, MatterLink
from shouwen.customers.tokens import digest
from shouwen.kit import clock
from shouwen.kit.principals import Principal


@dataclass(frozen=True)
class SessionView:
    """A living session: whose it is, and whether its use should be written down again."""

    id: int
    principal: Principal
    language: str
    expires_at: datetime
    slides: bool


def session(token: str) -> SessionView | None:
    """Return the living session of a token."""
    at = clock.wall()
    living = AccessSession.objects.filter(digest=digest(token), revoked_at=None, expires_at__gt=at)
    row = living.select_related("customer").first() if token else None
    if row is None:
        return None
    return SessionView(row.pk, _principal(row), _language(row), row.expires_at, rules.slides(row.seen_at, at))


def session_principal(token: str) -> Principal | None:
    """Return who holds a token: `customer:ID`, `visitor:SESSION`, or nobody."""
    view = session(token)
    return view.principal if view else None


def _principal(row: AccessSession) -> Principal:
    if row.customer is None:
        return Principal(kind="visitor", id=row.pk)
    return Principal(kind="customer", id=row.customer.pk, name=row.customer.name)


def _language(row: AccessSession) -> str:
    return row.customer.language if row.customer else ""


@dataclass(frozen=True)
class LinkView:
    """A living link: the one matter it opens, and whose matter that is."""

    id: int
    subject: str
    subject_id: int
    customer_id: int
    language: str
    expires_at: datetime

    @property
    def principal(self) -> Principal:
        """Return the holder of the link, who may touch this matter only."""
        return Principal(kind="link", id=self.id, matter=(self.subject, self.subject_id))


def link_of(token: str) -> LinkView | None:
    """Return what a link opens, or None when it never was, is over, or was taken back."""
    living = MatterLink.objects.filter(digest=digest(token), revoked_at=None, expires_at__gt=clock.now())
    row = living.select_related("customer").first() if token else None
    if row is None:
        return None
    return LinkView(row.pk, row.subject, row.subject_id, row.customer_id, row.customer.language, row.expires_at)
