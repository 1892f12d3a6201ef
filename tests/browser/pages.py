"""Every page of the workspace, each with somebody who may see it."""

from __future__ import annotations

LEADER, ADMINISTRATOR, MAINTAINER = "7001", "1001", "5001"

WORK = (
    *("/desk", "/tickets?box=all", "/tickets/queue", "/customers", "/customers/1", "/board", "/figures"),
    *("/figures/definitions", "/roster", "/notices", "/approvals", "/versions", "/nowhere"),
)
FLOOR = ("/floor", "/floor/what-if", "/ledger", "/ledger/3")
ACCESS = (
    *("/admin/roles", "/admin/organisation", "/admin/set-up", "/admin/security", "/admin/qualifications"),
    *("/admin/log", "/account", "/admin/activities", "/admin/phones"),
)
UPKEEP = (
    *("/admin/system", "/admin/privacy/register", "/admin/privacy/retention", "/admin/privacy/requests"),
    "/admin/privacy/dpia",
)
LIMITS = tuple(f"/admin/limits/{kind}" for kind in ("policy", "calendar", "ladder", "preview"))
DEFINITIONS = tuple(f"/admin/definitions/{kind}" for kind in ("queue", "skill", "code", "break", "reason"))
ONE_OF_MANY = ("/versions/1", "/versions/1/design")

PAGES = {
    LEADER: (*WORK, *FLOOR),
    ADMINISTRATOR: (*ACCESS, *UPKEEP, "/admin/staff", "/admin/privacy/assessments/1", *DEFINITIONS),
    MAINTAINER: (*LIMITS, *ONE_OF_MANY),
}
