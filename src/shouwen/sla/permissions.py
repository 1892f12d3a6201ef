"""What a role may be allowed to do with promises of time."""

from __future__ import annotations

from shouwen.kit.permissions import declare

SET_POLICY = declare(
    "sla.set_policy",
    zh="设定服务时限",
    en="Set time limits",
    default_for=("data_maintenance",),
)
