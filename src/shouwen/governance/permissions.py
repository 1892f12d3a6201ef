"""What may be allowed about the data rights of customers."""

from __future__ import annotations

from shouwen.kit.permissions import declare

VIEW = declare(
    "governance.requests.view",
    zh="查看个人信息权利请求",
    en="View data-rights requests",
    default_for=("duty_leader", "shift_leader"),
)
DECIDE = declare(
    "governance.requests.decide",
    zh="办理个人信息权利请求",
    en="Decide data-rights requests",
    default_for=(
        "shift_leader",
        "duty_leader",
    ),
)
