"""What may be allowed about alerts."""

from shouwen.kit.permissions import declare

ACKNOWLEDGE = declare(
    "insight.alerts",
    zh="查看并确认告警",
    en="See and acknowledge alerts",
    default_for=("shift_leader", "duty_leader", "system_management"),
)
SET_RULES = declare(
    "insight.alerts.set",
    zh="设置告警规则",
    en="Set alert rules",
    default_for=("shift_leader", "system_management"),
)
