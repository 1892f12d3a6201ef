"""What each deed reads like in the ticket's history, for staff and, where shown, for the customer."""

from __future__ import annotations

from dataclasses import dataclass

KIND_ZH = {"enquiry": "咨询", "fault": "故障", "complaint": "投诉", "suggestion": "建议"}
METRIC_ZH = {"response": "响应", "handling": "处理", "feedback": "反馈", "statutory": "法定答复"}
METRIC_EN = {
    "response": "response",
    "handling": "handling",
    "feedback": "feedback",
    "statutory": "statutory answer",
}
HOLD_ZH = {"third_party": "等待第三方配合", "force_majeure": "不可抗力"}
HOLD_EN = {"third_party": "waiting on a third party", "force_majeure": "force majeure"}
PAUSE_ZH = {"customer": "等待用户", **HOLD_ZH}
PAUSE_EN = {"customer": "waiting for the customer", **HOLD_EN}
CHANNEL_ZH = {"phone": "电话", "sms": "短信", "email": "邮件", "chat": "在线", "visit": "上门", "message": "消息"}
OUTCOME_ZH = {"awaiting": "等待回复", "reached": "已联系上", "no_answer": "无人应答", "failed": "未送达"}
CALL_ZH = {
    "answered": "已接通",
    "busy": "对方占线",
    "no_answer": "无人接听",
    "refused": "对方拒接",
    "wrong_number": "号码不存在",
    "unreachable": "无法接通",
    "cancelled": "接通前取消",
    "not_taken": "自己的话机未接起，没有拨出",
    "cut": "线路中断",
}
CALL_EN = {
    "answered": "answered",
    "busy": "busy",
    "no_answer": "no answer",
    "refused": "declined",
    "wrong_number": "no such number",
    "unreachable": "out of reach",
    "cancelled": "given up before an answer",
    "not_taken": "the own phone was not picked up, nobody was called",
    "cut": "the line was cut",
}
OUTCOME_EN = {"awaiting": "waiting for a reply", "reached": "reached", "no_answer": "no answer", "failed": "failed"}


@dataclass(frozen=True)
class Deed:
    """Something done to a ticket: its audit verb, its two lines, and whether the customer sees it."""

    verb: str
    zh: str
    en: str
    shown: bool = True

    def line(self, **words: object) -> tuple[str, str]:
        """Return the Chinese and the English line."""
        return self.zh.format(**words), self.en.format(**words)


OPENED = Deed("open", "{kind_zh}已受理", "The {kind} was accepted")
TAKEN = Deed("take", "{name}接手处理", "{name} is working on it")
ASSIGNED = Deed("assign", "派给{name}处理", "Given to {name}")
OFFERED = Deed("offer_hand_over", "请{name}接任首问责任人", "{name} is asked to own it", shown=False)
ACCEPTED = Deed("accept_hand_over", "首问责任人变更：{before} → {name}", "Owner changed: {before} → {name}")
DECLINED = Deed("decline_hand_over", "{name}未接受移交", "{name} declined the hand-over", shown=False)
NOTED = Deed("note", "{name}填写处理说明", "{name} wrote a note")
FILED = Deed("file", "添加附件：{files}", "Files added: {files}", shown=False)
WAITING = Deed("wait", "需要您补充信息", "We need something from you")
HELD = Deed("hold", "挂起：{reason_zh}", "On hold: {reason}", shown=False)
RESUMED = Deed("resume", "继续处理", "Work goes on")
RESOLVED = Deed("resolve", "已办结，请您确认结果", "Resolved; please confirm the result")
TRIED = Deed("contact", "{channel_zh}联系客户：{outcome_zh}", "Contact by {channel}: {outcome}")
CALLED = Deed("call", "{name}致电客户：{outcome_zh}", "{name} called the customer: {outcome}", shown=False)
CONFIRMED = Deed("confirm", "客户确认，已归档", "The customer confirmed; closed")
UNREACHED = Deed(
    "close_unreached", "{count} 次联系未果，按规定归档", "Closed after {count} attempts without reaching the customer"
)
REOPENED = Deed("reopen", "客户不认可结果，第 {count} 次重新处理", "The customer does not agree; reopened ({count})")
CANCELLED = Deed("cancel", "应客户要求撤销", "Withdrawn as the customer asked")
URGED = Deed("urge", "客户催办", "The customer asks us to hurry")
SUPPLEMENTED = Deed("supplement", "客户补充说明", "The customer added something")
ESCALATED = Deed("escalate", "{metric_zh}超时，已升级督办", "The {metric} limit was missed; escalated", shown=False)
RUNS_ON = Deed(
    "clock_runs_on",
    "「{reason_zh}」已到暂停上限，{metric_zh}时限继续计算",
    "The pause ({reason}) has lasted as long as it may; the {metric} limit runs on",
    shown=False,
)
COMPENSATION_ASKED = Deed(
    "ask_compensation", "{name}申请补偿 {amount} 元", "{name} asks for a compensation of {amount} yuan", shown=False
)
COMPENSATION_APPROVED = Deed("compensate", "补偿 {amount} 元已获批准", "A compensation of {amount} yuan was approved")
COMPENSATION_ENDED = Deed(
    "compensate", "补偿申请 {amount} 元：{state_zh}", "Compensation of {amount} yuan: {state}", shown=False
)
TAKEN_BACK = Deed("take_back", "未收到回复，由我们继续处理", "No reply came; we go on with it")
REOPENED_OFTEN = Deed(
    "escalate", "客户第 {count} 次不认可结果，已升级督办", "Reopened {count} times; escalated", shown=False
)
