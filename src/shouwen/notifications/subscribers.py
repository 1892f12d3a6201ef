"""What happens below and somebody must be told of."""

from __future__ import annotations

from shouwen.accounts.events import QualificationExpiring
from shouwen.kit import clock
from shouwen.kit.events import subscribe

from . import actions


@subscribe(QualificationExpiring)
def tell_of_ending(fact: QualificationExpiring) -> None:
    """The holder of a qualification hears that it ends, once for each date."""
    actions.notify(
        recipient=f"staff:{fact.staff_id}",
        template="accounts.qualification_expiring",
        params={"what": fact.zh, "what_en": fact.en, "date": fact.valid_until},
        subject="staff",
        subject_id=fact.staff_id,
        dedupe_key=f"qualification:{fact.qualification_id}:{fact.valid_until}",
        at=clock.now(),
    )
