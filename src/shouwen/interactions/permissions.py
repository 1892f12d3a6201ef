"""What may be allowed about contacts."""

from shouwen.kit.permissions import declare

AGENTS = ("comprehensive", "specialist", "back_office", "shift_leader", "duty_leader")

HANDLE = declare("interactions.handle", zh="处理会话", en="Handle conversations", default_for=AGENTS)
VIEW_ALL = declare(
    "interactions.view-all",
    zh="查看他人的会话",
    en="View other people's conversations",
    default_for=("shift_leader", "duty_leader", "quality"),
)
MANAGE_REASONS = declare(
    "interactions.reasons.manage",
    zh="维护来电原因",
    en="Maintain contact reasons",
    default_for=("data_maintenance", "system_management"),
)
PUBLISH_REASONS = declare(
    "interactions.reasons.publish",
    zh="发布服务小结码",
    en="Publish wrap-up codes",
    default_for=("system_management", "quality"),
)
