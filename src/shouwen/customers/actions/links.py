"""Links in messages. They follow domain time: a promise to a customer, not a session."""

from __future__ import annotations

from shouwen.customers import rules, tokens
from shouwen.customers.models import MatterLink
from shouwen.kit import clock
from shouwen.kit.actions import action


@action
def issue_link(*, subject: str, subject_id: int, customer_id: int) -> str:
    """Make a link that opens one matter, for a message to its customer; return the token."""
    token, at = tokens.new_token(), clock.now()
    MatterLink.objects.create(
        digest=tokens.digest(token),
        subject=subject,
        subject_id=subject_id,
        customer_id=customer_id,
        issued_at=at,
        expires_at=at + rules.LINK_LIFE,
    )
    return token


@action
def revoke_links(*, subject: str, subject_id: int) -> int:
    """Take back every link to a matter; return how many."""
    living = MatterLink.objects.filter(subject=subject, subject_id=subject_id, revoked_at=None)
    return living.update(revoked_at=clock.now())
