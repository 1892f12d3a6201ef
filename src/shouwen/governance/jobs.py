"""Making copies in the background, and what comes round by itself."""

from __future__ import annotations

from shouwen.kit import files
from shouwen.kit.jobs import job
from shouwen.kit.principals import Principal

from . import actions, queries


@job()
def make_package(request_id: int) -> None:
    """Make the copy of a customer's data, sealed, for him alone. Killed half-way it begins anew; it is one file."""
    customer_id = queries.customer_waiting_for_copy(request_id)
    if customer_id is None:
        return
    card = files.keep_made(
        by=Principal(kind="customer", id=customer_id),
        name="my-data.zip",
        media_type="application/zip",
        content=queries.package(customer_id),
        purpose="attachment",
        key=f"data-request:{request_id}",
    )
    actions.hand_over(request_id=request_id, file_id=card.id)


def sweep() -> int:
    """Erase what is due and let go of copies that are over; return how much was done."""
    return actions.carry_out_due() + actions.forget_packages()
