"""The operator's name, number, hours and logo."""

from __future__ import annotations

import base64

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from ninja import Router

from shouwen.kernel.errors import NotFound
from shouwen.kit.api import command, principal
from shouwen.kit.api.limits import limit

from .. import actions, queries
from ..errors import LogoInvalid
from ..rules import LOGO_BYTES
from .schemas import LogoIn, OperatorIn, OperatorOut
from .session import operator

operator_router = Router(tags=["session"])


@operator_router.get("/operator", auth=None, operation_id="getOperator", response=OperatorOut)
@limit("accounts.operator", per_minute=600)
def get_operator(request: HttpRequest) -> OperatorOut:
    """Return the operator's name and number, also to those who have not signed in."""
    get_token(request)
    return operator()


@operator_router.put("/operator", operation_id="setOperator", response=OperatorOut)
@command()
def set_operator(request: HttpRequest, body: OperatorIn) -> OperatorOut:
    """Set the operator's name, access code and service hours."""
    actions.set_operator(by=principal(request), **body.model_dump())
    return operator()


@operator_router.put("/operator/logo", operation_id="setLogo", response=OperatorOut)
@command()
def set_logo(request: HttpRequest, body: LogoIn) -> OperatorOut:
    """Show another logo."""
    try:
        image = base64.b64decode(body.image, validate=True)
    except ValueError:  # not base64, or not even ASCII
        raise LogoInvalid(limit=LOGO_BYTES // 1024) from None
    actions.set_logo(by=principal(request), image=image)
    return operator()


@operator_router.get("/operator/logo/{digest}", auth=None, operation_id="getLogo", response={200: None})
@limit("accounts.logo", per_minute=600)
def get_logo(request: HttpRequest, digest: str) -> HttpResponse:  # noqa: ARG001
    """Return the logo; its address changes with it, so browsers may keep it."""
    found = queries.logo(digest)
    if found is None:
        raise NotFound
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(found[0], content_type=found[1], headers=headers)
