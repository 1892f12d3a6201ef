"""One matter by the link in a message: to see, to confirm, to send back; nothing else and nobody else's."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from shouwen.kit import audit
from shouwen.kit.api import command, language, principal
from shouwen.kit.api.limits import limit
from shouwen.tickets import actions as tickets
from shouwen.tickets import queries

from .doors import Link, link_in
from .schemas import PortalMatterOut, PortalReopenIn
from .shapes import matter_by_link

links_router = Router(auth=Link())


@links_router.get("/links/{token}", operation_id="openLink", response=PortalMatterOut)
@limit("portal.links", per_minute=60)
def open_link(request: HttpRequest, token: str) -> PortalMatterOut:  # noqa: ARG001  the door has read it
    """Return the matter of a link, without anything that tells whose it is."""
    return _matter(request)


@links_router.post("/links/{token}/confirm", operation_id="confirmByLink", response=PortalMatterOut)
@limit("portal.links", per_minute=60)
@command()
def confirm(request: HttpRequest, token: str) -> PortalMatterOut:  # noqa: ARG001
    """Accept the result; the matter closes."""
    by, link = principal(request), link_in(request)
    tickets.confirm(by=by, ticket_id=link.subject_id)
    audit.record(by, "portal.link.confirm", subject="ticket", subject_id=link.subject_id)
    return _matter(request)


@links_router.post("/links/{token}/reopen", operation_id="reopenByLink", response=PortalMatterOut)
@limit("portal.links", per_minute=60)
@command()
def reopen(request: HttpRequest, token: str, body: PortalReopenIn) -> PortalMatterOut:  # noqa: ARG001
    """Send the matter back: it is not solved."""
    by, link = principal(request), link_in(request)
    tickets.reopen(by=by, ticket_id=link.subject_id, reason=body.reason)
    return _matter(request)


def _matter(request: HttpRequest) -> PortalMatterOut:
    link = link_in(request)
    view = queries.matter(by=principal(request), ticket_id=link.subject_id)
    return matter_by_link(view, link, language(request))
