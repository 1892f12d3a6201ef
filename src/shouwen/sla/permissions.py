"""What a role may be allowed to do with promises of time."""

from __future__ import annotations

from shouwen.kit.permissions import declare

VIEW_RULES = declare(
    "sla.rules.view",
    zh="查看时限规则",
    en="See time limits, calendars and ladders",
    default_for=("data_maintenance", "quality", "shift_leader", "duty_leader", "system_management"),
)
EDIT_RULES = declare(
    "sla.rules.edit",
    zh="拟定时限规则",
    en="Write time limits, calendars and ladders",
    default_for=("data_maintenance",),
)
PUBLISH_RULES = declare(
    "sla.rules.publish",
    zh="审核发布时限规则",
    en="Review and publish time limits, calendars and ladders",
    default_for=("data_maintenance", "shift_leader", "duty_leader"),
)
