"""A customer's own matters: asking, following, answering, confirming."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from shouwen.kit import audit, clock
from shouwen.kit.api import Page, command, language, principal
from shouwen.kit.api.limits import limit
from shouwen.kit.files import file_out
from shouwen.tickets import actions as tickets
from shouwen.tickets import queries

from .doors import CUSTOMER, Anybody
from .schemas import (
    Kind,
    PortalFilesOut,
    PortalFormFoundOut,
    PortalFormOut,
    PortalMatterCardOut,
    PortalMatterIn,
    PortalMatterOut,
    PortalReopenIn,
    PortalSupplementIn,
)
from .shapes import matter, matter_card

matters_router = Router(auth=CUSTOMER)
MOST = 20


@matters_router.get("/matters", operation_id="listMatters", response=Page[PortalMatterCardOut])
def list_matters(request: HttpRequest, cursor: str = "", limit: int = MOST) -> Page[PortalMatterCardOut]:
    """Return the customer's matters, newest first."""
    by = principal(request)
    page = queries.matters(by=by, cursor=cursor, limit=min(limit, MOST))
    items = [matter_card(queries.matter(card.number, by=by)) for card in page.items]
    return Page[PortalMatterCardOut](items=items, next=page.next)


@matters_router.get("/matter-form", auth=Anybody(), operation_id="findMatterForm", response=PortalFormFoundOut)
@limit("portal.matter-form", per_minute=120)
def find_form(request: HttpRequest, kind: Kind) -> PortalFormFoundOut:  # noqa: ARG001
    """Return what is asked when a matter of a kind is brought up; also before signing in."""
    found = queries.form_for(kind, "", clock.now())
    return PortalFormFoundOut(form=PortalFormOut(**vars(found)) if found else None)


@matters_router.get("/matters/{number}", operation_id="getMatter", response=PortalMatterOut)
def get_matter(request: HttpRequest, number: str) -> PortalMatterOut:
    """Return how one matter stands and what happened, as far as it concerns the customer."""
    return _matter(request, number)


@matters_router.post("/matters", operation_id="openMatter", response={201: PortalMatterOut})
@limit("portal.matters", per_minute=10, by="principal")
@command(status=201)
def open_matter(request: HttpRequest, body: PortalMatterIn) -> PortalMatterOut:
    """Report a fault, complain, ask or suggest."""
    by = principal(request)
    given = body.model_dump(exclude={"form"})
    opened = tickets.open_ticket(by=by, customer_id=by.id, filled=body.form, **given)
    return _matter(request, opened.number)


@matters_router.post("/matters/{number}/confirm", operation_id="confirmMatter", response=PortalMatterOut)
@command()
def confirm(request: HttpRequest, number: str) -> PortalMatterOut:
    """Accept the result; the matter closes. Pressed again, it stays closed."""
    by = principal(request)
    tickets.confirm(by=by, number=number)
    shown = queries.matter(number, by=by)
    audit.record(by, "portal.confirm", subject="ticket", subject_id=shown.id)
    return matter(shown, language(request))


@matters_router.post("/matters/{number}/reopen", operation_id="reopenMatter", response=PortalMatterOut)
@command()
def reopen(request: HttpRequest, number: str, body: PortalReopenIn) -> PortalMatterOut:
    """Send the matter back: it is not solved."""
    tickets.reopen(by=principal(request), number=number, reason=body.reason)
    return _matter(request, number)


@matters_router.post("/matters/{number}/urge", operation_id="urgeMatter", response=PortalMatterOut)
@command()
def urge(request: HttpRequest, number: str) -> PortalMatterOut:
    """Ask us to hurry; owner and handler hear it at once."""
    tickets.urge(by=principal(request), number=number)
    return _matter(request, number)


@matters_router.post("/matters/{number}/supplement", operation_id="supplementMatter", response=PortalMatterOut)
@limit("portal.supplement", per_minute=10, by="principal")
@command()
def supplement(request: HttpRequest, number: str, body: PortalSupplementIn) -> PortalMatterOut:
    """Add something to the request, or answer our question."""
    tickets.supplement(by=principal(request), number=number, body=body.body, files=body.files)
    return _matter(request, number)


@matters_router.get("/matters/{number}/files", operation_id="listMatterFiles", response=PortalFilesOut)
def list_files(request: HttpRequest, number: str) -> PortalFilesOut:
    """Return the files of the customer's matter, with links good for ten minutes in his own session."""
    by = principal(request)
    return PortalFilesOut(items=[file_out(view.card, by=by) for view in queries.files_of(number, by=by)])


def _matter(request: HttpRequest, number: str) -> PortalMatterOut:
    return matter(queries.matter(number, by=principal(request)), language(request))
