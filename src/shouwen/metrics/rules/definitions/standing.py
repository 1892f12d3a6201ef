"""How things stand at this moment."""

from __future__ import annotations

from .words import Definition

NOW = (
    Definition(
        "waiting",
        "count",
        "排队人数",
        "Waiting",
        "此刻在队列中等待、还没有人接的来访。",
        "Visits that wait in a queue now and nobody has answered.",
        formula_zh="在排的来访数",
        formula_en="visits that wait",
    ),
    Definition(
        "longest_wait",
        "seconds",
        "最长等待",
        "Longest wait",
        "此刻仍在排队的来访中等待最久的时间；没有人排队时无数值。",
        "The longest wait of those who wait now; no figure when nobody waits.",
        formula_zh="max(此刻 − 首次进入队列)",
        formula_en="max(now − first entry)",
        options=("requeue",),
    ),
    Definition(
        "agents_on_duty",
        "count",
        "在岗坐席",
        "Agents on duty",
        "此刻已签入（不论空闲、通话、整理、小休、培训、会议）的坐席。",
        "Seats signed in now, whatever they are doing.",
        formula_zh="非离线的坐席数",
        formula_en="seats that are not offline",
        source="house",
    ),
    Definition(
        "open_conversations",
        "count",
        "在办会话",
        "Open conversations",
        "还没有完成小结的会话：排队、进行中、待整理。",
        "Conversations not written up yet: waiting, being answered, or ended.",
        formula_zh="未完成的会话数",
        formula_en="conversations not closed",
        source="house",
    ),
    Definition(
        "open_tickets",
        "count",
        "在途工单",
        "Open tickets",
        "还没有关闭的工单。",
        "Tickets that are not closed.",
        formula_zh="未归档的工单数",
        formula_en="tickets not closed",
        source="house",
    ),
    Definition(
        "overdue_tickets",
        "count",
        "超时工单",
        "Overdue tickets",
        "在途工单中已超过时限的。",
        "Open tickets past one of their limits.",
        formula_zh="超过任一时限的在途工单数",
        formula_en="open tickets past a limit",
        source="house",
    ),
)

PLATFORM = (
    Definition(
        "ports_in_use",
        "count",
        "占用端口",
        "Ports in use",
        "此刻占用平台端口的来电（告知、排队、通话都算）；后面是安装的端口数，占满时新来电听忙音。",
        "Calls that have a port of the platform now, whether they hear the notice, wait or talk; beside it the ports "
        "installed. When all are taken, new callers hear the busy tone.",
        formula_zh="此刻在线的来电数",
        formula_en="calls on the line",
        source="operator",
    ),
    Definition(
        "calls_refused",
        "count",
        "未接入来电",
        "Calls not taken",
        "今天因端口占满（阻塞）或话务网关未在线而未能进入平台的来电，每个呼叫计一次，由另一台服务器接入的不计；只计入系统"
        "接通率，不计入任何队列。",
        "Calls of today that found all ports taken (blocking) or no gateway there, each once, and none that another "
        "server took; in the system connect rate and in no queue's figures.",
        formula_zh="端口占满或网关未在线时送达的呼叫数",
        formula_en="calls offered while all ports were taken or no gateway led",
        source="operator",
        options=("self_service",),
    ),
    Definition(
        "trunks_up",
        "count",
        "可用中继",
        "Trunks that answer",
        "此刻应答检测（SIP OPTIONS）的中继；后面是配置的中继数。",
        "Trunks that answer when asked (SIP OPTIONS); beside it the trunks that are set up.",
        formula_zh="应答检测的中继数",
        formula_en="trunks that answer",
        source="house",
    ),
)

PROMISE = (
    Definition(
        "lost",
        "count",
        "丢失",
        "Lost",
        "已确认成功、却找不到结果的外部操作。应始终为 0。",
        "Outside commands that were acknowledged and left no effect. Always 0.",
        group="promise",
        formula_zh="应答 2xx 而无结果的操作数",
        formula_en="commands answered 2xx without an effect",
        source="house",
    ),
    Definition(
        "doubled",
        "count",
        "重复",
        "Doubled",
        "一次操作产生了两个结果。应始终为 0。",
        "Commands with two effects. Always 0.",
        group="promise",
        formula_zh="一次操作两个结果的个数",
        formula_en="commands with two effects",
        source="house",
    ),
    Definition(
        "ownerless",
        "count",
        "无人负责",
        "Ownerless",
        "在办事项中没有责任人、责任人不在岗且无人代管，或没有时限的。应始终为 0。",
        "Open matters without an owner, whose owner is neither active nor covered, or without a clock. Always 0.",
        group="promise",
        formula_zh="无责任人或无时限的在办事项数",
        formula_en="open matters without owner or clock",
        source="house",
    ),
)

STANDING = (*NOW, *PLATFORM, *PROMISE)
