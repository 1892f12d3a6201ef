"""What lies between an empty installation and its first served chat, and how much of it is done."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.accounts import queries as people
from shouwen.accounts.models import Organisation, Staff
from shouwen.accounts.permissions import MANAGE_OPERATOR
from shouwen.interactions.models import Message
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.notifications.models import Notification
from shouwen.routing.models import AgentSkill, Queue

from .trial_message import TEMPLATE


@dataclass(frozen=True)
class Step:
    """One thing to do, whether it is done, and how many there are of it."""

    code: str
    done: bool
    count: int


def checklist(by: Principal) -> list[Step]:
    """Return the steps in the order in which they build on each other."""
    require(by, MANAGE_OPERATOR)
    units = Organisation.objects.exclude(level="group").count()
    staff = Staff.objects.filter(active=True).count()
    queues = Queue.objects.count()
    seats = AgentSkill.objects.filter(wanted_level__gt=0).values("staff_id").distinct().count()
    sent = Notification.objects.filter(template=TEMPLATE, state__in=["sent", "read"]).count()
    served = Message.objects.filter(author_kind="staff").values("interaction_id").distinct().count()
    return [
        Step("operator", people.operator().set_up, 1),
        Step("organisations", units > 0, units),
        Step("staff", staff > 1, staff),
        Step("queues", queues > 0 and seats > 0, queues),
        Step("message", sent > 0, sent),
        Step("chat", served > 0, served),
    ]
