"""What may be allowed about the desk's screens."""

from shouwen.kit.permissions import declare

VIEW_BOARD = declare(
    "desk.board.view",
    zh="查看实时监控",
    en="View the live board",
    default_for=("shift_leader", "duty_leader", "system_management", "quality"),
)
VIEW_FIGURES = declare(
    "desk.figures.view",
    zh="查看报表",
    en="View reports",
    default_for=("shift_leader", "duty_leader", "system_management", "quality"),
)
VIEW_ASSIGNMENTS = declare(
    "desk.assignments.view",
    zh="查看会话分配依据",
    en="See why a conversation went to whom",
    default_for=("shift_leader", "duty_leader", "quality"),
)
