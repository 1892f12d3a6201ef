"""What customers of 江海通信 already wait for when the demo starts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Matter:
    """An open ticket."""

    phone: str
    kind: str
    title: str
    description: str
    category: str
    urgency: str = "normal"


MATTERS = (
    Matter(
        "15400006620",
        "fault",
        "宽带断网，光猫 LOS 灯闪红",
        "昨晚八点起无法上网，光猫 LOS 灯一直闪红，重启多次无效。客户今天居家办公，希望当日修复。",
        "network.broadband.los",
        urgency="urgent",
    ),
    Matter(
        "15400003308",
        "complaint",
        "套餐外流量扣费争议，要求退费 38 元",
        "客户称未收到流量用尽的提醒短信，对本月 38 元套餐外流量费不认可，要求核查提醒记录并退费。",
        "tariff.excess",
    ),
    Matter(
        "15400007712",
        "enquiry",
        "携入号码收不到银行验证短信",
        "上周由他网携入，通话正常，但收不到两家银行的验证短信，想知道需要办什么、多久能恢复。",
        "network.sms.not_received",
    ),
    Matter(
        "15400003071",
        "suggestion",
        "建议营业厅增设老年人专窗",
        "客户反映翠湖营业厅月初排队时间长，希望为老年人设专门窗口并安排人员引导。",
        "other.suggestion",
    ),
    Matter(
        "15400009013",
        "fault",
        "互联网专线丢包，影响视频会议",
        "上午九点起专线丢包率约 8%，视频会议频繁中断。客户已排查内网设备，要求尽快派人检测。",
        "network.broadband.drops",
        urgency="critical",
    ),
)
