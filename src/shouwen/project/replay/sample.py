"""The sample that ships with the product: invented messages from a seed. `python -m …replay.sample` writes it."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

FILE = Path(__file__).with_name("sample.csv")
HEADER = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间")
ROWS = 160
SEED = 2026

_PLACES = ("江海市东城", "江海市西城", "临江区", "望海新区", "南桥镇", "北港镇", "湖心岛街道", "青石路")
_PACKAGES = ("畅享 59 元套餐", "家庭融合 129 元套餐", "校园 39 元套餐", "银龄 19 元套餐", "商务 199 元套餐")
_SHORT = (
    ("咨询{package}", "请问{package}每月有多少流量，超出怎么收费？", "{package}超出部分按 5 元/GB 计，每日有提醒。"),
    ("咨询携号转网", "请问转入你们的号码需要带什么证件？", "请机主本人带身份证到营业厅，现场授权码有效 15 分钟。"),
    ("怎么开国际漫游", "下周出国，请问怎么开通国际漫游？", "发送 KTGJ 到服务号即可开通，按天计费，回国自动停止。"),
    (
        "希望{place}增设网点",
        "希望在{place}增设一个自助缴费点，老人缴费方便些。",
        "您的建议已登记，将纳入下季度网点规划。",
    ),
    ("咨询发票", "请问去年的电子发票还能不能补开？", "可以，18 个月内的账单都可在网上营业厅开具。"),
)
_LONG = (
    (
        "{place}宽带频繁掉线",
        (
            "我家在{place}，宽带从{day}日起每天晚上八点以后频繁掉线，光猫指示灯闪红灯，重启以后只能好十几分钟。"
            "孩子要上网课，影响很大。之前报过一次修，师傅上门换了网线，没有解决。请尽快安排人员上门检查线路，"
            "并说明{place}这一片是不是有故障，大概什么时候能修好。"
        ),
        "经查，{place}分光器光衰过大，已更换并测试，速率正常。故障期间的月租费按天减免。",
    ),
    (
        "投诉{package}被扣费",
        (
            "本人使用{package}，{day}日发现账单多出一项增值业务扣费，本人从未订购。致电询问，答复说是去年活动赠送到期转正，"
            "但没有收到任何提醒短信。这种做法不合理，要求退还全部扣费，关闭该业务，并书面说明订购记录的来源，"
            "避免以后再发生类似的违规扣费。"
        ),
        "已核实订购环节未取得二次确认，扣费全额退还并已关闭业务，责任渠道已处理。",
    ),
    (
        "{place}手机没信号",
        (
            "{place}一带手机信号很差，室内基本没信号，通话断断续续，经常打不通，移动数据也打不开网页。这种情况从{day}日开始，"
            "附近邻居都一样。小区里住着不少独居老人，紧急时打不出电话很危险。请检查附近基站，尽快恢复，"
            "并告知处理的时间安排。"
        ),
        "{place}基站因市电改造停电，已接入备用电源恢复，后续将增补一处室内分布系统。",
    ),
    (
        "咨询{package}合约期内变更",
        (
            "请问我办理的{package}合约还有八个月到期，现在搬家到{place}，新址不在原来的小区。想咨询能不能在不收违约金的情况下移机，"
            "同时把套餐改低一档？网上营业厅提示合约期内不能变更，营业厅说可以申请，两边说法不一样，"
            "请给一个明确的答复，以及需要准备哪些材料。"
        ),
        "移机不收违约金，凭身份证申请即可；合约期内可降一档，差额从下月起生效。",
    ),
    (
        "建议优化{place}营业厅排队",
        (
            "{day}日到{place}营业厅办理过户，排队两个半小时，只开两个窗口，自助机有一台一直在维护。建议在网上提供预约取号，"
            "把办理时间长的业务和缴费分开排队，高峰时增加窗口；也建议在门口显示前面还有多少人、大约等多久，"
            "让客户可以先去办别的事情。"
        ),
        "已采纳：本月起开放网上预约取号，高峰增开一个窗口，等候人数在入口显示。",
    ),
)


def rows(count: int = ROWS, seed: int = SEED) -> Iterator[tuple[str, ...]]:
    """Give invented messages in the order of their times."""
    dice = random.Random(seed)  # noqa: S311  a sample, not a secret
    at = datetime(2026, 3, 2, 8, 0)  # noqa: DTZ001  times of the file are Beijing's
    for number in range(1, count + 1):
        at += timedelta(minutes=dice.expovariate(1 / 25))
        forms = dice.choice(_SHORT if dice.random() < 0.45 else _LONG)
        words = {"place": dice.choice(_PLACES), "package": dice.choice(_PACKAGES), "day": dice.randint(1, 28)}
        subject, text, reply = (form.format(**words) for form in forms)
        answered = at + timedelta(hours=dice.choice((1, 5, 20, 30, 60, 90)) * dice.uniform(0.5, 1.2))
        customer = f"用户{dice.randint(1, count):04d}"
        yield (f"S{number:04d}", customer, subject, _time(at), text, reply, _time(answered))


def text() -> str:
    """Return the whole sample file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([HEADER, *rows()])
    return out.getvalue()


def _time(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S")


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
