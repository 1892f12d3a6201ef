"""What happens below and somebody must be told of."""

from __future__ import annotations

from shouwen.accounts import queries as accounts
from shouwen.accounts.events import QualificationExpiring, SubstituteNamed, SubstitutionEnded
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


@subscribe(SubstituteNamed)
def tell_substitute(fact: SubstituteNamed) -> None:
    """Who is to decide in another's place hears for whom and on which days; and who is away, who it is."""
    days = {"first": fact.first_day, "last": fact.last_day}
    _tell_of_place("accounts.stands_in", fact.substitute_id, fact.staff_id, fact.substitution_id, days)
    _tell_of_place("accounts.substitute_named", fact.staff_id, fact.substitute_id, fact.substitution_id, days)


@subscribe(SubstitutionEnded)
def tell_of_return(fact: SubstitutionEnded) -> None:
    """Who stood in hears that he does no more."""
    _tell_of_place("accounts.stands_in_no_more", fact.substitute_id, fact.staff_id, fact.substitution_id, {})


def _tell_of_place(template: str, staff_id: int, of: int, number: int, days: dict[str, str]) -> None:
    actions.notify(
        recipient=f"staff:{staff_id}",
        template=template,
        params={"name": accounts.staff_card(of).name, **days},
        subject="staff",
        subject_id=staff_id,
        dedupe_key=f"{template}:{number}",
        at=clock.now(),
    )
