"""Contacts that keep others from being served: put back or turned away for a time; they may appeal."""

from __future__ import annotations

from datetime import datetime

from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.notifications import actions as notifications
from shouwen.responsibility import actions as responsibility
from shouwen.responsibility import queries as duties
from shouwen.sla import actions as sla

from ..errors import AppealImpossible, DecisionInvalid, NuisanceInvalid, NuisanceNotFound
from ..models import Nuisance, Queue
from ..permissions import NUISANCE
from ..rules.floor import LONGEST_NUISANCE

APPEAL = "nuisance_appeal"
FACETS = {"kind": "letter"}
"""An appeal is answered under the limits of what reaches us in writing."""
LONGEST_ANSWER = 300


@action
def mark_nuisance(*, contact: str, level: str, reason: str, until: datetime, by: Principal) -> int:
    """Put a contact back in line (`slow`) or turn it away (`block`) until a time; return the mark's number."""
    require(by, NUISANCE)
    at = clock.now()
    if level not in Nuisance.Level.values or not reason.strip() or not contact.strip():
        raise NuisanceInvalid
    if not at < until <= at + LONGEST_NUISANCE:
        raise NuisanceInvalid
    row = Nuisance.objects.create(
        contact=contact, level=level, reason=reason, by_id=by.id if by.kind == "staff" else None, at=at, until=until
    )
    audit.record(by, "routing.nuisance", subject="nuisance", subject_id=row.id, contact=contact, level=level)
    return row.id


def _owe(row: Nuisance, by: Principal, at: datetime) -> None:
    owner = Queue.objects.order_by("-general", "id").values_list("duty_leader_id", flat=True).first() or row.by_id
    assert owner is not None
    responsibility.open(subject=APPEAL, subject_id=row.id, owner_id=owner, customer_id=None, by=by)
    sla.start(subject=APPEAL, subject_id=row.id, metric="answer", facets=FACETS, at=at)


@action
def inherit_appeals(*, staff_id: int, to_id: int) -> int:
    """Give the appeals that somebody who left answers for to who covers him; return how many."""
    mine = [duty.subject_id for duty in duties.open_of_staff(staff_id, APPEAL)]
    for nuisance_id in mine:
        responsibility.inherit(subject=APPEAL, subject_id=nuisance_id, from_id=staff_id, to_id=to_id, by=SYSTEM)
    return len(mine)


@action
def lift_nuisance(*, nuisance_id: int, by: Principal) -> None:
    """Take a mark back before its time, for instance after an appeal; lifting twice is lifting once."""
    require(by, NUISANCE)
    row = Nuisance.objects.select_for_update(no_key=True).filter(id=nuisance_id).first()
    if row is None:
        raise NuisanceNotFound
    at = clock.now()
    if row.lifted_at is None:
        row.lifted_at = at
        row.save(update_fields=["lifted_at"])
    if row.appealed_at is not None and row.decided_at is None:
        _settle(row, "", by, at)
    audit.record(by, "routing.nuisance.lift", subject="nuisance", subject_id=row.id)


@action
def decide_appeal(*, nuisance_id: int, lift: bool, note: str, by: Principal) -> None:
    """Answer an appeal: the mark is lifted, or it stays until its end."""
    require(by, NUISANCE)
    at = clock.now()
    row = Nuisance.objects.select_for_update(no_key=True).filter(id=nuisance_id).first()
    if row is None:
        raise NuisanceNotFound
    if row.appealed_at is None or row.decided_at is not None or not 0 < len(note.strip()) <= LONGEST_ANSWER:
        raise DecisionInvalid
    if lift and row.lifted_at is None:
        row.lifted_at = at
        row.save(update_fields=["lifted_at"])
    _settle(row, note.strip(), by, at)
    audit.record(by, "routing.nuisance.decide", subject="nuisance", subject_id=row.id, lift=lift)


def _settle(row: Nuisance, note: str, by: Principal, at: datetime) -> None:
    """Close the appeal and tell who appealed; a visitor reads the answer where he appealed."""
    row.decision, row.decided_at = note, at
    row.save(update_fields=["decision", "decided_at"])
    if row.contact.startswith("customer:"):
        notifications.notify(
            recipient=row.contact,
            template="routing.appeal_kept" if row.lifted_at is None else "routing.appeal_lifted",
            params={},
            subject=APPEAL,
            subject_id=row.id,
            dedupe_key=f"nuisance-appeal:{row.id}",
            at=at,
        )
    sla.meet(subject=APPEAL, subject_id=row.id, metric="answer", at=at)
    sla.cancel(subject=APPEAL, subject_id=row.id, at=at)
    responsibility.close(subject=APPEAL, subject_id=row.id, by=by)


@action
def appeal_nuisance(*, text: str, by: Principal) -> None:
    """Let the one who is marked say why it is wrong; from then on somebody answers for the appeal, under a clock.

    Who says more before he is answered adds to the appeal he has; one that was answered is not opened again.
    """
    at = clock.now()
    rows = Nuisance.objects.select_for_update(no_key=True).filter(contact=by.key, lifted_at=None, until__gt=at)
    row = rows.order_by("level", "-until").first()
    if row is None or not text.strip() or row.decided_at is not None:
        raise AppealImpossible
    first = row.appealed_at is None
    row.appeal, row.appealed_at = text.strip()[:500], row.appealed_at or at
    row.save(update_fields=["appeal", "appealed_at"])
    if first:
        _owe(row, by, at)
    audit.record(by, "routing.nuisance.appeal", subject="nuisance", subject_id=row.id)
