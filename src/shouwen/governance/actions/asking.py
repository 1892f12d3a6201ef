"""Taking a request in."""

from __future__ import annotations

from shouwen.customers import queries as customers
from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.principals import Principal
from shouwen.sla import actions as sla
from shouwen.tickets import actions as tickets

from ..errors import IdentityNeeded, RequestOpen
from ..models import DataRequest
from ..rules import IDENTITY_MIN, KIND_WORDS

CATEGORY = "service.personal_data"
BY_SESSION = "门户登录（短信验证码）"


@action
def ask(*, by: Principal, customer_id: int, kind: str, detail: str = "", identity: str = "") -> int:
    """Take a request in: by the customer himself, or by staff who made sure who asks. Return its id.

    1. Refuse a second one of the same kind while the first is open.
    2. Open its ticket, which has an owner from now on.
    3. Start the law's clock beside the ticket's own.
    """
    at = clock.now()
    how = BY_SESSION if by.kind == "customer" else identity.strip()
    if len(how) < IDENTITY_MIN:
        raise IdentityNeeded
    _refuse_twin(customer_id, kind)
    english = customers.card(customer_id).language == "en"
    title = KIND_WORDS[kind][english]
    opened = tickets.open_ticket(
        by=by,
        kind="enquiry",
        category=CATEGORY,
        title=title,
        description=detail.strip() or title,
        customer_id=customer_id,
    )
    facets = {"kind": "data_request"}
    sla.start(subject="ticket", subject_id=opened.id, metric="statutory", facets=facets, at=at)
    row = DataRequest.objects.create(
        ticket_id=opened.id,
        customer_id=customer_id,
        kind=kind,
        identity=how[:200],
        detail=detail.strip(),
        asked_at=at,
    )
    audit.record(
        by, "governance.ask", subject="data_request", subject_id=row.pk, kind=kind, customer=customer_id, identity=how
    )
    return row.pk


def _refuse_twin(customer_id: int, kind: str) -> None:
    twin = DataRequest.objects.filter(customer_id=customer_id, kind=kind, state__in=["asked", "decided"])
    number = twin.values_list("ticket__number", flat=True).first()
    if number:
        raise RequestOpen(number=number)
