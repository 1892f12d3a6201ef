"""The words that stand beside each figure, so that nobody has to guess what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["count", "seconds", "percent"]


@dataclass(frozen=True)
class Definition:
    """One figure's name, unit and meaning in both languages."""

    key: str
    unit: Unit
    zh: str
    en: str
    means_zh: str
    means_en: str


DEFINITIONS = {
    d.key: d
    for d in (
        Definition(
            "service_level",
            "percent",
            "15 秒接通率",
            "Answered in 15 s",
            "15 秒内（含）应答 ÷（应答 + 放弃 − 短放弃）；今日进入队列的来访，仍在排队的不计。",
            "Answered within 15 s (inclusive) over answered plus abandoned less short abandons; "
            "today's visits, those still waiting left out.",
        ),
        Definition(
            "waiting",
            "count",
            "排队人数",
            "Waiting",
            "此刻在队列中等待、还没有人接的来访。",
            "Visits that wait in a queue now and nobody has answered.",
        ),
        Definition(
            "longest_wait",
            "seconds",
            "最长等待",
            "Longest wait",
            "此刻仍在排队的来访中等待最久的时间；没有人排队时无数值。",
            "The longest wait of those who wait now; no figure when nobody waits.",
        ),
        Definition(
            "offered",
            "count",
            "今日来访",
            "Offered today",
            "今日进入队列的来访（每进一个队列计一次），含应答、放弃、转出、回呼和正在排队。",
            "Visits that entered a queue today, one for each queue: answered, abandoned, moved on, "
            "callbacks and those still waiting.",
        ),
        Definition(
            "answered",
            "count",
            "今日接起",
            "Answered today",
            "今日进入队列且已由人应答的来访。",
            "Visits that entered a queue today and were answered by a person.",
        ),
        Definition(
            "abandoned",
            "count",
            "今日放弃",
            "Abandoned today",
            "今日进入队列、应答前客户离开的来访，含短放弃。",
            "Visits whose customer left before an answer, short abandons included.",
        ),
        Definition(
            "short_abandoned",
            "count",
            "短放弃",
            "Short abandons",
            "放弃中等待不足 5 秒的；不计入 15 秒接通率。",
            "Abandoned after less than 5 s; left out of the service level.",
        ),
        Definition(
            "abandon_rate",
            "percent",
            "放弃率",
            "Abandon rate",
            "今日放弃 ÷ 今日来访，含短放弃。",
            "Abandoned over offered today, short abandons included.",
        ),
        Definition(
            "asa",
            "seconds",
            "平均应答速度",
            "Speed of answer",
            "已应答来访的平均等待，立即应答计 0。",
            "Mean wait of answered visits; an answer at once counts as zero.",
        ),
        Definition(
            "handling_time",
            "seconds",
            "平均处理时长",
            "Handling time",
            "（会话 + 保持 + 整理）÷ 今日完成的服务段；转接前后各算一段。",
            "Talk, hold and wrap-up over segments finished today; a transfer makes two segments.",
        ),
        Definition(
            "agents_on_duty",
            "count",
            "在岗坐席",
            "Agents on duty",
            "此刻已签入（不论空闲、通话、整理、小休、培训、会议）的坐席。",
            "Seats signed in now, whatever they are doing.",
        ),
        Definition(
            "satisfaction",
            "percent",
            "满意度",
            "Satisfied",
            "今日评价中 4 分及以上的占比；没有评价时无数值。",
            "Ratings of 4 and 5 over all ratings given today; no figure without ratings.",
        ),
        Definition(
            "open_conversations",
            "count",
            "在办会话",
            "Open conversations",
            "还没有完成小结的会话：排队、进行中、待整理。",
            "Conversations not written up yet: waiting, being answered, or ended.",
        ),
        Definition(
            "open_tickets",
            "count",
            "在途工单",
            "Open tickets",
            "还没有关闭的工单。",
            "Tickets that are not closed.",
        ),
        Definition(
            "overdue_tickets",
            "count",
            "超时工单",
            "Overdue tickets",
            "在途工单中已超过时限的。",
            "Open tickets past one of their limits.",
        ),
        Definition(
            "lost",
            "count",
            "丢失",
            "Lost",
            "已确认成功、却找不到结果的外部操作。应始终为 0。",
            "Outside commands that were acknowledged and left no effect. Always 0.",
        ),
        Definition(
            "doubled",
            "count",
            "重复",
            "Doubled",
            "一次操作产生了两个结果。应始终为 0。",
            "Commands with two effects. Always 0.",
        ),
        Definition(
            "ownerless",
            "count",
            "无人负责",
            "Ownerless",
            "在办事项中没有责任人、责任人不在岗且无人代管，或没有时限的。应始终为 0。",
            "Open matters without an owner, whose owner is neither active nor covered, or without a clock. Always 0.",
        ),
    )
}
