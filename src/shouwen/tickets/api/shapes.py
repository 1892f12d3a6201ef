"""From what the queries return to what goes over the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from shouwen.customers import actions as customers
from shouwen.forms.queries import Answered
from shouwen.kit import clock, files
from shouwen.kit.approvals import ApprovalCard
from shouwen.kit.principals import Principal
from shouwen.sla.queries import Clock, Explained

from .. import queries
from ..queries import KindPolicyCard, TicketDetail, TicketFileView, TicketItem
from .schemas import (
    AttemptOut,
    CompensationOut,
    KindPolicyOut,
    StepOut,
    TicketAnswerOut,
    TicketAnswersOut,
    TicketClockOut,
    TicketCustomerOut,
    TicketDeadlineLineOut,
    TicketDeadlineOut,
    TicketDeadlinesOut,
    TicketFileOut,
    TicketItemOut,
    TicketOut,
    TicketPersonOut,
    TicketQueueOut,
    UsualLimitOut,
)

_ITEMS = TypeAdapter(list[TicketItemOut])
_PERSON = tuple(TicketPersonOut.model_fields)
_CUSTOMER = tuple(TicketCustomerOut.model_fields)
_CLOCK = ("metric", "started_at", "due_at", "met_at", "breached_at", "paused_at", "pause_ends_at")
_ROW = (
    "number",
    "kind",
    "title",
    "state",
    "urgency",
    "version",
    "queue_code",
    "opened_at",
    "reopened_count",
    "escalated_at",
    "closed_reason",
)


def ticket_out(number: str, *, by: Principal) -> TicketOut:
    """Return a ticket as its page shows it."""
    found, at = queries.detail(number, by=by), clock.now()
    card = found.item.customer
    if card and card.restricted and by.kind == "staff":
        customers.note_restricted_look(by=by, customer_id=card.id, ticket=number)
    return TicketOut(
        **_item(found.item, at),
        description=found.description,
        category_path_zh=found.category_path_zh,
        category_path_en=found.category_path_en,
        area=found.area,
        channel=found.channel,
        queue=TicketQueueOut(code=found.item.row.queue_code, name=found.queue_name),
        conversation=found.conversation,
        journey=[StepOut(**vars(step)) for step in found.journey],
        clocks=[TicketClockOut(**_clock(promise, at)) for promise in found.item.clocks],
        **_waiting(found),
        attempts=[AttemptOut(**vars(attempt)) for attempt in found.attempts],
        compensation=_compensation(found.compensation),
        answers=_answers(found.answers, by),
        can=found.can,
    )


def file_out(view: TicketFileView, *, by: Principal) -> TicketFileOut:
    """Return a file of a ticket with links made for `by`."""
    return TicketFileOut(
        **vars(files.file_out(view.card, by=by)),
        actor_name=view.actor_name,
        by_customer=view.actor.startswith("customer:"),
        visible_to_customer=view.visible_to_customer,
    )


def items_out(found: list[TicketItem]) -> list[TicketItemOut]:
    """Return tickets as a list shows them, checked in one go: a page has hundreds of small shapes."""
    at = clock.now()
    return _ITEMS.validate_python([_item(item, at) for item in found])


def kind_policy_out(card: KindPolicyCard) -> KindPolicyOut:
    """Return the rules of a kind."""
    limits = [UsualLimitOut(metric=metric, zh=zh, en=en) for metric, (zh, en) in card.limits.items()]
    return KindPolicyOut(**{**vars(card), "limits": limits})


def deadlines_out(found: list[Explained]) -> TicketDeadlinesOut:
    """Return the promises of a ticket with their stories."""
    return TicketDeadlinesOut(items=[_deadline(one) for one in found])


def _deadline(one: Explained) -> TicketDeadlineOut:
    lines = [TicketDeadlineLineOut(sort=line.sort, zh=line.zh, en=line.en) for line in one.lines]
    values = {**vars(one), "name_zh": one.name[0], "name_en": one.name[1], "lines": lines}
    return TicketDeadlineOut(**{name: values[name] for name in TicketDeadlineOut.model_fields})


def _waiting(found: TicketDetail) -> dict[str, Any]:
    names = ("question", "answer", "waiting_since", "urged_at", "closed_at", "linked_to", "links")
    return {name: getattr(found, name) for name in names}


def _item(item: TicketItem, at: datetime) -> dict[str, Any]:
    row, due = item.row, item.clock
    return {
        **_same(_ROW, row),
        "category": {"code": row.category, "name_zh": row.category_zh, "name_en": row.category_en},
        "customer": _same(_CUSTOMER, item.customer) if item.customer else None,
        "owner": _same(_PERSON, item.owner) if item.owner else None,
        "handler": _same(_PERSON, item.handler) if item.handler else None,
        "offered_to": _same(_PERSON, item.offered_to) if item.offered_to else None,
        "waits_on": item.waits_on,
        "next_contact_at": item.next_contact_at,
        "clock": _clock(due, at) if due else None,
    }


def _same(names: tuple[str, ...], source: object) -> dict[str, Any]:
    return {name: getattr(source, name) for name in names}


def _compensation(card: ApprovalCard | None) -> CompensationOut | None:
    return CompensationOut(**{n: getattr(card, n) for n in CompensationOut.model_fields}) if card else None


def _answers(found: Answered | None, by: Principal) -> TicketAnswersOut | None:
    if found is None:
        return None
    lines = [
        TicketAnswerOut(**{**vars(line), "files": [files.file_out(files.card(one), by=by) for one in line.files]})
        for line in found.lines
    ]
    return TicketAnswersOut(**{**vars(found), "lines": lines})


def _clock(promise: Clock, at: datetime) -> dict[str, Any]:
    return {
        **_same(_CLOCK, promise),
        "state": promise.state(at),
        "allowance_seconds": round(promise.allowance.total_seconds()),
    }
