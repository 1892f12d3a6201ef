"""What follows a decision: the copy is handed over, the data goes, the copy's time ends."""

from __future__ import annotations

from shouwen.customers import actions as customers
from shouwen.kernel.calendars import BEIJING
from shouwen.kit import audit, clock, files, privacy
from shouwen.kit.actions import action
from shouwen.kit.principals import SYSTEM, Principal

from .. import rules
from ..models import DataRequest
from .deciding import answer, english

BATCH = 20


@action
def hand_over(*, request_id: int, file_id: int) -> None:
    """Put the finished copy beside its request and tell the customer. Done twice it is done once."""
    row = DataRequest.objects.select_for_update(of=("self",)).select_related("ticket").get(id=request_id)
    if row.state != "decided":
        return
    at = clock.now()
    card = files.cards([file_id])[file_id]
    owner = Principal(kind="customer", id=row.customer_id)
    files.attach(by=owner, files=[card.public_id], subject="data_request", subject_id=row.pk)
    row.state, row.done_at = "done", at
    row.file_id, row.file_until = file_id, at + rules.PACKAGE_LIFE
    row.save()
    audit.record(SYSTEM, "governance.hand_over", subject="data_request", subject_id=row.pk, file=file_id)
    until = row.file_until.astimezone(BEIJING).date()
    answer(row, by=SYSTEM, text=rules.package_ready(until, english=english(row)))


def carry_out_due() -> int:
    """Erase what was decided and whose matter is closed; return how many people were erased."""
    due = DataRequest.objects.filter(kind="erase", state="decided", ticket__state="closed")
    return sum(_carry_out(request_id=request_id) for request_id in due.values_list("id", flat=True)[:BATCH])


@action
def _carry_out(*, request_id: int) -> bool:
    """Erase one person, lock away what stays, end his sessions; a hold that came meanwhile stops it."""
    due = DataRequest.objects.select_for_update(skip_locked=True).filter(id=request_id, state="decided")
    row = due.first()
    at = clock.now()
    if row is None or privacy.is_held("customer", row.customer_id, at):
        return False
    customers.restrict(by=SYSTEM, customer_id=row.customer_id, reason=f"data_request:{row.pk}")
    customers.sign_out_everywhere(by=SYSTEM, customer_id=row.customer_id)
    found = privacy.erase_person(person="customer", person_id=row.customer_id, why=f"data_request:{row.pk}")
    row.state, row.done_at, row.detail = "done", at, ""
    row.outcome = {**row.outcome, "erased": found.erased}
    row.save()
    audit.record(SYSTEM, "governance.erased", subject="data_request", subject_id=row.pk, rows=found.erased)
    return True


@action
def forget_packages() -> int:
    """Let go of copies whose time is over; return how many."""
    over = DataRequest.objects.filter(file_id__isnull=False, file_until__lt=clock.now())
    rows = list(over.select_for_update(skip_locked=True)[:BATCH])
    for row in rows:
        assert row.file_id is not None
        files.let_go(by=SYSTEM, file_id=row.file_id)
        row.file_id = None
        row.save(update_fields=["file_id"])
    return len(rows)
