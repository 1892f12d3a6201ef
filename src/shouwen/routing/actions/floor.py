"""What leaders do on the floor beside skills, states and pauses: pull a contact, speak to all, borrow people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from shouwen.accounts import queries as accounts
from shouwen.kit import audit, clock, events
from shouwen.kit.actions import action, after_commit
from shouwen.kit.permissions import require
from shouwen.kit.principals import SYSTEM, Principal

from ..errors import AnnouncementInvalid, AnnouncementNotFound, LoanInvalid, NotWaiting, OutOfScope, SeatNotReady
from ..events import AnnouncementChanged
from ..models import AgentSkill, Announcement, Loan, Presence, Skill, WorkItem
from ..permissions import LEAD, SKILLS
from ..queries.queues import queue_row
from ..rules.floor import LONGEST_ANNOUNCEMENT, LONGEST_LOAN, PULL_HOLD
from ..rules.precedence import Klass, virtual_arrival
from .finding import locked_item
from .leading import set_skill
from .matching import route


@action
def pull(*, work_item_id: int, staff_id: int, by: Principal) -> None:
    """Take a waiting contact out of the line for one seat: it is offered to it next, before all others."""
    require(by, LEAD)
    at = clock.now()
    item = locked_item(work_item_id)
    if not by.sees(item.queue.organisation_id) or not by.sees(accounts.staff_card(staff_id).organisation_id):
        raise OutOfScope
    if item.state not in {"arrived", "waiting"}:
        raise NotWaiting
    if not Presence.objects.filter(staff_id=staff_id, state="ready").exists():
        raise SeatNotReady
    item.state, item.klass = WorkItem.State.ARRIVED, Klass.RE_OFFER
    item.vtime = virtual_arrival(klass=Klass.RE_OFFER, requested_at=item.requested_at)
    item.preferred_staff_id, item.hold_until = staff_id, at + PULL_HOLD
    item.refused_by, item.refused_until = [], None
    item.version += 1
    item.save()
    audit.record(by, "routing.pull", subject=item.subject, subject_id=item.subject_id, staff=staff_id)
    item_id = item.id
    after_commit(lambda: route(work_item_id=item_id, at=at))


@action
def announce(*, queue_code: str, zh: str, en: str, until: datetime, by: Principal) -> int:
    """Tell everybody who waits in a queue (or, without one, in any) something at once; return its number."""
    require(by, LEAD)
    at = clock.now()
    if not zh.strip() or not en.strip() or not at < until <= at + LONGEST_ANNOUNCEMENT:
        raise AnnouncementInvalid
    queue = queue_row(queue_code) if queue_code else None
    if by.organisations is not None and (queue is None or not by.sees(queue.organisation_id)):
        raise OutOfScope
    staff_id = by.id if by.kind == "staff" else None
    row = Announcement.objects.create(queue=queue, zh=zh.strip(), en=en.strip(), by_id=staff_id, at=at, until=until)
    audit.record(by, "routing.announce", subject="announcement", subject_id=row.id, queue=queue_code, zh=zh, en=en)
    _tell_waiting(row, at)
    return row.id


@action
def withdraw_announcement(*, announcement_id: int, by: Principal) -> None:
    """Stop saying it."""
    require(by, LEAD)
    at = clock.now()
    row = Announcement.objects.select_for_update(of=("self",), no_key=True).filter(id=announcement_id).first()
    if row is None:
        raise AnnouncementNotFound
    if row.queue is not None and not by.sees(row.queue.organisation_id):
        raise OutOfScope
    row.withdrawn_at = row.withdrawn_at or at
    row.save(update_fields=["withdrawn_at"])
    audit.record(by, "routing.announce.withdraw", subject="announcement", subject_id=row.id)
    _tell_waiting(row, at)


def _tell_waiting(row: Announcement, at: datetime) -> None:
    waiting = WorkItem.objects.filter(state__in=["arrived", "waiting", "offered"]).exclude(contact="")
    if row.queue_id is not None:
        waiting = waiting.filter(queue_id=row.queue_id)
    code = row.queue.code if row.queue else ""
    heard = {*waiting.values_list("contact", flat=True), *([f"queue:{code}"] if code else [])}
    if heard:
        events.publish(AnnouncementChanged(row.id, code), audience=heard, at=at)


@action
def borrow(*, staff_id: int, levels: Mapping[str, int], until: datetime, by: Principal) -> None:
    """Let somebody serve other skills until a time; afterwards he has the levels he had."""
    require(by, LEAD)
    require(by, SKILLS)
    at = clock.now()
    if not by.sees(accounts.staff_card(staff_id).organisation_id):
        raise OutOfScope
    if not levels or not at < until <= at + LONGEST_LOAN or min(levels.values()) < 1:
        raise LoanInvalid
    for code, level in levels.items():
        _lend(staff_id, code, level, at, until)
        set_skill(staff_id=staff_id, skill=code, level=level, by=by)
    audit.record(by, "routing.borrow", subject="staff", subject_id=staff_id, after=dict(levels))


def _lend(staff_id: int, code: str, level: int, at: datetime, until: datetime) -> None:
    skill = Skill.objects.filter(code=code).first()
    if skill is None:
        return  # set_skill refuses it in its own words
    held = AgentSkill.objects.filter(staff_id=staff_id, skill=skill).values_list("wanted_level", flat=True).first()
    Loan.objects.update_or_create(
        staff_id=staff_id,
        skill=skill,
        returned_at=None,
        defaults={"level": level, "until": until},
        create_defaults={"level": level, "until": until, "before": held or 0, "at": at},
    )


@action
def return_loans(*, at: datetime) -> int:
    """Give back what was lent and whose time is over; return how many."""
    rows = Loan.objects.filter(returned_at=None, until__lte=at).select_related("skill")
    due = list(rows.select_for_update(of=("self",), skip_locked=True, no_key=True)[:100])
    for row in due:
        row.returned_at = at
        row.save(update_fields=["returned_at"])
        set_skill(staff_id=row.staff_id, skill=row.skill.code, level=row.before, by=SYSTEM)
    return len(due)
