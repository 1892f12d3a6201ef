"""The HTTP API: every room's endpoints under one roof, with who may come in by which door."""

from __future__ import annotations

from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from shouwen.accounts.api import ROUTERS as ACCOUNTS
from shouwen.customers.api import router as customers
from shouwen.desk.api import router as desk
from shouwen.governance.api import router as governance
from shouwen.insight.api import router as insight
from shouwen.kit.api import clock_router, install
from shouwen.kit.api.activities import activities_router
from shouwen.kit.api.versions import versions_router
from shouwen.kit.exports import exports_router
from shouwen.kit.files import files_router
from shouwen.kit.health.api import router as health
from shouwen.kit.imports import imports_router
from shouwen.kit.privacy.api import router as privacy
from shouwen.metrics.api import router as metrics
from shouwen.notifications.api import router as notifications
from shouwen.portal.api import router as portal
from shouwen.routing.api import router as routing
from shouwen.sla.api import router as time_limits
from shouwen.telephony.api import router as telephony
from shouwen.tickets.api import router as tickets
from shouwen.workforce.api import router as workforce

from .entry import ApiToken, StaffSession
from .set_up import checklist_router, set_up_router


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
    auth=[StaffSession(csrf=False), ApiToken()],
)
install(api)
ROUTERS = (
    checklist_router,
    clock_router,
    versions_router,
    time_limits,
    files_router,
    exports_router,
    imports_router,
    activities_router,
    set_up_router,
    *ACCOUNTS,
    customers,
    notifications,
    metrics,
    routing,
    telephony,
    tickets,
    insight,
    desk,
    health,
    privacy,
    governance,
    workforce,
)
for router in ROUTERS:
    api.add_router("", router)
api.add_router("/portal", portal)
