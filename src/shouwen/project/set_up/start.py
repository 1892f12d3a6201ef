"""The first start over HTTP: the one-time link becomes the organisation and its administrator."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from shouwen.accounts import actions as accounts
from shouwen.accounts.api import MeOut, SetUpIn, open_session
from shouwen.kit.api.limits import limit
from shouwen.project.first_start import redeem

from .sample_data import link_state

set_up_router = Router(tags=["session"])


class SetUpLinkOut(Schema):
    """`removing`: the demo is being taken away first."""

    state: Literal["ready", "removing", "gone"]


@set_up_router.get("/set-up/link", auth=None, operation_id="getSetUpLink", response=SetUpLinkOut)
@limit("project.set-up-link", per_minute=120)
def get_link(request: HttpRequest, token: Annotated[str, Field(max_length=200)]) -> SetUpLinkOut:  # noqa: ARG001
    """Tell whether a link of the first start works now."""
    return SetUpLinkOut.model_validate({"state": link_state(token)})


@set_up_router.post("/set-up", auth=None, operation_id="setUp", response={201: MeOut})
@limit("project.set-up", per_minute=10)
def set_up(request: HttpRequest, body: SetUpIn) -> Status[MeOut]:
    """Create the organisation and its administrator from the link of the first start, and sign him in."""
    values = body.model_dump(exclude={"token"})
    staff_id = redeem(body.token, lambda: accounts.set_up(**values))
    return Status(201, open_session(request, staff_id, method="set-up"))
