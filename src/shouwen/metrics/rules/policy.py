"""The edge cases of counting, each a named option: what it means, what is chosen, what else there is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from fractions import Fraction
from typing import Literal

Callbacks = Literal["late", "left_out", "when_kept"]


@dataclass(frozen=True)
class Policy:
    """What figures are measured against. One object is passed to everything that counts."""

    in_time: timedelta = timedelta(seconds=15)
    target: Fraction = Fraction(85, 100)
    short: timedelta = timedelta(seconds=5)
    callback: Callbacks = "late"
    callback_window: timedelta = timedelta(hours=2)
    disconnect: timedelta = timedelta(seconds=3)
    repeat: timedelta = timedelta(days=7)
    contained: timedelta = timedelta(hours=24)
    satisfied: int = 4


@dataclass(frozen=True)
class Option:
    """One edge case in words. `fixed` ones are how the house counts; the others are values of `Policy`."""

    key: str
    zh: str
    en: str
    means_zh: str
    means_en: str
    chosen: str = ""


OPTIONS = (
    Option("in_time", "应答时限", "Answer limit", "恰好等于时限算及时。", "An answer exactly at the limit is in time."),
    Option(
        "target",
        "接通率目标",
        "Service level target",
        "时限内应答的占比应达到的值。",
        "The share that should be answered within the limit.",
    ),
    Option(
        "short",
        "短放弃",
        "Short abandon",
        "等待严格小于此值即离开的放弃；不计入接通率分母，始终单独列出。",
        "Left after strictly less than this; kept out of the service level and always shown beside it.",
    ),
    Option(
        "callback",
        "回呼的计法",
        "Callbacks in the service level",
        "「算未及时」计入分母；「不计」不进分母；「按承诺」在承诺时间内接通的算及时。离开队列转回呼不算放弃。",
        "Not in time: in the denominator; left out: not in it; as promised: in time if connected within the promised "
        "window. Leaving the queue for a callback is no abandon.",
    ),
    Option(
        "callback_window",
        "回呼承诺时间",
        "Callback window",
        "从约定回呼到接通的最长时间，只在「按承诺」时有用。",
        "From the promise of a callback to its answer; matters with “as promised” only.",
    ),
    Option(
        "disconnect",
        "秒挂",
        "Quick disconnect",
        "应答后在此时间内结束的仍算应答，但做标记。",
        "Ended this soon after the answer: answered, but flagged.",
    ),
    Option(
        "repeat",
        "重复来访窗口",
        "Window of repeats",
        "同一客户、同一二级原因在此时间内再次来访算重复；窗口未满的结果是暂定的。",
        "The same customer with the same second-level reason within this time repeats; until it is over a result is "
        "provisional.",
    ),
    Option(
        "contained",
        "自助分流窗口",
        "Window of self-service",
        "自助办结后在此时间内没有再找人工，才算自助解决。",
        "Self-service counts when no person was contacted within this time.",
    ),
    Option(
        "satisfied",
        "满意的分数",
        "Satisfied from",
        "评分不低于此值算满意。",
        "A rating of at least this much is satisfied.",
    ),
    Option(
        "requeue",
        "再次排队",
        "Queued again",
        "分配后无人接而回到队列的，等待从首次进入算起：等的是客户，不是坐席。振铃时间算等待。",
        "Offered, not answered, queued again: the wait runs from the first entry, for it is the customer's. Ringing is "
        "part of it.",
        "first_entry",
    ),
    Option(
        "transfer",
        "转接",
        "Transfer",
        "转到另一队列是新的排队；前一队列算已应答；客户的总等待为两段之和。",
        "Another queue is a new visit; the first counts as answered; the customer's wait is the sum.",
        "new_visit",
    ),
    Option(
        "flow_out",
        "溢出",
        "Flow-out",
        "应答前流向别的队列：在原队列既非应答也非放弃，在目标队列算来访。",
        "Moved on before an answer: neither answered nor abandoned in the source, offered in the target.",
        "source_flow_out",
    ),
    Option(
        "self_service",
        "自助中挂机",
        "Left in self-service",
        "要求人工之前离开的不进入队列指标；无端口被拒的只计入系统接通率。",
        "Who leaves before asking for a person is in no queue's figures; who found no port only in the system's.",
        "not_in_queues",
    ),
    Option(
        "interval",
        "时段归属",
        "Which interval",
        "来访、应答、放弃按进入队列的时刻归段，分子分母是同一批；处理时长按整理结束的时刻归段，未完成的等完成时再计。",
        "Visits by when they entered the queue, so that numerator and denominator are the same contacts; handling by "
        "when the wrap-up ended; what goes on counts when it ends.",
        "queue_in · wrap_end",
    ),
    Option(
        "aggregation",
        "汇总",
        "Totals",
        "各段分子之和 ÷ 分母之和，从不取百分比的平均。",
        "Sums of numerators over sums of denominators, never the mean of percentages.",
        "weighted",
    ),
    Option(
        "empty",
        "分母为零",
        "Nothing over nothing",
        "没有数值，既不是 0 也不是 100%。",
        "No figure, neither 0 nor 100 %.",
        "null",
    ),
)


def chosen(policy: Policy) -> dict[str, str]:
    """Return what is chosen for each option, as people write it."""
    values = {f.name: _written(getattr(policy, f.name)) for f in fields(policy)}
    return {option.key: values.get(option.key, option.chosen) for option in OPTIONS}


def _written(value: object) -> str:
    if isinstance(value, Fraction):
        return f"{float(value * 100):g} %"
    if not isinstance(value, timedelta):
        return str(value)
    seconds = value.total_seconds()
    for size, unit in ((86_400, "d"), (3600, "h")):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:g} {unit}"
    return f"{seconds:g} s"
