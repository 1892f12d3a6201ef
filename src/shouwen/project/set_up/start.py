"""The first start over HTTP: the one-time link becomes the organisation and its administrator."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from shouwen.accounts import actions as accounts
from shouwen.accounts.api import MeOut, SetUpIn, open_session
from shouwen.kit.api.limits import limit
from shouwen.project.first_start import redeem

set_up_router = Router(tags=["session"])


@set_up_router.post("/set-up", auth=None, operation_id="setUp", response={201: MeOut})
@limit("project.set-up", per_minute=10)
def set_up(request: HttpRequest, body: SetUpIn) -> Status[MeOut]:
    """Create the organisation and its administrator from the link of the first start, and sign him in."""
    values = body.model_dump(exclude={"token"})
    staff_id = redeem(body.token, lambda: accounts.set_up(**values))
    return Status(201, open_session(request, staff_id, method="set-up"))
