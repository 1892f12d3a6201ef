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
ASSESS = declare(
    "governance.assessments.edit",
    zh="编写个人信息保护影响评估",
    en="Write privacy impact assessments",
    default_for=("shift_leader", "duty_leader", "data_maintenance", "system_management"),
)
PUBLISH_ASSESSMENT = declare(
    "governance.assessments.publish",
    zh="审核发布个人信息保护影响评估",
    en="Review and publish privacy impact assessments",
    default_for=("shift_leader", "duty_leader"),
)
