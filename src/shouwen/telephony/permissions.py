"""What may be allowed about calls."""

from shouwen.kit.permissions import declare

AGENTS = ("comprehensive", "specialist", "shift_leader", "duty_leader")

ANSWER = declare("telephony.answer", zh="接听电话", en="Answer calls", default_for=AGENTS)
DIAL = declare("telephony.dial", zh="呼叫客户", en="Call customers", default_for=AGENTS)
SET_DIAL_RULES = declare(
    "telephony.dial-rules.set",
    zh="设置外呼规则",
    en="Set the rules for calling out",
    default_for=("system_management",),
)
SET_PHONES = declare(
    "telephony.phones.set",
    zh="配置话机",
    en="Set up phones",
    default_for=("shift_leader", "duty_leader", "system_management"),
)
LISTEN = declare(
    "telephony.recordings.listen",
    zh="听取录音",
    en="Listen to recordings",
    default_for=("shift_leader", "duty_leader", "quality"),
)
