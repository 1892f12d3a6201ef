"""What the portal does that takes two rooms."""

from __future__ import annotations

from procrastinate.contrib.django import app

from shouwen.customers import actions as customers
from shouwen.customers.actions import SignIn
from shouwen.kit import clock
from shouwen.kit.actions import action
from shouwen.messaging import actions as messaging
from shouwen.notifications import actions as notifications

SEND_CODE = "shouwen.portal.jobs.send_code"


@action
def ask_for_code(*, phone: str, address: str) -> None:
    """Ask for a one-time code. Whether the number is a customer's is looked up later, by the job: not here, so that
    neither the answer nor its time tells.
    """
    request_id = customers.request_sign_in_code(phone=phone, address=address)
    app.configure_task(SEND_CODE).defer(request_id=request_id)


@action
def send_code(*, request_id: int) -> bool:
    """Make the code of a request and send it to the number that asked; tell whether there was a customer."""
    issued = customers.arm_sign_in_code(request_id=request_id)
    if issued is None:
        return False
    notifications.notify(
        recipient=f"customer:{issued.customer_id}",
        template="customers.sign_in_code",
        params={"code": issued.code},
        subject="sign_in",
        subject_id=request_id,
        dedupe_key=f"customers.sign_in_code:{request_id}",
        address=issued.phone,
        at=clock.now(),
    )
    return True


def sign_in(*, phone: str, code: str, visitor_token: str) -> SignIn:
    """Open a customer's session; what he began in this browser as a visitor is his when this returns.

    Should we be killed between the two, the fact of his signing in moves his conversations a moment later.
    """
    opened = customers.sign_in(phone=phone, code=code, visitor_token=visitor_token)
    if opened.visitor_id is not None:
        messaging.visitor_signed_in(visitor_id=opened.visitor_id, customer_id=opened.customer_id)
    return opened
