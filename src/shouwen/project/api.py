"""The HTTP API: every room's endpoints under one roof, with who may come in by which door."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer
from ninja.security import APIKeyCookie

from shouwen.accounts import queries as accounts
from shouwen.accounts.api import operator_router, roles_router, session_router, staff_router
from shouwen.accounts.errors import StaffNotFound
from shouwen.customers.api import router as customers
from shouwen.desk.api import router as desk
from shouwen.governance.api import router as governance
from shouwen.insight.api import router as insight
from shouwen.kit.api import clock_router, install
from shouwen.kit.api.versions import versions_router
from shouwen.kit.exports import exports_router
from shouwen.kit.files import files_router
from shouwen.kit.health.api import router as health
from shouwen.kit.imports import imports_router
from shouwen.kit.principals import Principal
from shouwen.kit.privacy.api import router as privacy
from shouwen.metrics.api import router as metrics
from shouwen.notifications.api import router as notifications
from shouwen.portal.api import router as portal
from shouwen.routing.api import router as routing
from shouwen.tickets.api import router as tickets

from .set_up import checklist_router, set_up_router


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


class Readable(JSONRenderer):
    """JSON that a person can read: Chinese as it is."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    renderer=Readable(),
    title="首问 Shouwen",
    version="1",
    description="The API of the customer service centre. Commands need an Idempotency-Key and X-CSRFToken.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
    auth=StaffSession(csrf=False),
)
install(api)
ROUTERS = (
    operator_router,
    checklist_router,
    clock_router,
    versions_router,
    files_router,
    exports_router,
    imports_router,
    set_up_router,
    session_router,
    staff_router,
    roles_router,
    customers,
    notifications,
    metrics,
    routing,
    tickets,
    insight,
    desk,
    health,
    privacy,
    governance,
)
for router in ROUTERS:
    api.add_router("", router)
api.add_router("/portal", portal)
