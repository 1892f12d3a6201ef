"""A small floor: queues, skills, seats."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shouwen.accounts.models import Organisation, Staff
from shouwen.accounts.tests.factories import by, organisation, staff
from shouwen.kit import clock
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.routing import actions
from shouwen.routing.models import WorkItem

VISITOR = Principal(kind="visitor", id=7)


def leader(number: str = "9001", role: str = "shift_leader") -> Staff:
    """Return a leader."""
    return staff(number, role, name="唐立")


def queue(code: str = "broadband", *, skill: str | None = None, **settings: Any) -> str:
    """Make a queue (with a skill of the same name) and return its code."""
    needs = skill or code
    actions.add_skill(code=needs, name=needs, by=SYSTEM)
    actions.add_queue(
        code=code,
        name=f"{code} queue",
        skill=needs,
        organisation_id=settings.pop("organisation_id", None) or organisation().id,
        duty_leader_id=leader().id,
        by=SYSTEM,
        **settings,
    )
    return code


def agent(
    number: str = "8021",
    skills: dict[str, int] | None = None,
    *,
    slots: int | dict[str, int] = 1,
    ready: bool = True,
    unit: Organisation | None = None,
) -> Principal:
    """Return the principal of an agent with a seat, skills, and (unless told otherwise) ready."""
    row = staff(number, organisation=unit or organisation())
    actions.open_seat(staff_id=row.id, slots={"web_chat": slots} if isinstance(slots, int) else slots)
    actions.set_skills(staff_id=row.id, levels=skills or {"broadband": 5}, by=SYSTEM)
    if ready:
        actions.set_presence(state="ready", by=by(row))
    return by(row)


def ask(subject_id: int = 1, queue_code: str = "broadband", at: datetime | None = None, **more: Any) -> int:
    """Let a visitor ask for a person; return the work item."""
    values: dict[str, Any] = {"customer_id": None, "medium": "web_chat", "by": VISITOR, **more}
    return actions.request(
        subject="conversation",
        subject_id=subject_id,
        queue_code=queue_code,
        at=at or clock.now(),
        **values,
    )


def item(work_item_id: int) -> WorkItem:
    """Return a work item as it is now."""
    return WorkItem.objects.get(id=work_item_id)


def serve(work_item_id: int, who: Principal) -> None:
    """Take an offer, end the contact and write it up."""
    actions.accept_offer(work_item_id=work_item_id, by=who)
    subject_id = item(work_item_id).subject_id
    actions.finish(subject="conversation", subject_id=subject_id, at=clock.now())
    actions.complete_wrap_up(subject="conversation", subject_id=subject_id, by=who)
