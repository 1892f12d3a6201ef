"""What may be allowed about written conversations."""

from shouwen.kit.permissions import declare

AGENTS = ("comprehensive", "specialist", "back_office", "shift_leader", "duty_leader")

ANSWER = declare("messaging.answer", zh="接待在线会话", en="Answer conversations", default_for=AGENTS)
REGISTER = declare(
    "messaging.register",
    zh="登记来信、邮件、表单和主动联系",
    en="Register letters, mails, forms and proactive contacts",
    default_for=AGENTS,
)
MANAGE_TOPICS = declare(
    "messaging.topics.manage",
    zh="维护咨询话题",
    en="Maintain topics",
    default_for=("data_maintenance", "system_management"),
)
