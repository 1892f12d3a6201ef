"""Notices in the app and who has read them."""

from __future__ import annotations

from collections.abc import Sequence

from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.principals import Principal
from shouwen.notifications.errors import NoticeNotFound, NoticeRequired, UnknownNotice
from shouwen.notifications.events import NoticeRead
from shouwen.notifications.models import NoticeOff, Notification
from shouwen.notifications.templates import STAFF, TEMPLATES


@action
def mark_read(*, by: Principal, notification_id: int) -> None:
    """Note that the recipient has seen a notice; once is enough, nobody else's can be touched."""
    mine = Notification.objects.filter(recipient_kind=by.kind, recipient_id=by.id, channel="inapp")
    if not mine.filter(id=notification_id).exists():
        raise NoticeNotFound
    at = clock.now()
    audit.record(by, "notifications.read", subject="notification", subject_id=notification_id)
    if mine.filter(id=notification_id, state="sent").update(state="read", read_at=at):
        publish(NoticeRead(notification_id=notification_id), audience=[by.key], at=at)


@action
def mark_all_read(*, by: Principal) -> int:
    """Note that the recipient has seen every notice there is; return how many were new."""
    at = clock.now()
    mine = Notification.objects.filter(recipient_kind=by.kind, recipient_id=by.id, channel="inapp")
    newest = mine.filter(state="sent").order_by("-id").values_list("id", flat=True).first() or 0
    count = mine.filter(state="sent", id__lte=newest).update(state="read", read_at=at)
    audit.record(by, "notifications.read", subject="notification", subject_id=newest, count=count)
    if count:
        publish(NoticeRead(notification_id=newest), audience=[by.key], at=at)
    return count


@action
def choose_notices(*, by: Principal, off: Sequence[str]) -> None:
    """Do without some kinds of notice; what duty requires is refused."""
    for template in off:
        if template not in STAFF:
            raise UnknownNotice(template=template)
        if not TEMPLATES[template].optional:
            raise NoticeRequired(zh=TEMPLATES[template].zh.title, en=TEMPLATES[template].en.title)
    NoticeOff.objects.filter(staff_id=by.id).exclude(template__in=off).delete()
    wanted = [NoticeOff(staff_id=by.id, template=template) for template in sorted(set(off))]
    NoticeOff.objects.bulk_create(wanted, ignore_conflicts=True)
    audit.record(by, "notifications.preference", subject="staff", subject_id=by.id, off=sorted(set(off)))
