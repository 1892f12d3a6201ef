"""What a definition consists of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["count", "seconds", "percent", "score"]
Group = Literal["now", "reach", "time", "seat", "outcome", "opinion", "service", "promise"]

GROUPS: dict[str, tuple[str, str]] = {
    "reach": ("接通", "Reaching us"),
    "time": ("时长", "Times"),
    "seat": ("坐席", "Seats"),
    "outcome": ("解决", "Resolution"),
    "opinion": ("评价", "Opinion"),
    "service": ("服务", "Service"),
    "now": ("此刻", "At this moment"),
    "promise": ("首问承诺", "The promise"),
}
SOURCES: dict[str, tuple[str, str]] = {
    "order36": ("电信服务规范（2005 年第 36 号令）", "Telecom service specification (Order 36 of 2005)"),
    "operator": ("运营商指标体系", "The operator's own indicators"),
    "icmi": ("ICMI 等行业手册", "ICMI and other handbooks of the trade"),
    "practice": ("行业通用", "Common practice"),
    "nps": ("净推荐值（贝恩）", "Net promoter score (Bain)"),
    "ces": ("客户费力度 CES 2.0", "Customer effort score 2.0"),
    "house": ("首问", "Shouwen"),
}


@dataclass(frozen=True)
class Definition:
    """One figure: its name, unit, meaning and formula in both languages, and where the definition comes from.

    `options` names the edge cases of `policy.OPTIONS` that it depends on. `needs` says what must be recorded before it
    can be counted; empty when it is counted already.
    """

    key: str
    unit: Unit
    zh: str
    en: str
    means_zh: str
    means_en: str
    group: Group = "now"
    formula_zh: str = ""
    formula_en: str = ""
    source: str = "practice"
    options: tuple[str, ...] = ()
    needs: tuple[str, str] = ("", "")
