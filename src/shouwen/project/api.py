"""The HTTP API: every room's endpoints under one roof, with who may come in by which door."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.http import HttpRequest
from ninja import NinjaAPI, Router
from ninja.security import APIKeyCookie

from shouwen.accounts import queries as accounts
from shouwen.accounts.errors import StaffNotFound
from shouwen.kit.api import clock_router, install
from shouwen.kit.principals import Principal

from .set_up import set_up_router


class StaffSession(APIKeyCookie):
    """Recognises a member of staff by his session; somebody deactivated is out with his next request."""

    param_name = "sw_staff"

    def authenticate(self, request: HttpRequest, key: str | None) -> Principal | None:
        if not key or not request.user.is_authenticated:
            return None
        try:
            return accounts.principal_of(request.user.pk)
        except StaffNotFound:
            return None


api = NinjaAPI(
    title="首问 Shouwen",
    version="1",
    description="The API of the customer service centre. Commands need an Idempotency-Key and X-CSRFToken.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
    auth=StaffSession(csrf=False),
)
install(api)


def _mount(module: str, *names: str, prefix: str = "") -> None:
    """Add a room's routers, if the room is there."""
    if not (find_spec(module.removesuffix(".api")) and find_spec(module)):
        return
    try:
        rooms_api = import_module(module)
    except Exception:  # while the house is being built
        return
    for name in names:
        router = getattr(rooms_api, name, None)
        if isinstance(router, Router):
            api.add_router(prefix, router)


api.add_router("", clock_router)
api.add_router("", set_up_router)
_mount("shouwen.accounts.api", "session_router", "staff_router")
_mount("shouwen.customers.api", "router")
_mount("shouwen.notifications.api", "router")
_mount("shouwen.routing.api", "router")
_mount("shouwen.tickets.api", "router")
_mount("shouwen.desk.api", "router")
_mount("shouwen.portal.api", "router", prefix="/portal")
