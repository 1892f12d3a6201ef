"""What we say, in both languages. Customers read full sentences; nothing personal stands in any of them."""

from __future__ import annotations

from datetime import timedelta

from .rules import Template, Text

BOTH = ("inapp", "sms")
NUMBER = frozenset({"number"})
LINK = frozenset({"link"})

TEMPLATES: dict[str, Template] = {
    "customers.sign_in_code": Template(
        zh=Text(
            "登录验证码",
            "登录验证码已发出。",
            "您的登录验证码是 {code}，5 分钟内有效。请勿告诉任何人，客服不会索要。",
        ),
        en=Text(
            "Sign-in code",
            "A sign-in code was sent.",
            "Your sign-in code is {code}, good for 5 minutes. Tell nobody; our staff never ask for it.",
        ),
        secrets=frozenset({"code"}),
        channels=("sms",),
        valid_for=timedelta(minutes=5),
    ),
    "insight.waiting_long": Template(
        zh=Text("告警：等待过久", "有客户排队等待过久，请到实时监控查看。"),
        en=Text("Alert: long wait", "Somebody has waited too long in a queue. See the live board."),
    ),
    "insight.level_low": Template(
        zh=Text("告警：接通率低", "有队列的 15 秒接通率低于阈值，请到实时监控查看。"),
        en=Text("Alert: service level", "A queue's service level is below its limit. See the live board."),
    ),
    "insight.queue_unstaffed": Template(
        zh=Text("告警：队列无人", "有客户在排队而该队列无人在岗，请到实时监控查看。"),
        en=Text("Alert: nobody serves a queue", "People wait in a queue that nobody serves. See the live board."),
    ),
    "insight.agent_lost": Template(
        zh=Text("告警：坐席失联", "有坐席的屏幕失联，请到实时监控查看。"),
        en=Text("Alert: a seat is lost", "A seat's screen is lost. See the live board."),
    ),
    "insight.break_long": Template(
        zh=Text("告警：小休过久", "有坐席小休超过阈值，请到实时监控查看。"),
        en=Text("Alert: long break", "Somebody is on break longer than the limit. See the live board."),
    ),
    "insight.talk_long": Template(
        zh=Text("告警：会话过久", "有坐席的一次会话超过阈值，请到实时监控查看。"),
        en=Text("Alert: long contact", "Somebody has been with one contact longer than the limit. See the live board."),
    ),
    "insight.ports_full": Template(
        zh=Text("告警：电话端口将满", "电话端口占用超过阈值，占满后新来电听忙音。请到实时监控查看。"),
        en=Text(
            "Alert: telephone ports",
            "Telephone ports in use are past their limit; when all are taken, callers hear busy. See the live board.",
        ),
    ),
    "insight.trunk_down": Template(
        zh=Text("告警：中继不应答", "有中继不应答检测，经它的来电可能进不来。请到实时监控查看，并联系网络值班。"),
        en=Text(
            "Alert: a trunk is down",
            "A trunk does not answer; calls by it may not come in. See the live board and call the network desk.",
        ),
    ),
    "insight.server_gone": Template(
        zh=Text(
            "告警：媒体服务器失联", "有媒体服务器不再报告状态，经它的来电可能进不来。请到实时监控查看，并联系系统值班。"
        ),
        en=Text(
            "Alert: a media server is gone",
            "A media server reports no more; calls by it may not come in. See the live board and call the system desk.",
        ),
    ),
    "routing.appeal_lifted": Template(
        zh=Text("申诉已有答复", "您的申诉已复核，限制已解除，可以照常联系我们。"),
        en=Text(
            "Your appeal is answered",
            "We looked into your appeal: the restriction is lifted. You can reach us as usual.",
        ),
        channels=BOTH,
    ),
    "routing.appeal_kept": Template(
        zh=Text("申诉已有答复", "您的申诉已复核，限制维持到期满。答复请在「在线客服」里查看。"),
        en=Text(
            "Your appeal is answered",
            "We looked into your appeal: the restriction stays until its end. Read why under Chat.",
        ),
        channels=BOTH,
    ),
    "tickets.opened": Template(
        zh=Text("已受理", "您的事项已受理，单号 {number}。您可以随时在「办理进度」里查看。"),
        en=Text("Received", "We have your request. Its number is {number}; follow it under Progress at any time."),
        params=NUMBER,
        channels=BOTH,
    ),
    "tickets.progress": Template(
        zh=Text("有新进展", "您的事项 {number} 有新的进展，请在「办理进度」里查看。"),
        en=Text("News", "There is news on your request {number}. See Progress."),
        params=NUMBER,
    ),
    "tickets.question": Template(
        zh=Text(
            "请您补充说明",
            "办理 {number} 需要您补充说明，请在「办理进度」里回复。",
            "办理 {number} 需要您补充说明，请打开 {link} 查看，或登录后回复。",
        ),
        en=Text(
            "We need a word from you",
            "To go on with {number} we need to know more. Answer under Progress.",
            "To go on with {number} we need to know more. See {link} or sign in to answer.",
        ),
        params=NUMBER,
        secrets=LINK,
        channels=BOTH,
    ),
    "tickets.resolved": Template(
        zh=Text(
            "已办结，请您确认",
            "您的事项 {number} 已有处理结果，请确认是否解决。没有解决可以退回，我们继续处理。",
            "{number} 已有处理结果，请打开 {link} 确认，没有解决可以退回。",
        ),
        en=Text(
            "Done: please confirm",
            "There is a result for your request {number}. Confirm it, or send it back and we go on.",
            "There is a result for your request {number}. Confirm it at {link}, or send it back and we go on.",
        ),
        params=NUMBER,
        secrets=LINK,
        channels=BOTH,
    ),
    "tickets.follow_up": Template(
        zh=Text(
            "请您确认处理结果",
            "您的事项 {number} 还在等您确认。没有解决可以退回，我们继续处理。",
            "{number} 还在等您确认，请打开 {link} ，没有解决可以退回。",
        ),
        en=Text(
            "Please confirm the result",
            "Your request {number} waits for you. Confirm the result, or send it back and we go on.",
            "Your request {number} waits for you: {link}. Confirm the result, or send it back and we go on.",
        ),
        params=NUMBER,
        secrets=LINK,
        channels=BOTH,
    ),
    "tickets.closed": Template(
        zh=Text("已归档", "您的事项 {number} 已归档。感谢您的确认；有新的问题请随时联系我们。"),
        en=Text("Closed", "Your request {number} is closed. Thank you for confirming; write to us at any time."),
        params=NUMBER,
    ),
    "tickets.closed_unreached": Template(
        zh=Text("已归档", "您的事项 {number} 多次联系未能得到您的答复，已先归档。需要时请告诉我们，我们接着处理。"),
        en=Text("Closed", "We could not reach you about {number} and closed it. Tell us and we go on with it."),
        params=NUMBER,
        channels=BOTH,
    ),
    "tickets.cancelled": Template(
        zh=Text("已撤单", "您的事项 {number} 已撤销。需要时请重新提交。"),
        en=Text("Withdrawn", "Your request {number} was withdrawn. Send a new one when you need to."),
        params=NUMBER,
    ),
    "tickets.assigned": Template(
        zh=Text("有工单转给您", "工单 {number} 已转给您处理。"),
        en=Text("A ticket for you", "Ticket {number} is yours to handle."),
        params=NUMBER,
    ),
    "tickets.hand_over_offered": Template(
        zh=Text("请接手工单", "{name} 请您接手工单 {number}。接手前仍由对方负责。"),
        en=Text("Take over a ticket?", "{name} offers you ticket {number}. It stays theirs until you accept."),
        params=frozenset({"number", "name"}),
    ),
    "tickets.hand_over_accepted": Template(
        zh=Text("工单已被接手", "{name} 已接手工单 {number}。"),
        en=Text("Ticket taken over", "{name} took over ticket {number}."),
        params=frozenset({"number", "name"}),
        optional=True,
    ),
    "tickets.hand_over_declined": Template(
        zh=Text("对方没有接手", "{name} 没有接手工单 {number}，仍由您负责。"),
        en=Text("Not taken over", "{name} declined ticket {number}. It is still yours."),
        params=frozenset({"number", "name"}),
    ),
    "tickets.reopened": Template(
        zh=Text("客户退回工单", "客户对工单 {number} 的结果不认可，已退回处理。"),
        en=Text("Sent back", "The customer sent ticket {number} back."),
        params=NUMBER,
    ),
    "tickets.confirmed": Template(
        zh=Text("客户已确认", "客户已确认工单 {number} 的处理结果。"),
        en=Text("Confirmed", "The customer confirmed the result of ticket {number}."),
        params=NUMBER,
        optional=True,
    ),
    "tickets.urged": Template(
        zh=Text("客户催办", "客户催办工单 {number}，请尽快处理并答复。"),
        en=Text("The customer urges", "The customer urges ticket {number}. Go on and answer soon."),
        params=NUMBER,
    ),
    "tickets.supplemented": Template(
        zh=Text("客户补充说明", "客户对工单 {number} 作了补充说明。"),
        en=Text("The customer added to it", "The customer added to ticket {number}."),
        params=NUMBER,
    ),
    "set_up.trial": Template(
        zh=Text("测试消息", "这是一条测试消息，由系统管理员发出。收到它说明这条通道可用。"),
        en=Text("A trial message", "An administrator sent this to try the channel out. It works."),
        channels=("inapp", "email", "sms"),
    ),
    "tickets.force_majeure": Template(
        zh=Text("办理受不可抗力影响", "您的事项 {number} 因不可抗力暂时无法继续办理，我们会尽快恢复并告诉您。"),
        en=Text(
            "Held up by force majeure",
            "Your request {number} is held up by a force beyond us. We go on as soon as we can and tell you.",
        ),
        params=NUMBER,
        channels=BOTH,
    ),
    "accounts.qualification_expiring": Template(
        zh=Text("资质将到期", "您的资质「{what}」有效期到 {date}，请及时复审。"),
        en=Text("A qualification ends", "Your qualification “{what_en}” holds until {date}. Have it renewed in time."),
        params=frozenset({"what", "what_en", "date"}),
    ),
    "accounts.stands_in": Template(
        zh=Text("请您代审批", "{first} 至 {last}，{name} 不在，由您代为审批。"),
        en=Text("You stand in", "From {first} to {last} {name} is away and you decide in that place."),
        params=frozenset({"name", "first", "last"}),
    ),
    "accounts.substitute_named": Template(
        zh=Text("代审批人已安排", "{first} 至 {last}，您的审批由 {name} 代办。"),
        en=Text("Somebody stands in for you", "From {first} to {last} {name} decides approvals in your place."),
        params=frozenset({"name", "first", "last"}),
    ),
    "accounts.stands_in_no_more": Template(
        zh=Text("代审批已结束", "不再由您代 {name} 审批。"),
        en=Text("You no longer stand in", "You no longer decide in the place of {name}."),
        params=frozenset({"name"}),
    ),
    "sla.warned": Template(
        zh=Text("时限提醒", "{what}的时限已用去 {percent}%，请尽快处理。"),
        en=Text("Time is running out", "{what} has used {percent}% of its time. Go on with it soon."),
        params=frozenset({"what", "percent"}),
    ),
    "sla.runs_on": Template(
        zh=Text("时限继续计算", "{what}的暂停已到上限，时限继续计算，请尽快处理。"),
        en=Text("The clock runs on", "The pause of {what} has lasted as long as it may. The clock runs again."),
        params=frozenset({"what"}),
    ),
    "sla.breached": Template(
        zh=Text("已超时限", "{what}已超过时限，请立即处理并说明原因。"),
        en=Text("Over time", "{what} is over its time. Handle it now and say why."),
        params=frozenset({"what"}),
    ),
}

STAFF = frozenset(
    name
    for name in TEMPLATES
    if name.startswith(("insight.", "sla.", "accounts."))
    or name
    in {
        "tickets.assigned",
        "tickets.hand_over_offered",
        "tickets.hand_over_accepted",
        "tickets.hand_over_declined",
        "tickets.reopened",
        "tickets.confirmed",
        "tickets.urged",
        "tickets.supplemented",
    }
)
"""What staff are told; the rest is for customers."""
