"""What may be allowed about the keeping of personal data."""

from __future__ import annotations

from shouwen.kit.permissions import declare

VIEW = declare(
    "privacy.view",
    zh="查看个人信息处理台账",
    en="View the register of personal data",
    default_for=("shift_leader", "duty_leader", "data_maintenance", "system_management"),
)
SET_PERIODS = declare(
    "privacy.periods.set",
    zh="设定个人信息保存期限",
    en="Set how long personal data is kept",
    default_for=("system_management",),
)
HOLD = declare(
    "privacy.hold",
    zh="设置和解除法律保全",
    en="Place and lift legal holds",
    default_for=("quality", "system_management"),
)
