"""What may be allowed about messages."""

from shouwen.kit.permissions import declare

VIEW = declare(
    "notifications.view",
    zh="查看消息发送记录",
    en="View sent messages",
    default_for=("shift_leader", "duty_leader", "system_management", "quality", "back_office"),
)
RESEND = declare(
    "notifications.resend",
    zh="重发失败的消息",
    en="Send failed messages again",
    default_for=("shift_leader", "duty_leader", "system_management", "back_office"),
)
