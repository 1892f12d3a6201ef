"""Deciding a request: each decision is one action with what it orders, and the answer the customer reads."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from procrastinate.contrib.django import app

from shouwen.customers import actions as customers
from shouwen.customers import queries as people
from shouwen.kit import audit, clock, privacy
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.responsibility import queries as responsibility
from shouwen.tickets import actions as tickets
from shouwen.tickets import queries as matters

from .. import permissions, rules
from ..errors import HeldByLaw, MattersOpen, NothingToCorrect, ReasonUnknown, RequestDecided, RequestNotFound, WrongKind
from ..models import DataRequest

MAKE_PACKAGE = "shouwen.governance.jobs.make_package"


@action
def grant_access(*, by: Principal, request_id: int) -> None:
    """Let the copy be made; a job makes it and answers the customer."""
    row = _taken(by, request_id, "access")
    _decide(row, by=by, state="decided")
    app.configure_task(MAKE_PACKAGE).defer(request_id=row.pk)


@action
def correct(*, by: Principal, request_id: int, changes: dict[str, Any]) -> None:
    """Correct the customer's record and say so."""
    row = _taken(by, request_id, "correct")
    if not changes:
        raise NothingToCorrect
    customers.update(by=by, customer_id=row.customer_id, changes=changes)
    _decide(row, by=by, state="done", outcome={"fields": sorted(changes)})
    answer(row, by=by, text=rules.DONE["correct"][english(row)])


@action
def restrict(*, by: Principal, request_id: int) -> None:
    """Stop all use but storage, and say so."""
    row = _taken(by, request_id, "restrict")
    customers.restrict(by=by, customer_id=row.customer_id, reason=f"data_request:{row.pk}")
    _decide(row, by=by, state="done")
    answer(row, by=by, text=rules.DONE["restrict"][english(row)])


@action
def schedule_erasure(*, by: Principal, request_id: int) -> None:
    """Decide that the data goes, and tell the customer what stays and why. It goes when the matter closes."""
    row = _taken(by, request_id, "erase")
    if privacy.is_held("customer", row.customer_id, clock.now()):
        raise HeldByLaw
    others = matters.open_of_customer(row.customer_id) - {row.ticket_id}
    if others:
        raise MattersOpen(count=len(others))
    found = privacy.forecast("customer", row.customer_id)
    _decide(row, by=by, state="decided", outcome={"kept": [asdict(part) for part in found.kept]})
    stays = [_stays(part) for part in found.kept]
    answer(row, by=by, text=rules.erasure(stays, english=english(row)))


@action
def refuse(*, by: Principal, request_id: int, reason: str, explanation: str) -> None:
    """Refuse for one of the law's reasons, which the customer reads."""
    row = _taken(by, request_id, "")
    if reason not in rules.REASONS:
        raise ReasonUnknown
    row.reason = reason
    _decide(row, by=by, state="refused", outcome={"explanation": explanation.strip()})
    answer(row, by=by, text=rules.refusal(reason, explanation, english=english(row)))


def english(row: DataRequest) -> bool:
    """Tell whether the customer reads English."""
    return people.card(row.customer_id).language == "en"


def answer(row: DataRequest, *, by: Principal, text: str) -> None:
    """Resolve the request's ticket with what the customer reads."""
    tickets.resolve(by=by, number=row.ticket.number, answer=text)


def _taken(by: Principal, request_id: int, kind: str) -> DataRequest:
    """Return a request that waits for a decision, held until the action ends, its ticket in somebody's hands."""
    require(by, permissions.DECIDE)
    rows = DataRequest.objects.select_for_update(of=("self",)).select_related("ticket")
    row = rows.filter(id=request_id, ticket__in=matters.visible(by)).first()
    if row is None:
        raise RequestNotFound
    if row.state != "asked":
        raise RequestDecided
    if kind and row.kind != kind:
        raise WrongKind
    if responsibility.of("ticket", [row.ticket_id])[row.ticket_id].handler_id is None:
        tickets.take(by=by, number=row.ticket.number)
    return row


def _decide(row: DataRequest, *, by: Principal, state: str, outcome: dict[str, Any] | None = None) -> None:
    at = clock.now()
    row.state, row.decided_by, row.decided_at = state, by.key, at
    row.done_at = at if state == "done" else None
    row.outcome = _plain(outcome or {})
    row.save()
    audit.record(
        by, f"governance.{row.kind}.{state}", subject="data_request", subject_id=row.pk, customer=row.customer_id
    )


def _plain(outcome: dict[str, Any]) -> dict[str, Any]:
    kept = [{**part, "until": part["until"] and part["until"].isoformat()} for part in outcome.get("kept", ())]
    return {**outcome, "kept": kept} if kept else outcome


def _stays(part: privacy.KeptPart) -> rules.Stays:
    what = privacy.HOLDINGS[part.code].what
    return rules.Stays(what, (part.zh, part.en), part.until)
