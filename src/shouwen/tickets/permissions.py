"""What a role may be allowed to do with tickets."""

from __future__ import annotations

from shouwen.kit.permissions import declare

AGENTS = ("comprehensive", "specialist", "back_office", "shift_leader", "duty_leader")

VIEW = declare(
    "tickets.view",
    zh="查看工单",
    en="View tickets",
    default_for=(*AGENTS, "quality", "data_maintenance", "system_management"),
)
OPEN = declare("tickets.open", zh="创建工单", en="Open tickets", default_for=AGENTS)
HANDLE = declare("tickets.handle", zh="处理工单", en="Handle tickets", default_for=AGENTS)
LEAD = declare(
    "tickets.lead",
    zh="督办他人的工单",
    en="Act on tickets in others' hands",
    default_for=("shift_leader", "duty_leader"),
)
ASK_COMPENSATION = declare("tickets.compensation.ask", zh="申请补偿", en="Ask for compensation", default_for=AGENTS)
APPROVE_COMPENSATION = declare(
    "tickets.compensation.approve",
    zh="审批补偿",
    en="Approve compensation",
    default_for=("shift_leader", "duty_leader"),
)
SET_POLICY = declare(
    "tickets.set_policy",
    zh="设定工单规则",
    en="Set the rules for tickets",
    default_for=("data_maintenance",),
)
