"""One's own notices; and, with the permission, what became of messages to customers."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from ninja import Router

from shouwen.kit.api import Page, command, language, principal
from shouwen.notifications import actions, queries
from shouwen.notifications.queries import Delivery, Notice

from .schemas import (
    MessageDeliveryOut,
    NoticeChoiceOut,
    NoticeChoicesOut,
    NoticeOut,
    NoticesOffIn,
    UnreadNoticesOut,
)

router = Router(tags=["notices"])


@router.get("/notices", operation_id="listNotices", response=Page[NoticeOut])
def list_notices(request: HttpRequest, unread: bool = False, cursor: str = "", limit: int = 50) -> Page[Notice]:
    """Return one's own notices, newest first."""
    return queries.notices(
        by=principal(request), language=language(request), unread_only=unread, cursor=cursor, limit=limit
    )


@router.get("/notices/unread", operation_id="countUnreadNotices", response=UnreadNoticesOut)
def count_unread(request: HttpRequest) -> UnreadNoticesOut:
    """Return how many of one's own notices are new."""
    return UnreadNoticesOut(unread=queries.unread(by=principal(request)))


@router.get("/notices/choices", operation_id="listNoticeChoices", response=NoticeChoicesOut)
def list_choices(request: HttpRequest) -> NoticeChoicesOut:
    """Return which kinds of notice one gets."""
    return _choices(request)


@router.put("/notices/choices", operation_id="chooseNotices", response=NoticeChoicesOut)
@command()
def choose_notices(request: HttpRequest, body: NoticesOffIn) -> NoticeChoicesOut:
    """Do without some kinds of notice."""
    actions.choose_notices(by=principal(request), off=body.off)
    return _choices(request)


def _choices(request: HttpRequest) -> NoticeChoicesOut:
    found = queries.notice_choices(by=principal(request), language=language(request))
    return NoticeChoicesOut(items=[NoticeChoiceOut(**vars(one)) for one in found])


@router.post("/notices/read", operation_id="readAllNotices", response=UnreadNoticesOut)
@command()
def read_all(request: HttpRequest) -> UnreadNoticesOut:
    """Note that one has seen every notice."""
    by = principal(request)
    actions.mark_all_read(by=by)
    return UnreadNoticesOut(unread=queries.unread(by=by))


@router.post("/notices/{notice_id}/read", operation_id="readNotice", response=UnreadNoticesOut)
@command()
def read_notice(request: HttpRequest, notice_id: int) -> UnreadNoticesOut:
    """Note that one has seen a notice."""
    by = principal(request)
    actions.mark_read(by=by, notification_id=notice_id)
    return UnreadNoticesOut(unread=queries.unread(by=by))


@router.get("/messages-sent", operation_id="listDeliveries", response=Page[MessageDeliveryOut])
def list_deliveries(
    request: HttpRequest,
    state: Literal["", "queued", "sent", "failed"] = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[Delivery]:
    """Return what left the house or failed to, newest first."""
    by = principal(request)
    return queries.deliveries(by=by, language=language(request), state=state, cursor=cursor, limit=limit)


@router.post("/messages-sent/{delivery_id}/resend", operation_id="resendMessage", response={204: None})
@command(status=204)
def resend(request: HttpRequest, delivery_id: int) -> None:
    """Queue a failed message again."""
    actions.resend(by=principal(request), notification_id=delivery_id)
