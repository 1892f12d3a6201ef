"""What we told the customer in the app."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from shouwen.kit.api import Page, command, language, principal
from shouwen.notifications import actions, queries
from shouwen.notifications.queries import Notice

from .doors import CUSTOMER
from .schemas import PortalNoticeOut, PortalUnreadOut

notices_router = Router(auth=CUSTOMER)


@notices_router.get("/notices", operation_id="listMyNotices", response=Page[PortalNoticeOut])
def list_notices(request: HttpRequest, cursor: str = "", limit: int = 20) -> Page[PortalNoticeOut]:
    """Return the customer's notices, newest first."""
    page = queries.notices(by=principal(request), language=language(request), cursor=cursor, limit=limit)
    return Page[PortalNoticeOut](items=[_shape(notice) for notice in page.items], next=page.next)


@notices_router.get("/notices/unread", operation_id="countMyUnreadNotices", response=PortalUnreadOut)
def count_unread(request: HttpRequest) -> PortalUnreadOut:
    """Return how many notices are new."""
    return PortalUnreadOut(unread=queries.unread(by=principal(request)))


@notices_router.post("/notices/{notice_id}/read", operation_id="readMyNotice", response=PortalUnreadOut)
@command()
def read_notice(request: HttpRequest, notice_id: int) -> PortalUnreadOut:
    """Note that the customer has seen a notice."""
    by = principal(request)
    actions.mark_read(by=by, notification_id=notice_id)
    return PortalUnreadOut(unread=queries.unread(by=by))


def _shape(notice: Notice) -> PortalNoticeOut:
    return PortalNoticeOut(
        id=notice.id,
        title=notice.title,
        body=notice.body,
        subject=notice.subject,
        number=notice.params.get("number", ""),
        at=notice.at,
        read=notice.read,
    )
