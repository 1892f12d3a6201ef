"""What may be allowed about the roster."""

from shouwen.kit.permissions import declare

VIEW = declare(
    "workforce.view",
    zh="查看排班",
    en="See the roster",
    default_for=("shift_leader", "duty_leader", "system_management"),
)
PLAN = declare(
    "workforce.plan",
    zh="排班",
    en="Plan the roster",
    default_for=("shift_leader", "duty_leader"),
)
