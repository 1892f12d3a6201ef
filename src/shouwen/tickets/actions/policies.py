"""The rules of each kind of ticket, and which queue serves which category."""

from __future__ import annotations

from dataclasses import asdict

from shouwen.kit import audit
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.routing import queries as routing

from .. import permissions
from ..errors import CategoryInvalid, KindInvalid, PolicyInvalid
from ..models import Category, KindPolicy
from ..queries import kind_policy


@action
def set_kind_policy(
    *,
    by: Principal,
    kind: str,
    owner_rule: str,
    attempts_required: int,
    attempt_gap_hours: int,
    reopenings_before_escalation: int,
) -> None:
    """Set two of the three policies of a kind: first asked (首问负责) and revisit (服务回访).

    The third, limited time (限时响应), is a time limit with versions of its own.
    """
    require(by, permissions.SET_POLICY)
    row = KindPolicy.objects.select_for_update().filter(kind=kind).first()
    if row is None:
        raise KindInvalid
    bounded = (attempts_required, 9), (attempt_gap_hours, 240), (reopenings_before_escalation, 9)
    if owner_rule not in KindPolicy.OwnerRule.values or not all(1 <= n <= most for n, most in bounded):
        raise PolicyInvalid
    before = kind_policy(kind)
    row.owner_rule = owner_rule
    row.attempts_required, row.attempt_gap_hours = attempts_required, attempt_gap_hours
    row.reopenings_before_escalation = reopenings_before_escalation
    row.save()
    after = kind_policy(kind)
    audit.record(
        by, "tickets.set_policy", subject="ticket.kind", subject_id=row.pk, before=asdict(before), after=asdict(after)
    )


@action
def route_category(*, by: Principal, code: str, queue_code: str) -> None:
    """Let a queue serve a category and what is below it; "" leaves it to the category above."""
    require(by, permissions.SET_POLICY)
    row = Category.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise CategoryInvalid(category=code)
    if queue_code:
        routing.queue(queue_code)
    before, row.queue_code = row.queue_code, queue_code
    row.save(update_fields=["queue_code"])
    audit.record(
        by, "tickets.route_category", subject="ticket.category", subject_id=row.pk, before=before, after=queue_code
    )
